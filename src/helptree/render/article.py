"""The article of a page: the path to it, what it says, the way to the wizard. MkDocs and our own builder share it."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any
from urllib.parse import urljoin

from helptree.render.data_script import to_script

Meta = Mapping[str, Any]


def article_html(content: str, meta: Meta, url: str, frame: Mapping[str, Any], wizard: str) -> str:
    """Return what stands inside of a page's <article>. `url`: the page below its locale; `wizard`: where it stands."""
    parts = []
    if path := meta.get("path"):
        crumbs = "".join(_crumb(crumb, url) for crumb in path)
        parts.append(f'<nav class="ht-path" aria-label="{frame["ui"]["path"]}"><ol>{crumbs}</ol></nav>')
    if language := meta.get("language"):
        parts.append(f'<div lang="{language}" dir="{meta["direction"]}">{content}</div>')
    else:
        parts.append(content)
    if wizard and meta.get("wizard"):
        start = wizard if wizard.startswith("/") or "://" in wizard else f"{relative('', url)}/../{wizard}"
        words = frame["ui"]["continue-wizard"]
        parts.append(f'<p class="ht-wizard"><a href="{start}{escape(meta["wizard"])}">{words}</a></p>')
    return "\n".join(parts)


def _crumb(crumb: Mapping[str, str], url: str) -> str:
    language = f' lang="{crumb["language"]}"' if "language" in crumb else ""
    return f'<li><a href="{relative(crumb["address"], url)}"{language}>{crumb["title"]}</a></li>'


def relative(address: str, url: str) -> str:
    """Return an address as a link from the page at `url`, both below the locale; '' is the home page."""
    here, there = url.removeprefix("./").split("/")[:-1], address.removeprefix("./").split("/")
    end = "/" if there[-1] == "" and len(there) > 1 else ""
    there = [part for part in there if part]
    common = 0
    while common < min(len(here), len(there)) and here[common] == there[common]:
        common += 1
    return ("/".join([".."] * (len(here) - common) + there[common:]) or ".") + end


def data_script(data: list[dict[str, Any]], url: str, root: str, locale: str) -> str:
    """Return a page's data for machines, its addresses completed; `root`: the site's own, '' when nobody knows it."""
    base = f"{root}{locale}/" if root else relative("", url)
    return to_script(data, lambda address: urljoin(base, address) if address else base)
