"""What walks come to: figures by hand, and rates that cannot leave 0 to 100 % whatever happened."""

import json
import re
from datetime import datetime, timedelta
from io import StringIO
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from helptree.feedback import Event, Happening, Kind, Submission
from helptree.feedback.report import _lines, _rows, as_data, at_least, make_report
from helptree.feedback.report_html import to_html
from helptree.feedback.report_text import bar, show
from helptree.feedback.retention import prune
from helptree.feedback.rows import row_of, rows_of
from helptree.feedback.tally import WALK, Count, tally_events

NOW = datetime(2026, 11, 23, 12)


def at(hours, walk, kind, node, locale="fr"):
    return SimpleNamespace(at=NOW - timedelta(hours=hours), walk=walk, kind=kind, node=node, locale=locale)


def parts(tally, node):
    """views, helped, did not, left, rest; over all weeks and languages."""
    found = [count for key, count in tally.items() if key.node == node]
    return tuple(
        sum(getattr(c, name) for c in found) for name in ("views", "helped", "not_helped", "left_here", "rest")
    )


def test_silence_at_an_outcome_is_unknown_and_at_a_question_left():
    tally = tally_events(
        [
            *(at(9, "silent", kind, node) for kind, node in [("start", "q1"), ("step", "q2"), ("outcome", "o1")]),
            *(at(9, "stopped", kind, node) for kind, node in [("start", "q1"), ("step", "q2")]),
            *(at(0, "walking", kind, node) for kind, node in [("start", "q1")]),
            *(at(9, "glad", kind, node) for kind, node in [("start", "q1"), ("outcome", "o1"), ("helped", "o1")]),
        ],
        NOW,
    )
    assert (4, 0, 0, 0, 4) == parts(tally, "q1")
    assert (2, 0, 0, 1, 1) == parts(tally, "q2")
    assert (2, 1, 0, 0, 1) == parts(tally, "o1")
    assert (4, 1, 0, 1, 2) == parts(tally, WALK)


def test_last_word_counts_and_a_node_seen_twice_is_one_view():
    events = [("start", "q"), ("outcome", "o"), ("not_helped", "o"), ("step", "q"), ("outcome", "o"), ("helped", "o")]
    tally = tally_events([at(9, "w", kind, node) for kind, node in events], NOW)
    assert ((1, 1, 0, 0, 0), (1, 0, 0, 0, 1)) == (parts(tally, "o"), parts(tally, "q"))


def test_leaving_for_certain_counts_at_once():
    tally = tally_events([at(0, "w", "start", "q"), at(0, "w", "left", "q")], NOW)
    assert (1, 0, 0, 1, 0) == parts(tally, "q")


happened = st.builds(
    at, st.integers(0, 9000), st.sampled_from("abcdef"), st.sampled_from(list(Happening)), st.sampled_from("uvwxyz"),
    st.sampled_from(["fr", "ar"]),
)  # fmt: skip


@given(st.lists(happened, max_size=60))
def test_every_rate_is_within_0_and_100_percent(events):
    events.sort(key=lambda event: event.walk)
    tally = tally_events(events, NOW)
    for count in tally.values():
        assert min(count.helped, count.not_helped, count.left_here, count.rest) >= 0
        assert count.views == count.helped + count.not_helped + count.left_here + count.rest > 0
    assert len({event.walk for event in events}) == parts(tally, WALK)[0]
    for node in {event.node for event in events}:
        assert parts(tally, node)[0] == len({event.walk for event in events if event.node == node})


