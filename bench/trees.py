"""Makes trees of any size to measure with."""

import shutil
from pathlib import Path

OPTIONS = 4
MINIMAL = Path(__file__).parents[1] / "tests" / "trees" / "minimal"


def write_tree(folder: Path, nodes: int) -> None:
    """A valid tree with so many nodes and a few more: they hang below the root of the tests' minimal tree.

    Every question has four options, the last rank is outcomes.
    """
    shutil.copytree(MINIMAL, folder)
    shutil.rmtree(folder / "journeys")
    with (folder / "questions" / "status.yaml").open("a") as root:
        root.write('  - {id: more, label: "Something else", next: node-0, group: other}\n')
    questions = nodes // OPTIONS
    for number in range(questions * OPTIONS + 1):
        kind, text = ("questions", _question(number)) if number < questions else ("outcomes", _outcome(number))
        (folder / kind / f"node-{number}.yaml").write_text(text)


def _question(number: int) -> str:
    children = range(number * OPTIONS + 1, (number + 1) * OPTIONS + 1)
    options = (f'  - {{id: to-{child}, label: "Option {child}", next: node-{child}}}\n' for child in children)
    return f'text: "Question {number}?"\noptions:\n' + "".join(options)


def _outcome(number: int) -> str:
    return f'title: "Outcome {number}"\nsummary: "So it is."\nnow: "Wait."\nremedies: [wait]\nhuman_route: call-us\n'


_SENTENCE = "Look at the order page, read the line below the title, and then do what it asks of you. "
_OWN_PAGES = 8  # of the minimal tree that the pages are added to


def write_help_tree(folder: Path, pages: int) -> None:
    """A valid tree with exactly so many pages of about 200 words: a quarter questions, the rest outcomes and remedies.

    Each outcome is reached by one question and has a remedy of its own; the questions hang below the root.
    """
    shutil.copytree(MINIMAL, folder)
    shutil.rmtree(folder / "journeys")
    groups, rest = divmod(pages - _OWN_PAGES, 4)
    with (folder / "questions" / "status.yaml").open("a") as root:
        for number in range(groups):
            root.write(f'  - {{id: more-{number}, label: "Case {number}", next: case-{number}, group: other}}\n')
    for number in range(groups):
        (folder / "questions" / f"case-{number}.yaml").write_text(_case(number))
        (folder / "outcomes" / f"end-{number}.yaml").write_text(_end(number))
        for kind in ("do", "else") if number >= rest else ("do", "else", "more"):
            (folder / "remedies" / f"{kind}-{number}.yaml").write_text(_remedy(f"{kind} {number}"))


def _case(number: int) -> str:
    return (
        f'text: "Is it case {number}?"\nhint: "{_SENTENCE * 3}"\noptions:\n'
        f'  - {{id: yes, label: "Yes, that is it", next: end-{number}}}\n'
        '  - {id: no, label: "No, something else", next: ask-a-human}\n'
    )


def _end(number: int) -> str:
    return (
        f'title: "Outcome {number}"\nsummary: "{_SENTENCE * 2}"\nnow: "{_SENTENCE * 2}"\n'
        f"remedies: [do-{number}, else-{number}]\nhuman_route: call-us\n"
    )


def _remedy(name: str) -> str:
    steps = "".join(f'  - {{id: step-{step}, text: "{_SENTENCE}"}}\n' for step in range(5))
    return (
        f'title: "Remedy {name}"\napplies: "{_SENTENCE}"\nsteps:\n{steps}'
        'deadline: "Do it within {packing_time}."\nsources: [shop]\nreviewed: 2026-11-01\n'
    )
