"""Each file for itself: fields, types, ids, with the place of every fault."""

import pytest

from tests.helpers import Edit, problems_of, write_tree

PAID, STATUS, PACKING = "questions/paid.yaml", "questions/status.yaml", "statuses/packing.yaml"
WAIT, WAIT_FOR_IT = "remedies/wait.yaml", "outcomes/wait-for-it.yaml"

CASES = {
    "a misspelt field is told once, with the right name": (
        {WAIT_FOR_IT: Edit("summary:", "sumary:")},
        ["outcomes/wait-for-it.yaml:2:1: error unknown-key: 'sumary' is not a field of the outcome 'wait-for-it'."
         " Did you mean 'summary'?"],
    ),
    "a misspelt field of an option": (
        {PAID: Edit('label: "No"', 'lable: "No"')},
        ["questions/paid.yaml:5:14: error unknown-key: 'lable' is not a field of options in the question 'paid'."
         " Did you mean 'label'?"],
    ),
    "a field that does not exist": (
        {PAID: Edit("hint:", "colour:")},
        ["questions/paid.yaml:2:1: error unknown-key: 'colour' is not a field of the question 'paid'."],
    ),
    "an option without its next": (
        {PAID: Edit(', next: ask-a-human', "")},
        ["questions/paid.yaml:5:5: error missing-key: an option of the question 'paid' has no 'next'."],
    ),
    "a text where a list belongs": (
        {PAID: 'text: "Did you pay?"\noptions: yes\n'},
        ["questions/paid.yaml:2:10: error wrong-type: options of the question 'paid' must be a list, found a text."],
    ),
    "a text where an option belongs": (
        {PAID: 'text: "Did you pay?"\noptions: [yes]\n'},
        ["questions/paid.yaml:2:11: error wrong-type: options.0 of the question 'paid' must be `key: value` lines,"
         " found a text."],
    ),
    "an empty list of steps": (
        {WAIT: 'title: "a"\napplies: "b"\nsteps: []\nreviewed: 2026-11-01\n'},
        ["remedies/wait.yaml:3:8: error empty-text: steps of the remedy 'wait' is empty."],
    ),
    "an empty text": (
        {PAID: Edit('"Look at your receipt."', '""')},
        ["questions/paid.yaml:2:7: error empty-text: question.paid.hint is empty."],
    ),
    "a day that is none": (
        {WAIT: Edit("2026-11-01", "soon")},
        ["remedies/wait.yaml:8:11: error bad-value: reviewed of the remedy 'wait' is 'soon':"
         " it must be a day such as 2026-11-23."],
    ),
    "a number that is none": (
        {"facts.yaml": Edit('value: "3"', "value: three")},
        ["facts.yaml:1:23: error bad-value: value of the fact 'packing_time' is 'three':"
         " it must be a number such as 72."],
    ),
    "a unit that is none": (
        {"facts.yaml": Edit("unit: day", "unit: days")},
        ["facts.yaml:1:45: error bad-value: unit of the fact 'packing_time' is 'days':"
         " it must be 'minute', 'hour', 'day', 'business-day', 'week', 'month' or 'none'."],
    ),
    "yes or no": (
        {PACKING: Edit('attested: "no"', "attested: maybe")},
        ["statuses/packing.yaml:9:42: error bad-value: wordings.fr.0.attested of the status 'packing' is 'maybe':"
         " it must be 'yes' or 'no'."],
    ),
    "a wording in no language": (
        {PACKING: Edit("  fr:", "  french:")},
        ["statuses/packing.yaml:8:3: error unknown-locale: 'french' is not a language tag."],
    ),
    "an address that is none": (
        {"sources.yaml": Edit("https://help", "javascript:help")},
        ["sources.yaml:1:59: error bad-value: url of the source 'shop' is 'javascript:help.example.com/packing':"
         " it must be an address such as https://example.com/help."],
    ),
    "an id in capitals": (
        {"remedies/Wait.yaml": 'title: "a"\n'},
        ["remedies/Wait.yaml:1:1: error id-charset: 'Wait' is not an id.",
         "remedies/Wait.yaml:1:1: error missing-key: the remedy 'Wait' has no 'applies'.",
         "remedies/Wait.yaml:1:1: error missing-key: the remedy 'Wait' has no 'reviewed'.",
         "remedies/Wait.yaml:1:1: error missing-key: the remedy 'Wait' has no 'steps'."],
    ),
    "a fact with a hyphen": (
        {"facts.yaml": Edit("packing_time:", "packing-time:")},
        ["facts.yaml:1:1: error id-charset: 'packing-time' is not an id."],
    ),
    "remedies of a question": (
        {PAID: Edit("options:", "remedies: [wait]\noptions:")},
        ["questions/paid.yaml:3:1: error contradiction: a question has no 'remedies': that belongs to an outcome."],
    ),
    "a tree without a root": (
        {"tree.yaml": Edit("root: status\n", "")},
        ["tree.yaml:1:1: error missing-key: tree.yaml has no 'root'."],
    ),
    "a text that a comment cuts short": (
        {WAIT_FOR_IT: Edit('"Your parcel is being packed"', "Order # is being packed")},
        ["outcomes/wait-for-it.yaml:1:8: error inline-comment-in-text: a comment cuts this text short:"
         " everything after # is lost."],
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", CASES)
def test_it_is_told_at_its_place(what, tmp_path):
    changes, expected = CASES[what]
    found = problems_of(write_tree(tmp_path, changes))
    # A fact that has no shape is not known to texts: what they say then is no part of the case.
    assert expected == [line for line in found if "unknown-placeholder" not in line]


def test_a_comment_after_an_id_loses_nothing(tmp_path):
    assert [] == problems_of(write_tree(tmp_path, {"tree.yaml": Edit("root: status", "root: status # where we begin")}))


def test_scalars_that_look_like_other_types_are_texts(tmp_path):
    changes = {
        PAID: 'text: no\nhint: 12:30\noptions:\n  - {id: no, label: 010, next: wait-for-it}\n'
        "  - {id: yes, label: 2024-01-01, next: ask-a-human}\n",
        "journeys/packing-paid.yaml": "about: null\nanswers: {status: packing, paid: no}\nexpect: wait-for-it\n",
        "journeys/packing-unpaid.yaml": "about: ~\nanswers: {status: packing, paid: yes}\nexpect: ask-a-human\n",
    }  # fmt: skip
    assert [] == problems_of(write_tree(tmp_path, changes))
