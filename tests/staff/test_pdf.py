"""The staff reference as a PDF: contents with the right page numbers, bookmarks, letters of every script."""

import os
import re
import shutil
import subprocess
import zlib
from contextlib import suppress
from datetime import date

import pytest
from click.testing import CliRunner

from helptree.cli import main
from helptree.project import open_project
from helptree.pseudo import with_pseudo
from helptree.staff.pdf import reference_html, write_pdf
from tests.helpers import MINIMAL, ROOT, TODAY

try:
    import weasyprint  # noqa: F401
except (ImportError, OSError):  # no Pango: `make pdf` says so, and installs it for root
    if os.getuid() == 0:
        raise
    pytestmark = pytest.mark.skip("WeasyPrint can't be loaded: `make pdf`")

reads_pdf = pytest.mark.skipif(
    not shutil.which("pdftotext") and os.getuid() != 0, reason="no pdftotext (poppler-utils)"
)


def pages_of(file) -> list[str]:
    text = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, check=True).stdout.decode()
    return text.split("\f")[:-1]


def minimal_pdf(tmp_path, *locales: str):
    project = with_pseudo(open_project(MINIMAL, TODAY), ["rtl"])
    html = reference_html(project.staff, [project.translator(locale) for locale in locales], date(2026, 11, 25))
    return write_pdf(html, tmp_path / "x.pdf"), tmp_path / "x.pdf"


def unpacked_streams(content: bytes):
    for stream in re.findall(rb"stream\r?\n(.*?)endstream", content, re.S):
        with suppress(zlib.error):
            yield zlib.decompress(stream)


@reads_pdf
def test_contents_name_the_page_where_each_part_stands(tmp_path):
    count, file = minimal_pdf(tmp_path, "en")
    pages = pages_of(file)
    project = open_project(MINIMAL, TODAY)
    assert count == len(pages)
    for page in [*project.tree.outcomes.values(), *project.tree.remedies.values(), *project.tree.statuses.values()]:
        number = int(re.search(rf"{page.code}.*?\.\s*(\d+)", pages[1])[1])
        assert page.code in pages[number - 1], (page.id, number)
        assert re.search(rf"\b{number} ?/ ?{count}\s*$", pages[number - 1])


@reads_pdf
def test_it_says_what_is_internal_on_every_page(tmp_path):
    _, file = minimal_pdf(tmp_path, "ar-XB", "en")
    assert [] == [page for page in pages_of(file) if "Internal. Not for customers" not in page]
    assert "Offer 40 percent, never more." in "".join(pages_of(file))


def test_bookmarks_lead_to_every_page(tmp_path):
    _, file = minimal_pdf(tmp_path, "en")
    assert 8 < sum(part.count(b"/Title") for part in unpacked_streams(file.read_bytes()))


def test_nothing_is_fetched(tmp_path):
    html = '<p>x</p><img src="https://elsewhere.example/x.png"><link rel=stylesheet href="file:///etc/passwd">'
    assert 1 == write_pdf(html, tmp_path / "x.pdf")


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("pdffonts") and os.getuid() != 0, reason="no pdffonts (poppler-utils)")
def test_the_command_writes_the_shipped_tree_in_arabic_and_korean_letters(tmp_path):
    file = tmp_path / "reference.pdf"
    command = ["export", "pdf", "--tree", str(ROOT / "decision_tree"), "--customer", "ar", "--agent", "ko"]
    done = CliRunner().invoke(main, [*command, "-o", str(file)])
    assert 0 == done.exit_code, done.output
    print(f"PDF of the reference, Arabic and Korean: {done.output.split(':')[0]}, {file.stat().st_size / 1e6:.1f} MB")
    text = "".join(pages_of(file))
    assert re.search(r"[\u0600-\u06ff\ufb50-\ufeff]{3}", text)
    assert re.search(r"[\uac00-\ud7a3]{3}", text)
    fonts = subprocess.run(["pdffonts", file], capture_output=True, check=True).stdout.decode().splitlines()[2:]
    assert [] == [line for line in fonts if " yes yes " not in line]  # embedded, as a subset
