"""How the site reaches readers: a strict policy behind the shipped nginx, without a network, from a disk."""

import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import unquote, urljoin
from zipfile import ZipFile

import pytest
from playwright.sync_api import BrowserContext, Page

from helptree.archive import write_archive
from helptree.engine import enumerate_paths
from helptree.project import open_project
from tests.nginx import WHY_NOT, Nginx, find_nginx
from tests.site_walker import SiteWalker, file_of, parse_page
from tests.sites import ROOT, build

pytestmark = pytest.mark.browser
# Root could have installed it, and `make test` tries to: then its absence is a failure.
needs_nginx = pytest.mark.skipif(not find_nginx() and os.getuid() != 0, reason=WHY_NOT)
# Tells the test what the policy has stopped; the console tells it, too, but not always in time.
WATCH = """
window.stopped = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.stopped.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
"""


@pytest.fixture
def nginx(tmp_path: Path) -> Iterator[Callable[[Path], Nginx]]:
    """Serves sites with the shipped configuration."""
    started: list[Nginx] = []

    def start(site: Path) -> Nginx:
        scratch = tmp_path / f"nginx-{len(started)}"
        scratch.mkdir()
        started.append(Nginx(site, scratch))
        return started[-1]

    yield start
    for each in started:
        each.stop()


def pages_of(site: Path) -> list[str]:
    """The addresses of all pages."""
    site = site.resolve()
    names = (path.relative_to(site).as_posix() for path in sorted(site.rglob("*.html")))
    return [name.removesuffix("index.html") for name in names]


def open_all(page: Page, base: str, addresses: list[str]) -> list[str]:
    """Open pages one after the other; return what the policy stopped or the browser complained of."""
    troubles: list[str] = []
    page.add_init_script(WATCH)
    page.on("pageerror", lambda error: troubles.append(f"{page.url}: {error}"))
    # What is still under way when the next page is opened is dropped, which is no failure.
    page.on(
        "requestfailed",
        lambda asked: None if "ABORTED" in (asked.failure or "") else troubles.append(f"{asked.url}: {asked.failure}"),
    )
    page.on("console", lambda message: troubles.append(f"{page.url}: {message.text}") if message.type == "error" else 0)
    for address in addresses:
        page.goto(base + address, wait_until="load")
        troubles += [f"{address}: {each}" for each in page.evaluate("window.stopped")]
    return troubles


@needs_nginx
def test_the_policy_stops_nothing_on_a_page_of_each_kind(new_context, nginx, built_site):
    server = nginx(built_site.resolve())
    page = new_context(service_workers="block", viewport={"width": 390, "height": 844}).new_page()
    sample = pages_of(built_site)[::12]
    assert open_all(page, server.address, sample) == []
    page.goto(server.address + "fr/")
    for _ in range(3):
        page.locator(".md-header__option label:visible").first.click()
    page.locator("label.ht-search").click()
    page.locator(".md-search__input").press_sequentially("remboursement")
    page.locator(".md-search-result__link").first.wait_for()
    assert page.evaluate("window.stopped") == []
    print(f"{len(sample)} pages behind nginx: nothing was stopped, nobody else was asked")


@needs_nginx
@pytest.mark.stress
def test_the_policy_stops_nothing_on_any_page(new_context, nginx, built_site):
    server = nginx(built_site.resolve())
    addresses = pages_of(built_site)
    assert open_all(new_context(service_workers="block").new_page(), server.address, addresses) == []
    print(f"{len(addresses)} pages behind nginx: nothing was stopped, nobody else was asked")


@needs_nginx
def test_the_policy_would_stop_an_inline_script(new_context, nginx, built_site, tmp_path):
    """The control: a watcher that sees nothing proves nothing."""
    site = tmp_path / "spoilt"
    shutil.copytree(built_site.resolve(), site)
    page = site / "fr" / "index.html"
    page.write_text(page.read_text().replace("</h1>", '</h1><script>1</script><p style="color:red">x</p>', 1))
    troubles = open_all(new_context().new_page(), nginx(site).address, ["fr/"])
    assert any("script-src" in each for each in troubles)
    assert any("style-src" in each for each in troubles)


def when_kept(page: Page) -> None:
    """Wait until the service worker has the whole language."""
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")


