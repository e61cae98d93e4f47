"""Random canaries in every internal field of random trees and of the real one: none in any public byte, all for staff.

`make test` takes a few seeds, `make leak-test` 300. Pages are rendered by the public renderers; some trees go through
the complete build and the wizard as well. Planted leaks show that each kind of output is really searched.
"""

import shutil
from collections import Counter
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
import yaml

from helptree.project import Project, open_project
from helptree.staff.pdf import reference_html
from tests.helpers import ROOT, TODAY, Edit, change_files
from tests.leaks.forms import STEM, Leaks
from tests.leaks.output import archived, files_below, internal, rendered, wizard_frames
from tests.planted.trees import random_tree
from tests.sites import build

LEAKS = Leaks([STEM])
FIELDS = ("api", "reasons", "bears_cost", "ask", "escalation", "conflicts", "notes", "note")


def few_and_many(few: int, many: int) -> list:
    """Some seeds for every test run, all for `make leak-test`."""
    return [*range(few), *(pytest.param(seed, marks=pytest.mark.leak) for seed in range(few, many))]


def check_public(files) -> tuple[int, int]:
    """Fail for any leak; return how many files and bytes were searched."""
    counted = Counter(files=0, bytes=0)

    def counting():
        for name, content in files:
            counted.update(files=1, bytes=len(content))
            yield name, content

    assert [] == LEAKS.in_files(counting())
    return counted["files"], counted["bytes"]


def check_staff(project: Project, canaries: list[str]) -> None:
    """Fail for any canary that staff can't read on some page."""
    told = "\n".join(content.decode() for name, content in internal(project) if name.endswith(".html"))
    assert [] == [canary for canary in canaries if canary not in told]


@pytest.mark.parametrize("seed", few_and_many(6, 300))
def test_no_canary_of_a_random_tree_is_public(seed, tmp_path):
    grown = random_tree(Random(f"canary {seed}"))
    project = open_project(grown.write(tmp_path / "tree"), TODAY)
    (tmp_path / "scratch").mkdir()
    files, size = check_public(rendered(project, tmp_path / "scratch"))
    check_staff(project, grown.canaries)
    count = len(grown.canaries)
    print(f"canaries of random tree {seed}: {count} internal fields, 0 in {files} public files ({size} bytes)")


@pytest.mark.slow
@pytest.mark.parametrize("seed", few_and_many(1, 6))
def test_no_canary_leaves_by_the_complete_build_or_the_wizard(seed, tmp_path):
    grown = random_tree(Random(f"built {seed}"), 9)
    project = open_project(grown.write(tmp_path / "tree"), TODAY)
    build(tmp_path / "tree", tmp_path, jobs=1)
    files, size = check_public(archived(tmp_path / "site", tmp_path))
    check_public(files_below(tmp_path / "docs", "docs"))
    screens, frames = check_public(wizard_frames(project, "fr", 8))
    print(f"canaries of built tree {seed}: 0 in {files} files ({size} bytes), 0 in {screens} screens ({frames} bytes)")


def real_with_canaries(folder: Path) -> list[str]:
    """Copy the real tree, and put a canary of its own into every internal text it has."""
    shutil.copytree(ROOT / "decision_tree", folder)
    canaries: list[str] = []

    def canary() -> str:
        canaries.append(f"{STEM}{len(canaries)}X")
        return canaries[-1]

    def spoil(value, inside: bool):
        if isinstance(value, dict):
            return {
                key: canary() if inside and isinstance(each, str) and key in ("text", "meaning", "code", "api")
                else canary() if key == "note" and isinstance(each, str)
                else spoil(each, inside or key == "staff")
                for key, each in value.items()
            }  # fmt: skip
        return [spoil(each, inside) for each in value] if isinstance(value, list) else value

    for path in [*folder.glob("*.yaml"), *folder.glob("[!cs]*/*.yaml"), *folder.glob("statuses/*.yaml")]:
        if path.parent.name != "journeys":
            data = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
            text = yaml.safe_dump(
                spoil(data, False), allow_unicode=True, sort_keys=False, default_style='"', width=10_000
            )
            path.write_text(text, encoding="utf-8")
    return canaries


