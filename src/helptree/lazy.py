"""Parts of a project that are read when they are asked for: most commands need few of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import overload

from helptree.catalogs import Catalog
from helptree.text_entry import TextEntry


class LazyTexts(Sequence[TextEntry]):
    """The texts of a tree."""

    def __init__(self, read: Callable[[], tuple[TextEntry, ...]]) -> None:
        self._read = read

    @cached_property
    def _texts(self) -> tuple[TextEntry, ...]:
        return self._read()

    @overload
    def __getitem__(self, index: int) -> TextEntry: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[TextEntry, ...]: ...
    def __getitem__(self, index: int | slice) -> TextEntry | tuple[TextEntry, ...]:
        return self._texts[index]

    def __len__(self) -> int:
        return len(self._texts)


class LazyCatalogs(Mapping[str, Catalog]):
    """The catalogs of a tree. `content_keys`: locale -> fingerprint of its translations."""

    def __init__(self) -> None:
        self._readers: dict[str, Callable[[], Catalog]] = {}
        self._read: dict[str, Catalog] = {}
        self.content_keys: dict[str, str] = {}

    def add(self, locale: str, content_key: str, read: Callable[[], Catalog]) -> None:
        """Add a catalog."""
        self._readers[locale], self.content_keys[locale] = read, content_key

    def __getitem__(self, tag: str) -> Catalog:
        if tag not in self._read:
            self._read[tag] = self._readers[tag]()
        return self._read[tag]

    def __contains__(self, tag: object) -> bool:
        return tag in self._readers

    def __iter__(self) -> Iterator[str]:
        return iter(self._readers)

    def __len__(self) -> int:
        return len(self._readers)