@needs_nginx
def test_after_one_visit_all_pages_are_there_without_a_network(new_context, nginx, minimal_site):
    server = nginx(minimal_site.resolve())
    context: BrowserContext = new_context()
    page = context.new_page()
    page.goto(server.address + "en/")
    when_kept(page)
    server.stop()
    for address in pages_of(minimal_site.resolve() / "en"):
        page.goto(f"{server.address}en/{address}")
        file = file_of(minimal_site.resolve() / "en", address)
        assert page.locator("h1").inner_text() == parse_page(file.read_text()).h1
    page.goto(server.address + "en/no/such/page/")
    assert page.url == server.address + "en/"  # the first question, not the browser's error
    page.get_by_role("link", name="Still being packed").click()
    page.wait_for_url("**/statuses/packing/")


@needs_nginx
def test_an_update_is_taken_whole_or_not_at_all(new_context, nginx, minimal_tree, tmp_path):
    build(minimal_tree, tmp_path)
    public = tmp_path / "public"
    shutil.copytree((tmp_path / "site").resolve(), public)
    server = nginx(public)
    context = new_context()
    page = context.new_page()
    page.goto(server.address + "en/")
    when_kept(page)
    question = minimal_tree / "questions/paid.yaml"
    question.write_text(question.read_text().replace("Did you pay?", "Have you paid?"))
    build(minimal_tree, tmp_path)
    new = (tmp_path / "site").resolve()
    # Half of the new site has arrived: the list of files is new, a page is not.
    shutil.copy(new / "en/sw.js", public / "en/sw.js")
    assert page.evaluate(UPDATE) == "redundant"
    assert kept_question(page, server.address) == "Did you pay?"
    shutil.copytree(new, public, dirs_exist_ok=True)
    assert page.evaluate(UPDATE) == "installed"
    # Online readers get the server's page at once; the kept version changes when no old page is open.
    page.goto(server.address + "en/questions/paid/")
    assert page.locator("h1").inner_text() == "Have you paid?"
    page.goto("about:blank")
    page.wait_for_timeout(300)
    page.goto(server.address + "en/")
    page.wait_for_function("caches.keys().then((names) => names.length === 1)")
    assert kept_question(page, server.address) == "Have you paid?"


UPDATE = """async () => {
  const registration = await navigator.serviceWorker.ready;
  const found = new Promise((resolve) => registration.addEventListener("updatefound", () => {
    const worker = registration.installing;
    worker.addEventListener("statechange", () => resolve(worker.state), { once: true });
  }, { once: true }));
  await registration.update();
  return found;
}"""


def kept_question(page: Page, address: str) -> str:
    """The heading of the kept page of the oldest version."""
    html = page.evaluate(
        "async (url) => (await (await caches.open((await caches.keys())[0])).match(url)).text()",
        f"{address}en/questions/paid/",
    )
    return parse_page(html).h1


def test_the_site_can_be_installed(minimal_site):
    manifest = json.loads((minimal_site / "en/manifest.webmanifest").read_text())
    assert (manifest["name"], manifest["lang"], manifest["dir"]) == ("Parcel help", "en", "ltr")
    sizes = {icon["sizes"] for icon in manifest["icons"]}
    assert {"192x192", "512x512"} <= sizes
    for icon in manifest["icons"]:
        assert (minimal_site.resolve() / "en" / icon["src"]).resolve().is_file()
    assert '<link rel="manifest" href="manifest.webmanifest">' in (minimal_site / "en/index.html").read_text()


