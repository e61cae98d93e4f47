"""The staff site in a browser, from a disk: positions as in Python, both languages, one press to copy, one page."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from bench.finder import read_queries
from helptree.engine import enumerate_paths
from helptree.finders import AnyLanguageFinder
from helptree.staff.handover import handover_note
from helptree.staff.likely import likely_outcomes
from helptree.staff.position import look_up
from helptree.staff.replies import make_reply
from tests.staff.conftest import staff_project

pytestmark = pytest.mark.browser
OUTCOME = "outcomes/cancellation-can-be-withdrawn.html"
LINK = "?lang=fr&status=cancellation-requested&resume-link=yes&remedy=ask-seller-to-decline"
KINDS = {
    "home": "index.html",
    "status": "statuses/cancellation-requested.html",
    "question": "questions/status.html",
    "outcome": OUTCOME,
    "remedy": "remedies/contact-support.html",
    "matrix": "reference/matrix.html",
    "card": "reference/card.html",
    "numbers": "reference/numbers.html",
    "freshness": "reference/freshness.html",
    "changes": "reference/changes.html",
    "glossary": "reference/glossary.html",
}


@pytest.fixture
def staff_page(new_context, staff_site):
    """A page that opens files of the staff site from the disk, and waits until both languages are shown."""
    context = new_context(viewport={"width": 1280, "height": 900}, permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))

    def show(name: str, query: str = ""):
        page.goto(f"{(staff_site / name).absolute().as_uri()}{query}")
        page.wait_for_function("document.documentElement.dataset.shown")
        return page

    yield show
    assert errors == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing(new_context, staff_site, kind, scheme):
    page = new_context(viewport={"width": 1280, "height": 900}, color_scheme=scheme).new_page()
    page.goto(f"{(staff_site / KINDS[kind]).as_uri()}?customer=ar-XB&agent=fr")
    page.wait_for_function("document.documentElement.dataset.shown")
    page.wait_for_timeout(300)  # colours fade in
    result = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]})
    assert result.violations_count == 0, result.generate_report()


def test_axe_finds_nothing_in_what_scripts_draw(staff_page):
    page = staff_page("index.html", "?customer=fr&agent=en")
    page.fill("#st-typed", "En attente de confirmation du vendeur")
    page.wait_for_selector("#st-found li")
    assert Axe().run(page).violations_count == 0
    page.fill("#st-typed", LINK)
    page.press("#st-typed", "Enter")
    page.wait_for_selector(".st-position")
    result = Axe().run(page)
    assert result.violations_count == 0, result.generate_report()


def test_positions_are_those_of_python(staff_page):
    """Every code, every page of the site, every path of the wizard, and what means nothing."""
    project = staff_project()
    staff, tree, finder = project.staff, project.tree, AnyLanguageFinder(project)
    items = [*tree.statuses.values(), *tree.questions.values(), *tree.outcomes.values(), *tree.remedies.values()]
    folders = {"Status": "statuses", "Question": "questions", "Outcome": "outcomes", "Remedy": "remedies"}
    typed = [item.code for item in items]
    typed += [f"https://x.example/guide/fr/{folders[type(item).__name__]}/{item.id}/" for item in items]
    for path, outcome in enumerate_paths(tree):
        answers = "&".join(f"{answer.question}={answer.option}" for answer in path)
        typed += [f"/?lang=fr&{answers}&remedy={way}" for way in outcome.ways]
    typed += [
        "",
        "https://elsewhere.example/x",
        "/?lang=fr&status=no-such",
        "?utm_source=x&lang=ar-XB",
        "/guide/fr/",
        "x" * 50,
    ]
    typed += [wording.text for status in tree.statuses.values() for wording in status.wordings][::5]
    typed += [query.text for query in read_queries()][::10]
    page = staff_page("index.html", "?customer=fr&agent=en")
    found = page.evaluate(
        """async typed => { const found = [];
        for (const text of typed) { const { how, views } = await helptreeStaff.lookUp(text);
          found.push([how, views.map(view => [view.page, view.locale, view.isTold, view.path, view.way,
            view.isTold ? helptreeStaff.ask(view) : []])]); }
        return found; }""",
        typed,
    )
    wrong = []
    for text, here in zip(typed, found, strict=True):
        looked = look_up(staff, text, finder, project.languages)
        views = [
            [
                view.page.id, view.locale, view.is_told,
                [[answer.question, answer.option] for answer in view.place.position.path] if view.is_told else [],
                view.place.way if view.is_told else 0, [note.text for note in view.ask] if view.is_told else [],
            ]
            for view in looked.views
        ]  # fmt: skip
        if [looked.how.value, views] != here:
            wrong.append((text, [looked.how.value, views], here))
    assert [] == wrong
    print(f"staff site: {len(typed)} codes, links, paths and words lead to the same position as in Python")


def test_the_note_is_that_of_python(staff_page):
    project = staff_project()
    (view,) = look_up(project.staff, LINK, AnyLanguageFinder(project), project.languages).views
    page = staff_page("index.html", "?customer=fr&agent=en")
    page.fill("#st-typed", f"https://help.example.com/{LINK}")
    page.press("#st-typed", "Enter")
    page.get_by_role("button", name="Copy the note for a colleague").click()
    page.wait_for_function("document.querySelector('.st-position button').textContent === 'Copied'")
    assert handover_note(view, project.translator("en")) == page.evaluate("navigator.clipboard.readText()")


@pytest.mark.parametrize(("customer", "agent"), [("fr", "en"), ("ar-XB", "fr")])
def test_one_press_copies_the_reply_in_each_language(staff_page, customer, agent):
    project = staff_project()
    outcome = project.tree.outcomes["cancellation-can-be-withdrawn"]
    page = staff_page(OUTCOME, f"?customer={customer}&agent={agent}")
    page.get_by_label("order number").fill("8123")
    for side, locale in (("customer", customer), ("agent", agent)):
        button = page.locator(f"[data-reply] [data-copy={side}]")
        button.click()
        page.wait_for_function(f"document.querySelector('[data-copy={side}]').textContent === 'Copied'")
        expected = make_reply(project.translator(locale), outcome).text.replace("{order_number}", "8123")
        assert expected == page.evaluate("navigator.clipboard.readText()")


# What ten customers wrote, in ten languages; the status that is meant, and the language that it is answered in. Russian
# is in no catalog: the language chosen before stays.
WRITTEN = {
    "en": ("Awaiting cancellation, and the seller does not answer", "cancellation-requested", "fr"),
    "fr": ("J'ai annulé par erreur et le vendeur doit confirmer", "cancellation-requested", "fr"),
    "es": ("Mi pedido sigue esperando la confirmación del vendedor", "cancellation-requested", "es"),
    "pt-BR": ("o reembolso não caiu na conta", "refunded", "pt-BR"),
    "de": ("Beim Bezahlen kam eine Fehlermeldung", "payment-failed", "de"),
    "it": ("il pacco non si muove da settimane", "shipped", "it"),
    "pl": ("sprzedawca nie wysłał paczki", "awaiting-shipment", "pl"),
    "ko": ("주문을 실수로 취소했어요", "cancellation-requested", "ko"),
    "ar": ("ألغيت طلبي بالخطأ", "cancellation-requested", "ar"),
    "ru": ("Покупатель отменил, ждём продавца", None, "fr"),
}


@pytest.mark.parametrize("locale", WRITTEN)
def test_words_then_enter_then_enter_is_the_reply_in_both_languages(staff_page, locale):
    typed, wanted, customer = WRITTEN[locale]
    project = staff_project()
    page = staff_page("index.html", "?customer=fr&agent=en")
    assert "st-typed" == page.evaluate("document.activeElement.id")
    page.keyboard.insert_text(typed)
    page.wait_for_selector("#st-found li")
    first = page.locator("#st-found li").first
    view = look_up(project.staff, typed, AnyLanguageFinder(project), project.languages).views[0]
    status = view.page.id
    assert wanted in (status, None)
    for text in (view.page.label.text, view.reason):
        assert text in first.inner_text()
    assert first.locator(".st-meaning").inner_text()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/statuses/{status}.html?customer={customer}&agent=en#copy")
    page.wait_for_function("document.activeElement.dataset.copy === 'both'")
    assert page.evaluate("document.activeElement.getBoundingClientRect().bottom < innerHeight")
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.textContent === 'Copied'")
    outcome = likely_outcomes(project.tree, project.tree.statuses[status].leads_to)[0].outcome
    both = [make_reply(project.translator(tag), outcome).text for tag in (customer, "en")]
    assert "\n\n———\n\n".join(both) == page.evaluate("navigator.clipboard.readText()")


def test_arrows_and_digits_take_another_status_and_another_reply(staff_page):
    project = staff_project()
    page = staff_page("index.html", "?customer=fr&agent=en")
    page.keyboard.insert_text("annulé")
    page.wait_for_selector("#st-found li:nth-child(3)")
    second = page.locator("#st-found a").nth(1).get_attribute("href")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert second == page.evaluate("document.activeElement.getAttribute('href')")
    page.keyboard.press("Escape")
    assert "st-typed" == page.evaluate("document.activeElement.id")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("2")
    page.wait_for_url(second)
    page = staff_page("statuses/cancellation-requested.html", "?customer=fr&agent=en#copy")
    page.wait_for_function("document.activeElement.dataset.copy === 'both'")
    page.keyboard.press("2")
    page.wait_for_function("document.activeElement.textContent === 'Copied'")
    likely = likely_outcomes(project.tree, "resume-link")[1]
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(make_reply(project.translator("fr"), likely.outcome).text)
    assert f"If the customer says: {likely.answers[0].label.text}" in page.locator("[data-reply]").nth(1).inner_text()
    # A digit in a field is a digit.
    page.get_by_label("order number").fill("")
    page.get_by_label("order number").press("1")
    assert "1" == page.get_by_label("order number").input_value()
    assert copied == page.evaluate("navigator.clipboard.readText()")


def test_the_customers_language_is_that_of_python(staff_page):
    project = staff_project()
    finder = AnyLanguageFinder(project)
    typed = [text for text, _, _ in WRITTEN.values()] + [query.text for query in read_queries()][::7] + ["", "x"]
    page = staff_page("index.html", "?customer=fr&agent=en")
    spoken = page.evaluate(
        "async all => { const told = []; for (const one of all) told.push(await helptreeStaff.spokenIn(one));"
        " return told; }",
        typed,
    )
    assert [finder.spoken_in(text, "fr", "en") for text in typed] == spoken


def test_each_language_stands_in_its_own_direction(staff_page):
    page = staff_page(OUTCOME, "?customer=ar-XB&agent=en")
    directions = page.eval_on_selector_all(
        "[data-reply-side]", "all => all.map(one => getComputedStyle(one).direction)"
    )
    assert ["rtl", "ltr"] == directions
    cells = page.eval_on_selector_all("td[data-text]", "all => all.map(one => [one.dataset.side, one.lang, one.dir])")
    assert {("customer", "ar-XB", "rtl"), ("agent", "en", "ltr")} == {tuple(cell) for cell in cells}


def test_the_pair_is_chosen_in_the_page_and_kept(staff_page):
    page = staff_page(OUTCOME, "?customer=fr&agent=en")
    page.select_option("#st-customer", "es")
    page.wait_for_function("document.documentElement.dataset.shown === 'es en'")
    page.click("#st-swap")
    page.wait_for_function("document.documentElement.dataset.shown === 'en es'")
    assert "customer=en&agent=es" in page.url
    page = staff_page("index.html")
    assert "en es" == page.evaluate("document.documentElement.dataset.shown")


def test_every_page_shows_all_its_texts_in_both_languages(staff_page, staff_site):
    names = [path.relative_to(staff_site.resolve()).as_posix() for path in staff_site.resolve().rglob("*.html")]
    for name in sorted(names)[::12]:
        if name != "404.html":
            page = staff_page(name, "?customer=fr&agent=en")
            empty = "[data-text], [data-plain]"
            missing = page.eval_on_selector_all(empty, "all => all.filter(one => !one.textContent.trim()).length")
            assert 0 == missing, name


def test_without_scripts_a_page_reads_in_the_source_language(new_context, staff_site):
    page = new_context(java_script_enabled=False).new_page()
    page.goto((staff_site / OUTCOME).as_uri())
    assert page.get_by_role("heading", level=1).inner_text().startswith("Your cancellation still waits")
    assert page.get_by_text("When was the cancellation asked (date and time zone)?").is_visible()
    assert not page.locator("td.st-customer").first.is_visible()
    assert not page.locator("[data-copy]").first.is_visible()
    page.goto((staff_site / "reference/matrix.html").as_uri())
    assert page.locator(".st-matrix tbody tr").count() == 30


def test_the_matrix_sorts_and_filters(staff_page):
    page = staff_page("reference/matrix.html", "?customer=fr&agent=en")
    page.get_by_role("button", name="Number", exact=True).click()
    counts = [int(cell) for cell in page.locator(".st-matrix tbody td:nth-child(5)").all_inner_texts()]
    assert counts == sorted(counts)
    page.get_by_role("button", name="Number", exact=True).click()
    counts = [int(cell) for cell in page.locator(".st-matrix tbody td:nth-child(5)").all_inner_texts()]
    assert counts == sorted(counts, reverse=True)
    page.get_by_label("Statuses with").fill("IN_CANCEL")
    assert 1 == page.locator(".st-matrix tbody tr:not([hidden])").count()
    page.get_by_label("Statuses with").fill("annul")  # the customer's language counts too
    assert 1 < page.locator(".st-matrix tbody tr:not([hidden])").count() < 30
    page.get_by_label("Statuses with").fill("")
    page.get_by_label("Remedies with").fill("resume the order")
    assert 1 == page.locator(".st-matrix thead th[data-column]:not([hidden])").count()
    shown = page.locator(".st-matrix tbody tr:not([hidden])")
    assert 0 < shown.count() < 30
    assert f"{shown.count()} / 30" == page.locator("[data-filter-count]").inner_text()


@pytest.mark.parametrize(
    ("customer", "agent"), [("en", "fr"), ("fr", "en"), ("de", "en"), ("ar-XB", "fr"), ("ko", "ar")]
)
def test_the_card_is_one_page(staff_page, customer, agent):
    page = staff_page("reference/card.html", f"?customer={customer}&agent={agent}")
    size = float(page.eval_on_selector("[data-card]", "card => card.style.fontSize").removesuffix("pt"))
    pages = len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True)))
    print(f"card {customer}/{agent}: {pages} page, letters of {size} pt")
    assert (1, True) == (pages, size >= 5)


def test_an_address_made_to_hurt_shows_nothing_of_itself(staff_page):
    hostile = (
        '{"page":"<img src=x onerror=alert(1)>","path":[["status","<b>x</b>"],["__proto__","constructor"]],"way":"9e9"}'
    )
    page = staff_page(OUTCOME, "?customer=%3Cb%3E&agent=__proto__#at=" + hostile)
    page.wait_for_timeout(300)
    assert 0 == page.locator("#st-position img, #st-position b").count()
    for broken in ("#at=%", "#at={}", "#at=null", '#at={"path":1}', '#at={"path":[1]}'):
        staff_page(OUTCOME, broken)


def test_agents_find_by_code_words_and_link_in_a_few_seconds(staff_page):
    page = staff_page("index.html", "?customer=fr&agent=en")
    page.fill("#st-typed", "kqp-jp")
    page.press("#st-typed", "Enter")
    page.wait_for_url(f"**/{OUTCOME}*")
    page.wait_for_function("document.documentElement.dataset.shown")
    page.fill("#st-typed", "Vos paiements est traité")
    page.wait_for_selector("#st-found li a")
    assert "/" in page.locator("#st-found li a").first.inner_text()
    page.fill("#st-typed", "https://elsewhere.example/nothing")
    page.press("#st-typed", "Enter")
    page.get_by_text("Nothing was found").wait_for()
