"""The tree as a whole: reached, without circles, and every path ends with a human."""

from tests.helpers import Edit, findings_in, problems_of, write_tree

PAID, STATUS, WAIT_FOR_IT = "questions/paid.yaml", "questions/status.yaml", "outcomes/wait-for-it.yaml"


def question(*nexts: str) -> str:
    options = "".join(f'  - {{id: "o{n}", label: "Option {n}", next: {next_}}}\n' for n, next_ in enumerate(nexts))
    return f'text: "Well?"\noptions:\n{options}'


def codes(folder) -> list[str]:
    return [found.kind.code for found in findings_in(folder)]


def test_a_shared_node_is_no_circle(tmp_path):
    changes = {PAID: question("a", "b"), "questions/a.yaml": question("b"), "questions/b.yaml": question("wait-for-it")}
    assert "no-exit-cycle" not in codes(write_tree(tmp_path, changes))


def test_a_question_that_leads_to_itself(tmp_path):
    tree = write_tree(tmp_path, {PAID: Edit("next: wait-for-it", "next: paid")})
    expected = "questions/paid.yaml:4:5: error no-exit-cycle: the path runs in a circle: paid -> paid."
    assert expected in problems_of(tree)


def test_a_circle_is_told_from_the_root_at_the_option_that_leads_back(tmp_path):
    changes = {
        PAID: question("a", "wait-for-it"),
        "questions/a.yaml": question("wait-for-it", "b"),
        "questions/b.yaml": question("wait-for-it", "paid"),
    }
    expected = "questions/b.yaml:4:5: error no-exit-cycle: the path runs in a circle: paid -> a -> b -> paid."
    assert [expected] == [line for line in problems_of(write_tree(tmp_path, changes)) if "no-exit" in line]


def test_every_circle_is_told(tmp_path):
    changes = {PAID: question("paid", "a", "wait-for-it"), "questions/a.yaml": question("a", "paid", "wait-for-it")}
    assert 3 == codes(write_tree(tmp_path, changes)).count("no-exit-cycle")


def test_a_circle_through_a_status(tmp_path):
    tree = write_tree(tmp_path, {"statuses/packing.yaml": Edit("leads_to: paid", "leads_to: status")})
    expected = "questions/status.yaml:6:5: error no-exit-cycle: the path runs in a circle: status -> status."
    assert expected in problems_of(tree)


def test_a_tree_of_a_thousand_questions_in_a_row_is_no_problem_of_depth(tmp_path):
    changes = {f"questions/q{n}.yaml": question(f"q{n + 1}") for n in range(1500)}
    changes |= {PAID: question("q0"), "questions/q1500.yaml": question("wait-for-it", "q1500")}
    assert 1 == codes(write_tree(tmp_path, changes)).count("no-exit-cycle")


def test_everything_that_no_path_leads_to_is_told(tmp_path):
    tree = write_tree(tmp_path, {STATUS: question("wait-for-it", "ask-a-human")})
    expected = [
        "questions/paid.yaml:1:1: error unreachable: no path leads to the question 'paid'.",
        "statuses/packing.yaml:1:1: error unreachable: no path leads to the status 'packing'.",
    ]
    assert expected == [line for line in problems_of(tree) if "unreachable" in line]


def test_a_link_in_a_text_leads_to_its_page(tmp_path):
    lone = 'title: "a"\napplies: "b"\nsteps: [{id: c, text: "d"}]\nreviewed: 2026-11-01\n'
    alone = write_tree(tmp_path / "alone", {"remedies/more.yaml": lone})
    linked = write_tree(
        tmp_path / "linked",
        {"remedies/more.yaml": lone, PAID: Edit("Look at your receipt.", "See [more](ref:more).")},
    )
    assert ["unreachable"] == codes(alone)
    assert [] == codes(linked)


def test_two_options_that_differ_only_in_case_and_blanks_read_the_same(tmp_path):
    tree = write_tree(tmp_path, {PAID: Edit('label: "No"', 'label: "yes  "')})
    expected = "questions/paid.yaml:5:5: error ambiguous-option: two options read 'yes  '."
    assert [expected] == problems_of(tree)


def test_an_option_that_reads_like_a_status(tmp_path):
    tree = write_tree(tmp_path, {STATUS: Edit('"I see none of these"', '"Still being packed"')})
    expected = "questions/status.yaml:7:5: error ambiguous-option: two options read 'Still being packed'."
    assert [expected] == problems_of(tree)


def test_a_status_listed_twice(tmp_path):
    twice = "  - {status: packing, group: before}\n"
    tree = write_tree(tmp_path, {STATUS: Edit(twice, twice * 2)})
    expected = "questions/status.yaml:7:5: error shadowed-option: this option repeats line 6: same id 'packing'."
    assert [expected] == problems_of(tree)


def test_an_outcome_without_a_human(tmp_path):
    tree = write_tree(tmp_path, {WAIT_FOR_IT: Edit("human_route: call-us\n", "")})
    expected = "outcomes/wait-for-it.yaml:1:1: error no-human-route: the outcome 'wait-for-it' leads to no human."
    assert [expected] == problems_of(tree)


def test_the_human_comes_last_and_only_once(tmp_path):
    tree = write_tree(tmp_path, {WAIT_FOR_IT: Edit("remedies: [wait]", "remedies: [wait, call-us, wait]")})
    expected = [
        "outcomes/wait-for-it.yaml:4:18: error repeated-remedy: the remedy 'call-us' is listed twice.",
        "outcomes/wait-for-it.yaml:4:27: error repeated-remedy: the remedy 'wait' is listed twice.",
    ]
    assert expected == problems_of(tree)


def test_flow_is_judged_only_when_links_are_right(tmp_path):
    tree = write_tree(tmp_path, {PAID: question("nowhere"), WAIT_FOR_IT: Edit("human_route: call-us\n", "")})
    assert ["unknown-target"] == codes(tree)
