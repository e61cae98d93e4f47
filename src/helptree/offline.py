"""What makes a locale installable and readable without a network: its service worker and its web app manifest."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from html import unescape
from pathlib import Path
from typing import Any

from helptree.site_assets import FOLDER, Assets

WORKER = "sw.js"
MANIFEST = "manifest.webmanifest"
_TEMPLATE = Path(__file__).parent / "render" / "templates" / "sw.js"
# Asked for by the service worker's own page or never: they are no use without a network.
_LEFT_OUT = ("icon-",)


def manifest(frame: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """Return the manifest of a locale. `names`: name of an asset -> its published name."""
    icons = [
        {"src": f"../{FOLDER}/{names[name]}", "sizes": sizes, "type": kind, "purpose": purpose}
        for name, sizes, kind, purpose in _ICONS
        if name in names
    ]
    title = unescape(frame["title"])
    data = {
        "name": title,
        "short_name": title,
        "description": unescape(frame["description"]),
        "lang": frame["locale"],
        "dir": frame["direction"],
        "id": "./",
        "start_url": "./",
        "scope": "./",
        "display": "minimal-ui",
        "background_color": "#ffffff",
        "theme_color": "#14524c",
        "icons": icons,
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


_ICONS = (
    ("favicon.svg", "any", "image/svg+xml", "any"),
    ("icon-192.png", "192x192", "image/png", "any"),
    ("icon-512.png", "512x512", "image/png", "any"),
    ("icon-maskable-512.png", "512x512", "image/png", "maskable"),
)


def service_worker(locale: str, files: Mapping[str, str], assets: Assets) -> str:
    """Return the service worker of a locale. `files`: file below the site -> hash of its content.

    Its own text changes when any file does; so browsers see that there is something new.
    """
    listed = {_address(name.removeprefix(f"{locale}/")): sha for name, sha in sorted(files.items())}
    language = locale.partition("-")[0]
    for name, sha in assets.hashes.items():
        if _is_wanted(name, language):
            listed[f"../{FOLDER}/{name}"] = sha
    text = json.dumps(listed, indent=0, ensure_ascii=False)
    version = sha256(text.encode()).hexdigest()[:16]
    template = _TEMPLATE.read_text(encoding="utf-8")
    return template.replace("__LOCALE__", json.dumps(locale)).replace("__VERSION__", version).replace("__FILES__", text)


def _address(name: str) -> str:
    return "./" if name == "index.html" else name.removesuffix("index.html")


def _is_wanted(name: str, language: str) -> bool:
    """Leave out icons, which the system keeps itself, and the stemmers of other languages."""
    if name.startswith("javascripts/lunr/min/"):
        return name.split("/")[-1].split(".")[1] in (language, "stemmer", "multi")
    return not name.startswith(_LEFT_OUT)
