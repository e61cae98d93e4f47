"""What a built page depends on, as fingerprints. Two builds with the same fingerprints give the same bytes.

Kept pages are only ever used when their fingerprint is the same, so whatever may change a page has to be in here:
the program, its libraries, the theme's overrides, the assets, the configuration, the environment, and the content.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from helptree.checks.verdict import content_key as catalog_key
from helptree.kept import digest, engine_key
from helptree.lazy import LazyCatalogs
from helptree.project import Project

_VARIABLES = ("HELPTREE_SITE_URL", "HELPTREE_WIZARD_URL")


def files_digest(files: Iterable[tuple[str, Path]]) -> str:
    """Return a fingerprint of named files."""
    return digest(*(part for name, path in sorted(files) for part in (name, path.read_bytes())))


def program_key(config: Path) -> str:
    """Return the fingerprint of everything but the content: program, libraries, overrides, assets, configuration."""
    docs = config.absolute().parent / "docs"
    overrides, assets = docs / "overrides", docs / "assets"
    files = [(f"o/{path.relative_to(overrides).as_posix()}", path) for path in overrides.rglob("*") if path.is_file()]
    files += [(f"assets/{path.name}", path) for path in assets.glob("*") if path.is_file()]
    # A hook of the configuration's own, beside it, is content of the configuration.
    variables = [f"{name}={os.environ.get(name, '')}" for name in _VARIABLES]
    return digest(engine_key(), *variables, config.read_bytes(), files_digest(files))


def content_key(project: Project) -> str:
    """Return the fingerprint of what all locales share: the tree that readers see, and the languages."""
    return project.key


def catalog_keys(project: Project) -> dict[str, str]:
    """Return locale -> fingerprint of its catalog."""
    catalogs = project.catalogs
    if isinstance(catalogs, LazyCatalogs):
        return dict(catalogs.content_keys)
    return {tag: catalog_key(catalog) for tag, catalog in catalogs.items()}
