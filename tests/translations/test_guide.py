"""The translator's guide, followed word by word: a language is added by two files and no code."""

import json
import re
import shutil

import pytest
from click.testing import CliRunner

from helptree.cli import main
from helptree.locales import LanguageState
from helptree.problems import Severity
from helptree.pseudo import pseudo_text
from tests.helpers import ROOT
from tests.translations.helpers import WAVES, edit_po, open_tree, run

GUIDE = (ROOT / "decision_tree/catalogs/README.md").read_text(encoding="utf-8")
ROW = re.search(r"<!-- row: (\S+) -->\n```yaml\n(.*?)```", GUIDE, re.S)
COMMANDS = re.findall(r"^    \.venv/bin/helptree translate (.*)$", GUIDE, re.M)


@pytest.fixture(scope="module")
def new_language(tmp_path_factory):
    """The shipped tree with the guide's language, translated by nobody yet."""
    folder = tmp_path_factory.mktemp("guide") / "decision_tree"
    shutil.copytree(ROOT / "decision_tree", folder)
    before = {path.relative_to(folder) for path in folder.rglob("*") if path.is_file()}
    with (folder.parent / ROW[1]).open("a", encoding="utf-8") as file:
        file.write(ROW[2])
    done = run("merge", folder, "--lang", "ca")
    assert 0 == done.exit_code, done.output
    added = {path.relative_to(folder) for path in folder.rglob("*") if path.is_file()} - before
    assert ["catalogs/ca.po"] == [str(path) for path in added]
    return folder


def test_a_new_language_is_off_and_all_of_it_is_missing(new_language):
    found = json.loads(run("stats", new_language, "--json").output)["locales"]["ca"]
    assert (0, found["entries"]) == (found["translated"], found["missing"])
    assert "ca" not in open_tree(new_language).languages


def test_a_translated_language_can_be_published_without_a_warning_of_its_own(new_language):
    kept = ("AliExpress", "PayPal", "Alipay", "EBANX", "Klarna")
    edit_po(new_language, lambda entry: translate(entry, kept), "ca")
    rows = new_language / "catalogs/languages.yaml"
    rows.write_text(
        rows.read_text(encoding="utf-8").replace("ca: {state: off", "ca: {state: published"), encoding="utf-8"
    )
    project = open_tree(new_language)
    hints = {p.kind.code for p in project.problems if p.locale == "ca"}
    assert (set(), LanguageState.PUBLISHED) == (hints - {"wording-differs"}, project.languages["ca"].state)
    assert Severity.ERROR not in {p.kind.severity for p in project.problems}
    assert "Català" == project.languages["ca"].autonym


def translate(entry, kept) -> None:
    if entry.msgid_plural:
        entry.msgstr_plural = dict.fromkeys(entry.msgstr_plural, pseudo_text(entry.msgid_plural, "accented", kept))
    else:
        entry.msgstr = pseudo_text(entry.msgid, "accented", kept)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_of_the_guide_exists_with_its_options(command):
    name, options = command.split()[0], re.findall(r" (--[a-z]+|-o)\b", command)
    shown = CliRunner().invoke(main, ["translate", name, "--help"])
    assert (0, []) == (shown.exit_code, [option for option in options if option not in shown.output])


@pytest.mark.parametrize(
    "name", ["extract", "merge", "stats", "check", "export", "import", "pseudo", "confirm", "review"]
)
def test_every_command_is_in_the_guide(name):
    assert f"helptree translate {name}" in GUIDE


def test_the_settings_for_weblate_name_files_that_are_there():
    settings = json.loads((ROOT / "decision_tree/catalogs/weblate.json").read_text(encoding="utf-8"))[0]
    assert (ROOT / settings["new_base"]).is_file()
    assert "decision_tree/catalogs/fr.po" in [str(path.relative_to(ROOT)) for path in ROOT.glob(settings["filemask"])]


def test_every_planned_language_can_be_begun():
    project = open_tree(ROOT / "decision_tree")
    assert set(WAVES) <= set(project.all_languages)
    assert {"en", "fr"} <= set(project.languages)
