"""Kept pages are never wrong: after any edit, a build that keeps what it can equals a cold one, byte for byte."""

import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from helptree.problems import ProblemsFound
from helptree.project import open_project
from helptree.render.pages import page_renderers
from helptree.site import SiteReport, build_site
from tests.site.languages import add_languages
from tests.sites import MINIMAL, ROOT

_TEXT = re.compile(
    r'((?:text|label|title|hint|meaning|who_acts|summary|now|applies|deadline|description): ")([^"]+)(")'
)
_MSGSTR = re.compile(r'(msgstr ")([^"]+)(")')


class Workshop:
    """A project of its own: a tree in three languages, the configuration, the overrides, the assets."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.tree = folder / "decision_tree"
        shutil.copytree(MINIMAL, self.tree)
        # Journeys would forbid most edits of answers.
        shutil.rmtree(self.tree / "journeys")
        add_languages(self.tree, ["de", "ar"])
        shutil.copytree(ROOT / "docs/overrides", folder / "docs/overrides")
        shutil.copytree(ROOT / "docs/assets", folder / "docs/assets")
        config = (ROOT / "mkdocs.yml").read_text().replace("src/helptree", str(ROOT / "src/helptree"))
        (folder / "mkdocs.yml").write_text(config)

    def build(self, name: str, fresh: bool = False, **options: Any) -> tuple[SiteReport, dict[str, bytes]]:
        """Build into a place of that name; return the report and every file."""
        target = self.folder / name
        where = {"docs_dir": target / "docs", "config": self.folder / "mkdocs.yml"}
        report = build_site(open_project(self.tree), site_dir=target / "site", **where, jobs=1, fresh=fresh, **options)
        site = report.site_dir.resolve()
        return report, {
            path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()
        }

    def compare(self, **options: Any) -> SiteReport:
        """Build twice, keeping and cold; both must be the same."""
        report, kept = self.build("kept", **options)
        _, cold = self.build("cold", fresh=True)
        assert kept.keys() == cold.keys()
        assert [name for name in cold if kept[name] != cold[name]] == []
        return report


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    made = Workshop(tmp_path)
    made.compare()
    return made


def _change(path: Path, pattern: re.Pattern[str], chance: random.Random, change: Callable[[str], str]) -> None:
    found = list(pattern.finditer(path.read_text()))
    if found:
        match = chance.choice(found)
        text = path.read_text()
        path.write_text(text[: match.start(2)] + change(match[2]) + text[match.end(2) :])


def edit_source(shop: Workshop, chance: random.Random) -> None:
    path = chance.choice(sorted(shop.tree.glob("*/*.yaml")))
    _change(path, _TEXT, chance, lambda text: f"{text} {chance.choice('abc')}")


def shorten_source(shop: Workshop, chance: random.Random) -> None:
    path = chance.choice(sorted(shop.tree.glob("*/*.yaml")))
    _change(path, _TEXT, chance, lambda text: text.rpartition(" ")[0] or text)


def edit_translation(shop: Workshop, chance: random.Random) -> None:
    path = chance.choice(sorted(shop.tree.glob("catalogs/*.po")))
    _change(path, _MSGSTR, chance, lambda text: f"{text} {chance.choice('xyz')}")


def lose_translation(shop: Workshop, chance: random.Random) -> None:
    _change(chance.choice(sorted(shop.tree.glob("catalogs/*.po"))), _MSGSTR, chance, lambda text: "")


def edit_page(shop: Workshop, chance: random.Random) -> None:
    with (shop.tree / "pages/about.md").open("a") as page:
        page.write(f"\nAnd {chance.randrange(9)}. [Home](ref:status)\n")


def add_page(shop: Workshop, chance: random.Random) -> None:
    number = chance.randrange(1000)
    (shop.tree / f"pages/page-{number}.md").write_text(f"# Page {number}\n\nText.\n")


def remove_page(shop: Workshop, chance: random.Random) -> None:
    if pages := sorted(shop.tree.glob("pages/page-*.md")):
        chance.choice(pages).unlink()


def add_option(shop: Workshop, chance: random.Random) -> None:
    number = chance.randrange(1000)
    outcome = (shop.tree / "outcomes/ask-a-human.yaml").read_text()
    (shop.tree / f"outcomes/new-{number}.yaml").write_text(outcome.replace("together", f"together {number}"))
    with (shop.tree / "questions/paid.yaml").open("a") as question:
        question.write(f'  - {{id: new-{number}, label: "New {number}", next: new-{number}}}\n')


def remove_option(shop: Workshop, chance: random.Random) -> None:
    path = shop.tree / "questions/paid.yaml"
    lines = path.read_text().splitlines(keepends=True)
    if added := [line for line in lines if "id: new-" in line]:
        gone = chance.choice(added)
        path.write_text("".join(line for line in lines if line != gone))
        name = gone.partition("id: ")[2].partition(",")[0]
        (shop.tree / f"outcomes/{name}.yaml").unlink()


def change_fact(shop: Workshop, chance: random.Random) -> None:
    path = shop.tree / "facts.yaml"
    path.write_text(re.sub(r'value: "\d+"', f'value: "{chance.randrange(3, 40)}"', path.read_text()))


def change_direction(shop: Workshop, chance: random.Random) -> None:
    path = shop.tree / "catalogs/languages.yaml"
    _change(path, re.compile(r"(de: .*direction: )(ltr|rtl)()"), chance, lambda old: "rtl" if old == "ltr" else "ltr")


def rename_language(shop: Workshop, chance: random.Random) -> None:
    path = shop.tree / "catalogs/languages.yaml"
    _change(path, re.compile(r'(autonym: ")([^"]+)(")'), chance, lambda old: f"{old}{chance.choice('mno')}"[-30:])


def edit_style(shop: Workshop, chance: random.Random) -> None:
    with (shop.folder / "docs/assets/site.css").open("a") as style:
        style.write(f"/* {chance.random()} */\n")


def edit_template(shop: Workshop, chance: random.Random) -> None:
    path = shop.folder / "docs/overrides" / chance.choice(["main.html", "404.html", "partials/footer.html"])
    path.write_text(path.read_text().replace("</", f"<!-- {chance.randrange(99)} --></", 1))


def edit_configuration(shop: Workshop, chance: random.Random) -> None:
    path = shop.folder / "mkdocs.yml"
    icon = chance.choice(["sign-direction", "help", "compass"])
    path.write_text(re.sub(r"logo: material/[a-z-]+", f"logo: material/{icon}", path.read_text()))


def touch_the_site(shop: Workshop, chance: random.Random) -> None:
    """Somebody writes into the published site: that must not come back in the next one."""
    path = chance.choice(sorted((shop.folder / "kept/site").resolve().glob("*/*/*/index.html")))
    path.write_text(path.read_text() + " ")


def lose_what_is_known(shop: Workshop, chance: random.Random) -> None:
    records = sorted((shop.folder / "kept/.cache/records").glob("*/*.json"))
    path = chance.choice(records)
    path.write_text(chance.choice(["", "{", path.read_text()[:-200], "[]\n[]\n", "null\nnull\n"]))


EDITS = [
    edit_source, edit_source, shorten_source, edit_translation, edit_translation, lose_translation, edit_page, add_page,
    remove_page, add_option, remove_option, change_fact, change_direction, rename_language, edit_style, edit_template,
    edit_configuration, touch_the_site, lose_what_is_known,
]  # fmt: skip


def edit_at_random(shop: Workshop, seed: int, count: int) -> None:
    """Edit, now and then several times before the next build, and compare; refused edits are taken back."""
    chance = random.Random(seed)
    done = made = 0
    while done < count:
        before = shop.folder / "before"
        shutil.rmtree(before, ignore_errors=True)
        shutil.copytree(shop.tree, before)
        for _ in range(chance.choice([1, 1, 2])):
            chance.choice(EDITS)(shop, chance)
        try:
            open_project(shop.tree)
        except ProblemsFound:
            shutil.rmtree(shop.tree)
            before.rename(shop.tree)
        made += shop.compare().made
        done += 1
    print(f"{done} random edits: every kept build equals the cold one; {made / done:.1f} pages made an edit")


@pytest.mark.parametrize("seed", [1, 2])
def test_a_few_random_edits(workshop, seed):
    edit_at_random(workshop, seed, 6)


@pytest.mark.stress
@pytest.mark.parametrize("seed", range(100, 104))
def test_two_hundred_random_edits(workshop, seed):
    edit_at_random(workshop, seed, 50)


def test_only_what_changed_is_made(workshop):
    assert workshop.compare().made == 0
    catalog = workshop.tree / "catalogs/de.po"
    catalog.write_text(
        catalog.read_text().replace('msgstr "\N{MIDDLE DOT} Look at your receipt."', 'msgstr "Quittung!"')
    )
    # The question itself, and the status that leads to it.
    assert workshop.compare().made == 2
    source = workshop.tree / "pages/about.md"
    source.write_text(source.read_text() + "\nMore.\n")
    assert workshop.compare().made == 3  # one page in three languages


def test_the_locales_wanted_first_are_whole_before_the_site_is_switched(workshop):
    question, ready = workshop.tree / "questions/paid.yaml", {}
    question.write_text(question.read_text().replace("Look at your receipt.", "Look at your bank."))

    def note(locale: str, folder: Path) -> None:
        pages = {path.relative_to(folder): path.read_bytes() for path in (folder / locale).rglob("*") if path.is_file()}
        old = (workshop.folder / "kept/site" / locale / "questions/paid/index.html").read_bytes()
        ready[locale] = pages, b"your bank" in old

    workshop.compare(first=["ar", "xx", "en"], on_ready=note)
    assert ["ar", "en", "de"] == list(ready)
    for pages, is_switched in ready.values():
        assert not is_switched
        assert [] == [
            name for name, data in pages.items() if (workshop.folder / "kept/site" / name).read_bytes() != data
        ]
    assert b"your bank" in ready["en"][0][Path("en/questions/paid/index.html")]


def test_an_untouched_page_stays_the_same_file(workshop):
    page = workshop.folder / "kept/site/ar/questions/paid/index.html"
    before = page.stat().st_ino
    source = workshop.tree / "pages/about.md"
    source.write_text(source.read_text() + "\nMore.\n")
    workshop.compare()
    assert page.stat().st_ino == before


def test_a_link_to_a_page_that_is_gone_is_found_though_its_page_is_kept(workshop, monkeypatch):
    """Behind the checks of the content, which would refuse this."""
    from helptree.site import SiteError

    source = workshop.tree / "pages/about.md"
    source.write_text(source.read_text() + "\nMore.\n")
    monkeypatch.setattr("helptree.render.pages.page_renderers", without_call_us(page_renderers))
    with pytest.raises(SiteError) as caught:
        workshop.build("kept")
    assert any("remedies/call-us" in message for message in caught.value.messages)


def without_call_us(inner: Callable[..., dict[str, object]]) -> Callable[..., dict[str, object]]:
    """The renderers of pages, one of them gone."""

    def renderers(translator: object) -> dict[str, object]:
        return {address: render for address, render in inner(translator).items() if address != "remedies/call-us/"}

    return renderers


@pytest.mark.parametrize("name", ["HELPTREE_SITE_URL", "HELPTREE_WIZARD_URL"])
def test_the_environment_counts(workshop, monkeypatch, name):
    monkeypatch.setenv(name, "https://help.example.com/orders/")
    assert workshop.compare().made > 20
