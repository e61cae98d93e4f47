"""One direction: source -> load -> checks -> build -> model -> projection -> engine, finder, render, wizard.

Nothing on the left imports anything on the right. The last layers are edges: nothing below imports them.
"""

import ast
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers import ROOT

SOURCE = ROOT / "src" / "helptree"
LONGEST_MODULE = 400

# From left to right; a module may import its own layer and all to the left of it.
LAYERS = [
    ["problems", "apart"],
    ["characters", "placeholders", "plural_forms", "reviews", "glossary", "kept", "text_entry", "quick_po", "sharing"],
    ["files", "cldr", "docs_folder"],
    ["source"],
    ["interface"],
    ["locales", "marks", "codes"],
    ["shapes"],
    ["load"],
    ["content"],
    ["entries"],
    ["catalogs"],
    ["lazy"],
    ["merging", "coverage"],
    ["checks"],
    ["model"],
    ["translation_order"],
    ["part"],
    ["build"],
    ["engine"],
    ["opening"],
    ["translator", "addresses"],
    ["wordings"],
    ["project"],
    ["finder_text"],
    ["finder_index"],
    ["finder_scores"],
    ["finder_reader"],
    ["finder"],
    ["finders"],
    ["schema", "report", "new", "translation_files", "missing", "headers", "live", "feedback"],
    ["translation_report", "exchange", "pseudo"],
    ["render"],
    ["walk", "wizard", "staff"],
    ["progress", "publish", "html_check", "mkdocs_hook", "site_links", "site_traces", "site_inputs"],
    ["site_records"],
    ["site_assets", "site_parser", "site_search"],
    ["site_shells"],
    ["offline", "site_pages"],
    ["site_worker", "archive"],
    ["site_root", "site_run"],
    ["site", "serve", "staff_site"],
    ["cli_common"],
    ["feedback_cli", "translate_cli", "staff_cli"],
    ["cli", "__main__", ""],
]
# What render and wizard may not know at all, wherever it stands: the projection is all they get.
STAFF = {"StaffTree", "StaffNotes", "StaffNote", "StaffFile", "ReasonCode", "CostBearer"}
READERS_ONLY = ("render", "wizard", "walk", "finder", "finders", "engine", "translator", "addresses")
# The wizard's pages behind the sign-in: modules of its own, which no page for readers imports.
STAFF_PAGES = "wizard.staff"
NEVER_BY_RENDER = ("checks", "load", "source", "content", "build", "project")


def imports_of(path: Path) -> Iterator[tuple[int, str, set[str]]]:
    """Yield `(line, module below helptree, names)` for every import, those inside functions included."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "helptree":
            names = {alias.name for alias in node.names}
            if node.module == "helptree":
                yield from ((node.lineno, name, {name}) for name in names)
            else:
                yield node.lineno, node.module.removeprefix("helptree."), names
        elif isinstance(node, ast.ImportFrom) and node.level:
            yield node.lineno, f"(relative) {node.module or ''}", set()
        elif isinstance(node, ast.Import):
            found = (alias.name for alias in node.names if alias.name.startswith("helptree."))
            yield from ((node.lineno, name.removeprefix("helptree."), set()) for name in found)


def layer_of(module: str) -> int:
    """How far to the right a module stands; a test says so when it stands nowhere."""
    names = [LAYERS.index(layer) for layer in LAYERS if module.split(".")[0] in layer]
    return names[0] if names else len(LAYERS)


def modules(folder: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted(folder.rglob("*.py")):
        parts = path.relative_to(folder).with_suffix("").parts
        yield ".".join(part for part in parts if part != "__init__"), path


def wrong_imports(folder: Path) -> list[str]:
    return [
        f"{module}:{line}: imports {imported}"
        for module, path in modules(folder)
        for line, imported, _ in imports_of(path)
        if imported.startswith("(relative)") or (imported != "__version__" and layer_of(imported) > layer_of(module))
    ]


def imports_of_the_forbidden(folder: Path) -> list[str]:
    found = []
    for module, path in modules(folder):
        top = module.split(".")[0]
        for line, imported, names in imports_of(path):
            if top in READERS_ONLY and not module.startswith(STAFF_PAGES):
                if names & STAFF:
                    found.append(f"{module}:{line}: imports {', '.join(sorted(names & STAFF))}")
                if imported.startswith("staff") or imported.startswith(STAFF_PAGES):
                    found.append(f"{module}:{line}: imports {imported}")
            if top == "render" and imported.split(".")[0] in NEVER_BY_RENDER:
                found.append(f"{module}:{line}: imports {imported}")
    return found


def test_imports_go_one_way():
    assert [] == wrong_imports(SOURCE)


def test_what_readers_see_is_made_without_staff_notes_and_without_checks():
    assert [] == imports_of_the_forbidden(SOURCE)


@pytest.mark.parametrize(
    ("module", "statement"),
    [
        ("source.py", "from helptree.checks import check"),
        ("model.py", "import helptree.engine"),
        ("engine.py", "from helptree.cli import main"),
        ("checks/flow.py", "def late():\n    from helptree.render.graph import to_svg"),
        ("load.py", "from helptree import build"),
        ("build.py", "from . import project"),
    ],
)
def test_a_wrong_import_would_be_found(module, statement, tmp_path):
    folder = shutil.copytree(SOURCE, tmp_path / "helptree")
    with (folder / module).open("a", encoding="utf-8") as file:
        file.write(f"\n{statement}\n")
    assert [module.removesuffix(".py").replace("/", ".")] == [line.split(":")[0] for line in wrong_imports(folder)]


@pytest.mark.parametrize(
    ("module", "statement"),
    [
        ("wizard/screens.py", "from helptree.model import StaffTree"),
        ("render/pages.py", "from helptree.model import StaffNotes, Tree"),
        ("render/pages.py", "from helptree.checks.markdown import check_target"),
        ("wizard/outcome.py", "from helptree.staff.words import label"),
        ("render/api.py", "from helptree.staff import words"),
        ("wizard/run.py", "def late():\n    from helptree.wizard.staff.run import run"),
    ],
)
def test_a_forbidden_import_would_be_found(module, statement, tmp_path):
    folder = shutil.copytree(SOURCE, tmp_path / "helptree")
    (folder / module).parent.mkdir(exist_ok=True)
    with (folder / module).open("a", encoding="utf-8") as file:
        file.write(f"\n{statement}\n")
    assert 1 == len(imports_of_the_forbidden(folder))


def test_every_module_stands_in_one_layer():
    names = {module.split(".")[0] for module, _ in modules(SOURCE)} - {"ui", "templates"}
    assert sorted(names) == sorted(name for layer in LAYERS for name in layer)


def test_modules_are_short():
    lengths = {module: path.read_text("utf-8").count("\n") for module, path in modules(SOURCE)}
    assert {} == {module: lines for module, lines in lengths.items() if lines > LONGEST_MODULE}
