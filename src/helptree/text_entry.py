"""One translatable text of the tree or of the interface."""

from __future__ import annotations

from dataclasses import dataclass

from helptree.problems import Location


@dataclass(frozen=True, slots=True)
class TextEntry:
    """One translatable text. `plural`: the text for many, where words depend on a number. `is_block`: see Scalar.

    `notes` tell a translator where it shows and what its gaps hold; see `translation_order.py`.
    """

    key: str
    text: str
    location: Location
    is_line: bool = False
    max_length: int = 5_000
    plural: str = ""
    is_block: bool = False
    notes: tuple[str, ...] = ()
