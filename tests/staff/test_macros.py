"""Macros load back by the documented fields of each desk: formula-safe, every gap in its place."""

import csv
import io
import json
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser

import pytest
from click.testing import CliRunner

from helptree.cli import main
from helptree.exchange.sheet import unguard
from helptree.placeholders import names_in
from helptree.project import Project, open_project
from helptree.pseudo import with_pseudo
from helptree.staff import macros as written
from helptree.staff.macros import FolderError, macros_of, to_csv, to_json, to_markdown
from helptree.staff_cli import DESKS
from tests.helpers import ROOT, TODAY, open_tree

# The fields that each desk documents for one new macro, canned response or message template: name, type, whether it
# can't do without. The addresses stand in src/helptree/staff/macros.py; read in 2026.
DOCUMENTED = {
    "zendesk": {
        "title": (str, True), "actions": (list, True), "description": (str, False), "active": (bool, False),
        "position": (int, False), "restriction": (dict, False),
    },
    "freshdesk": {
        "title": (str, True), "content_html": (str, True), "folder_id": (int, True), "visibility": (int, True),
        "group_ids": (list, False), "attachments": (list, False),
    },
    "front": {
        "name": (str, True), "body": (str, True), "subject": (str, False), "folder_id": (str, False),
        "inbox_ids": (list, False), "attachments": (list, False),
    },
}  # fmt: skip
FOLDERS = {"zendesk": None, "freshdesk": "7", "front": "rsf_7"}
COLUMNS = {
    "zendesk": ["title", "description", "active", "comment_value"],
    "freshdesk": ["title", "content_html", "folder_id", "visibility"],
    "front": ["name", "subject", "body", "folder_id"],
}
TEXT = {"zendesk": "comment_value", "freshdesk": "content_html", "front": "body"}


@cache
def macros() -> list:
    project: Project = with_pseudo(open_project(ROOT / "decision_tree", TODAY), ["rtl"])
    return list(macros_of([project.translator(locale) for locale in ("en", "fr", "ar-XB")]))


