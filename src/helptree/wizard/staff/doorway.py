"""The page that somebody gets who is not let in. It says nothing of what is behind it."""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode

from starlette.responses import HTMLResponse
from starlette.types import Scope

from helptree.staff.words import label
from helptree.wizard.markup import tag
from helptree.wizard.staff.identity import Refused, Why
from helptree.wizard.staff.settings import Access

_TOLD = {Why.SIGN_IN: "sign-in-first", Why.EXPIRED: "sign-in-over", Why.ROLE: "no-role", Why.PROXY: "no-proxy"}


def doorway(who: Refused, access: Access, scope: Scope) -> HTMLResponse:
    """Return the page: 401 for who may sign in, 403 for who has and may not enter."""
    title, parts = escape(label("title")), [tag("p", escape(label(_TOLD[who.why])))]
    if access.provider:
        is_home = scope["path"] == "/" and scope["query_string"]
        to = "?" + urlencode({"to": scope["query_string"].decode("latin-1")}) if is_home else ""
        if who.why is Why.ROLE:
            parts.append(_way("/auth/logout", "sign-out"))
        else:
            parts.append(_way(f"/sign-in{to}", "sign-in"))
    head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
    style = '<link rel="stylesheet" href="/wizard/wizard.css"><link rel="icon" href="/wizard/icon.svg">'
    body = f'<main class="ht-loading"><h1>{title}</h1>{"".join(parts)}</main>'
    head += f"<title>{title}</title>{style}<style>.ht-way {{ display: inline-flex; align-items: center }}</style>"
    html = f'<!doctype html><html lang="en" dir="ltr"><head>{head}</head><body>{body}</body></html>'
    status = 403 if who.why in (Why.ROLE, Why.PROXY) else 401
    return HTMLResponse(html, status, {"Cache-Control": "no-store"})


def _way(href: str, word: str) -> str:
    return tag("p", tag("a", escape(label(word)), href=href, class_="ht-button ht-way"))
