"""What holds for every tracked file: no machine's paths, no addresses of indexes, no secrets, no long functions."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LONGEST_FUNCTION = 60

UNWANTED = {
    "path of one machine": r"(?<![\w.])/(?:root|work|home/\w+|Users/\w+)/",
    "address of a package index": r"pypi\.org/simple|files\.pythonhosted|--(?:extra-)?index-url|--find-links",
    "secret": r"BEGIN [A-Z ]*PRIVATE KEY|\bgh[pousr]_\w{30}|\bAKIA[0-9A-Z]{16}\b|\bsk-\w{30}",
}


def tracked_files(*patterns: str) -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z", *patterns], cwd=ROOT, capture_output=True, check=True)
    return [path for name in listed.stdout.decode().split("\0") if name and (path := ROOT / name).is_file()]


@pytest.mark.parametrize("what", UNWANTED)
def test_no_tracked_file_holds(what):
    found = [
        f"{path.relative_to(ROOT)}:{number}: {match[0]}"
        for path in tracked_files()
        if path != Path(__file__)
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1)
        if (match := re.search(UNWANTED[what], line))
    ]
    assert found == []


@pytest.mark.parametrize(
    ("what", "text"),
    [
        ("path of one machine", "cd /home/ann/helptree"),
        ("address of a package index", "--index-url https://x"),
        ("secret", "-----BEGIN PRIVATE KEY-----"),
    ],
)
def test_what_is_unwanted_would_be_found(what, text):
    assert re.search(UNWANTED[what], text)


def test_functions_are_short():
    long = [
        f"{path.relative_to(ROOT)}:{node.lineno}: {node.name}: {length} lines"
        for path in tracked_files("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := node.end_lineno - node.lineno + 1) > LONGEST_FUNCTION
    ]
    assert long == []
