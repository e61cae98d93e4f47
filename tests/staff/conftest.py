"""The staff site of the shipped tree with the right-to-left pseudo-language, built once for all workers."""

import os
from datetime import date
from pathlib import Path

import pytest

from helptree.project import Project, open_project
from helptree.pseudo import with_pseudo
from helptree.publish import Builds
from helptree.staff_site import build_staff_site
from tests.conftest import _shared
from tests.helpers import ROOT, TODAY


def staff_project() -> Project:
    return with_pseudo(open_project(ROOT / "decision_tree", TODAY), ["rtl"])


@pytest.fixture(scope="session")
def staff_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = _shared(tmp_path_factory, "staff")
    os.environ.pop("HELPTREE_SITE_URL", None)
    with Builds(target / "once").alone():
        if not (target / "site").exists():
            build_at(staff_project(), target, today=date(2026, 11, 25))
    return target / "site"


def build_at(project: Project, target: Path, **options):
    """Build a staff site into `target/site`."""
    where = {"site_dir": target / "site", "docs_dir": target / "docs", "config": ROOT / "mkdocs.staff.yml"}
    return build_staff_site(project, public=[ROOT / "site", ROOT / "docs"], **where, **options)
