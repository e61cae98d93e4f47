"""Public and staff never mix on the disk: each build refuses the folders of the other."""

import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from helptree.apart import MARKER, ApartError, check_private, check_public_folders, check_staff_folders, is_staff_folder
from helptree.cli import main
from helptree.wizard.guide import Guide
from tests.asgi import ask
from tests.helpers import ROOT
from tests.sites import MINIMAL

CONFIG = ["--config", str(ROOT / "mkdocs.staff.yml")]


def staff_folder(path: Path) -> Path:
    path.mkdir(parents=True)
    (path / MARKER).write_text("x")
    return path


def run(*arguments: str):
    return CliRunner().invoke(main, ["build", "--tree", str(MINIMAL), *arguments])


@pytest.mark.parametrize("below", ["", "deeper"])
def test_a_public_build_refuses_the_staff_folder(tmp_path, below):
    staff_folder(tmp_path / "staff")
    done = run("--site", str(tmp_path / "staff" / below), "--docs", str(tmp_path / "docs"))
    assert (1, True) == (done.exit_code, "holds the staff reference, which is not public" in done.output)
    assert [MARKER] == os.listdir(tmp_path / "staff")


def test_a_public_build_refuses_to_write_its_pages_among_those_of_staff(tmp_path):
    staff_folder(tmp_path / "staff")
    done = run("--site", str(tmp_path / "site"), "--docs", str(tmp_path / "staff"))
    assert 1 == done.exit_code
    assert not (tmp_path / "site").exists()


def test_the_archive_of_the_public_site_does_not_go_there_either(tmp_path):
    staff_folder(tmp_path / "staff")
    where = ["--site", str(tmp_path / "site"), "--docs", str(tmp_path / "docs")]
    assert 1 == run(*where, "--zip", str(tmp_path / "staff" / "site.zip")).exit_code


@pytest.mark.parametrize(
    ("site", "docs"),
    [("site", "own"), ("own", "docs"), ("site/staff", "own"), ("own", "docs/staff"), (".", "own"), ("link", "own")],
)
def test_a_staff_build_refuses_public_folders(tmp_path, site, docs):
    public = [tmp_path / "site", tmp_path / "docs"]
    builds = tmp_path / ".cache" / "builds" / "site-0123456789ab"
    builds.mkdir(parents=True)
    public[0].symlink_to(builds)
    public[1].mkdir()
    (tmp_path / "link").symlink_to(builds)
    with pytest.raises(ApartError):
        check_staff_folders(tmp_path / site, tmp_path / docs, public)


def test_a_staff_build_refuses_a_folder_with_something_else_in_it(tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("dear")
    where = ["--site", str(tmp_path / "site"), "--docs", str(tmp_path / "mine")]
    done = run("--audience", "staff", *CONFIG, *where)
    assert (1, True) == (done.exit_code, "was not made by" in done.output)
    assert "dear" == (tmp_path / "mine" / "letter.txt").read_text()


def test_a_folder_of_its_own_is_fine(tmp_path):
    check_staff_folders(tmp_path / "staff", tmp_path / "pages", [tmp_path / "site", tmp_path / "docs"])
    check_public_folders(tmp_path / "site", tmp_path / "docs")
    check_private(tmp_path / "staff.pdf", [tmp_path / "site"])


def test_a_pdf_does_not_go_into_a_public_folder(tmp_path):
    with pytest.raises(ApartError):
        check_private(tmp_path / "site" / "x.pdf", [tmp_path / "site"])


def test_options_of_one_audience_are_refused_for_the_other():
    assert 2 == run("--since", "v1").exit_code
    assert 2 == run("--audience", "staff", "--zip", "x.zip").exit_code


def test_the_wizard_serves_no_staff_folder(tmp_path):
    folder = staff_folder(tmp_path / "staff")
    (folder / "index.html").write_text("internal")
    app = Guide(lambda: folder, lambda scope: "not built")
    assert is_staff_folder(folder)
    for path in ("/", "/index.html", f"/{MARKER}", "/data/tree.js"):
        reply = ask(app, path)
        assert (503, "not built") == (reply.status, reply.text)
    (folder / MARKER).unlink()
    assert "internal" == ask(app, "/").text
