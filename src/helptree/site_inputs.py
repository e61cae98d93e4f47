"""What a built page depends on, as fingerprints. Two builds with the same fingerprints give the same bytes.

Kept pages are only ever used when their fingerprint is the same, so whatever may change a page has to be in here:
the program, its libraries, the theme's overrides, the assets, the configuration, the environment, and the content.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, replace
from importlib.metadata import version
from operator import attrgetter
from pathlib import Path

from helptree.catalogs import Catalog, Translation
from helptree.project import Project

_PACKAGE = Path(__file__).parent
_LIBRARIES = (
    "babel", "jinja2", "markdown", "markdown-it-py", "mkdocs", "mkdocs-material", "mkdocs-static-i18n", "pygments",
    "pymdown-extensions",
)  # fmt: skip
_VARIABLES = ("HELPTREE_SITE_URL", "HELPTREE_WIZARD_URL")
# Everything of a translation but the line it stands in.
_translation = attrgetter(*(each.name for each in fields(Translation) if each.name != "line"))


def digest(*parts: str | bytes) -> str:
    """Return a fingerprint of parts in order. No two lists of parts have the same text in front of the hash."""
    found = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        found.update(b"%d:" % len(data))
        found.update(data)
    return found.hexdigest()[:32]


def files_digest(files: Iterable[tuple[str, Path]]) -> str:
    """Return a fingerprint of named files."""
    return digest(*(part for name, path in sorted(files) for part in (name, path.read_bytes())))


def program_key(config: Path) -> str:
    """Return the fingerprint of everything but the content: program, libraries, overrides, assets, configuration."""
    docs = config.absolute().parent / "docs"
    folders = [(_PACKAGE, ("*.py", "*.j2", "*.yaml", "*.js", "*.css")), (docs / "overrides", ("*",))]
    files = [
        (f"{folder.name}/{path.relative_to(folder).as_posix()}", path)
        for folder, patterns in folders
        for pattern in patterns
        for path in folder.rglob(pattern)
        if path.is_file()
    ]
    files += [(f"assets/{path.name}", path) for path in (docs / "assets").glob("*") if path.is_file()]
    libraries = [f"{name} {version(name)}" for name in _LIBRARIES]
    # A hook of the configuration's own, beside it, is content of the configuration.
    variables = [f"{name}={os.environ.get(name, '')}" for name in _VARIABLES]
    return digest(sys.version, *libraries, *variables, config.read_bytes(), files_digest(files))


class WatchedCatalogs(Mapping[str, Catalog]):
    """The catalogs of a project, with a note of those that were asked for: pages depend on these alone."""

    def __init__(self, catalogs: Mapping[str, Catalog]) -> None:
        self._catalogs = catalogs
        self.asked: set[str] = set()

    def __getitem__(self, tag: str) -> Catalog:
        self.asked.add(tag)
        return self._catalogs[tag]

    def __contains__(self, tag: object) -> bool:
        self.asked.add(str(tag))
        return tag in self._catalogs

    def __iter__(self) -> Iterator[str]:
        self.asked.update(self._catalogs)
        return iter(self._catalogs)

    def __len__(self) -> int:
        return len(list(iter(self)))


def watched(project: Project) -> tuple[Project, WatchedCatalogs]:
    """Return the project with catalogs that are watched."""
    catalogs = WatchedCatalogs(project.catalogs)
    return replace(project, catalogs=catalogs), catalogs


def content_key(project: Project) -> str:
    """Return the fingerprint of what all locales share: the tree that readers see, and the languages."""
    return digest(repr(project.tree), repr(project.languages))


def catalog_keys(project: Project) -> dict[str, str]:
    """Return locale -> fingerprint of its catalog."""
    return {tag: digest(_text_of(catalog)) for tag, catalog in project.catalogs.items()}


def _text_of(catalog: Catalog) -> str:
    return repr([(key, _translation(entry)) for key, entry in sorted(catalog.entries.items())])