@pytest.mark.slow
def test_no_canary_of_the_real_tree_is_public(tmp_path):
    canaries = real_with_canaries(tmp_path / "tree")
    project = open_project(tmp_path / "tree", TODAY)
    few = replace(project, languages={tag: project.languages[tag] for tag in list(project.languages)[:2]})
    (tmp_path / "scratch").mkdir()
    files, size = check_public(rendered(few, tmp_path / "scratch"))
    screens, frames = check_public(wizard_frames(few, "fr", 12))
    check_staff(few, canaries)
    print(
        f"canaries of the real tree: {len(canaries)} internal fields, 0 in {files} public files ({size} bytes), "
        f"0 in {screens} wizard screens ({frames} bytes)"
    )


def test_every_internal_field_of_a_random_tree_is_in_the_pdf_or_for_the_site_alone(tmp_path):
    """The PDF is made from the same sheets: what stands on pages of statuses, outcomes and remedies is in it."""
    grown = random_tree(Random("pdf"), 12)
    project = open_project(grown.write(tmp_path / "tree"), TODAY)
    html = reference_html(project.staff, [project.translator("en")], TODAY)
    pages = [*project.tree.statuses.values(), *project.tree.outcomes.values(), *project.tree.remedies.values()]
    expected = [note.text for page in pages for note in project.staff.about(page).notes]
    assert expected
    assert [] == [text for text in expected if text not in html]


# --- controls: a leak of each kind is found


KINDS = (
    "pages/en/", "pages/fr/", "en/pictures/", "en/finder-index.js", "api/v1/en/", "graph/en.svg", "graph/en.mmd",
    "terminal/en", "root/llms.txt", "catalogs/helptree.pot", "catalogs/fr.po", "exports/fr.csv", "exports/fr.xliff12",
    "exports/fr.xliff20", "find",
)  # fmt: skip


def test_a_leak_in_each_renderer_would_be_found(tmp_path):
    """A note that stands where the public tree has it too: each renderer shows it, and each is searched."""
    tree = shutil.copytree(ROOT / "tests" / "trees" / "minimal", tmp_path / "tree")
    change_files(
        tree,
        {
            "catalogs/languages.yaml": 'en: {}\nfr: {autonym: "Français"}\n',
            "catalogs/fr.po": 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n',
            "statuses/packing.yaml": Edit('"Still being packed"', f'"Still being packed, {STEM}1X"'),
        },
    )
    change_files(tree, {"statuses/packing.yaml": Edit('text: "Packing"', f'text: "Packing {STEM}1X"')})
    (tmp_path / "scratch").mkdir()
    found = LEAKS.in_files(rendered(open_project(tree, TODAY), tmp_path / "scratch"))
    assert [] == [kind for kind in KINDS if not any(line.startswith(kind) for line in found)]


@pytest.mark.slow
def test_a_leak_in_a_built_site_would_be_found(tmp_path):
    grown = random_tree(Random("spoilt"), 6)
    folder = grown.write(tmp_path / "tree")
    name = next(name for name in grown.files if name.startswith("outcomes/"))
    text = (folder / name).read_text(encoding="utf-8").replace('title: "Text', f'title: "{STEM} Text', 1)
    (folder / name).write_text(text, encoding="utf-8")
    build(folder, tmp_path, jobs=1)
    found = LEAKS.in_files(archived(tmp_path / "site", tmp_path))
    for kind in (".html", "search_index.json", "tree.json", "site.zip", "/api/v1/", "map.svg", "llms.txt"):
        assert any(kind in line for line in found), kind
    project = open_project(folder, TODAY)
    assert any(line.startswith("wizard/") for line in LEAKS.in_files(wizard_frames(project, "en", 20)))


def test_a_leak_in_the_sitemap_would_be_found():
    from helptree.render.root import sitemap
    from tests.leaks.output import SITE

    project = open_project(ROOT / "tests" / "trees" / "minimal", TODAY)
    from helptree.render.frame import make_frame

    address = f"statuses/{STEM}/"
    text = sitemap([make_frame(project.translator("en"))], {"en": {address: True}}, SITE)
    assert LEAKS.in_bytes(text.encode())
