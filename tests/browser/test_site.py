"""The site in a real browser: no other host, the main job without JavaScript, and readable by everybody."""

import gzip
from io import BytesIO
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image

pytestmark = pytest.mark.browser

# A page of each template. Arabic is published, so what runs from right to left is what readers see.
TEMPLATES = {
    "home": "",
    "question": "questions/closed-paid/",
    "status": "statuses/cancellation-requested/",
    "outcome": "outcomes/cancellation-can-be-withdrawn/",
    "remedy": "remedies/resume-order/",
    "written page": "about/",
    "glossary": "glossary/",
    "map": "map/",
    "sources": "sources/",
    "translation": "translation/",
    "not found": "404.html",
}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.mark.parametrize("locale", ["fr", "ar"])
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_template(new_context, serve_folder, built_site, scheme, width, locale):
    page = new_context(viewport={"width": width, "height": 800}, color_scheme=scheme).new_page()
    base = serve_folder(built_site)
    found = {}
    for address in ["", *(f"{locale}/{path}" for path in TEMPLATES.values())]:
        page.goto(base + address)
        page.wait_for_timeout(300)  # colours fade in
        result = Axe().run(page, options={"runOnly": RULES})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        if result.violations_count:
            found[address] = result.generate_report()
    assert {} == found
    print(f"axe: {len(TEMPLATES) + 1} templates, {locale}, {width} px, {scheme}: no violation")


def test_the_main_job_without_javascript_below_a_prefix(new_context, serve_folder, built_site, tmp_path):
    (tmp_path / "some").mkdir()
    (tmp_path / "some/guide").symlink_to(built_site.resolve())
    page = new_context(java_script_enabled=False, viewport={"width": 390, "height": 844}).new_page()
    page.goto(serve_folder(tmp_path) + "some/guide/fr/")
    page.get_by_role("link", name="Annulation demandée, en attente du vendeur").click()
    page.get_by_role("link", name="Oui, je vois un tel lien ou bouton").click()
    page.locator(".ht-way").first.click()
    assert page.url.endswith("/some/guide/fr/remedies/resume-order/")
    assert (
        page.get_by_role("heading", level=1).inner_text() == "Reprendre la commande avec le lien de la page de commande"
    )


def test_the_language_selector_stays_on_the_page(desktop_page, serve_folder, built_site):
    base = serve_folder(built_site)
    desktop_page.goto(base + "fr/remedies/resume-order/")
    desktop_page.locator("header .md-select button").hover()
    desktop_page.locator("header").get_by_role("link", name="English").click()
    desktop_page.wait_for_url(base + "en/remedies/resume-order/")
    assert desktop_page.locator("html").get_attribute("lang") == "en"


def test_search_finds_a_page_in_its_own_language(phone_page, serve_folder, built_site):
    phone_page.goto(serve_folder(built_site) + "fr/")
    phone_page.locator("label.ht-search").click()
    phone_page.locator(".md-search__input").press_sequentially("remboursement")
    first = phone_page.locator(".md-search-result__link").first
    first.wait_for()
    assert "/fr/" in (first.get_attribute("href") or "")


def test_a_message_is_copied_by_a_button_with_words(new_context, serve_folder, built_site):
    context = new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(serve_folder(built_site) + "fr/remedies/resume-order/")
    page.get_by_role("button", name="Copier dans le presse-papier").first.click()
    page.get_by_text("Copié dans le presse-papier").wait_for()
    message = page.locator("code.language-ht-message").first.inner_text()
    assert page.evaluate("navigator.clipboard.readText()").strip() == message.strip()


