"""Who may enter, as the operator says it: by variables of the environment. Without them nothing is served."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlsplit

PREFIX = "HELPTREE_STAFF_"
LEAST_SECRET = 32
_MOST_HOURS = 24.0
_BY_OIDC = ("PROVIDER", "CLIENT_ID", "CLIENT_SECRET", "COOKIE_SECRET")


class AccessError(Exception):
    """The settings do not say who may enter. The message says what is missing."""


@dataclass(frozen=True, slots=True)
class Access:
    """Who may enter. Either `provider`, an OpenID provider's own description, or `proxy_secret` is there.

    `url`: the address that agents open; `role`: what lets in, one of the values of the claim `role_claim`;
    `seconds`: how long a sign-in holds.
    """

    url: str
    role: str
    seconds: float
    provider: str = ""
    client_id: str = ""
    client_secret: str = ""
    cookie_secret: str = ""
    scope: str = "openid"
    role_claim: str = "groups"
    id_claim: str = "sub"
    proxy_secret: str = ""

    @property
    def host(self) -> str:
        """The name that agents use."""
        return urlsplit(self.url).hostname or ""

    @property
    def is_secure(self) -> bool:
        """Whether agents come by https, so that cookies may say so."""
        return self.url.startswith("https:")

    def secrets(self) -> dict[str, Any]:
        """Return what Streamlit's login needs."""
        if not self.provider:
            return {}
        auth = {
            "redirect_uri": f"{self.url}/oauth2callback",
            "cookie_secret": self.cookie_secret,
            "client_id": self.client_id,
            "client_secret": self.client_secret,
            "server_metadata_url": self.provider,
            "client_kwargs": {"scope": self.scope},
        }
        return {"auth": auth}


@cache
def access() -> Access:
    """Return the settings of this process. Raises AccessError."""
    return read_access(os.environ)


def read_access(environment: Mapping[str, str]) -> Access:
    """Read the settings. Raises AccessError with all that is wrong."""
    given = {name: environment.get(PREFIX + name, "").strip() for name in NAMES}
    by_proxy = bool(given["PROXY_SECRET"])
    needed = ("URL", "ROLE", *(("PROXY_SECRET",) if by_proxy else _BY_OIDC))
    wrong = [f"{PREFIX}{name} is missing" for name in needed if not given[name]]
    if by_proxy and given["PROVIDER"]:
        wrong.append(f"{PREFIX}PROVIDER and {PREFIX}PROXY_SECRET exclude each other: one of them lets staff in")
    wrong += [problem for name in needed if given[name] and (problem := _problem(name, given[name]))]
    seconds = _seconds(given["HOURS"] or "8")
    if not seconds:
        wrong.append(f"{PREFIX}HOURS={given['HOURS']} is no number of hours between 0 and {_MOST_HOURS:g}")
    if wrong:
        raise AccessError("\n".join(wrong))
    named = {name.lower(): value for name, value in given.items() if value and name not in ("URL", "HOURS")}
    return Access(url=given["URL"].rstrip("/"), seconds=seconds, **named)


NAMES = ("URL", "ROLE", *_BY_OIDC, "SCOPE", "ROLE_CLAIM", "ID_CLAIM", "HOURS", "PROXY_SECRET")


def _problem(name: str, value: str) -> str:
    if name.endswith("_SECRET") and name != "CLIENT_SECRET" and len(value) < LEAST_SECRET:
        return f"{PREFIX}{name} is short: {LEAST_SECRET} random characters at least"
    if name in ("URL", "PROVIDER") and not _is_address(value, is_root=name == "URL"):
        return f"{PREFIX}{name}={value} is no address such as https://staff.example.org"
    return ""


def _is_address(value: str, *, is_root: bool) -> bool:
    try:
        parts = urlsplit(value)
        _ = parts.port
    except ValueError:
        return False
    is_plain = not (parts.query or parts.fragment or parts.username)
    return (
        parts.scheme in ("http", "https")
        and bool(parts.hostname)
        and is_plain
        and not (is_root and parts.path.strip("/"))
    )


def _seconds(hours: str) -> float:
    try:
        number = float(hours)
    except ValueError:
        return 0
    return number * 3600 if 0 < number <= _MOST_HOURS else 0
