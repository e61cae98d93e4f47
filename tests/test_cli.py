"""The command line: every command has help, leaves with 0, 1 or 2, and never with a traceback."""

import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from helptree.cli import main
from tests.helpers import MINIMAL, ROOT, Edit, write_tree

BROKEN = {"questions/paid.yaml": Edit("next: wait-for-it", "next: wait-fr-it")}
WARNING = {"journeys/none.yaml": None}


def run(*arguments: object, read: str = "") -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], input=read)


def commands(group: click.Group = main, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    found = []
    for name, command in group.commands.items():
        found.append((*path, name))
        if isinstance(command, click.Group):
            found += commands(command, (*path, name))
    return found


def command_at(path: tuple[str, ...]) -> click.Command:
    command: click.Command = main
    for name in path:
        assert isinstance(command, click.Group)
        command = command.commands[name]
    return command


@pytest.fixture
def tree(tmp_path) -> Path:
    return write_tree(tmp_path / "tree")


@pytest.mark.parametrize("path", commands(), ids=" ".join)
def test_every_command_and_each_of_its_options_has_help(path):
    assert run(*path, "--help").exit_code == 0
    command = command_at(path)
    assert command.help
    options = [option for option in command.params if isinstance(option, click.Option) and option.name != "help"]
    assert [] == [option.opts for option in options if not option.help and not isinstance(option.type, click.Choice)]


@pytest.mark.parametrize("path", [path for path in commands() if len(path) == 1], ids=" ".join)
def test_every_command_is_told_in_a_document(path):
    documents = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "decision_tree/README.md")]
    text = "\n".join(path_.read_text(encoding="utf-8") for path_ in documents)
    assert re.search(rf"helptree {path[0]}\b", text)


def test_check_of_a_right_tree(tree):
    result = run("check", "--tree", tree)
    assert 0 == result.exit_code
    assert "0 errors, 0 warnings" in result.output
    assert "1 statuses, 2 questions, 2 outcomes, 2 remedies, 1 messages; 3 paths" in result.output
    assert "3 journeys take 4 of 4 options; languages: en" in result.output


def test_check_tells_every_problem_with_the_path_from_here(tmp_path):
    tree = write_tree(tmp_path / "tree", BROKEN)
    result = run("check", "--tree", tree)
    line = (
        f"{tree}/questions/paid.yaml:4:35: error unknown-target: options.0.next names 'wait-fr-it', "
        "which is not a question or an outcome. Did you mean 'wait-for-it'? Correct it or add the file."
    )
    assert 1 == result.exit_code
    assert line in result.stdout.splitlines()
    assert "1 error, 0 warnings" in result.stderr


def test_warnings_fail_only_under_strict(tmp_path):
    tree = write_tree(tmp_path / "tree", WARNING)
    assert [0, 1] == [run("check", "--tree", tree, *strict).exit_code for strict in ([], ["--strict"])]


def test_check_as_json(tmp_path):
    tree = write_tree(tmp_path / "tree", BROKEN)
    result = run("check", "--tree", tree, "--format", "json")
    (found,) = json.loads(result.stdout)
    assert 1 == result.exit_code
    assert (f"{tree}/questions/paid.yaml", 4, 35) == (found["path"], found["line"], found["column"])
    assert ("error", "unknown-target", "wait-for-it") == (found["severity"], found["code"], found["suggestion"])


def test_check_of_a_right_tree_as_json_is_an_empty_list(tree):
    assert [] == json.loads(run("check", "--tree", tree, "--format", "json").stdout)


def test_check_as_annotations(tmp_path):
    tree = write_tree(tmp_path / "tree", BROKEN)
    (line,) = run("check", "--tree", tree, "--format", "ci").stdout.splitlines()
    assert line.startswith(
        f"::error file={tree}/questions/paid.yaml,line=4,col=35,title=unknown-target::options.0.next"
    )


