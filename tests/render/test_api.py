"""The static JSON API and llms.txt: every file keeps its schema, says which texts fell back, holds no notes."""

import json
import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from helptree.codes import short_code
from helptree.engine import enumerate_paths
from helptree.project import open_project
from helptree.render.api import api_files
from helptree.render.api_shapes import SHAPES, api_schema
from helptree.render.root_files import llms_txt, root_files
from tests.helpers import open_tree
from tests.sites import ROOT


@pytest.fixture(scope="module")
def shipped():
    return open_project(ROOT / "decision_tree")


def test_every_published_schema_is_one():
    for name in SHAPES:
        Draft202012Validator.check_schema(api_schema(name))


def test_every_file_keeps_the_schema_that_it_names(built_site):
    root = built_site.resolve() / "api/v1"
    files = [path for path in root.rglob("*.json") if path.parent.name != "schema"]
    for path in files:
        data = json.loads(path.read_text())
        schema = json.loads((path.parent / data["$schema"]).read_text())
        assert list(Draft202012Validator(schema).iter_errors(data)) == []
    print(f"{len(files)} files of the JSON API")
    assert len(files) > 300


def test_a_wrong_file_breaks_its_schema(shipped):
    schema = Draft202012Validator(api_schema("status"))
    path, content = next(file for file in api_files(shipped.translator("en")) if "/status/" in file[0])
    good = json.loads(content)
    assert schema.is_valid(good)
    for wrong in ({"code": "O0O0O"}, {"staff": {}}, {"label": "words"}, {"reviewed": None}):
        assert not schema.is_valid(good | wrong), (path, wrong)


def test_the_tree_can_be_walked_to_every_outcome(shipped):
    files = dict(api_files(shipped.translator("fr")))
    tree = json.loads(files["api/v1/fr/tree.json"])
    nodes = {node["id"]: node for node in tree["nodes"]}
    for path, outcome in enumerate_paths(shipped.tree):
        id_ = tree["root"]
        for answer in path:
            assert id_ == answer.question
            id_ = next(option["next"] for option in nodes[id_]["options"] if option["id"] == answer.option)
        assert id_ == outcome.id
    for entry in (*tree["nodes"], *tree["statuses"], *tree["remedies"]):
        assert entry["code"] == short_code(entry["id"])
        assert json.loads(files[f"api/v1/fr/{entry['file']}"])["id"] == entry["id"]


def test_addresses_lead_to_files_of_the_site(built_site):
    for path in (built_site / "api/v1/fr").glob("*/*.json"):
        data = json.loads(path.read_text())
        assert (built_site / data["page"] / "index.html").is_file()
        assert "picture" not in data or (built_site / data["picture"]).is_file()


def test_a_text_says_that_it_fell_back(tmp_path):
    languages = (
        'en: {autonym: "English", plural_forms: "nplurals=2; plural=(n != 1);"}\n'
        'fr: {autonym: "Français", plural_forms: "nplurals=2; plural=(n > 1);"}\n'
    )
    catalog = (
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        'msgctxt "question.paid.text"\nmsgid "Did you pay?"\nmsgstr "Avez-vous payé ?"\n'
    )
    project = open_tree(tmp_path, {"catalogs/languages.yaml": languages, "catalogs/fr.po": catalog})
    question = json.loads(dict(api_files(project.translator("fr")))["api/v1/fr/question/paid.json"])
    assert question["text"] == {"text": "Avez-vous payé ?", "locale": "fr", "state": "translated"}
    assert question["hint"] == {"text": "Look at your receipt.", "locale": "en", "state": "missing"}


def test_a_step_names_the_pages_that_it_speaks_of(tmp_path):
    remedy = dict(api_files(open_tree(tmp_path).translator("en")))["api/v1/en/remedy/wait.json"]
    assert json.loads(remedy)["steps"][1] == {
        "id": "look",
        "text": {"text": "Then look again.", "locale": "en", "state": "source"},
        "refs": ["status"],
        "place": None,
    }


def test_the_same_tree_gives_the_same_bytes(shipped):
    assert list(api_files(shipped.translator("fr"))) == list(api_files(shipped.translator("fr")))
    translators = [shipped.translator(locale) for locale in shipped.languages]
    assert list(root_files(translators, "")) == list(root_files(translators, ""))


def test_models_are_told_where_all_is_and_what_they_may_not_do(shipped, built_site):
    text = llms_txt([shipped.translator(locale) for locale in shipped.languages], "", SHAPES)
    assert text == (built_site / "llms.txt").read_text()
    assert text.startswith("# AliExpress order help\n\n> ")
    assert "never invent a remedy" in text
    for address in set(re.findall(r"\]\((/[^)]*)\)", text)):
        file = Path(built_site) / address.lstrip("/")
        assert file.is_file() or (file / "index.html").is_file(), address


def test_no_note_of_staff_is_published(shipped):
    published = b"".join(
        content for locale in shipped.languages for _, content in api_files(shipped.translator(locale))
    )
    notes = [note.text for notes in shipped.staff.notes.values() for note in notes.notes]
    assert notes
    assert [note for note in notes if json.dumps(note, ensure_ascii=False)[1:-1].encode() in published] == []
