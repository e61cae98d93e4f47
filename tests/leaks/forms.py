"""All forms in which a word could leave a building: what a search for leaks looks for."""

import base64
import gzip
import io
import json
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from urllib.parse import quote, quote_plus

# What every canary of tests/planted/trees.py begins with: found in any form, it tells of a leak.
STEM = "CANÁRY"


def forms_of(word: str) -> dict[str, bytes]:
    """Return a word in every form by name. Letters fold elsewhere: see `Leaks`."""
    composed, decomposed = unicodedata.normalize("NFC", word), unicodedata.normalize("NFD", word)
    found: dict[str, str | bytes] = {"plain": composed, "NFD": decomposed, "without marks": strip_marks(word)}
    for name, text in (("", composed), (" NFD", decomposed)):
        found[f"entities{name}"] = "".join(char if char.isascii() else f"&#{ord(char)};" for char in text)
        found[f"hex entities{name}"] = "".join(char if char.isascii() else f"&#x{ord(char):x};" for char in text)
        found[f"all entities{name}"] = "".join(f"&#{ord(char)};" for char in text)
        found[f"all hex entities{name}"] = "".join(f"&#x{ord(char):x};" for char in text)
        found[f"URL{name}"] = quote(text, safe="")
        found[f"URL with plus{name}"] = quote_plus(text)
        found[f"JSON{name}"] = json.dumps(text)[1:-1]
        found[f"CSS{name}"] = "".join(char if char.isascii() else f"\\{ord(char):x} " for char in text)
        found[f"UTF-16{name}"] = text.encode("utf-16-le")
        found[f"UTF-16 the other way{name}"] = text.encode("utf-16-be")
        found[f"Latin-1{name}"] = text.encode("latin-1", "ignore") if name == "" else b""
        for cased, of in (("", text), (" lower", text.lower()), (" upper", text.upper())):
            for offset in range(3):
                found[f"base64{cased} at {offset}{name}"] = _base64_inside(of, offset)
                found[f"URL base64{cased} at {offset}{name}"] = _base64_inside(of, offset, b"-_")
    found["named entity"] = composed.replace("Á", "&Aacute;")
    return {name: text.encode() if isinstance(text, str) else text for name, text in found.items() if text}


def strip_marks(word: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFD", word) if not unicodedata.combining(char))


def _base64_inside(text: str, offset: int, alphabet: bytes = b"+/") -> bytes:
    """The characters that stand in base64 whatever comes before and after, when it begins at this offset."""
    data = text.encode()
    coded = base64.b64encode(b"\0" * offset + data, altchars=alphabet)
    first = -(-offset * 8 // 6)
    last = (offset + len(data)) * 8 // 6
    return coded[first:last]


class Leaks:
    """Looks for words in any form, in any case where case does not matter, inside of archives too."""

    def __init__(self, words: Iterable[str]) -> None:
        exact, folded = [], []
        # Lower case as bytes can't fold letters beyond ASCII: both cases of these are looked for.
        for word in (cased for each in words for cased in (each, each.lower(), each.upper())):
            for name, form in forms_of(word).items():
                (exact if "base64" in name else folded).append(form)
        self._exact = re.compile(b"|".join(map(re.escape, sorted(set(exact), key=len, reverse=True))))
        self._folded = re.compile(
            b"|".join(map(re.escape, sorted({each.lower() for each in folded}, key=len, reverse=True)))
        )

    def in_bytes(self, content: bytes) -> str:
        """Return the first leak in some bytes, '' for none."""
        for data in unpacked(content):
            if found := self._exact.search(data) or self._folded.search(data.lower()):
                return found[0].decode("utf-8", "replace")
        return ""

    def in_files(self, files: Iterable[tuple[str, bytes]]) -> list[str]:
        """Return `file: what` for every file with a leak, also in its name."""
        found = []
        for name, content in files:
            if leak := self.in_bytes(content) or self.in_bytes(name.encode()):
                found.append(f"{name}: {leak}")
        return found


def unpacked(content: bytes) -> Iterator[bytes]:
    """Yield bytes, and what they hold when they are a gzip, a zip, or compressed parts of a PNG."""
    yield content
    if content[:2] == b"\x1f\x8b":
        yield from unpacked(gzip.decompress(content))
    elif content[:4] == b"PK\3\4":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                yield name.encode()
                yield from unpacked(archive.read(name))
    elif content[:8] == b"\x89PNG\r\n\x1a\n":
        for part in re.findall(rb"(?:zTXt|iTXt)(.*?)(?=IDAT|IEND)", content, re.S):
            try:
                yield zlib.decompress(part[part.index(b"\0") + 2 :])
            except (zlib.error, ValueError):
                continue