class Words(HTMLParser):
    """HTML read back as a person would copy it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text, self.marks = "", {}
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.marks = self.marks or dict(attrs)
        self.text += {"p": "\n\n" if self.text else "", "br": "\n"}.get(tag, "")

    def handle_data(self, data):
        self.text += data


def read_text(desk: str, value: str) -> str:
    return value if desk == "zendesk" else Words(value).text


@pytest.mark.parametrize("desk", DOCUMENTED)
def test_json_holds_what_the_desk_documents(desk):
    for body in json.loads(to_json(desk, macros(), FOLDERS[desk])):
        assert desk != "zendesk" or ["macro"] == list(body)
        fields = body["macro"] if desk == "zendesk" else body
        assert set(fields) <= set(DOCUMENTED[desk])
        assert {name for name, (_, is_wanted) in DOCUMENTED[desk].items() if is_wanted} <= set(fields)
        assert [] == [name for name, value in fields.items() if type(value) is not DOCUMENTED[desk][name][0]]
        for action in fields.get("actions", []):
            assert {"field": "comment_value", "value": action["value"]} == action


@pytest.mark.parametrize("folder", [None, "", "rsf_7", "-7", "\N{ARABIC-INDIC DIGIT SEVEN}"])
def test_freshdesk_takes_no_reply_without_a_number_of_a_folder(folder):
    for writer in (to_json, to_csv):
        with pytest.raises(FolderError, match="--folder NUMBER"):
            writer("freshdesk", macros(), folder)


def test_front_takes_templates_without_a_folder():
    assert {"name", "subject", "body"} == set(json.loads(to_json("front", macros()))[0])


def test_a_folder_that_the_desk_would_refuse_writes_nothing(tmp_path):
    out = tmp_path / "macros.json"
    command = ["export", "macros", "--tree", str(ROOT / "decision_tree"), "--lang", "fr", "-o", str(out)]
    for desk, folder, told in (
        ("freshdesk", [], "takes no reply without a folder"),
        ("freshdesk", ["--folder", "rsf_1"], "takes no reply without a folder"),
        ("zendesk", ["--folder", "1"], "have no folder"),
    ):
        done = CliRunner().invoke(main, [*command, "--for", desk, *folder])
        assert 2 == done.exit_code
        assert told in " ".join(done.output.replace("\u2502", " ").split())
    assert [] == list(tmp_path.iterdir())


@pytest.mark.parametrize("desk", DOCUMENTED)
def test_json_loads_back_with_every_gap(desk):
    bodies = json.loads(to_json(desk, macros(), FOLDERS[desk]))
    for macro, body in zip(macros(), bodies, strict=True):
        value = body["macro"]["actions"][0]["value"] if desk == "zendesk" else body[TEXT[desk]]
        assert macro.reply.text == read_text(desk, value)


@pytest.mark.parametrize("desk", DOCUMENTED)
def test_csv_loads_back_by_its_columns_with_every_gap(desk):
    reader = csv.DictReader(io.StringIO(to_csv(desk, macros(), FOLDERS[desk]).removeprefix("\ufeff")))
    rows = list(reader)
    assert COLUMNS[desk] == reader.fieldnames
    for macro, row in zip(macros(), rows, strict=True):
        text = read_text(desk, unguard(row[TEXT[desk]]))
        assert macro.reply.text == text
        assert list(macro.reply.gaps) == list(dict.fromkeys(names_in(text)))


@pytest.mark.parametrize("desk", DOCUMENTED)
def test_titles_are_unique_and_tell_the_language(desk):
    rows = list(csv.DictReader(io.StringIO(to_csv(desk, macros(), FOLDERS[desk]).removeprefix("\ufeff"))))
    titles = [row[COLUMNS[desk][0]] for row in rows]
    assert len(titles) == len(set(titles))
    assert all(title.startswith(macro.reply.locale) for macro, title in zip(macros(), titles, strict=True))


@pytest.mark.parametrize("start", ["=HYPERLINK(1)", "+1", "-1", "@now", "\t=1", "'=1"])
def test_no_cell_is_a_formula_even_past_the_checks(tmp_path, start):
    project = with_pseudo(open_tree(tmp_path), ["rtl"])
    entries = project.catalogs["ar-XB"].entries
    for key in ("message.where-is-it.text", "message.where-is-it.title"):
        entries[key] = replace(entries[key], forms=(f"{start} x",))
    found = list(macros_of([project.translator("ar-XB")]))
    for desk in DOCUMENTED:
        rows = list(csv.reader(io.StringIO(to_csv(desk, found, FOLDERS[desk]).removeprefix("\ufeff"))))
        assert [] == [
            cell for row in rows for cell in row if cell.lstrip("'")[:1] in tuple("=+-@\t") and cell[0] != "'"
        ]
    rows = list(csv.DictReader(io.StringIO(to_csv("zendesk", found).removeprefix("\ufeff"))))
    assert f"{start} x".strip() in [unguard(row["comment_value"]) for row in rows]


def test_html_says_language_and_direction():
    macro = next(macro for macro in macros() if macro.reply.locale == "ar-XB")
    assert {"lang": "ar-XB", "dir": "rtl"} == Words(macro.html).marks


def test_markdown_shows_every_reply_as_it_is():
    text = to_markdown(macros())
    assert [] == [macro.reply.id for macro in macros() if f"~~~text\n{macro.reply.text}\n~~~" not in text]


def test_the_command_writes_one_file(tmp_path):
    out = tmp_path / "macros.csv"
    command = ["export", "macros", "--tree", str(ROOT / "decision_tree"), "--for", "freshdesk", "--format", "csv"]
    done = CliRunner().invoke(main, [*command, "--lang", "fr", "--folder", "12", "-o", str(out)])
    assert 0 == done.exit_code, done.output
    rows = list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8-sig"))))
    assert {"12"} == {row["folder_id"] for row in rows}
    assert [out.name] == [path.name for path in tmp_path.iterdir()]
    print(f"macros: {len(rows)} replies a language load back for {', '.join(DOCUMENTED)}")


def test_an_unknown_language_is_refused(tmp_path):
    command = ["export", "macros", "--tree", str(ROOT / "decision_tree"), "--for", "front", "--lang", "tlh"]
    done = CliRunner().invoke(main, [*command, "-o", str(tmp_path / "x.json")])
    assert 2 == done.exit_code
    assert "no language 'tlh'" in done.output


def test_the_command_knows_every_desk():
    assert list(written.DESKS) == list(DESKS)
