"""Short codes: what a customer can read out over the phone and an agent can type."""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256

# No vowels (no words by chance), no look-alikes: 0 O, 1 I L, 2 Z, 5 S, 8 B, U V.
ALPHABET = "34679CDFGHJKMNPQRTWXY"
LENGTH = 5


@lru_cache(maxsize=20_000)
def short_code(id_: str) -> str:
    """Return the code of an id: the same in every language and after every edit. 21**5 = 4 million codes."""
    number = int.from_bytes(sha256(id_.encode()).digest()[:8], "big")
    letters = []
    for _ in range(LENGTH):
        number, index = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[index])
    return "".join(letters)
