"""Everything public that is made of a tree, as named bytes, and everything internal."""

import gzip
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from helptree.archive import write_archive
from helptree.engine import covering_paths
from helptree.exchange.files import export
from helptree.finders import AnyLanguageFinder, as_json_line
from helptree.merging import make_template
from helptree.project import Project
from helptree.render.extras import locale_files
from helptree.render.frame import make_frame
from helptree.render.graph import to_mermaid, to_svg
from helptree.render.pages import render_pages
from helptree.render.root import root_pages
from helptree.render.root_files import root_files
from helptree.render.sitemap import robots, sitemap
from helptree.staff.changes import manifest_of
from helptree.staff_site import make_state, staff_files, staff_pages
from helptree.translation_files import merged_catalog
from helptree.walk import question_lines, walk
from tests.helpers import ROOT
from tests.walkers import WizardWalker

SITE = "https://help.example.com/"
Files = Iterator[tuple[str, bytes]]


def rendered(project: Project, scratch: Path) -> Files:
    """Yield all that readers, translators and programs get, by the public renderers, without MkDocs around pages."""
    complete = {}
    for locale in project.languages:
        translator = project.translator(locale)
        pages = list(render_pages(translator))
        complete[locale] = {page.address: page.complete for page in pages}
        yield from ((f"pages/{locale}/{page.source}", page.markdown.encode()) for page in pages)
        yield f"frame/{locale}", repr(make_frame(translator).as_dict()).encode()
        yield from locale_files(translator)
        yield f"graph/{locale}.svg", to_svg(translator).encode()
        yield f"graph/{locale}.mmd", to_mermaid(translator).encode()
        yield f"terminal/{locale}", _walked(project, locale).encode()
    translators = [project.translator(locale) for locale in project.languages]
    yield from ((f"root/{name}", html.encode()) for name, html in root_pages(translators, SITE))
    yield from ((f"root/{name}", content) for name, content in root_files(translators, SITE))
    pages_of_all = sitemap(complete, project.tree.source_locale, SITE)
    yield "root/sitemap.xml", pages_of_all.encode()
    yield "sitemap.xml.gz", gzip.compress(pages_of_all.encode())
    yield "robots.txt", robots(SITE).encode()
    yield from for_translators(project)
    yield "find", _found(project).encode()


def _found(project: Project) -> str:
    """What the finder says of every status, with its reasons."""
    finder = AnyLanguageFinder(project)
    queries = [status.label.text for status in project.tree.statuses.values()]
    return "".join(as_json_line(query, finder.find(query)) for query in queries)


def for_translators(project: Project) -> Files:
    """Yield template, catalogs, and what translators get in other formats."""
    yield "catalogs/helptree.pot", str(make_template(project.entries_for_translators())).encode()
    for locale, language in project.languages.items():
        if locale != project.tree.source_locale:
            yield f"catalogs/{locale}.po", merged_catalog(project, language).encode()
            for format_ in ("xliff12", "xliff20", "csv"):
                yield f"exports/{locale}.{format_}", export(project, language, format_).encode()


def _walked(project: Project, locale: str) -> str:
    """Every option taken once in the terminal, and every remedy of the outcomes seen."""
    shown = [
        line
        for question in project.tree.questions.values()
        for line in question_lines(project.translator(locale), question)
    ]
    for path, _ in covering_paths(project.tree):
        walk(
            project.translator(locale), {answer.question: answer.option for answer in path}, lambda _: "n", shown.append
        )
    return "".join(shown)


def wizard_frames(project: Project, locale: str, most: int) -> Files:
    """Yield what the wizard sends to the browser: each element of each screen as its message."""
    walker = WizardWalker(project, locale)
    for number, (path, outcome) in enumerate(list(covering_paths(project.tree))[:most]):
        for way in outcome.ways:
            walker.open({"lang": locale, **{answer.question: answer.option for answer in path}, "remedy": way})
            protos = [node.proto for node in walker.app._tree if getattr(node, "proto", None) is not None]
            yield f"wizard/{locale}/{number}/{way}", b"\n".join(proto.SerializeToString() for proto in protos)


def archived(site: Path, scratch: Path) -> Files:
    """Yield a built site file by file, and as the archive to be read from a disk."""
    yield from files_below(site.resolve(), "site")
    write_archive(site, scratch / "site.zip")
    yield "site.zip", (scratch / "site.zip").read_bytes()


def files_below(folder: Path, name: str) -> Files:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield f"{name}/{path.relative_to(folder).as_posix()}", path.read_bytes()


def internal(project: Project) -> Files:
    """Yield the staff pages and the scripts that they load."""
    manifest = manifest_of(project.staff, project.entries)
    state = make_state(project, manifest, None, date(2026, 11, 25))
    yield from ((page.file, page.html.encode()) for page in staff_pages(project, state))
    yield from ((name, text.encode()) for name, text in staff_files(project, ROOT))
