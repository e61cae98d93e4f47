"""Trees of any size in many languages, and their sites, each built once."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random

from bench.rows import ROOT, Cost, best_after, cost_of, module, nth_word
from tests.planted.trees import WORDS, RandomTree, random_tree

PAGES = 60
# Each known to Material as well, whose words mkdocs-static-i18n takes: it has `zh` where we would say `zh-Hans`.
LOCALES = "en fr de es it pt-BR ru pl nl tr ar he ja ko zh zh-Hant uk cs".split()  # noqa: SIM905
_RECOMMENDED = [
    *("abbr", "admonition", "attr_list", "def_list", "footnotes", "md_in_html", "tables", "toc"),
    *("pymdownx.betterem", "pymdownx.details", "pymdownx.highlight", "pymdownx.inlinehilite"),
    *("pymdownx.superfences", "pymdownx.tabbed", "pymdownx.tasklist"),
]
# What the generated Markdown needs, and no more.
_NEEDED = ["attr_list", "admonition", "pymdownx.details"]
SHIPPED = ROOT / "decision_tree"
Size = tuple[int, int]  # pages, languages


def tree_of(pages: int) -> RandomTree:
    """The first random tree with exactly so many pages."""
    folders = ("statuses/", "questions/", "outcomes/", "remedies/")
    for seed in range(10_000):
        tree = random_tree(Random(seed), pages * 2 // 3)
        if sum(name.startswith(folders) for name in tree.files) == pages:
            return tree
    raise LookupError(pages)


def in_languages(tree: RandomTree, locales: list[str]) -> RandomTree:
    catalog = tree.files.pop("catalogs/fr.po")
    row = '{{autonym: "{0}", plural_forms: "nplurals=2; plural=(n > 1);"}}\n'
    tree.files["catalogs/languages.yaml"] = "".join(f"{tag}: {row.format(tag)}" for tag in locales)
    for tag in locales[1:]:
        tree.files[f"catalogs/{tag.replace('-', '_')}.po"] = catalog
    return tree


def build_command(tree: Path, target: Path) -> Callable[[], object]:
    """A build that finds what builds of this place have kept, and nothing else."""
    where = ["--site", target / "site", "--docs", target / "docs", "--config", ROOT / "mkdocs.yml"]
    return module("helptree", "build", "--tree", tree, *where, kept=target / "kept")


class Sites:
    """Sites in a folder of their own, and what their cold builds took. Whoever asks first has to wait."""

    def __init__(self, scratch: Path) -> None:
        self._scratch = scratch
        self._taken: dict[str, Cost | Exception] = {}

    @property
    def unit(self) -> Cost:
        """U: a plain build with MkDocs, Material and the extensions it recommends, of 60 guides."""
        return self._once("plain", _build_plain)

    def cold(self, size: Size) -> Cost:
        """How many U the cold build of a random tree takes."""
        return self._once(_name(size), lambda folder: _build_random(folder, size)) / self.unit

    def built(self, size: Size) -> Path:
        """Return a folder with tree/, docs/ and site/."""
        self.cold(size)
        return self._scratch / _name(size)

    def cold_shipped(self) -> Cost:
        """How many U the cold build of the shipped tree takes."""
        return self._once("shipped", lambda folder: cost_of(build_command(SHIPPED, folder))) / self.unit

    def built_shipped(self) -> Path:
        """Return a folder with docs/ and site/."""
        self.cold_shipped()
        return self._scratch / "shipped"

    def beside(self, size: Size) -> Cost:
        """How many U mkdocs-static-i18n takes for the same Markdown, all languages in one process."""
        docs = self.built(size) / "docs"
        return self._once(f"beside-{_name(size)}", lambda folder: _build_beside(folder, docs, size)) / self.unit

    def rebuild(self, size: Size, place: re.Pattern[str]) -> float:
        """How many U a build takes after one French text was edited: that which `place` ends before."""
        folder = self.built(size)
        catalog = folder / "tree" / "catalogs" / "fr.po"

        def edit(number: int) -> None:
            text = catalog.read_text("utf-8")
            text, count = place.subn(lambda found: f"{found[0]}{nth_word(number)} ", text, count=1)
            assert count == 1, place
            catalog.write_text(text, encoding="utf-8")

        return best_after(3, edit, build_command(folder / "tree", folder)) / self.unit.clock

    def _once(self, name: str, build: Callable[[Path], Cost]) -> Cost:
        """Return what a build took, or its fault, however many ask."""
        if name not in self._taken:
            try:
                self._taken[name] = build(self._scratch / name)
            except Exception as error:
                self._taken[name] = error
        taken = self._taken[name]
        if isinstance(taken, Exception):
            raise taken
        return taken


def _name(size: Size) -> str:
    return "site-{}-{}".format(*size)


def _build_random(folder: Path, size: Size) -> Cost:
    pages, languages = size
    in_languages(tree_of(pages), LOCALES[:languages]).write(folder / "tree")
    return cost_of(build_command(folder / "tree", folder))


def _build_beside(folder: Path, docs: Path, size: Size) -> Cost:
    """Build as mkdocs-static-i18n documents it."""
    shutil.copytree(docs, folder / "docs")
    rows = [{"locale": tag, "name": tag, "build": True, "default": tag == LOCALES[0]} for tag in LOCALES[: size[1]]]
    plugins = ["search", {"i18n": {"docs_structure": "folder", "languages": rows}}]
    config = {"theme": {"name": "material", "font": False}, "markdown_extensions": _NEEDED, "plugins": plugins}
    (folder / "mkdocs.yml").write_text(json.dumps({"site_name": "Beside", **config}))
    return cost_of(module("mkdocs", "build", "--quiet", folder=folder))


def _build_plain(folder: Path) -> Cost:
    (folder / "docs").mkdir(parents=True)
    theme = {"theme": {"name": "material", "font": False}, "markdown_extensions": _RECOMMENDED}
    (folder / "mkdocs.yml").write_text(json.dumps({"site_name": "U", **theme}))
    for number in range(PAGES):
        (folder / "docs" / f"guide-{number}.md").write_text(_guide(number, Random(number)))
    runs = [cost_of(module("mkdocs", "build", "--quiet", folder=folder)) for _ in range(3)]
    return min(runs, key=lambda cost: cost.clock)


def _guide(number: int, random: Random) -> str:
    """A page of some 200 words as help centers have them: a warning, steps, a table, links."""

    def words(count: int) -> str:
        return " ".join(random.choices(WORDS, k=count))

    steps = "\n".join(f"{step}. **{words(2)}** {words(12)}." for step in range(1, 7))
    table = f"| {words(1)} | {words(1)} |\n|---|---|\n" + "".join(f"| {words(3)} | `{words(2)}` |\n" for _ in range(3))
    link = f"[{words(3)}](guide-{random.randrange(PAGES)}.md)"
    return (
        f"# Guide {number}\n\n{words(30)}.\n\n!!! warning\n    {words(12)}.\n\n## Steps\n\n{steps}\n\n"
        f"## Table\n\n{table}\n## More\n\n{words(25)}. See {link}.\n\n- {words(8)}\n- {words(8)}\n"
    )
