"""Scripts, styles and icons, once for all locales, under names that change with their content.

MkDocs would copy them for each locale. Pages are made by MkDocs all the same: `share` rewrites the addresses in them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

FOLDER = "assets"
_ADDRESS = re.compile(rf'"((?:\.\./|\./)*){FOLDER}/([^"]+)"')
_HASHED = re.compile(r"\.[0-9a-f]{8,}\.")


@dataclass(frozen=True)
class Assets:
    """The shared files. `sources`: published name below assets/ -> file; `names`: name in a page -> published name."""

    sources: dict[str, Path]
    names: dict[str, str]

    @cached_property
    def hashes(self) -> dict[str, str]:
        """Published name -> hash of the content."""
        return {name: sha256(path.read_bytes()).hexdigest()[:32] for name, path in sorted(self.sources.items())}

    def share(self, html: str, up: str = "../") -> str:
        """Return a page with the addresses of assets leading `up` to the shared folder, under published names."""

        def published(found: re.Match[str]) -> str:
            name = self.names.get(found[2])
            return f'"{up}{found[1].removeprefix("./")}{FOLDER}/{name}"' if name else found[0]

        return _ADDRESS.sub(published, html)


def _theme_folder() -> Path:
    """Return where Material's templates stand, without loading MkDocs."""
    found = find_spec("material")
    assert found
    assert found.submodule_search_locations
    return Path(found.submodule_search_locations[0]) / "templates"


def find_assets(ours: Path) -> Assets:
    """Return what pages need of the theme's and of our own assets."""
    theme = _theme_folder() / FOLDER
    sources, names = {}, {}
    for path in sorted(theme.rglob("*")):
        name = path.relative_to(theme).as_posix()
        if path.is_file() and _is_needed(name):
            sources[name], names[name] = path, name
    for path in sorted(ours.glob("*")):
        if path.is_file():
            published = name_with_hash(path.name, path.read_bytes())
            sources[published], names[path.name] = path, published
    return Assets(sources, names)


def _is_needed(name: str) -> bool:
    """Leave out what no page asks for: source maps and Material's own icon."""
    return not name.endswith(".map") and not name.startswith("images/")


def name_with_hash(name: str, content: bytes) -> str:
    """Return `site.css` as `site.0a1b2c3d.css`: such a file may be kept by browsers for ever."""
    if _HASHED.search(name):
        return name
    stem, dot, suffix = name.rpartition(".")
    return f"{stem}.{sha256(content).hexdigest()[:8]}{dot}{suffix}"
