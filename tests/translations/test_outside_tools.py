"""What other programs say of our files: msgfmt, pofilter, and translate-toolkit's readers of XLIFF."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from translate.storage.xliff import xlifffile
from translate.storage.xliff2 import Xliff2File

from helptree.catalogs import parse_po
from helptree.glossary import read_glossary
from helptree.project import open_project
from helptree.pseudo import copy_with_pseudo
from tests.helpers import ROOT, TODAY
from tests.translations.helpers import run

CATALOGS = ROOT / "decision_tree/catalogs"
# Not `brackets`: a translator may set something in parentheses; ours asks that they are even.
NAMED = "pythonbraceformat numbers urls xmltags newlines emails escapes untranslated blank doublespacing nplurals"
# Headers that carry dates and names are left out on purpose.
HEADERS = {"Project-Id-Version", "PO-Revision-Date", "Last-Translator", "Language-Team"}


@pytest.fixture(scope="module")
def copy(tmp_path_factory) -> Path:
    """The shipped tree with the invented languages."""
    folder = tmp_path_factory.mktemp("outside") / "tree"
    list(copy_with_pseudo(open_project(ROOT / "decision_tree", TODAY), folder))
    return folder


@pytest.mark.skipif(not shutil.which("msgfmt"), reason="GNU gettext is not installed")
@pytest.mark.parametrize("name", ["fr.po", "en_XA.po", "ar_XB.po"])
def test_msgfmt_accepts_every_catalog(copy, name):
    command = ["msgfmt", "--check", "--output-file", "/dev/null", copy / "catalogs" / name]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    told = [line for line in done.stderr.splitlines() if not any(f"'{header}'" in line for header in HEADERS)]
    assert (0, []) == (done.returncode, told)


@pytest.mark.parametrize("name", ["fr.po", "ar_XB.po"])
def test_the_named_tests_of_pofilter_find_nothing(copy, name, tmp_path):
    """pofilter always exits with 0, and writes no file when it finds nothing.

    Its `urls` takes the bracket after a link for a part of it, so the words that make en-XA longer disturb it.
    """
    kept = tmp_path / "kept.txt"
    kept.write_text("\n".join(read_glossary((CATALOGS / "glossary.csv").read_text(encoding="utf-8")).kept) + "\n")
    tests = [word for test in (*NAMED.split(), "notranslatewords") for word in ("-t", test)]
    program = [
        sys.executable,
        "-m",
        "translate.filters.pofilter",
        "--progress=none",
        f"--notranslatefile={kept}",
        *tests,
    ]
    done = subprocess.run(
        [*program, copy / "catalogs" / name, tmp_path / "out.po"], capture_output=True, text=True, check=False
    )
    found = parse_po((tmp_path / "out.po").read_text(encoding="utf-8")) if (tmp_path / "out.po").exists() else []
    assert (0, []) == (done.returncode, [(entry.msgctxt, entry.tcomment) for entry in found]), done.stderr


@pytest.mark.parametrize(("format_", "reader"), [("xliff12", xlifffile), ("xliff20", Xliff2File)])
def test_translate_toolkit_reads_our_xliff(tmp_path, format_, reader):
    path = tmp_path / "fr.xlf"
    run("export", ROOT / "decision_tree", "--lang", "fr", "--format", format_, "-o", str(path))
    read = {re.sub(r".*\x04", "", unit.getid() or ""): unit for unit in reader.parsefile(str(path)).units}
    ours = {e.msgctxt: e for e in parse_po((CATALOGS / "fr.po").read_text(encoding="utf-8")) if not e.msgid_plural}
    theirs = {key: (str(unit.source), str(unit.target)) for key, unit in read.items() if key in ours}
    assert {key: (entry.msgid, entry.msgstr) for key, entry in ours.items()} == theirs
