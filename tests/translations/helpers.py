"""A minimal tree with one more language, whose catalog is what a test says."""

from pathlib import Path

import polib
from click.testing import CliRunner, Result

from helptree.catalogs import parse_po
from helptree.cli import main
from helptree.merging import merge
from helptree.project import Project, open_project
from tests.helpers import TODAY, Changes, change_files, write_tree

# The languages of the first three waves.
WAVES = ("en", "es", "pt-BR", "fr", "ko", "pl", "de", "it", "ar", "he", "nl", "tr", "ru", "uk", "ja", "id", "vi", "th")
FRENCH = "nplurals=2; plural=(n > 1);"


def open_tree(folder: Path) -> Project:
    return open_project(folder, TODAY)


def french_tree(folder: Path, texts: dict[str, str], changes: Changes | None = None) -> Path:
    """Write the minimal tree with a French catalog in which these keys are translated."""
    write_tree(folder, {"catalogs/fr.po": "", **(changes or {})})
    with (folder / "catalogs/languages.yaml").open("a", encoding="utf-8") as file:
        file.write("fr: {}\n")
    run("merge", folder)
    edit_po(folder, lambda entry: setattr(entry, "msgstr", texts.get(entry.msgctxt, "")))
    return folder


def edit_po(folder: Path, edit, locale: str = "fr") -> None:
    path = folder / f"catalogs/{locale}.po"
    po = parse_po(path.read_text(encoding="utf-8"))
    for entry in po:
        edit(entry)
    path.write_text(str(po), encoding="utf-8")


def entry_of(folder: Path, key: str, locale: str = "fr") -> polib.POEntry:
    po = parse_po((folder / f"catalogs/{locale}.po").read_text(encoding="utf-8"))
    return next(entry for entry in po if entry.msgctxt == key)


def run(command: str, folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["translate", command, *arguments, "--tree", str(folder)])


def merged(old: polib.POFile | None, entries, **options) -> polib.POFile:
    return merge(old, entries, FRENCH, "fr", **options)


__all__ = ["FRENCH", "WAVES", "change_files", "edit_po", "entry_of", "french_tree", "merged", "open_tree", "run"]