@pytest.fixture(scope="session")
def on_disk(built_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site as readers unpack it."""
    folder = tmp_path_factory.mktemp("disk")
    write_archive(built_site, folder / "site.zip")
    with ZipFile(folder / "site.zip") as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def test_from_a_disk_the_main_job_needs_no_server(new_context, on_disk):
    page = new_context(viewport={"width": 390, "height": 844}).new_page()
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.goto(f"file://{on_disk}/index.html")
    page.get_by_role("link", name="Français").click()
    page.get_by_role("link", name="Annulation demandée, en attente du vendeur").click()
    page.get_by_role("link", name="Oui, je vois un tel lien ou bouton").click()
    page.locator(".ht-way").first.click()
    page.wait_for_url("**/fr/remedies/resume-order/index.html")
    colour = page.locator(".md-header").evaluate("(header) => getComputedStyle(header).backgroundColor")
    assert colour == "rgb(20, 82, 76)"
    assert page.locator("label.ht-search").is_hidden()
    page.locator("header a.ht-home").click()
    page.wait_for_url("**/fr/index.html")
    assert errors == []


def test_from_a_disk_no_link_or_anchor_is_dead(on_disk):
    pages = {path: parse_page(path.read_text()) for path in on_disk.rglob("*.html")}
    dead = []
    for path, page in pages.items():
        for target in (*(link.href for link in page.links), *page.fetched):
            if "://" in target or target.startswith(("mailto:", "tel:", "data:")):
                continue
            name, _, anchor = target.partition("#")
            file = (path.parent / unquote(name)).resolve() if name else path
            # A browser shows a list of files for a folder: links have to name files.
            if not file.is_file() or (anchor and anchor not in pages[file].anchors):
                dead.append(f"{path} -> {target}")
    assert dead == []
    print(f"{len(pages)} pages from a disk: no dead link")


def test_from_a_disk_every_path_ends_at_its_outcome(on_disk):
    project = open_project(ROOT / "decision_tree")
    for locale in project.languages:
        walker = SiteWalker(on_disk, project, locale)
        for path, outcome in enumerate_paths(project.tree):
            assert walker.walk(path) == walker.translator.text(outcome.title).value


def walks(site: Path, locale: str) -> list[list[str]]:
    """One walk to each outcome: the addresses in turn."""
    project = open_project(ROOT / "decision_tree")
    walker = SiteWalker(site, project, locale)
    found: dict[str, list[str]] = {}
    for path, outcome in enumerate_paths(project.tree):
        if outcome.id not in found or len(path) < len(found[outcome.id]):
            found[outcome.id] = walker.steps(path)
    return list(found.values())


def walk_by_keyboard(page: Page, base: str, locale: str, walk: list[str]) -> None:
    """Reach each address in turn by Tab and Enter alone."""
    page.goto(f"{base}{locale}/")
    for target in walk:
        for _ in range(400):
            page.keyboard.press("Tab")
            focused, style = page.evaluate(
                "[document.activeElement.href || '', getComputedStyle(document.activeElement).outlineStyle]"
            )
            if focused == base.removesuffix("/") + target:
                break
        else:
            raise AssertionError(f"{target} is not reached by Tab from {page.url}")
        assert style != "none", f"nobody sees where the focus is: {target}"
        page.keyboard.press("Enter")
        page.wait_for_url("**" + target)


def test_outcomes_are_reached_by_keyboard(desktop_page, serve_folder, built_site):
    base = serve_folder(built_site)
    for walk in walks(built_site, "fr")[::12]:
        walk_by_keyboard(desktop_page, base, "fr", walk)


@pytest.mark.stress
@pytest.mark.parametrize("locale", ["en", "fr"])
def test_every_outcome_is_reached_by_keyboard(desktop_page, serve_folder, built_site, locale):
    base = serve_folder(built_site)
    found = walks(built_site, locale)
    for walk in found:
        walk_by_keyboard(desktop_page, base, locale, walk)
    print(f"{locale}: {len(found)} outcomes reached by Tab and Enter alone")


@pytest.mark.stress
@pytest.mark.parametrize("place", ["http", "file"])
def test_every_outcome_is_reached_without_javascript(new_context, serve_folder, built_site, on_disk, place):
    site, end = (built_site, "") if place == "http" else (on_disk, "index.html")
    page = new_context(java_script_enabled=False).new_page()
    base = serve_folder(site) if place == "http" else f"file://{on_disk}/"
    for walk in walks(site, "fr"):
        page.goto(f"{base}fr/{end}")
        for target in walk:
            address = base.removesuffix("/") + target
            click(page, address)
            assert page.url.partition("#")[0] == address


def click(page: Page, address: str) -> None:
    """Follow the link to an address."""
    links = page.locator("main a[href]")
    for index in range(links.count()):
        if urljoin(page.url, links.nth(index).get_attribute("href") or "") == address:
            links.nth(index).click()
            return
    raise AssertionError(f"no link from {page.url} to {address}")
