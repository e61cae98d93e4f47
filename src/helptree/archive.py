"""The site as a zip file, for readers without a network: unpacked, its index.html opens by a double click.

A browser that reads from a disk gives no index.html for a folder, starts no workers and fetches no data. So links name
their files, and what needs a server is left out: search, installation, the way to the wizard.
"""

from __future__ import annotations

import re
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from helptree.offline import MANIFEST, WORKER

_LEFT_OUT = {MANIFEST, WORKER, "404.html", "robots.txt", "sitemap.xml", "search_index.json"}
_HREF = re.compile(r'(<(?:a|link)\b[^>]*?\bhref=")([^"]*)(")')
_WIZARD = re.compile(r'<p class="ht-wizard">.*?</p>', re.S)
_INSTALL = re.compile(r'<link rel="manifest"[^>]*>\n?')
_LONG_AGO = (1980, 1, 1, 0, 0, 0)


def write_archive(site: Path, file: Path) -> None:
    """Write a built site into a zip file. The same site gives the same bytes."""
    site = site.resolve()
    folders = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_dir()}
    scratch = file.with_name(f".{file.name}.part")
    with ZipFile(scratch, "w", ZIP_DEFLATED) as archive:
        for path in sorted(path for path in site.rglob("*") if path.is_file()):
            name = path.relative_to(site).as_posix()
            if path.name in _LEFT_OUT or name.startswith("_"):
                continue
            content = path.read_bytes()
            # The map is a picture with links.
            if name.endswith((".html", ".svg")):
                content = for_disk(content.decode(), name, folders).encode()
            info = ZipInfo(name, _LONG_AGO)
            info.compress_type, info.external_attr = ZIP_DEFLATED, 0o644 << 16
            archive.writestr(info, content)
    scratch.replace(file)


def for_disk(html: str, name: str, folders: set[str]) -> str:
    """Return a page whose links name files. `name`: its own; `folders`: those of the site."""
    html = _INSTALL.sub("", _WIZARD.sub("", html))
    return _HREF.sub(lambda found: f"{found[1]}{_to_file(found[2], name, folders)}{found[3]}", html)


def _to_file(href: str, name: str, folders: set[str]) -> str:
    path, hash_, anchor = href.partition("#")
    if not path or ":" in path or path.startswith("/"):
        return href
    parts = name.split("/")[:-1]
    for step in path.split("/"):
        if step == "..":
            parts = parts[:-1]
        elif step not in ("", "."):
            parts.append(step)
    if path.endswith("/") or "/".join(parts) in folders or not parts:
        path = f"{path.removesuffix('/')}/index.html"
    return f"{path}{hash_}{anchor}"
