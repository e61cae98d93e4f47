"""The first HTML of the wizard: Streamlit's own page with our language, title, style, and a way without JavaScript.

Streamlit has no setting for any of it (its issue 15726), so its index.html is edited here, once.
"""

from __future__ import annotations

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from html import escape
from pathlib import Path

import streamlit
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from helptree.wizard.library import library, tree_folder
from helptree.wizard.place import LANG, accepted, choose_locale, question_at, read_place
from helptree.wizard.words import Words

STATIC = Path(streamlit.__file__).with_name("static")
_INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.S)
# Source Sans: 166 KiB that the theme's system fonts make needless.
_FONT_PRELOAD = re.compile(r"<link\s+rel=\"preload\"[^>]*as=\"font\"[^>]*/>", re.S)
_HEAD = """<title>{title}</title>
    <meta name="description" content="{description}" />
    <link rel="icon" href="/wizard/icon.svg" type="image/svg+xml" />
    <link rel="stylesheet" href="/wizard/wizard.css?{version}" />
    <script type="module" src="/wizard/wizard.js?{version}"></script>
    <script type="module" src="/wizard/outcome.js?{version}"></script>"""
_BODY = """<noscript><div class="ht-noscript"><h1>{title}</h1><p>{text}
      <a href="{guide}">{guide}</a></p></div></noscript>
    <div id="root"><main class="ht-loading"><h1>{title}</h1><p>{loading}</p>
      <p><a href="{guide}">{site}</a></p></main></div>
    <div id="ht-away" class="ht-away" role="alert" data-away="{away}" data-lang="{away_lang}"
      data-page="{guide}" data-site="{site}"></div>"""


@cache
def index_html() -> str:
    """Return Streamlit's page without what we put in its place."""
    html = (STATIC / "index.html").read_text(encoding="utf-8")
    html = _FONT_PRELOAD.sub("", html, count=1)
    html = re.sub(r"<link[^>]*rel=\"(shortcut icon|service-desc)\"[^>]*/>", "", html)
    html = re.sub(r"<!--.*?-->", "", html, flags=re.S)
    html = re.sub(r"(<link rel=\"stylesheet\"[^>]*\.css)", rf"\1?{assets_version()}", html)
    html = re.sub(r"<noscript>.*?</noscript>", "", html, flags=re.S)
    for landmark in ('<html lang="en">', "<title>Streamlit</title>", '<div id="root"></div>'):
        if html.count(landmark) != 1:
            raise RuntimeError(f"Streamlit's index.html has no {landmark}: see {__name__}")
    return html.strip()


@cache
def content_security_policy() -> str:
    """Return the policy for the wizard: nothing from elsewhere; the page's own inline script by its hash.

    Streamlit's protobuf.js multiplies with WebAssembly, if it may; that allows no script to be made out of text.
    """
    hashes = " ".join(
        "'sha256-" + b64encode(sha256(script.encode()).digest()).decode() + "'"
        for script in _INLINE_SCRIPT.findall(index_html())
    )
    return (
        f"default-src 'self'; script-src 'self' 'wasm-unsafe-eval' {hashes}; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; "
        "base-uri 'self'; object-src 'none'; form-action 'self'"
    )


async def shell(request: Request) -> Response:
    """Answer the wizard's address: the language, the title and the plain way of the very place it names."""
    project = library(tree_folder()).current()
    wanted = accepted(request.headers.get("accept-language"))
    locale = choose_locale(request.query_params.get(LANG), wanted, project.languages)
    words = Words(project.tree, project.translator(locale))
    place = read_place(project.tree, dict(request.query_params), locale)
    node = question_at(project.tree, place) or place.position.node
    html = _fill(words, words.guide_address(node.id))
    headers = {
        "Content-Security-Policy": content_security_policy(),
        "Cache-Control": "no-cache",
        "Vary": "Accept-Language",
        "Content-Language": locale,
    }
    return HTMLResponse(html, headers=headers)


def _fill(words: Words, guide: str) -> str:
    away = words.translator.ui_text("wizard.away")
    values = {
        "title": words.plain(words.tree.title).value,
        "description": words.plain(words.tree.description).value,
        "text": words.ui("wizard.no-script"),
        "loading": words.ui("wizard.loading"),
        "site": words.ui("wizard.site-page"),
        "away": away.value,
        "away_lang": away.locale,
        "guide": guide,
        "version": assets_version(),
    }
    safe = {key: escape(value) for key, value in values.items()}
    language = f'<html lang="{escape(words.locale)}" dir="{escape(words.language.direction)}">'
    html = index_html().replace('<html lang="en">', language)
    html = html.replace("<title>Streamlit</title>", _HEAD.format(**safe))
    return html.replace('<div id="root"></div>', _BODY.format(**safe))


ASSETS = Path(__file__).with_name("assets")


@cache
def assets_version() -> str:
    """Return a name of the assets' content, so that browsers may keep them."""
    content = b"".join(path.read_bytes() for path in sorted(ASSETS.iterdir()) if path.is_file())
    return sha256(content).hexdigest()[:12]