@given(st.lists(happened, max_size=40), st.lists(happened, max_size=40))
def test_shares_and_plots_stay_within_bounds_and_all_sums_agree(live, pruned):
    """Also when counts that were kept are added to those of walks that are still there."""
    tally = {}
    for number, events in enumerate((live, pruned)):
        for event in sorted(events, key=lambda event: event.walk):
            event.walk += str(number)
        for key, count in tally_events(sorted(events, key=lambda event: event.walk), NOW).items():
            tally.setdefault(key, Count(count.kind)).add(count)
    lines = [
        *(line for name in ("node", "locale", "week") for line in by(tally, name, walks=name != "node")),
        *_rows(tally, {}),
    ]
    for line in lines:
        assert line.views == line.helped + line.not_helped + line.left_here + line.unknown
        assert all(part is None or 0 <= part <= 1 for part in (line.helped_share, line.left_share, line.badness))
        assert 0 <= len(bar(line, max(each.views for each in lines))) <= 16
    walks = sum(count.views for key, count in tally.items() if key.node == WALK)
    assert walks == sum(line.views for line in by(tally, "week", walks=True))
    assert walks == sum(line.views for line in by(tally, "locale", walks=True))
    views = {line.name: line.views for line in by(tally, "node", walks=False)}
    assert sum(views.values()) == sum(row.views for row in _rows(tally, {}))


def by(tally, name, *, walks):
    return list(_lines(tally, lambda key: getattr(key, name), {}, walks=walks))


@given(st.integers(0, 500), st.integers(0, 500))
def test_least_share_is_within_what_was_seen(part, more):
    assert 0 <= at_least(part, part + more) <= (part / (part + more) if part + more else 0) + 1e-9


def fill(feedback, at_=NOW):
    """Two walks in French, one in Arabic; a gap, a wrong page, a comment that tries to be markup."""
    events = [
        Event(Happening.START, "w1", "fr", "which-status"),
        Event(Happening.OUTCOME, "w1", "fr", "refund"),
        Event(Happening.START, "w2", "fr", "which-status"),
        Event(Happening.START, "w3", "ar", "which-status"),
        Event(Happening.OUTCOME, "w3", "ar", "refund"),
    ]
    said = [
        Submission(Kind.HELPED, "fr", "refund", walk="w1"),
        Submission(Kind.NOT_HELPED, "ar", "refund", "<b>no</b> [red]", walk="w3"),
        Submission(Kind.SEARCH_NOTHING, "fr", "", "Colis  Perdu"),
        Submission(Kind.SEARCH_REJECTED, "en", "", "colis perdu"),
        Submission(Kind.WRONG_PAGE, "fr", "refund"),
    ]
    rows = [row_of(event) for event in events]
    for sent in said:
        rows += rows_of(sent, f"receipt-{sent.key}"[:32], sent.text)
    for row in rows:
        row.values["at"] = at_
    feedback._keeper.store.add(rows)
    return feedback._keeper.store.engine


LATER = NOW + timedelta(hours=5)


def figures(line):
    return (line.views, line.helped, line.not_helped, line.left_here, line.unknown)


def test_report_counts_by_node_language_and_week(feedback):
    report = make_report(fill(feedback), now=LATER)
    assert (3, 1, 1, 1, 0) == figures(report.walks)
    assert {"which-status": (3, 0, 0, 1, 2), "refund": (2, 1, 1, 0, 0)} == {n.name: figures(n) for n in report.nodes}
    assert {"fr": (2, 1, 0, 1, 0), "ar": (1, 0, 1, 0, 0)} == {n.name: figures(n) for n in report.languages}
    assert {"2026-W48": (3, 1, 1, 1, 0)} == {week.name: figures(week) for week in report.weeks}
    assert ["refund"] == [line.name for line in report.worst]
    assert [("colis perdu", 2, 1, ("en", "fr"))] == [(g.query, g.times, g.rejected, g.locales) for g in report.gaps]
    assert ["wrong_page", "not_helped"] == [voice.kind for voice in report.voices]
    assert 0.5 == report.nodes[1].helped_share


def test_figures_stay_when_walks_become_counts_and_texts_go(feedback):
    engine = fill(feedback)
    before = make_report(engine, weeks=60, now=LATER)
    gone = prune(engine, now=NOW + timedelta(days=181))
    after = make_report(engine, weeks=60, now=LATER)
    assert (3, 3) == (gone.texts, gone.walks)
    for name in ("walks", "nodes", "worst", "languages", "weeks", "submissions"):
        assert getattr(before, name) == getattr(after, name), name
    assert ([], [""]) == (after.gaps, [voice.text for voice in after.voices])
    assert (0, 0) == (lambda again: (again.texts, again.walks))(prune(engine, now=NOW + timedelta(days=181)))


