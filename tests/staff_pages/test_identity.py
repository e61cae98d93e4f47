"""Whoever may enter has signed in, with the role, not too long ago. Everybody else is refused, for one reason."""

import pytest

from helptree.wizard.staff.gate import Sessions
from helptree.wizard.staff.identity import Refused, Staff, Why, by_claims, by_proxy
from helptree.wizard.staff.settings import Access

NOW = 1_800_000_000
ACCESS = Access("https://staff.example.org", "support", 3600, provider="x", proxy_secret="p" * 32)
CLAIMS = {"is_logged_in": True, "sub": "a1", "iat": NOW - 10, "groups": ["people", "support"]}
HEADERS = {"x-helptree-proxy": "p" * 32, "x-helptree-staff": "a1", "x-helptree-roles": "people, support"}


def judge(**more):
    return by_claims({**CLAIMS, **more}, ACCESS, NOW)


def test_somebody_with_the_role_enters_until_the_session_is_over():
    who = judge()
    assert isinstance(who, Staff)
    assert ("a1", NOW - 10 + 3600) == (who.id, who.until)


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"is_logged_in": False}, Why.SIGN_IN),
        ({"is_logged_in": "yes"}, Why.SIGN_IN),
        ({"sub": None}, Why.SIGN_IN),
        ({"sub": ""}, Why.SIGN_IN),
        ({"sub": ["a1"]}, Why.SIGN_IN),
        ({"iat": None}, Why.SIGN_IN),
        ({"iat": True}, Why.SIGN_IN),
        ({"iat": "now"}, Why.SIGN_IN),
        ({"iat": NOW + 301}, Why.SIGN_IN),
        ({"iat": float("nan")}, Why.SIGN_IN),
        ({"iat": NOW - 3600}, Why.EXPIRED),
        ({"groups": []}, Why.ROLE),
        ({"groups": "supporters"}, Why.ROLE),
        ({"groups": "people support"}, Why.ROLE),
        ({"groups": ["Support"]}, Why.ROLE),
        ({"groups": None}, Why.ROLE),
        ({"groups": 1}, Why.ROLE),
    ],
)
def test_everybody_else_is_refused(more, why):
    who = judge(**more)
    assert isinstance(who, Refused)
    assert why == who.why


def test_nobody_is_refused():
    assert Refused(Why.SIGN_IN) == by_claims({}, ACCESS, NOW)


@pytest.mark.parametrize(
    ("name", "claims"),
    [
        ("roles", {"roles": "support"}),
        ("https://example.org/roles", {"https://example.org/roles": ["support"]}),
        ("realm_access.roles", {"realm_access": {"roles": ["support"]}}),
        ("urn:roles", {"urn:roles": {"support": {"1": "example.org"}}}),
    ],
)
def test_the_role_is_found_where_providers_put_it(name, claims):
    access = Access("https://staff.example.org", "support", 3600, provider="x", role_claim=name)
    assert isinstance(by_claims({**CLAIMS, "groups": [], **claims}, access, NOW), Staff)


def test_an_id_is_one_short_line_in_the_log():
    assert "a1 [31mroot" == judge(sub="a1\n \x1b[31mroot\u2028").id
    assert 120 == len(judge(sub="x" * 500).id)


def test_a_proxy_is_believed_with_its_secret_alone():
    assert isinstance(by_proxy(HEADERS, ACCESS, NOW + 1, NOW), Staff)
    for secret in ("", "p" * 31, "q" * 32, "\u00e9"):
        assert Refused(Why.PROXY) == by_proxy({**HEADERS, "x-helptree-proxy": secret}, ACCESS, NOW + 1, NOW)
    unset = Access("https://staff.example.org", "support", 3600)
    assert Refused(Why.PROXY) == by_proxy({**HEADERS, "x-helptree-proxy": ""}, unset, NOW + 1, NOW)


def test_what_a_proxy_says_is_judged_too():
    assert Refused(Why.ROLE, "a1") == by_proxy({**HEADERS, "x-helptree-roles": "people"}, ACCESS, NOW + 1, NOW)
    assert Refused(Why.SIGN_IN) == by_proxy({**HEADERS, "x-helptree-staff": ""}, ACCESS, NOW + 1, NOW)
    assert Refused(Why.EXPIRED, "a1") == by_proxy(HEADERS, ACCESS, NOW, NOW)


def test_a_sign_out_ends_this_sign_in_and_no_other(monkeypatch):
    monkeypatch.setattr("time.time", lambda: float(NOW))
    sessions, first, second = Sessions(), judge(nonce="1"), judge(nonce="2")
    sessions.end(first)
    assert (True, False) == (sessions.is_over(first), sessions.is_over(second))
