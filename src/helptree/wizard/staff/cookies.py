"""Reads the sign-in that Streamlit keeps in signed cookies, before Streamlit itself does, and starts its login.

The only place that knows the inside of Streamlit's login: it has no door for a server that asks before it serves.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from streamlit.auth_util import encode_provider_token, get_cookie_with_chunks
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import SESSION_COOKIE_NAME, USER_COOKIE_NAME

from helptree.wizard.staff.settings import Access

LOGIN, LOGOUT, CALLBACK = "/auth/login", "/auth/logout", "/oauth2callback"
# Those of the sign-in; the other one holds the state between here and the provider.
SIGNED = USER_COOKIE_NAME
STATE = SESSION_COOKIE_NAME


def claims_in(cookies: Mapping[str, str], access: Access) -> Mapping[str, Any]:
    """Return the claims of a sign-in at this very address; none of a cookie that is not ours."""

    def single(name: str) -> bytes | None:
        value = cookies.get(name)
        return decode_signed_value(access.cookie_secret, name, value.encode("latin-1")) if value else None

    try:
        found = get_cookie_with_chunks(single, USER_COOKIE_NAME)
        claims = json.loads(found) if found else {}
    except ValueError:
        return {}
    return claims if isinstance(claims, dict) and claims.get("origin") == access.url else {}


def login_address() -> str:
    """Return where Streamlit's login begins; good for two minutes."""
    return f"{LOGIN}?provider={encode_provider_token('default')}"
