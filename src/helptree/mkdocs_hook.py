"""The MkDocs hook: renders the pages first, then gives the theme the words of its locale. Decides nothing.

`helptree build` renders by itself and hands its frame over in `extra.helptree_frame`; a bare `mkdocs build` or
`mkdocs serve` has none, and renders here.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemBytecodeCache
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from helptree.problems import ProblemsFound
from helptree.project import open_project
from helptree.render.article import article_html, data_script
from helptree.render.write import render_locale


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Render the pages and take names and words from the tree."""
    frame = config.extra.get("helptree_frame") or _render(config)
    config.site_name, config.site_description = frame["title"], frame["description"]
    config.extra["frame"] = frame
    for palette in config.theme["palette"]:
        palette["toggle"]["name"] = frame["ui"].get(palette["toggle"]["name"], palette["toggle"]["name"])
    if config.site_url:
        # site_url names the whole site; this build is one locale of it.
        config.extra["root_url"] = config.site_url.rstrip("/") + "/"
        config.site_url = f"{config.extra['root_url']}{frame['locale']}/"
    # The sitemap speaks of all locales: site.py writes it.
    config.theme.static_templates.discard("sitemap.xml")
    return config


def _render(config: MkDocsConfig) -> dict[str, Any]:
    folder = Path(config.config_file_path).parent / config.extra["tree"]
    try:
        project = open_project(folder)
    except ProblemsFound as found:
        raise PluginError("\n".join(map(str, found.problems))) from None
    locale = os.environ.get("HELPTREE_LOCALE") or project.tree.source_locale
    if locale not in project.languages:
        raise PluginError(f"HELPTREE_LOCALE={locale}: the tree has {', '.join(project.languages)}")
    return render_locale(project.translator(locale), Path(config.docs_dir)).frame.as_dict()


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Leave out the sitemap's template, which is copied as it stands now that it is no template any more."""
    if file := files.get_file_from_path("sitemap.xml"):
        files.remove(file)
    return files


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Keep compiled templates: compiling them anew costs a sixth of a build."""
    cache = Path(config.config_file_path).parent / ".cache" / "templates"
    cache.mkdir(parents=True, exist_ok=True)
    env.bytecode_cache = FileSystemBytecodeCache(str(cache))
    return env


def on_page_context(context: dict[str, Any], page: Page, config: MkDocsConfig, nav: Any) -> dict[str, Any]:
    """Compose the article; let the fallback page of a search engine be the source locale's."""
    root, frame, url = config.extra.get("root_url", ""), config.extra["frame"], "" if page.url == "./" else page.url
    wizard = config.extra.get("wizard_url") or ""
    context["article"] = article_html(page.content or "", page.meta, url, frame, wizard)
    if data := page.meta.get("data"):
        context["linked_data"] = data_script(data, url, root, frame["locale"])
    if root and not page.meta.get("complete", True):
        page.canonical_url = f"{root}{frame['source_locale']}/{page.url}"
    return context


def on_template_context(context: dict[str, Any], template_name: str, config: MkDocsConfig) -> dict[str, Any]:
    """Tell the 404 page where its locale begins."""
    locale = config.extra["frame"]["locale"]
    context["not_found_base"] = urlsplit(config.site_url).path if config.site_url else f"/{locale}/"
    return context


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    """Drop the blanks that the theme's templates leave around the article: a quarter of a page."""
    output = _CONFIG.sub(lambda found: found[1] + _shorten(found[2]), output)
    head, article, rest = output.partition("<article")
    article, end, tail = (article + rest).partition("</article>")
    return f"{_squeeze(head)}{article}{end}{_squeeze(tail)}"


# Around these elements a browser shows no blank; and the versions that built us are nobody's business.
_BLOCKS = (
    "article|body|button|div|footer|form|head|header|html|input|label|li|link|main|meta|nav|ol|p|script|svg|title|ul"
)
_BLANK = re.compile(rf"\n+(?=</?(?:{_BLOCKS})\b)")
_NEEDLESS = re.compile(r' xmlns="http://www.w3.org/2000/svg"|<meta name="generator"[^>]*>')


_CONFIG = re.compile(r'(<script id="__config" type="application/json">)(.*?)(?=</script>)', re.S)


def _shorten(config: str) -> str:
    """Return the settings of the theme's script without empty ones, and in letters: an escaped one takes six bytes."""
    values = {key: value for key, value in json.loads(config).items() if value is not None}
    values["translations"].pop("select.version", None)
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    for char in "<>&'\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return text


def _squeeze(html: str) -> str:
    return _BLANK.sub("", _NEEDLESS.sub("", re.sub(r"\s*\n\s*", "\n", html)))
