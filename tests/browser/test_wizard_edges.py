"""Every edge of the shipped tree in a real browser: whatever a reader does to the address, the position is kept."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import cycle

import pytest
from playwright.sync_api import BrowserContext, Page, TimeoutError

from helptree.engine import enumerate_paths
from helptree.model import Question
from helptree.project import Project, open_project
from helptree.pseudo import copy_with_pseudo
from helptree.render.plain import to_plain
from helptree.wizard.place import Query, question_at, read_place
from helptree.wizard.steps import mark_of
from tests.browser.wizards import ROOT, jump, running_wizard
from tests.conftest import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("wizard-edges")]

# The screen of a place is whole: its address, its heading, its language, and nothing is being drawn.
IS_SHOWN = """({ query, mark, lang }) => {
  const heading = document.querySelector("h1[data-ht-step]")
  return heading && heading.dataset.htStep === mark && document.documentElement.lang === lang
    && JSON.stringify(Object.fromEntries(new URLSearchParams(location.search))) === JSON.stringify(query)
    && document.querySelector('[data-test-script-state="notRunning"][data-test-connection-state="CONNECTED"]')
}"""

# The same, to be told when it does not come.
SHOWN = """() => [location.search, {...document.querySelector("h1[data-ht-step]")?.dataset},
  document.documentElement.lang, {...document.querySelector("[data-test-script-state]")?.dataset}]"""


@dataclass(frozen=True)
class Edge:
    """An option, and the answers that come before its question on the first path that takes it."""

    before: Query
    question: Question
    option: str

    @property
    def another(self) -> str:
        """The next option of the same question."""
        ids = [option.id for option in self.question.options]
        return ids[(ids.index(self.option) + 1) % len(ids)]


def edges_of(project: Project) -> list[Edge]:
    """Return every option of every question once."""
    edges: dict[tuple[str, str], Edge] = {}
    for path, _ in enumerate_paths(project.tree):
        for end, answer in enumerate(path):
            before = {earlier.question: earlier.option for earlier in path[:end]}
            question = project.tree.questions[answer.question]
            edges.setdefault((answer.question, answer.option), Edge(before, question, answer.option))
    return list(edges.values())


@dataclass
class Tab:
    """One tab of a reader. Each step waits until the screen that the tree says is whole, then compares its words."""

    page: Page
    project: Project
    address: str

    def open(self, query: Query) -> None:
        """A link that somebody sent, in a tab that has been elsewhere."""
        self.page.goto(self.address + "?" + "&".join(f"{key}={value}" for key, value in query.items()))
        self.sees(query)

    def jump(self, query: Query) -> None:
        jump(self.page, **query)
        self.sees(query)

    def press(self, name: str, query: Query) -> None:
        self.page.bring_to_front()  # browsers slow down what nobody looks at
        self.page.locator(f'[class*="st-key-{name}_"] button').first.click()
        self.sees(query)

    def switch(self, lang: str, query: Query) -> None:
        """Choose another language as a reader does: from the links at the top."""
        self.page.bring_to_front()
        if (closed := self.page.locator(".ht-languages summary")).count():
            closed.click()
        self.page.locator(f'.ht-top a[hreflang="{lang}"]').click()
        self.sees(query)

    def sees(self, query: Query) -> None:
        place = read_place(self.project.tree, query, query["lang"])
        # A heading belongs to a position: which remedy is open, and what was left out, changes nothing about it.
        at = {"lang": query["lang"], **place.answers} | ({"change": place.changing} if place.changing else {})
        mark = mark_of(read_place(self.project.tree, at, query["lang"]))
        wanted = {"query": query, "mark": mark, "lang": query["lang"]}
        try:
            self.page.wait_for_function(IS_SHOWN, arg=wanted, polling=50)
        except TimeoutError:
            raise AssertionError(f"{wanted} is not shown, but {self.page.evaluate(SHOWN)}") from None
        node = question_at(self.project.tree, place) or place.position.node
        entry = node.text if isinstance(node, Question) else node.title
        heading = to_plain(self.project.translator(query["lang"]).text(entry).value)
        assert self.page.locator("h1").inner_text() == heading


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Project, str]]:
    """The shipped tree, with an invented language that is written from right to left besides."""
    tree = tmp_path_factory.mktemp("trees") / "tree"
    list(copy_with_pseudo(open_project(ROOT / "decision_tree"), tree, ["rtl"]))
    with running_wizard(tmp_path_factory.mktemp("site"), tree) as address:
        yield open_project(tree), address


def walk(edge: Edge, lang: str, other: str, tab: Tab, second: Tab, friend: Tab) -> None:
    """Do everything that can be done to a position at one edge."""
    here = {"lang": lang, **edge.before}
    there = {**here, edge.question.id: edge.option}
    tab.jump(here)
    tab.press(f"option_{edge.option}", there)
    tab.page.go_back()
    tab.sees(here)
    tab.page.go_forward()
    tab.sees(there)
    tab.page.reload()
    tab.sees(there)
    tab.switch(other, {**there, "lang": other})
    tab.page.go_back()
    tab.sees(there)
    # Another tab of the same browser goes one step back; a friend opens the link.
    second.jump(there)
    second.press("back", here)
    friend.open(there)
    tab.sees(there)
    # The first tab's answer is changed, in its own list.
    tab.press(f"change_{edge.question.id}", {**there, "change": edge.question.id})
    changed = {**edge.before, edge.question.id: edge.another}
    tab.press(f"option_{edge.another}", {"lang": lang, **changed})
    second.sees(here)
    friend.sees(there)


@pytest.mark.parametrize("stride", [29, pytest.param(1, marks=pytest.mark.stress)])
def test_the_position_is_kept_on_every_edge(new_context: Callable[..., BrowserContext], running, stride: int):
    """Back, forward, reload, language switch, two tabs, a shared link, a changed answer; the languages in turn."""
    project, address = running
    context = new_context(**PHONE)
    tab, second = (Tab(context.new_page(), project, address) for _ in range(2))
    friend = Tab(new_context(viewport={"width": 1280, "height": 800}).new_page(), project, address)
    languages = list(project.languages)
    for each in (tab, second):
        each.open({"lang": languages[0]})
    edges = edges_of(project)[::stride]
    turns = zip(cycle(languages), cycle([*languages[1:], languages[0]]), strict=False)
    for edge, (lang, other) in zip(edges, turns, strict=False):
        walk(edge, lang, other, tab, second, friend)
    kinds = "back, forward, reload, language, two tabs, shared link, changed answer"
    print(f"{len(edges)} edges in a browser, in {len(languages)} languages in turn: {kinds}")
