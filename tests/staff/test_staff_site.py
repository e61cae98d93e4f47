"""The staff site: everything public and internal on one page, in two languages; what changed; nothing by halves."""

import json
import re
import shutil
import subprocess
from datetime import date
from html import unescape

import pytest
from click.testing import CliRunner

from helptree.apart import MARKER
from helptree.cli import main
from helptree.project import open_project
from helptree.staff.changes import ManifestError, compare, from_json, manifest_of, to_json
from helptree.staff.data import staff_page
from helptree.staff.freshness import ages, unattested
from helptree.staff.likely import likely_outcomes
from helptree.staff.matrix import make_matrix
from helptree.staff.sheets import Sheets
from helptree.staff_cli import read_earlier
from helptree.staff_site import Earlier, StaffSiteError
from tests.helpers import ROOT, TODAY, Edit, change_files, open_tree, write_tree
from tests.staff.conftest import build_at, staff_project


def text_of(path) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", path.read_text(encoding="utf-8"))).split())


def test_every_page_says_everything_public_and_internal(staff_site):
    project = staff_project()
    staff, translator = project.staff, project.translator("en")
    for sheet in Sheets(staff).all():
        shown = text_of(staff_site / staff_page(sheet.page))
        notes = staff.about(sheet.page)
        for note in (*notes.ask, *notes.escalation, *notes.conflicts, *notes.notes):
            assert " ".join(note.text.split()) in shown, (sheet.page.id, note.text)
        for words in (notes.api, notes.bears_cost and notes.bears_cost.text, *(each.code for each in notes.reasons)):
            assert not words or words in shown
        assert sheet.page.code in shown
        for section in sheet.sections:
            for row in section.rows:
                # Up to the first mark: behind it stands a tag.
                plain = re.split(r"\n\n|[\[*`]", translator.text(row.entry).value)[0]
                assert " ".join(plain.split()) in shown, (sheet.page.id, row.entry.key)


def test_every_text_of_a_page_is_in_every_languages_script(staff_site):
    wanted = set()
    for path in staff_site.rglob("*.html"):
        wanted |= set(re.findall(r'data-(?:text|plain)="([^"]+)"', path.read_text(encoding="utf-8")))
    for locale in staff_project().languages:
        script = (staff_site / "data" / f"texts-{locale}.js").read_text(encoding="utf-8")
        texts = json.loads(script.removeprefix("helptreeStaff.addTexts(").removesuffix(");\n"))["texts"]
        assert set() == wanted - set(texts)
        assert [] == [key for key, value in texts.items() if not value]


def test_scripts_hold_no_end_of_a_script(staff_site):
    assert [] == [path.name for path in (staff_site / "data").glob("*.js") if "<" in path.read_text(encoding="utf-8")]


def test_the_site_is_marked_and_kept_out_of_search_engines(staff_site):
    assert (staff_site / MARKER).is_file()
    assert "Disallow: /" in (staff_site / "robots.txt").read_text()
    pages = list(staff_site.rglob("*.html"))
    assert [] == [path for path in pages if 'content="noindex, nofollow"' not in path.read_text(encoding="utf-8")]
    size = sum(path.stat().st_size for path in staff_site.rglob("*") if path.is_file())
    sizes = {path.stem: path.stat().st_size for path in (staff_site / "data").glob("*.js")}
    scripts = sum(sizes.values())
    languages = len(staff_project().languages)
    print(f"staff site: {len(pages)} pages, {languages} languages, {size / 1e6:.1f} MB; scripts {scripts / 1e6:.1f} MB")
    # Words are understood in more languages than texts are there in.
    finders = {name.removeprefix("finder-"): size for name, size in sizes.items() if name.startswith("finder-")}
    others = sum(size for tag, size in finders.items() if f"texts-{tag}" not in sizes and tag != "words")
    assert (scripts - others) / languages < 600_000
    assert max(size for tag, size in finders.items() if tag != "words") < 250_000
    assert scripts < 10_000_000


def test_matrix_tells_how_early_a_remedy_is_tried(tmp_path):
    tree = open_tree(tmp_path).tree
    matrix = make_matrix(tree)
    assert ["call-us", "wait"] == [remedy.id for remedy in matrix.columns]
    cells = dict(zip([remedy.id for remedy in matrix.columns], matrix.rows[0].cells, strict=True))
    assert (1, ["wait-for-it", "ask-a-human"]) == (cells["wait"].rank, [case.id for case in cells["wait"].cases])
    assert 2 == matrix.rows[0].count


def test_matrix_of_the_shipped_tree_agrees_with_all_paths():
    tree = staff_project().tree
    for row in make_matrix(tree).rows:
        outcomes = [likely.outcome for likely in likely_outcomes(tree, row.status.leads_to)]
        offered = {remedy for outcome in outcomes for remedy in outcome.ways}
        columns = zip(make_matrix(tree).columns, row.cells, strict=True)
        assert offered == {remedy.id for remedy, cell in columns if cell}


