"""What the shop shows on screens in a reader's language."""

from __future__ import annotations

from helptree.model import Status
from helptree.translator import Translator


def attested_wordings(translator: Translator, status: Status) -> list[str]:
    """Return the wordings seen on screen in the locale's language, without repetitions."""
    language = translator.locale.split("-")[0]
    found = (w.text for w in status.wordings if w.attested and w.on_screen and w.locale.split("-")[0] == language)
    return list(dict.fromkeys(found))
