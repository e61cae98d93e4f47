"""The MkDocs hook of the staff site: gives the theme its words. Pages are written before, by `staff_site`."""

from __future__ import annotations

import json
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError

from helptree.staff.words import labels

# What the scripts say; the rest of the words stands in the pages.
_SCRIPTED = ("copied", "copy-failed", "gaps", "fallback", "nothing", "position", "told-by-link", "answers", "tried",
    "next", "ask-next", "note-copy", "spoken", "find-keys")  # fmt: skip


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Take names and words; `helptree build --audience staff` tells the languages."""
    languages: dict[str, Any] | None = config.extra.get("helptree_staff")
    if languages is None:
        raise PluginError("The staff site is built by `helptree build --audience staff`.")
    words = labels()
    config.site_name = f"{words['title']}: {languages['title']}"
    config.site_description = words["warning"]
    scripted = json.dumps({name: words[name] for name in _SCRIPTED})
    config.extra["staff"] = {**languages, "words": words, "words_json": scripted}
    for palette, name in zip(config.theme["palette"], ("light", "dark", "system"), strict=True):
        palette["toggle"]["name"] = {"light": "Light", "dark": "Dark", "system": "System"}[name]
    config.theme.static_templates.discard("sitemap.xml")
    return config
