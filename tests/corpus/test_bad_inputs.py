"""Every bad file is refused for its own reason; every control is accepted. Each in its own process, with limits.

HELPTREE_BAD_INPUTS names another corpus of the same form; without it our own copy is used.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from helptree.source import parse, walk_scalars
from tests.corpus.mapping import Case, as_it_is, read_manifest, translated

CORPUS = Path(os.environ.get("HELPTREE_BAD_INPUTS", Path(__file__).parent / "bad_inputs"))
CASES = read_manifest(CORPUS)
SECONDS, MEMORY = 2, 512 * 1024 * 1024

# Reasons that are one family to us: the fault is the same, another rule is met first.
FAMILIES = [
    {"alias-forbidden", "alias-cycle", "merge-forbidden", "duplicate-key"},
    {"slug-collision", "id-charset", "duplicate-key-normalised", "file-name", "duplicate-locale", "unknown-locale"},
    {"mixed-script-id", "id-charset"},
    {"invisible-character", "id-charset"},
    {"missing-locale", "missing-translation"},
    {"empty-translation", "missing-translation"},
    {"condition-gap", "condition-shadowed", "unknown-key"},
    {"too-nested", "too-long"},
    {"wrong-type", "contradiction", "unknown-key"},
    {"html-forbidden", "link-scheme"},
    {"placeholder-mismatch", "placeholder-syntax", "template-syntax"},
    {"non-string-key", "duplicate-key"},
]
# Every scalar is text: to refuse such a value, or to keep it to the letter, is right; to convert it is the fault.
KEPT_AS_TEXT = {"scalar-type", "non-string-key", "ambiguous-scalar", "missing-value"}


def run_check(folder: Path) -> tuple[int, list[dict[str, object]], str]:
    """Run `helptree check --strict` on a tree within 2 s and 512 MB; return status, findings, standard error."""
    command = [sys.executable, "-m", "helptree", "check", "--tree", str(folder), "--strict", "--format", "json"]

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))

    # CPU seconds are the limit that holds on a busy machine; the clock only ends a hang.
    done = subprocess.run(command, capture_output=True, text=True, timeout=30, preexec_fn=limit, check=False)
    findings = json.loads(done.stdout) if done.stdout.startswith("[") else []
    return done.returncode, findings, done.stderr


def fits(case: Case, code: str) -> bool:
    return code == case.reason or any({code, case.reason} <= family for family in FAMILIES)


def findings_of(case: Case, tmp_path: Path) -> list[tuple[int, list[dict[str, object]], str]]:
    folders = [as_it_is(case, tmp_path / "as-it-is"), translated(case, tmp_path / "translated")]
    return [run_check(folder) for folder in folders if folder is not None]


def is_kept_as_text(case: Case) -> bool:
    text = case.path.read_text(encoding="utf-8")
    root, problems = parse(text, case.name)
    return root is not None and not problems and all(scalar.text in text for scalar in walk_scalars(root))


@pytest.mark.parametrize("case", [c for c in CASES if not c.accepted], ids=lambda case: case.name)
def test_bad_input_is_refused_for_its_reason(case: Case, tmp_path: Path) -> None:
    runs = findings_of(case, tmp_path)
    for status, _, error in runs:
        assert "Traceback" not in error
        assert status in (0, 1), error
    codes = {str(f["code"]) for status, findings, _ in runs if status == 1 for f in findings}
    if case.reason in KEPT_AS_TEXT and is_kept_as_text(case):
        return
    assert any(fits(case, code) for code in codes), codes
    located = [f for status, findings, _ in runs if status == 1 for f in findings if fits(case, str(f["code"]))]
    assert all(int(str(f["line"])) >= 1 and int(str(f["column"])) >= 1 and f["message"] for f in located)


@pytest.mark.parametrize("case", [c for c in CASES if c.accepted], ids=lambda case: case.name)
def test_control_is_accepted(case: Case, tmp_path: Path) -> None:
    folder = as_it_is(case, tmp_path / "tree") if case.path.suffix == ".md" else translated(case, tmp_path / "tree")
    assert folder is not None
    assert run_check(folder) == (0, [], "")


def test_misspelt_field_and_target_get_the_near_name(tmp_path: Path) -> None:
    expected = {"flow/target_missing.yaml": "packing", "flow/unknown_key_typo.yaml": "staff"}
    found = {}
    for case in CASES:
        if case.name in expected:
            folder = translated(case, tmp_path / case.path.stem)
            assert folder is not None
            found[case.name] = next(f["suggestion"] for f in run_check(folder)[1] if f["suggestion"])
    assert expected == found


LARGE = {
    "5 MB scalar": ("questions/case.yaml", lambda: 'text: "' + "x" * 5_000_000 + '"\n', "too-big"),
    "5 MB of comments": ("questions/case.yaml", lambda: "# x\n" * 1_250_000, "too-big"),
    "1.9 MB text": ("questions/case.yaml", lambda: 'text: "' + "x" * 1_900_000 + '"\n', "too-long"),
    "200,000 nodes": (
        "questions/case.yaml",
        lambda: "nodes:\n" + "".join(f"  n{i}: {{text: x, end: true}}\n" for i in range(200_000)),
        "too-big",
    ),
    "50,000 options": (
        "questions/case.yaml",
        lambda: "options:\n" + "".join(f"  - {{label: L{i}, to: a}}\n" for i in range(50_000)),
        "too-many",
    ),
    "100,000 nested lists": ("questions/case.yaml", lambda: "[" * 100_000 + "]" * 100_000, "too-deep"),
    "2,000 locales": (
        "questions/case.yaml",
        lambda: "text:\n" + "".join(f'  x-l{i}: "t"\n' for i in range(2_000)),
        "too-many",
    ),
    "20,000 brackets": ("pages/case.md", lambda: "# T\n\n" + "[" * 20_000, "too-nested"),
    "20,000 brackets in a text": (
        "questions/case.yaml",
        lambda: 'text: "' + "[" * 19_000 + '"\noptions: [{id: a, label: A, next: wait-for-it}]\n',
        "too-nested",
    ),
}


@pytest.mark.parametrize("name", LARGE)
def test_large_input_is_refused_within_the_limits(name: str, tmp_path: Path) -> None:
    place, make, reason = LARGE[name]
    folder = tmp_path / "tree"
    shutil.copytree(Path(__file__).parent.parent / "trees" / "minimal", folder)
    (folder / place).write_text(make(), encoding="utf-8")
    status, findings, error = run_check(folder)
    assert (1, "") == (status, error)
    assert reason in {f["code"] for f in findings}


def test_ten_thousand_files_are_answered_within_the_limits(tmp_path: Path) -> None:
    folder = tmp_path / "tree"
    shutil.copytree(Path(__file__).parent.parent / "trees" / "minimal", folder)
    for index in range(10_000):
        (folder / "questions" / f"q{index}.yaml").write_text("a: 1\n", encoding="utf-8")
    status, findings, error = run_check(folder)
    assert (1, "") == (status, error)
    assert findings


def make_strange_files(folder: Path) -> None:
    questions = folder / "questions"
    (questions / "d.yaml").mkdir()
    (questions / "l.yaml").symlink_to("nowhere")
    (folder.parent / "outside.yaml").write_text("a: b\n", encoding="utf-8")
    (questions / "o.yaml").symlink_to("../../outside.yaml")
    os.mkfifo(questions / "p.yaml")


def test_what_is_no_regular_file_is_refused_and_never_blocks(tmp_path: Path) -> None:
    folder = tmp_path / "tree"
    shutil.copytree(Path(__file__).parent.parent / "trees" / "minimal", folder)
    make_strange_files(folder)
    status, findings, _ = run_check(folder)
    found = {(str(f["path"]).rpartition("/")[2], f["code"]) for f in findings}
    expected = {(f"{name}.yaml", "not-a-regular-file") for name in "dlop"}
    assert (1, expected) == (status, expected & found)


def test_counts_are_told() -> None:
    bad = sum(1 for case in CASES if not case.accepted)
    print(f"bad inputs refused: {bad}, controls accepted: {len(CASES) - bad}, large or strange: {len(LARGE) + 2}")
    assert bad >= 100
    assert len(CASES) - bad >= 10