def test_the_day_can_be_given(tmp_path):
    tree = write_tree(tmp_path / "tree", {"tree.yaml": Edit('"99999"', '"30"')})
    outputs = [
        run("check", "--tree", tree, "--today", day).output for day in ("2026-11-02", "2026-12-30", "2027-12-30")
    ]
    assert [False, True, False] == ["review-overdue" in output for output in outputs]
    assert [False, False, True] == ["review-lapsed" in output for output in outputs]


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "--format", "xml"],
        ["chekc"],
        ["walk", "--lang", "xx"],
        ["walk", "--answer", "paid"],
        ["new", "page", "x"],
    ],
    ids=" ".join,
)
def test_wrong_use_leaves_with_two_and_says_how(tree, arguments):
    place = ["--tree", tree] if arguments != ["chekc"] else []
    result = run(*arguments, *place)
    assert 2 == result.exit_code
    assert "Error: " in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["check"],
        ["walk"],
        ["graph"],
        ["build"],
        ["new", "question", "x"],
        ["schema"],
        ["schema", "--check"],
        ["translate", "extract"],
        ["translate", "merge"],
        ["translate", "stats"],
    ],
    ids=" ".join,
)
def test_a_folder_that_is_no_tree_is_one_message_and_nothing_is_written(tmp_path, arguments):
    result = run(*arguments, "--tree", tmp_path / "nowhere")
    assert 1 == result.exit_code
    assert f"{tmp_path}/nowhere/tree.yaml:1:1: error missing-file: nowhere/tree.yaml is missing." in result.output
    assert [] == list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "arguments", [["walk"], ["graph"], ["translate", "merge"], ["translate", "stats"]], ids=" ".join
)
def test_a_tree_with_errors_is_told_and_not_used(tmp_path, arguments):
    tree = write_tree(tmp_path / "tree", BROKEN)
    result = run(*arguments, "--tree", tree)
    assert 1 == result.exit_code
    assert "error unknown-target" in result.stderr
    assert "" == result.stdout


def test_a_file_that_cannot_be_written_is_one_message(tree, tmp_path):
    result = run("graph", "--tree", tree, "--output", tmp_path / "nowhere" / "graph.mmd")
    assert 1 == result.exit_code
    assert f"{tmp_path}/nowhere/graph.mmd: No such file or directory\n" == result.stderr


# --- walk ----------------------------------------------------------------------------------------------------


def test_walk_to_an_outcome_and_its_remedies(tree):
    result = run("walk", "--tree", tree, read="1\n1\nn\n")
    assert 0 == result.exit_code
    expected = ["Which status do you see?", "Before it left", "  1. Still being packed  [Packing]", "Did you pay?",
                "Your parcel is being packed", "Wait 1 to 3 days.", "== Wait for the parcel ==", "Talk to a human",
                "Hello, where is my order [order number]? I have waited 1 to 3 days."]  # fmt: skip
    places = [result.output.find(text) for text in expected]
    assert sorted(places) == places
    assert -1 not in places


def test_walk_stops_when_the_remedy_helped(tree):
    assert "Talk to a human" not in run("walk", "--tree", tree, read="1\n1\ny\n").output


def test_walk_goes_back_begins_again_and_asks_again_for_what_it_does_not_know(tree):
    result = run("walk", "--tree", tree, read="1\nb\n1\nr\n0\n9\nx\n²\n2\nn\n")
    assert 0 == result.exit_code
    assert 4 == result.output.count("Type a number from 1 to 2, b or r.")
    assert "Let us look at it together" in result.output


def test_walk_from_given_answers_tells_what_it_left_out(tree):
    result = run("walk", "--tree", tree, "--answer", "status=packing", "--answer", "paid=maybe", read="2\nn\n")
    assert "This answer does not fit and was left out: paid=maybe" in result.output
    assert "Let us look at it together" in result.output


def test_walk_without_an_answer_is_left_without_a_traceback(tree):
    result = run("walk", "--tree", tree, read="1\n")
    assert 1 == result.exit_code
    assert "Aborted!" in result.output


def test_walk_in_another_language():
    assert "Quel statut" in run("walk", "--tree", ROOT / "decision_tree", "--lang", "fr-CA", read="1\n").output


# --- other commands ------------------------------------------------------------------------------------------