def test_arabic_runs_from_right_to_left_also_in_links_and_messages(desktop_page, serve_folder, built_site):
    desktop_page.goto(serve_folder(built_site) + "ar/remedies/resume-order/")
    style = "element => [getComputedStyle(element).direction, getComputedStyle(element).paddingLeft]"
    assert desktop_page.locator("code.language-ht-message[lang=ar]").first.evaluate(style)[0] == "rtl"
    assert desktop_page.locator("code.language-ht-message[lang=en]").first.evaluate(style)[0] == "ltr"
    # The arrow of a link stands at its left: the words leave room for it there.
    assert float(desktop_page.locator(".ht-option").first.evaluate(style)[1].removesuffix("px")) > 25


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_picture_follows_the_colours_of_its_page(new_context, serve_folder, built_site, scheme):
    """The reader's choice on the page counts, also against the system's."""
    page = new_context(color_scheme="dark" if scheme == "light" else "light").new_page()
    page.goto(serve_folder(built_site) + "fr/remedies/resume-order/")
    name = "default" if scheme == "light" else "slate"
    page.evaluate(f"document.body.setAttribute('data-md-color-scheme', '{name}')")
    picture = page.locator(".ht-picture img")
    picture.scroll_into_view_if_needed()
    page.wait_for_function("document.querySelector('.ht-picture img').complete")
    shot = Image.open(BytesIO(picture.screenshot()))
    paper = shot.convert("L").getpixel((shot.width // 2, shot.height - 4))
    assert (paper > 200) == (scheme == "light")


def test_a_picture_gives_its_words_to_those_who_do_not_see(phone_page, serve_folder, built_site):
    phone_page.goto(serve_folder(built_site) + "en/statuses/cancellation-requested/")
    phone_page.get_by_role("img", name="the status line, which reads “Awaiting Cancellation”").wait_for()


def test_a_box_of_the_map_is_a_link(desktop_page, serve_folder, built_site):
    base = serve_folder(built_site)
    desktop_page.goto(base + "fr/map/")
    desktop_page.locator(".ht-map a").click()
    assert desktop_page.url == base + "fr/pictures/map.svg"
    desktop_page.locator("a").nth(1).click()
    desktop_page.wait_for_url(base + "fr/*/*/")


def test_paper_is_white_and_what_is_folded_away_is_printed(desktop_page, serve_folder, built_site):
    desktop_page.emulate_media(color_scheme="dark")
    desktop_page.goto(serve_folder(built_site) + "fr/remedies/resume-order/")
    desktop_page.emulate_media(media="print", color_scheme="dark")
    link = desktop_page.locator("article ol a").first
    assert link.evaluate("link => getComputedStyle(link).color") == "rgb(11, 93, 85)"
    assert desktop_page.locator("details li").first.is_visible()
    assert not desktop_page.locator(".md-header").is_visible()
    assert not desktop_page.locator(".ht-copy").first.is_visible()


def test_a_first_visit_is_light(new_context, serve_folder, built_site):
    page = new_context(viewport={"width": 390, "height": 844}).new_page()
    bodies: dict[str, bytes] = {}
    page.on("response", lambda response: bodies.setdefault(response.url, response.body()))
    page.goto(serve_folder(built_site) + "fr/", wait_until="networkidle")
    sizes = {Path(url).name or "page": len(gzip.compress(body, 9)) for url, body in bodies.items()}
    print(f"first visit: {sum(sizes.values()) / 1024:.1f} KiB gzip {sizes}")
    assert sum(sizes.values()) < 90 * 1024
    assert not any("search_index" in url for url in bodies)


@pytest.mark.parametrize("width", [320, 390])
def test_nothing_is_wider_than_a_phone_without_javascript(new_context, serve_folder, built_site, width):
    page = new_context(java_script_enabled=False, viewport={"width": width, "height": 844}).new_page()
    page.goto(serve_folder(built_site) + "fr/")
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_the_box_on_the_home_page_leads_to_the_status(new_context, serve_folder, built_site):
    page = new_context(viewport={"width": 320, "height": 700}).new_page()
    page.goto(serve_folder(built_site) + "fr/")
    page.get_by_label("Tapez ou collez ce que vous voyez").fill("En atente de confirmation du vendeur")
    page.locator("[data-finder-results] a").first.click()
    assert page.url.endswith("/fr/statuses/cancellation-requested/")
