"""The 404 page of a built site, for servers of ours: in the reader's language, wherever the site is mounted."""

from __future__ import annotations

import re
from pathlib import Path

_NO_SITE = b"<!doctype html><html lang=en><title>No site</title><body><p>There is no site yet.</p></body></html>"
_BASE = re.compile(rb'<base href="[^"]*">')


def not_found_page(site_dir: Path, path: str, prefix: str = "/") -> bytes:
    """Return the 404 page for an address below the site: in its locale, its links hung on the site's prefix.

    `path` is the address below `prefix`, without a leading slash; `prefix` begins and ends with a slash.
    """
    locale = path.partition("/")[0]
    inside = re.fullmatch(r"[A-Za-z-]{2,35}", locale) and (site_dir / locale / "404.html").is_file()
    page, base = (site_dir / locale / "404.html", f"{prefix}{locale}/") if inside else (site_dir / "404.html", prefix)
    try:
        html = page.read_bytes()
    except OSError:
        return _NO_SITE
    return _BASE.sub(f'<base href="{base}">'.encode(), html, count=1)
