"""The search for leaks finds a word in every form, so that finding none means something."""

import base64
import gzip
import html
import io
import json
import unicodedata
import zipfile
from urllib.parse import quote

import pytest

from tests.leaks.forms import STEM, Leaks, forms_of

CANARY = f"{STEM}7Xdeadbeef"
HIDDEN = {
    "plain": CANARY.encode(),
    "lower": CANARY.lower().encode(),
    "upper": CANARY.upper().encode(),
    "NFD": unicodedata.normalize("NFD", CANARY).encode(),
    "NFD lower": unicodedata.normalize("NFD", CANARY.lower()).encode(),
    "JSON": json.dumps({"x": CANARY}).encode(),
    "JSON lower": json.dumps({"x": CANARY.lower()}).encode(),
    "entity": html.escape(CANARY).replace("Á", "&#193;").encode(),
    "named entity": CANARY.replace("Á", "&Aacute;").encode(),
    "hex entity": CANARY.replace("Á", "&#xC1;").encode(),
    "all entities": "".join(f"&#{ord(char)};" for char in CANARY).encode(),
    "URL": quote(CANARY).encode(),
    "URL lower": quote(CANARY).lower().encode(),
    "UTF-16": CANARY.encode("utf-16"),
    "gzip": gzip.compress(CANARY.encode()),
    "gzip in gzip": gzip.compress(gzip.compress(CANARY.encode())),
    **{f"base64 after {n}": b"data:;base64," + base64.b64encode(b"x" * n + CANARY.encode() + b"yz") for n in range(6)},
    **{f"base64 lower after {n}": base64.b64encode(b"x" * n + CANARY.lower().encode()) for n in range(3)},
    **{f"URL base64 after {n}": base64.urlsafe_b64encode(b"?" * n + CANARY.encode() + b"??") for n in range(3)},
}


@pytest.mark.parametrize("form", HIDDEN)
def test_a_canary_is_found(form):
    assert Leaks([STEM]).in_bytes(b"words before " * 50 + HIDDEN[form] if "gzip" not in form else HIDDEN[form])


def test_a_canary_is_found_in_a_zip_and_in_a_name():
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w") as archive:
        archive.writestr("page.html", HIDDEN["entity"])
    assert Leaks([STEM]).in_bytes(box.getvalue())
    assert 1 == len(Leaks([STEM]).in_files([(f"{CANARY}.html", b"")]))


def test_other_words_are_no_leak():
    text = "Canâry, CANARIES, can ary, Q0FOw4" + "é" * 100
    assert "" == Leaks([STEM]).in_bytes(text.encode())


def test_every_form_is_long_enough_to_mean_something():
    assert [] == [name for name, form in forms_of(STEM).items() if len(form) < 6]
