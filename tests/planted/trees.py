"""Random trees that are right, as files: the ground in which faults are planted, and the load of the benchmarks.

Keys, line breaks and quotes are written here a second time, on purpose; of helptree only the short codes are
used: among thousands of ids some share one, and an author would have been asked to rename it.
"""

import json
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from helptree.codes import short_code

# Scalars that a careless YAML reader turns into booleans, numbers, dates or nothing.
OPTION_IDS = (
    "yes",
    "no",
    "on",
    "off",
    "null",
    "true",
    "010",
    "1e3",
    "12",
    "2024-01-01",
    "a",
    "b-2",
    "unsure",
    "y",
    "n",
)
_WORDS = (
    "order parcel seller money card refund payment cancelled waiting notice button page shop delivery receipt "
    "Zustellung commande remboursé заказ 订单 طلب नमस्ते café 48 3.5 no yes 12:30"
)
WORDS = _WORDS.split()
UNITS = ("minute", "hour", "day", "business-day", "week", "month", "none")
NOTE_FIELDS = ("ask", "escalation", "conflicts", "notes")
CATALOG_HEAD = (
    'msgid ""\nmsgstr ""\n"Language: fr\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    '"Plural-Forms: nplurals=2; plural=(n > 1);\\n"\n\n'
)


@dataclass
class RandomTree:
    """Files by path. `texts`: key -> English, in the order of writing; `next_of`: question -> option -> node."""

    files: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    next_of: dict[str, dict[str, str]] = field(default_factory=dict)
    canaries: list[str] = field(default_factory=list)
    root: str = "start"

    def write(self, folder: Path) -> Path:
        for name, text in self.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return folder


def random_tree(random: Random, nodes: int | None = None) -> RandomTree:
    """Return a right tree of 3 to 40 questions and outcomes (or of `nodes`)."""
    return _Grower(random, nodes or random.randint(3, 40)).grow()


