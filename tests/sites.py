"""Builds sites for tests, away from the project's own `site/` and `docs/`."""

import os
from pathlib import Path
from typing import Any

from helptree.project import open_project
from helptree.publish import Builds
from helptree.site import SiteReport, build_site

ROOT = Path(__file__).parents[1]
MINIMAL = ROOT / "tests" / "trees" / "minimal"


def build(folder: Path, target: Path, **options: Any) -> SiteReport:
    """Build a tree into `target/site`."""
    where = {"site_dir": target / "site", "docs_dir": target / "docs", "config": ROOT / "mkdocs.yml"}
    return build_site(open_project(folder), **where, **options)


def build_once(folder: Path, target: Path) -> Path:
    """Build a tree unless another worker has done so; return the site."""
    os.environ.pop("HELPTREE_SITE_URL", None)
    with Builds(target / "once").alone():
        if not (target / "site").exists():
            build(folder, target)
    return target / "site"
