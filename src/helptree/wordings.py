"""What the shop shows on screens in a reader's language."""

from __future__ import annotations

from helptree.model import Status, Wording
from helptree.translator import Translator


def attested_wordings(translator: Translator, status: Status) -> list[str]:
    """Return the wordings seen on screen in the locale's language, without repetitions."""
    own = own_wordings(status, translator.locale)
    return list(dict.fromkeys(wording.text for wording in own if wording.attested))


def own_wordings(status: Status, locale: str) -> list[Wording]:
    """Return what the screen shows in a locale's language, whatever the country, what sources show first."""
    language = locale.partition("-")[0]
    own = [each for each in status.wordings if each.on_screen and each.locale.partition("-")[0] == language]
    return sorted(own, key=lambda each: not each.attested)
