"""What Material's search is to know of a page that `quick_html` made: the same sections that its own plugin finds.

The plugin reads any HTML, and takes as long as the rest of a page together. Here headings stand at the top alone, and
tags are as plain as the Writer's Markdown makes them. Tests compare the two.
"""

from __future__ import annotations

import re
from html import escape, unescape

_PART = re.compile(r"<(/?)(\w+)((?: [^>]*)?)>|([^<]+)")
_ID = re.compile(r' id="([^"]*)"')
_KEPT = frozenset(["p", "code", "pre", "li", "ol", "ul"])
_HEADINGS = frozenset(f"h{level}" for level in range(1, 7))


def search_entries(html: str, url: str, title: str) -> list[dict[str, str]]:
    """Return the sections of a page for the search index. `title`: for a section without a heading."""
    return _Sections().read(html, url, title)


class _Sections:
    """One pass over the tags and words of one page."""

    def __init__(self) -> None:
        self.found: list[tuple[str, list[str], list[str]]] = []
        self.text: list[str] = []
        self.heading: list[str] | None = None
        self.is_verbatim = False

    def read(self, html: str, url: str, title: str) -> list[dict[str, str]]:
        for end, tag, attributes, words in _PART.findall(html):
            if words:
                self._words(words)
            elif end:
                self._end(tag)
            elif tag not in ("img", "br"):
                self._start(tag, attributes)
        return [
            {
                "location": f"{url}#{id_}" if id_ else url,
                "title": ("".join(words) or title).strip(),
                "text": "".join(text).strip(),
            }
            for id_, words, text in self.found
        ]

    def _start(self, tag: str, attributes: str) -> None:
        if tag in _HEADINGS:
            id_ = _ID.search(attributes)
            self._section(id_[1] if id_ and self.found else "")
            self.heading = self.found[-1][1]
        elif tag in _KEPT:
            self._target().append(f"<{tag}>")
            self.is_verbatim |= tag == "pre"

    def _section(self, id_: str) -> None:
        self.text = []
        self.found.append((id_, [], self.text))

    def _target(self) -> list[str]:
        if not self.found:
            self._section("")
        return self.text if self.heading is None else self.heading

    def _end(self, tag: str) -> None:
        if tag in _HEADINGS:
            self.heading = None
        elif tag in _KEPT:
            self.is_verbatim &= tag != "pre"
            parts = self._target()
            # The plugin looks at the first such tag of the section, not at the one that ends here.
            first = parts.index(f"<{tag}>")
            if all(part.isspace() for part in parts[first + 1 :]):
                del parts[first:]
            else:
                parts.append(f"</{tag}>")

    def _words(self, words: str) -> None:
        words = unescape(words)
        if not self.is_verbatim:
            words = " " if words.isspace() else words.replace("\n", " ")
        parts = self._target()
        if self.heading is not None or not words.isspace():
            parts.append(escape(words, quote=False))
        elif not parts or not parts[-1].isspace() or self.is_verbatim:
            parts.append(words)
