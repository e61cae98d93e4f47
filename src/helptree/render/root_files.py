"""What stands at the site's root for machines: llms.txt, the API's index and schemas, the picture for networks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from helptree.addresses import page_path
from helptree.model import Entry, ReaderPage
from helptree.render.api import VERSION, file_of, to_json
from helptree.render.plain import one_line, to_plain
from helptree.translator import Translator

PREVIEW = "assets/preview.png"
_RULES = (
    "Rules for programs that answer with this tree: ask its questions, from the root on, and follow the answers;",
    "quote the id or the short code of the page that you use; never invent a remedy, a deadline or a button.",
    "A text whose state is `missing` or `stale` is in another language than asked for.",
)


def root_files(translators: Sequence[Translator], site_url: str) -> Iterator[tuple[str, bytes]]:
    """Yield path below the site and content of each file."""
    # Both are costly, and most builds need neither.
    from helptree.render.api_shapes import SHAPES, api_schema
    from helptree.render.preview import preview_png

    yield "llms.txt", llms_txt(translators, site_url, list(SHAPES)).encode()
    yield f"api/{VERSION}/index.json", to_json(_index(translators))
    for name in SHAPES:
        yield f"api/{VERSION}/schema/{name}.json", to_json(api_schema(name))
    yield PREVIEW, preview_png()


def _index(translators: Sequence[Translator]) -> dict[str, object]:
    return {
        "$schema": "schema/index.json",
        "version": VERSION,
        "source_locale": translators[0].tree.source_locale,
        "locales": [
            {
                "locale": each.locale,
                "autonym": each.language.autonym,
                "direction": each.language.direction,
                "tree": f"{each.locale}/tree.json",
            }
            for each in translators
        ],
    }


def llms_txt(translators: Sequence[Translator], site_url: str, shapes: Iterable[str]) -> str:
    """Return what a language model should know, as llmstxt.org has it: in the source locale, links to all pages."""
    source = next(each for each in translators if each.locale == each.tree.source_locale)
    tree, root = source.tree, f"{site_url.rstrip('/')}/" if site_url else "/"
    lines = [f"# {_plain(source, tree.title)}", "", f"> {_plain(source, tree.description)}", ""]
    lines += [_plain(source, tree.disclaimer), "", *_RULES, "", "## Data", ""]
    for each in translators:
        address = f"{root}api/{VERSION}/{each.locale}/tree.json"
        lines.append(f"- [The whole tree, {each.language.autonym}]({address}): locale {each.locale}")
    schemas = ", ".join(f"{root}api/{VERSION}/schema/{name}.json" for name in shapes)
    lines += [f"- [Where to begin]({root}api/{VERSION}/index.json): all locales. Schemas: {schemas}"]
    for title, group in (("Statuses", tree.statuses), ("Remedies", tree.remedies), ("Outcomes", tree.outcomes)):
        lines += ["", f"## {title}", ""]
        lines += [_line(source, item, root) for item in group.values()]
    return "\n".join(lines) + "\n"


def _line(source: Translator, item: ReaderPage, root: str) -> str:
    title: Entry = getattr(item, "label", None) or getattr(item, "title")  # noqa: B009
    page = f"{root}{source.locale}/{page_path(source.tree, item.id)}"
    data = f"{root}api/{VERSION}/{source.locale}/{file_of(item)}"
    return f"- [{_plain(source, title)}]({page}): code {item.code}, data {data}"


def _plain(translator: Translator, entry: Entry) -> str:
    return one_line(to_plain(translator.text(entry).value)).replace("[", "(").replace("]", ")")
