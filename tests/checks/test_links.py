"""Every id that names something else: with the nearest known one, at the place of the id."""

import pytest

from tests.helpers import Edit, problems_of, write_tree

CASES = {
    "the root": (
        {"tree.yaml": Edit("root: status", "root: statsu")},
        "tree.yaml:4:7: error unknown-target: root names 'statsu', which is not a question. Did you mean 'status'?",
    ),
    "a root that is an outcome": (
        {"tree.yaml": Edit("root: status", "root: wait-for-it")},
        "tree.yaml:4:7: error unknown-target: root names 'wait-for-it', which is not a question.",
    ),
    "the next of an option": (
        {"questions/paid.yaml": Edit("next: ask-a-human", "next: ask-human")},
        "questions/paid.yaml:5:33: error unknown-target: options.1.next names 'ask-human',"
        " which is not a question or an outcome. Did you mean 'ask-a-human'?",
    ),
    "a remedy as next": (
        {"questions/paid.yaml": Edit("next: ask-a-human", "next: call-us")},
        "questions/paid.yaml:5:33: error unknown-target: options.1.next names 'call-us',"
        " which is not a question or an outcome.",
    ),
    "the status of an option": (
        {"questions/status.yaml": Edit("status: packing", "status: boxed")},
        "questions/status.yaml:6:14: error unknown-target: options.0.status names 'boxed', which is not a status.",
    ),
    "where a status leads": (
        {"statuses/packing.yaml": Edit("leads_to: paid", "leads_to: pai")},
        "statuses/packing.yaml:4:11: error unknown-target: leads_to names 'pai',"
        " which is not a question or an outcome. Did you mean 'paid'?",
    ),
    "what a status may become": (
        {"statuses/packing.yaml": Edit("leads_to: paid", "leads_to: paid\nmay_become: [sent]")},
        "statuses/packing.yaml:5:14: error unknown-target: may_become.0 names 'sent', which is not a status.",
    ),
    "a remedy of an outcome": (
        {"outcomes/wait-for-it.yaml": Edit("remedies: [wait]", "remedies: [weit]")},
        "outcomes/wait-for-it.yaml:4:12: error unknown-target: remedies.0 names 'weit',"
        " which is not a remedy. Did you mean 'wait'?",
    ),
    "the human route": (
        {"outcomes/wait-for-it.yaml": Edit("human_route: call-us", "human_route: call")},
        "outcomes/wait-for-it.yaml:5:14: error unknown-target: human_route names 'call',"
        " which is not a remedy. Did you mean 'call-us'?",
    ),
    "a message of a remedy": (
        {"remedies/call-us.yaml": Edit("[where-is-it]", "[where-is-this]")},
        "remedies/call-us.yaml:5:12: error unknown-target: messages.0 names 'where-is-this',"
        " which is not a message. Did you mean 'where-is-it'?",
    ),
    "the source of a wording": (
        {"statuses/packing.yaml": Edit('"yes", source: shop', '"yes", source: shopp')},
        "statuses/packing.yaml:7:50: error unknown-target: wordings.en.0.source names 'shopp',"
        " which is not a source in sources.yaml. Did you mean 'shop'?",
    ),
    "the source of a fact": (
        {"facts.yaml": Edit("source: shop", "source: help")},
        "facts.yaml:1:99: error unknown-target: source names 'help', which is not a source in sources.yaml.",
    ),
    "the outcome of a journey": (
        {"journeys/none.yaml": Edit("expect: ask-a-human", "expect: paid")},
        "journeys/none.yaml:3:9: error unknown-target: expect names 'paid', which is not an outcome.",
    ),
    "the status of a saying": (
        {"sayings/fr.yaml": "statuses:\n  pakcing: on emballe encore\n"},
        "sayings/fr.yaml:2:12: error unknown-target: statuses.pakcing names 'pakcing', which is not a status."
        " Did you mean 'packing'?",
    ),
    "the topic of a saying": (
        {"sayings/fr.yaml": "other_topics:\n  weather: il pleut\n"},
        "sayings/fr.yaml:2:12: error unknown-target: other_topics.weather names 'weather',"
        " which is not a topic in other_topics.yaml.",
    ),
    "a group where none is declared": (
        {"questions/paid.yaml": Edit('label: "No", ', 'label: "No", group: other, ')},
        "questions/paid.yaml:5:34: error unknown-target: group names 'other', which is not a group of this question.",
    ),
    "a redirect to nowhere": (
        {"redirects.yaml": "old-page: wiat\n"},
        "redirects.yaml:1:1: error redirect-broken: the redirect from 'old-page' leads to no page: 'wiat'."
        " Did you mean 'wait'?",
    ),
    "a redirect of an option of no question": (
        {"redirects.yaml": "gone/a: b\n"},
        "redirects.yaml:1:1: error redirect-broken: the redirect from 'gone/a' leads to no option: 'b'.",
    ),
}


@pytest.mark.parametrize("what", CASES)
def test_what_leads_nowhere_is_the_only_finding(what, tmp_path):
    changes, expected = CASES[what]
    assert [expected] == problems_of(write_tree(tmp_path, changes))


def test_a_file_that_cannot_be_read_is_not_also_an_unknown_target(tmp_path):
    tree = write_tree(tmp_path, {"remedies/wait.yaml": "title: [\n"})
    assert ["remedies/wait.yaml"] == [line.split(":")[0] for line in problems_of(tree)]


def test_right_redirects_are_right(tmp_path):
    redirects = "old-wait: wait\nolder-wait: old-wait\npaid/maybe: no\npaid/perhaps: maybe\n"
    assert [] == problems_of(write_tree(tmp_path, {"redirects.yaml": redirects}))


def test_redirects_in_a_circle_lead_to_no_page(tmp_path):
    tree = write_tree(tmp_path, {"redirects.yaml": "one: two\ntwo: one\n"})
    assert ["redirect-broken"] * 2 == [line.split()[2].rstrip(":") for line in problems_of(tree)]