def test_freshness_tells_what_is_overdue_and_what_no_source_shows(tmp_path):
    tree = open_tree(tmp_path).tree
    found = {age.id: (age.days, age.is_overdue) for age in ages(tree, 30, date(2026, 12, 2))}
    assert (31, True) == found["packing"]
    assert [("packing", "fr", ("En préparation",))] == [
        (row.status.id, row.locale, row.words) for row in unattested(tree, ["en", "fr"])
    ]


def test_what_changed_is_told_text_by_text(tmp_path):
    before = open_tree(tmp_path / "before")
    after = open_tree(
        tmp_path / "after",
        {
            "statuses/packing.yaml": Edit("Offer 40 percent, never more.", "Offer 30 percent."),
            "remedies/wait.yaml": Edit('title: "', 'title: "Really '),
            "remedies/call-us.yaml": Edit('staff: {notes: [{id: tone, text: "Stay calm."}]}', ""),
        },
    )
    old, new = (manifest_of(project.staff, project.entries) for project in (before, after))
    changes = {change.key: (change.before, change.after) for change in compare(old, new)}
    assert {
        "status.packing.staff.notes.hurry": ("Offer 40 percent, never more.", "Offer 30 percent."),
        "remedy.wait.title": ("Wait for the parcel", "Really Wait for the parcel"),
        "remedy.call-us.staff.notes.tone": ("Stay calm.", ""),
    } == changes
    assert [] == compare(old, old)
    assert old == from_json(to_json(old))


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", '{"version": 1}', '{"version": 9, "texts": {}}', '{"texts": {"a": 1}}']
)
def test_what_is_no_manifest_is_refused(text):
    with pytest.raises(ManifestError):
        from_json(text)


def test_since_takes_a_manifest_a_folder_and_a_revision_of_git(tmp_path):
    tree = write_tree(tmp_path / "repository" / "tree")
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "first"], ["tag", "v1"]):
        who = ["-c", "user.name=a", "-c", "user.email=a@example.com"]
        subprocess.run(["git", *who, *command], cwd=tree, check=True)
    first = manifest_of(open_project(tree, TODAY).staff, open_project(tree, TODAY).entries)
    (tmp_path / "manifest.json").write_text(to_json(first))
    shutil.copytree(tree, tmp_path / "copy")
    change_files(tree, {"remedies/wait.yaml": Edit('title: "', 'title: "Really ')})
    for name in ("v1", str(tmp_path / "manifest.json"), str(tmp_path / "copy")):
        assert first == read_earlier(name, tree).manifest


@pytest.mark.parametrize("name", ["no-such-tag", "--output=x", "v1:x"])
def test_a_revision_that_is_not_there_is_told(tmp_path, name):
    command = ["build", "--audience", "staff", "--tree", str(write_tree(tmp_path / "tree")), f"--since={name}"]
    done = CliRunner().invoke(main, command)
    assert (2, True) == (done.exit_code, "no such file, and no revision of git" in done.output)
    assert ["tree"] == [path.name for path in tmp_path.iterdir()]


def test_a_build_replaces_the_site_whole_and_tells_what_changed(tmp_path):
    project = open_tree(tmp_path / "tree")
    first = build_at(project, tmp_path)
    old = (tmp_path / "site").resolve()
    earlier = Earlier("v1", from_json((tmp_path / "site" / "manifest.json").read_text()))
    change_files(tmp_path / "tree", {"remedies/wait.yaml": Edit('title: "', 'title: "Really ')})
    second = build_at(open_project(tmp_path / "tree", TODAY), tmp_path, since=earlier)
    assert (None, 1) == (first.changes, second.changes)
    shown = text_of(tmp_path / "site" / "reference" / "changes.html")
    assert "Changes since v1 : 1." in shown
    assert "Really Wait for the parcel" in shown
    assert (tmp_path / "site").resolve() != old


def test_a_failed_build_leaves_the_old_site(tmp_path, monkeypatch):
    project = open_tree(tmp_path / "tree")
    build_at(project, tmp_path)
    old = (tmp_path / "site").resolve()
    monkeypatch.setattr("helptree.staff_site._dead_links", lambda site: iter(["a link leads nowhere"]))
    with pytest.raises(StaffSiteError, match="a link leads nowhere"):
        build_at(project, tmp_path)
    assert (old, True) == ((tmp_path / "site").resolve(), (old / "index.html").is_file())


def test_two_sites_side_by_side_do_not_remove_each_other(tmp_path):
    """`site` and `site-staff` keep their builds in one folder."""
    from helptree.publish import Builds

    staff, public = Builds(tmp_path / "site-staff"), Builds(tmp_path / "site")
    with staff.alone():
        staff.switch_to(staff.start())
    with public.alone():
        public.switch_to(public.start())
        public.switch_to(public.start())
    assert staff.current().is_dir()
    assert public.current().is_dir()


def test_the_command_builds_the_shipped_tree(tmp_path):
    where = [
        "--site",
        str(tmp_path / "site"),
        "--docs",
        str(tmp_path / "docs"),
        "--config",
        str(ROOT / "mkdocs.staff.yml"),
    ]
    done = CliRunner().invoke(
        main, ["build", "--audience", "staff", "--tree", str(ROOT / "tests/trees/minimal"), *where]
    )
    assert 0 == done.exit_code, done.output
    assert "Internal: do not publish." in done.output
