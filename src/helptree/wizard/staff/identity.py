"""Judges what somebody brings: the claims of a sign-in, or the words of the operator's proxy. Knows no server."""

from __future__ import annotations

import hmac
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Any

from helptree.wizard.staff.settings import Access

# What the operator's proxy says, and until when the gate lets such a connection be.
STAFF, ROLES, PROXY, UNTIL = "x-helptree-staff", "x-helptree-roles", "x-helptree-proxy", "x-helptree-until"
OURS = (STAFF, ROLES, PROXY, UNTIL)
_SKEW = 300  # seconds by which a provider's clock may be ahead of ours
_MOST_ID = 120


class Why(StrEnum):
    """Why somebody is not let in."""

    SIGN_IN = "no sign-in"
    EXPIRED = "session over"
    ROLE = "no role"
    PROXY = "not by the proxy"


@dataclass(frozen=True, slots=True)
class Staff:
    """Somebody who may enter. `until`: when the session is over; `session`: names this sign-in among others."""

    id: str
    until: float
    session: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Somebody who may not. `id` is empty as long as nobody has signed in."""

    why: Why
    id: str = ""


def by_claims(claims: Mapping[str, Any], access: Access, now: float) -> Staff | Refused:
    """Judge the claims of a sign-in, which Streamlit keeps in a signed cookie."""
    if claims.get("is_logged_in") is not True:
        return Refused(Why.SIGN_IN)
    id_ = _told_id(claims.get(access.id_claim))
    begun = claims.get("iat")
    if not id_ or isinstance(begun, bool) or not isinstance(begun, int | float):
        return Refused(Why.SIGN_IN)
    if not 0 < begun <= now + _SKEW:
        return Refused(Why.SIGN_IN)
    until = begun + access.seconds
    if now >= until:
        return Refused(Why.EXPIRED, id_)
    if access.role not in _roles(claims, access.role_claim):
        return Refused(Why.ROLE, id_)
    return Staff(id_, until, _session(claims))


def _session(claims: Mapping[str, Any]) -> str:
    told = "\n".join(str(claims.get(name)) for name in ("iss", "sub", "iat", "nonce"))
    return sha256(told.encode(errors="replace")).hexdigest()


def _roles(claims: Mapping[str, Any], name: str) -> set[str]:
    """Return the roles in a claim: text, a list, or an object by role; `a.b` also names a claim inside another."""
    value: Any = claims.get(name)
    if value is None and "." in name:
        value = claims
        for part in name.split("."):
            value = value.get(part) if isinstance(value, Mapping) else None
    if isinstance(value, str):
        return {value}
    return {each for each in value if isinstance(each, str)} if isinstance(value, list | tuple | Mapping) else set()


def by_proxy(headers: Mapping[str, str], access: Access, until: float, now: float) -> Staff | Refused:
    """Judge what the operator's proxy says. Without its secret nobody is believed."""
    told = headers.get(PROXY, "")
    if not access.proxy_secret or not hmac.compare_digest(told.encode(), access.proxy_secret.encode()):
        return Refused(Why.PROXY)
    id_ = _told_id(headers.get(STAFF))
    if not id_:
        return Refused(Why.SIGN_IN)
    if now >= until:
        return Refused(Why.EXPIRED, id_)
    if access.role not in _listed(headers.get(ROLES, "")):
        return Refused(Why.ROLE, id_)
    return Staff(id_, until, f"proxy {id_}")


def _listed(roles: str) -> Iterator[str]:
    return (role.strip() for role in roles.split(","))


def _told_id(value: object) -> str:
    """Return an id as it may stand in a log: one line, not long."""
    if not isinstance(value, str | int) or isinstance(value, bool):
        return ""
    kept = "".join(char for char in str(value) if unicodedata.category(char)[0] not in "CZ" or char == " ")
    return kept.strip()[:_MOST_ID]
