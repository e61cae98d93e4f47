"""Makes trees of any size to measure with: every question has four options, the last rank is outcomes."""

import shutil
from pathlib import Path

OPTIONS = 4
MINIMAL = Path(__file__).parents[1] / "tests" / "trees" / "minimal"


def write_tree(folder: Path, nodes: int) -> None:
    """A valid tree with so many nodes and a few more: they hang below the root of the tests' minimal tree."""
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