def test_the_graph_as_mermaid(tree):
    assert run("graph", "--tree", tree).stdout.splitlines() == [
        "flowchart LR",
        '  n-status["Which status do you see?"]',
        '  n-status -- "Still being packed" --> n-paid',
        '  n-status -- "I see none of these" --> n-ask-a-human',
        '  n-paid["Did you pay?"]',
        '  n-paid -- "Yes" --> n-wait-for-it',
        '  n-paid -- "No" --> n-ask-a-human',
        '  n-ask-a-human(["Let us look at it together"])',
        '  n-wait-for-it(["Your parcel is being packed"])',
    ]


def test_the_graph_as_svg_is_whole_and_holds_every_answer(tree, tmp_path):
    from xml.etree import ElementTree

    result = run("graph", "--tree", tree, "--format", "svg", "-o", tmp_path / "graph.svg")
    assert (0, "") == (result.exit_code, result.stdout)
    texts = [
        element.text for element in ElementTree.parse(tmp_path / "graph.svg").iter() if element.tag.endswith("text")
    ]
    assert {"Did you pay?", "Yes", "No", "I see none of these"} <= set(texts)


def test_schema_writes_once_and_then_has_nothing_to_do(tree):
    assert 1 == run("schema", "--tree", tree, "--check").exit_code
    assert "schema/question.json: written" in run("schema", "--tree", tree).output
    assert (0, "") == (run("schema", "--tree", tree).exit_code, run("schema", "--tree", tree).output)
    assert 0 == run("schema", "--tree", tree, "--check").exit_code
    (tree / "PROBLEMS.md").write_text("old")
    assert (
        f"{tree}/PROBLEMS.md: out of date; run `helptree schema`\n" == run("schema", "--tree", tree, "--check").output
    )


def test_translate_from_an_empty_catalog(tree):
    french = 'fr: {autonym: "Français", plural_forms: "nplurals=2; plural=(n > 1);"}\n'
    with (tree / "catalogs" / "languages.yaml").open("a") as file:
        file.write(french)
    (tree / "catalogs" / "fr.po").write_text("")
    assert f"Written: {tree}/catalogs/fr.po\n" == run("translate", "merge", "--tree", tree).output
    assert "" == run("translate", "merge", "--tree", tree).output
    assert re.search(r"^fr +0\.0 %  0 of \d+ translated", run("translate", "stats", "--tree", tree).output, re.M)
    assert {"en", "fr"} == set(json.loads(run("translate", "stats", "--tree", tree, "--json").output)["locales"])


def test_the_version():
    from helptree import __version__

    assert f"helptree, version {__version__}\n" == run("--version").output


# --- as a program --------------------------------------------------------------------------------------------


def program(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "helptree", *arguments]


def test_a_reader_that_leaves_early_is_no_error_to_tell():
    """`helptree check | head -1`: the pipe is closed before anything is written."""
    source, sink = os.pipe()
    os.close(source)
    with os.fdopen(sink, "w") as closed:
        command = program("graph", "--tree", str(MINIMAL))
        done = subprocess.run(command, stdout=closed, stderr=subprocess.PIPE, text=True, check=False)
    assert "" == done.stderr


def test_findings_are_bytes_in_utf_8_whatever_the_terminal_says(tmp_path):
    tree = write_tree(tmp_path / "tree", {"questions/paid.yaml": Edit("next: wait-for-it", "next: überall")})
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    command = program("check", "--tree", str(tree))
    done = subprocess.run(command, capture_output=True, check=False, env=environment)
    assert "'überall' is not an id" in done.stdout.decode()
    assert b"Traceback" not in done.stderr


def test_output_is_plain_when_it_is_no_terminal(tree):
    done = subprocess.run(program("check", "--tree", str(tree)), capture_output=True, check=True)
    assert b"\x1b" not in done.stdout + done.stderr


def test_helptree_starts_without_what_it_does_not_need():
    """A command that only reads must not wait for the site's and the wizard's libraries."""
    code = "import helptree.cli, sys; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert [] == [
        name
        for name in ("streamlit", "mkdocs", "starlette", "jinja2", "babel", "sqlalchemy", "alembic")
        if name in loaded
    ]


def test_a_tree_given_on_a_closed_standard_input_does_not_hang(tree):
    done = subprocess.run(
        program("walk", "--tree", str(tree)), capture_output=True, stdin=subprocess.DEVNULL, check=False
    )
    assert 1 == done.returncode
    assert io.BytesIO(done.stderr).read().decode().strip() == "Aborted!"