class _Grower:
    def __init__(self, random: Random, nodes: int) -> None:
        self.random, self.tree = random, RandomTree()
        self.codes: set[str] = set()
        outcomes = max(1, min(nodes - 2, round(nodes * random.uniform(0.3, 0.6))))
        self.questions = ["start", *(self._id("question", n) for n in range(1, nodes - outcomes))]
        self.outcomes = [self._id("outcome", n) for n in range(outcomes)]
        self.remedies = [self._id("remedy", n) for n in range(max(1, outcomes // 2))]
        self.facts = [f"fact_{n}" for n in range(random.randint(1, 4))]
        self.edges: dict[str, list[str]] = {}
        self.status_of: dict[tuple[str, str], str] = {}  # (question, next) -> status

    def _id(self, kind: str, number: int) -> str:
        id_ = f"{kind}-{number}"
        while short_code(id_) in self.codes:
            id_ += "-x"
        self.codes.add(short_code(id_))
        return id_

    def grow(self) -> RandomTree:
        self._link()
        self._write_tables()
        for question in self.questions:
            self._write_question(question)
        for (_, target), status in self.status_of.items():
            self._write_status(status, target)
        for number, outcome in enumerate(self.outcomes):
            self._write_outcome(number, outcome)
        for remedy in [*self.remedies, "human"]:
            self._write_remedy(remedy)
        self._write_message()
        self._write_journeys()
        self._write_catalog()
        return self.tree

    def _link(self) -> None:
        """Every node gets a parent before it; then some more options, so that nodes are shared."""
        order = [*self.questions, *self.outcomes]
        self.edges = {question: [] for question in self.questions}
        for index, node in enumerate(order[1:], 1):
            earlier = self.questions[: min(index, len(self.questions))]
            parent = min(self.random.choices(earlier, k=2), key=lambda question: len(self.edges[question]))
            self.edges[parent].append(node)
        for index, question in enumerate(self.questions):
            later = order[index + 1 :]
            least = 2 if question == "start" else 1
            while len(self.edges[question]) < least or self.random.random() < 0.3:
                self.edges[question].append(self.random.choice(later))
            for target in self.edges[question]:
                if self.random.random() < 0.25 and len(self.edges[question]) > least:
                    self.status_of.setdefault((question, target), self._id("status", len(self.status_of)))

    # --- texts -----------------------------------------------------------------------------------------------

    def _words(self, least: int = 3, most: int = 12) -> str:
        found = self.random.choices(WORDS, k=self.random.randint(least, most))
        return "Text " + " ".join(found)

    def _prose(self) -> str:
        text = self._words() + "."
        if self.random.random() < 0.4:
            text += f" Wait **{{{self.random.choice(self.facts)}}}**."
        if self.random.random() < 0.2:
            text += f" See [this](ref:{self.random.choice(self.questions)}) or `code`."
        if self.random.random() < 0.2:
            text += f"\n\n{self._words()}."
        return text

    def _text(self, key: str, text: str) -> str:
        self.tree.texts[key] = text
        return json.dumps(text, ensure_ascii=False)

    def _staff(self, name: str, column: str = "") -> str:
        """Every internal field there is, each with a canary of its own, in half of all places."""
        if self.random.random() < 0.5:
            return ""
        lines = [
            "staff:",
            f'  api: "{self._canary()} api of {name}"',
            f"  confidence: {self.random.choice(['high', 'medium', 'low'])}",
            f'  reasons: [{{code: "{self._canary()}", meaning: "{self._canary()} why", who: seller}}]',
            f'  bears_cost: {{who: nobody, text: "{self._canary()} pays"}}',
            *(f'  {field}: [{{id: one, text: "{self._canary()} {field}"}}]' for field in NOTE_FIELDS),
        ]
        return "".join(f"{column}{line}\n" for line in lines)

    def _canary(self) -> str:
        """A word that occurs nowhere else: letters that change under case, NFD, base64 and HTML."""
        canary = f"CANÁRY{len(self.tree.canaries)}X{self.random.randrange(16**8):08x}"
        self.tree.canaries.append(canary)
        return canary

    # --- files -----------------------------------------------------------------------------------------------

    def _write_tables(self) -> None:
        files, text = self.tree.files, self._text
        files["tree.yaml"] = (
            f"title: {text('tree.title', self._words())}\n"
            f"description: {text('tree.description', self._words())}\n"
            f"disclaimer: {text('tree.disclaimer', self._words())}\n"
            f"root: start\nsource_locale: en\nallowed_hosts: [help.example.com]\n{self._staff('tree')}"
        )
        files["facts.yaml"] = "".join(
            f'{fact}:\n  value: "{self.random.randint(1, 90)}"\n  unit: {self.random.choice(UNITS)}\n'
            f"  as_of: 2026-10-01\n  reviewed: 2026-11-01\n  source: shop\n{self._staff(fact, '  ')}"
            for fact in self.facts
        )
        files["sources.yaml"] = 'shop: {title: "The shop", kind: official, url: "https://help.example.com/"}\n'
        files["catalogs/languages.yaml"] = (
            'en: {autonym: "English", plural_forms: "nplurals=2; plural=(n != 1);"}\n'
            'fr: {autonym: "Français", plural_forms: "nplurals=2; plural=(n > 1);"}\n'
        )

    def _write_question(self, id_: str) -> None:
        grouped = self.random.random() < 0.3
        lines = f"text: {self._text(f'question.{id_}.text', self._words() + '?')}\n"
        if self.random.random() < 0.5:
            lines += f"hint: {self._text(f'question.{id_}.hint', self._prose())}\n"
        if grouped:
            lines += "groups:\n"
            for group in ("first", "second"):
                title = self._text(f"question.{id_}.groups.{group}.title", f"Group {group}")
                lines += f"  - id: {group}\n    title: {title}\n"
        lines += "options:\n"
        taken: dict[str, str] = {}
        for number, target in enumerate(self.edges[id_]):
            lines += self._option(id_, number, target, taken)
            lines += f"    group: {self.random.choice(['first', 'second'])}\n" if grouped else ""
        self.tree.next_of[id_] = taken
        self.tree.files[f"questions/{id_}.yaml"] = lines + self._staff(id_)

    def _option(self, question: str, number: int, target: str, taken: dict[str, str]) -> str:
        status = self.status_of.get((question, target))
        if status and status not in taken:
            taken[status] = target
            return f"  - status: {status}\n"
        id_ = OPTION_IDS[number] if number < len(OPTION_IDS) else f"option-{number}"
        taken[id_] = target
        label = self._text(f"question.{question}.options.{id_}.label", f"Choice {number} {self._words(1, 3)}")
        return f'  - id: "{id_}"\n    label: {label}\n    next: {target}\n'

    def _write_status(self, id_: str, target: str) -> None:
        self.tree.files[f"statuses/{id_}.yaml"] = (
            f"label: {self._text(f'status.{id_}.label', f'Status {id_} {self._words(1, 3)}')}\n"
            f"meaning: {self._text(f'status.{id_}.meaning', self._prose())}\n"
            f"who_acts: {self._text(f'status.{id_}.who_acts', self._words())}\n"
            f"leads_to: {target}\n"
            f'wordings:\n  en:\n    - {{text: "Shown {id_}", attested: "yes", note: "{self._canary()}"}}\n'
            f"reviewed: 2026-11-01\n{self._staff(id_)}"
        )

    def _write_outcome(self, number: int, id_: str) -> None:
        remedies = [self.remedies[number % len(self.remedies)]]
        other = self.random.choice(self.remedies)
        remedies += [other] if other not in remedies else []
        self.tree.files[f"outcomes/{id_}.yaml"] = (
            f"title: {self._text(f'outcome.{id_}.title', self._words())}\n"
            f"summary: {self._text(f'outcome.{id_}.summary', self._prose())}\n"
            f"now: {self._text(f'outcome.{id_}.now', self._prose())}\n"
            "remedies:\n" + "".join(f"  - {remedy}\n" for remedy in remedies) + "human_route: human\n"
            f"{self._staff(id_)}"
        )

    def _write_remedy(self, id_: str) -> None:
        steps = ""
        for number in range(self.random.randint(1, 4)):
            text = self._text(f"remedy.{id_}.steps.step-{number}.text", self._prose())
            steps += f"  - id: step-{number}\n    text: {text}\n"
        deadline = ""
        if self.random.random() < 0.5:
            deadline = f"deadline: {self._text(f'remedy.{id_}.deadline', self._prose())}\n"
        self.tree.files[f"remedies/{id_}.yaml"] = (
            f"title: {self._text(f'remedy.{id_}.title', self._words())}\n"
            f"applies: {self._text(f'remedy.{id_}.applies', self._prose())}\n"
            f"steps:\n{steps}{deadline}"
            + ("messages: [letter]\n" if id_ == "human" else "")
            + f"sources: [shop]\nreviewed: 2026-11-01\n{self._staff(id_)}"
        )

    def _write_message(self) -> None:
        body = f"Hello, my order {{order}}. {self._prose()}"
        self.tree.files["messages/letter.yaml"] = (
            f"title: {self._text('message.letter.title', self._words())}\n"
            f"to: {self._text('message.letter.to', 'The shop')}\n"
            f"text: {self._text('message.letter.text', body)}\n"
            "placeholders:\n  - id: order\n"
            f"    label: {self._text('message.letter.placeholders.order.label', 'order number')}\n"
            f"{self._staff('letter')}"
        )

    def _write_journeys(self) -> None:
        for number in range(2):
            node, answers = "start", {}
            while node in self.tree.next_of:
                answers[node] = self.random.choice(list(self.tree.next_of[node]))
                node = self.tree.next_of[node][answers[node]]
            rows = "".join(f'  {question}: "{option}"\n' for question, option in answers.items())
            self.tree.files[f"journeys/walk-{number}.yaml"] = f"about: walk\nanswers:\n{rows}expect: {node}\n"

    def _write_catalog(self) -> None:
        """Translate most texts. One text with a placeholder always is translated: a fault wants it."""
        texts = self.tree.texts
        entries = [
            self._po_entry(key, text) for key, text in texts.items() if "{" in text or self.random.random() < 0.8
        ]
        self.tree.files["catalogs/fr.po"] = CATALOG_HEAD + "\n".join(entries)

    @staticmethod
    def _po_entry(key: str, text: str) -> str:
        quoted, translated = (json.dumps(value, ensure_ascii=False) for value in (text, f"Fr: {text}"))
        return f'msgctxt "{key}"\nmsgid {quoted}\nmsgstr {translated}\n'
