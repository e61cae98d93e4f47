"""A page's linked data as a script element that no text can end."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

Data = dict[str, Any]


def to_script(data: list[Data], address_of: Callable[[str], str]) -> str:
    """Return the data as the content of a script element that no text can end; `address_of` completes `~/...`."""
    whole = {"@context": "https://schema.org", "@graph": _resolve(data, address_of)}
    text = json.dumps(whole, ensure_ascii=False, separators=(",", ":"))
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text


def _resolve(value: Any, address_of: Callable[[str], str]) -> Any:
    if isinstance(value, dict):
        return {
            key: address_of(member[2:]) if key in ("item", "image", "url") else _resolve(member, address_of)
            for key, member in value.items()
        }
    return [_resolve(member, address_of) for member in value] if isinstance(value, list) else value