def test_prune_keeps_what_is_younger(feedback):
    engine = fill(feedback)
    assert (0, 0) == (lambda gone: (gone.texts, gone.walks))(prune(engine, now=NOW + timedelta(days=179)))


def test_html_is_one_file_that_runs_and_fetches_nothing(feedback):
    html = to_html(make_report(fill(feedback), titles={"refund": "Your <refund>"}, now=LATER))
    assert "&lt;b&gt;no&lt;/b&gt;" in html
    assert "Your &lt;refund&gt;" in html
    assert [tag for tag in ("<script", "<b>no", "http://", "https://", "src=", "href=", "url(") if tag in html] == []
    drawings = re.findall(r"<svg.*?</svg>", html, re.DOTALL)
    assert 6 == len(drawings)  # weeks, languages, the weeks of two languages, worst outcomes, nodes
    for drawing in drawings:
        for piece in ElementTree.fromstring(drawing).iter("rect"):
            left, width = float(piece.get("x")), float(piece.get("width"))
            assert 0 <= left <= left + width <= 760


def test_terminal_shows_readers_texts_as_they_are(feedback):
    console = Console(file=StringIO(), width=160)
    show(make_report(fill(feedback), now=LATER), console)
    told = console.file.getvalue()
    assert "3 walks; helped 1, did not help 1, left at a question 1, unknown 0" in told
    assert "<b>no</b> [red]" in told
    assert "In the plots: ██ helped  ▓▓ did not  ▒▒ left here  ░░ unknown" in told
    plots = dict(reversed(re.findall(r"^ +(\S+) .*?([█▓▒░]+) *$", told, re.MULTILINE)))  # each in its first table
    assert ("▒" * 5 + "░" * 11, "█" * 5 + "▓" * 6) == (plots["which-status"], plots["refund"])
    assert "█" * 5 + "▓" * 6 + "▒" * 5 == plots["2026-W48"]
    assert "By week: fr" in told


def test_one_language_alone(feedback):
    report = make_report(fill(feedback), now=LATER, locale="fr")
    assert (2, 1, 0, 1, 0) == figures(report.walks)
    assert {"which-status": (2, 0, 0, 1, 1), "refund": (1, 1, 0, 0, 0)} == {n.name: figures(n) for n in report.nodes}
    assert ["fr"] == [line.name for line in report.languages]
    assert [("colis perdu", 1, 0, ("fr",))] == [(g.query, g.times, g.rejected, g.locales) for g in report.gaps]
    assert ["wrong_page"] == [voice.kind for voice in report.voices]


def test_every_node_is_told_by_language_and_week(feedback):
    data = json.loads(json.dumps(as_data(make_report(fill(feedback), now=LATER))))
    rows = {(row["week"], row["locale"], row["name"]): (row["views"], row["helped_share"]) for row in data["counts"]}
    assert {
        ("2026-W48", "ar", "refund"): (1, 0.0),
        ("2026-W48", "ar", "which-status"): (1, None),
        ("2026-W48", "fr", "refund"): (1, 1.0),
        ("2026-W48", "fr", "which-status"): (2, None),
    } == rows
    weeks = {
        locale: [(week["name"], week["views"]) for week in lines] for locale, lines in data["language_weeks"].items()
    }
    assert {"fr": [("2026-W48", 2)], "ar": [("2026-W48", 1)]} == weeks


def test_json_is_plain_and_says_null_for_what_nobody_said(feedback):
    data = json.loads(json.dumps(as_data(make_report(fill(feedback), now=LATER))))
    question = next(node for node in data["nodes"] if node["name"] == "which-status")
    assert (None, 1 / 3) == (question["helped_share"], pytest.approx(question["left_share"]))


def test_report_of_nothing_is_a_report(feedback):
    report = make_report(feedback._keeper.store.engine, now=NOW)
    console = Console(file=StringIO(), width=100)
    show(report, console)
    assert "Nothing was said yet." in console.file.getvalue()
    assert "<h1>" in to_html(report)
