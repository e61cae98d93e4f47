"""The catalogue of problems: what can be wrong, how bad it is, and how to repair it.

A finding is a record; telling it is separate (see `report.py`). A new check begins here: a code, a severity,
a message and a repair. `decision_tree/PROBLEMS.md` is generated from this catalogue.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Severity(StrEnum):
    """`error` stops every build; `warning` is told, and stops only under `--strict`."""

    ERROR = "error"
    WARNING = "warning"


class Location(NamedTuple):
    """A place in a file: path relative to the tree's folder; line and column count from 1."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Kind:
    """One row of the catalogue. `message` and `repair` hold the {names} that `problem()` is given."""

    code: str
    severity: Severity
    message: str
    repair: str


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding."""

    kind: Kind
    location: Location
    message: str
    repair: str
    suggestion: str = ""
    # The language of the translation it is about, or ''.
    locale: str = ""

    def __reduce__(self) -> tuple[Callable[..., Problem], tuple[str | int, ...]]:
        # Kept by its code: the catalogue's row is one object.
        return _again, (self.kind.code, *self.location, self.message, self.repair, self.suggestion, self.locale)

    @property
    def sort_key(self) -> tuple[Location, str, str]:
        return (self.location, self.kind.code, self.message)

    def __str__(self) -> str:
        hint = f" Did you mean {self.suggestion!r}?" if self.suggestion else ""
        what = f"{self.location}: {self.kind.severity.value} {self.kind.code}: {self.message}"
        return f"{what}.{hint} {self.repair}"


CATALOGUE: dict[str, Kind] = {}


def _add(severity: Severity, rows: Iterable[tuple[str, str, str]]) -> None:
    for code, message, repair in rows:
        CATALOGUE[code] = Kind(code, severity, message, repair)


# --- files and bytes -------------------------------------------------------------------------------------
_add(
    Severity.ERROR,
    [
        ("not-a-regular-file", "{what} is not a regular file inside the tree", "Replace it by a file."),
        ("not-readable", "the file cannot be read ({why})", "Check its permissions."),
        ("missing-file", "{what} is missing", "Name the folder that holds it with --tree, or create it."),
        ("unknown-file", "{what} belongs to no kind of content", "Move it to its folder or remove it."),
        ("too-big", "the file has {size} bytes; the limit is {limit}", "Split it."),
        ("too-many", "{count} {what}; the limit is {limit}", "Split or group them."),
        ("encoding", "the file is not UTF-8 ({why})", "Save it as UTF-8."),
        ("line-ending", "lines end with a lone carriage return", "Save the file with LF line ends."),
        ("control-character", "control character {char}", "Delete it."),
        ("bidi-control", "direction control {char} {why}", "Delete it; the page sets the direction."),
        ("invisible-character", "invisible character {char}", "Delete it or retype the word."),
        ("mojibake", "damaged character {char}", "Restore the text from its source."),
        ("combining-run", "{count} combining marks on one letter", "Delete the superfluous marks."),
        ("mixed-script-word", "the word {word!r} mixes scripts ({scripts})", "Retype it in one script."),
        ("mixed-script-id", "the id {word!r} mixes scripts ({scripts})", "Retype it in ASCII letters."),
    ],
)

# --- YAML ------------------------------------------------------------------------------------------------
_add(
    Severity.ERROR,
    [
        ("yaml-syntax", "not valid YAML: {why}", "Quote the text, or mend the indentation."),
        ("empty", "the file holds nothing", "Fill it in, or delete it."),
        ("root-not-mapping", "the file must be `key: value` lines, found {found}", "Start with a key."),
        ("second-document", "a second document begins here", "Keep one document to a file."),
        ("directive-forbidden", "YAML directives (%...) are not allowed", "Delete the line."),
        ("tag-forbidden", "the tag {tag} is not allowed: every value is text", "Delete the tag."),
        ("alias-forbidden", "anchors (&) and aliases (*) are not allowed", "Write the value again."),
        ("alias-cycle", "the alias *{name} stands inside its own anchor", "Write the value itself."),
        ("merge-forbidden", "merge keys (<<) are not allowed", "Write the fields themselves."),
        ("too-deep", "nested deeper than {limit} levels", "Flatten it."),
        ("too-long", "{what} has {length} characters; the limit is {limit}", "Shorten or split it."),
        ("non-string-key", "a key must be plain text, found {found}", "Quote it, or write a simple name."),
        ("duplicate-key", "the key {key!r} was already given in line {line}", "Keep one of the two."),
        (
            "duplicate-key-normalised",
            "the key {key!r} looks the same as the one in line {line}",
            "Keep one of the two.",
        ),
        (
            "inline-comment-in-text",
            "a comment cuts this text short: everything after # is lost",
            "Put the text in quotes.",
        ),
    ],
)

# --- shape -----------------------------------------------------------------------------------------------
_add(
    Severity.ERROR,
    [
        ("unknown-key", "{key!r} is not a field of {where}", "Remove it or correct its name."),
        ("missing-key", "{where} has no {key!r}", "Add it."),
        ("wrong-type", "{where} must be {expected}, found {found}", "Rewrite it."),
        ("bad-value", "{where} is {value!r}: {why}", "Correct it."),
        ("empty-text", "{where} is empty", "Write the text, or remove the field."),
        ("contradiction", "{why}", "Keep one of the two."),
        ("id-charset", "{value!r} is not an id", "Use lower-case letters a-z, digits and single hyphens."),
        ("id-reserved", "the id {value!r} is reserved", "Choose another id."),
        ("duplicate-id", "the id {value!r} is already used in {other}", "Choose another id."),
        ("repeated-note", "{where} has {value!r} twice", "Keep one of the two."),
        ("slug-collision", "{value!r} and {other!r} lead to the same address", "Rename one of them."),
        ("file-name", "the file is called {value!r}", "Call it `<id>{suffix}`, in lower case."),
        ("unknown-locale", "{value!r} is not a language tag", "Use a tag such as fr or pt-BR."),
        ("duplicate-locale", "{value!r} is the same language as {other!r}", "Keep one of the two."),
        ("missing-locale", "the language {value!r} has no catalog", "Add catalogs/{file}."),
    ],
)

# --- links -----------------------------------------------------------------------------------------------
_add(
    Severity.ERROR,
    [
        ("unknown-target", "{where} names {value!r}, which is not {expected}", "Correct it or add the file."),
        ("redirect-broken", "the redirect from {value!r} {why}", "Correct or delete it."),
        ("code-collision", "{value!r} and {other!r} get the same short code {code}", "Rename the newer one."),
    ],
)

# --- flow ------------------------------------------------------------------------------------------------
_add(
    Severity.ERROR,
    [
        ("unreachable", "no path leads to the {what} {value!r}", "Link it from a question, or delete it."),
        ("no-exit-cycle", "the path runs in a circle: {cycle}", "Lead one of the options to another node."),
        ("dead-end", "the question {value!r} has no option", "Add at least one option."),
        ("ambiguous-option", "two options read {value!r}", "Word them so that a reader can tell them apart."),
        (
            "shadowed-option",
            "this option repeats line {line}: same id {value!r}",
            "Give it an id of its own.",
        ),
        ("no-human-route", "the outcome {value!r} leads to no human", "Add `human_route: <remedy id>`."),
        ("repeated-remedy", "the remedy {value!r} is listed twice", "List it once."),
        ("journey-broken", "{why}", "Correct the journey, or the tree."),
        (
            "review-lapsed",
            "last reviewed {days} days ago, over twice the interval of {interval}",
            "Compare with the source, correct the text, set `reviewed`.",
        ),
    ],
)

# --- texts and links in texts ----------------------------------------------------------------------------
_add(
    Severity.ERROR,
    [
        ("html-forbidden", "HTML is not allowed: {what}", "Use Markdown, or put it in `code`."),
        ("attr-list-forbidden", "attribute lists {{: ...}} are not allowed", "Delete it."),
        ("template-syntax", "template code {what!r} is not allowed", "Delete it."),
        ("include-forbidden", "includes are not allowed", "Write the text itself."),
        ("front-matter-forbidden", "front matter is not allowed", "Delete the lines between ---."),
        (
            "block-markdown",
            "{what} is not allowed in this text",
            "Keep to words, **bold**, `code` and links.",
        ),
        ("too-nested", "{count} nested brackets", "Delete the brackets."),
        ("link-scheme", "a link may not go to {value!r}", "Use https, mailto, tel or ref:<id>."),
        ("link-host", "the host {value!r} is not allowed", "Add it to allowed_hosts in tree.yaml, if it is."),
        ("dead-link", "the link leads nowhere: {value!r}", "Correct its target."),
        ("a11y-link-name", "a link has no text", "Write what it leads to between [ and ]."),
        ("a11y-image-alt", "an image has no text alternative", "Write it between ![ and ]."),
        ("a11y-heading-order", "{why}", "A page has one first heading; the others go down step by step."),
        ("unfinished", "left-over marker {what!r}", "Finish the text."),
        ("formula-start", "the text starts like a spreadsheet formula", "Begin with a word."),
        ("placeholder-syntax", "{what!r} is not a placeholder", "Write {{name}}; double a lone brace away."),
        ("unknown-placeholder", "{{{value}}} is neither a fact nor declared", "Add it to facts.yaml."),
        ("unused-placeholder", "the placeholder {value!r} is not used in the text", "Use it or remove it."),
    ],
)

# --- translations ----------------------------------------------------------------------------------------
_add(
    Severity.ERROR,
    [
        ("catalog-syntax", "not a valid PO file: {why}", "Mend it, or take the last good version."),
        ("duplicate-entry", "the entry {value!r} is given twice", "Keep one."),
        ("plural-forms", "{why}", "Give every plural form of the language; `helptree translate merge` mends headers."),
        ("number-mismatch", "{why}", "Write the same numbers as the source."),
        ("foreign-digit", "the digit {char} is not one of 0-9", "Write 0-9: readers compare with their screen."),
        ("protected-term", "the name {term!r} is missing", "Keep it as it is; see glossary.csv."),
        ("sheet-syntax", "not a valid sheet: {why}", "Mend the line."),
        ("import-syntax", "the file cannot be imported: {why}", "Export it anew, or mend it."),
        ("placeholder-mismatch", "{why}", "Keep the placeholders exactly as in the source."),
        ("markup-mismatch", "{why}", "Keep links, bold and code as in the source."),
        ("whitespace-mismatch", "{why}", "Break lines only where the source does."),
        (
            "empty-translation",
            "the translation holds no visible character",
            "Translate it or leave it empty.",
        ),
    ],
)
_add(
    Severity.WARNING,
    [
        ("missing-translation", "{locale}: {key} is not translated: {text!r}", "Fill in {file}."),
        ("stale-translation", "{locale}: the English of {key} has changed", "Check it, remove `fuzzy`."),
        ("unchanged-translation", "{locale}: {key} is the same as in English", "Translate it, or review it."),
        ("strange-length", "{locale}: {key} has {why}", "Check that nothing is missing or added, or review it."),
        ("end-punctuation", "{locale}: {key} {why}", "End it like the source, or review it."),
        ("terminology", "{locale}: {key} says {term!r} without {accepted}", "Use the glossary's word."),
        (
            "wording-differs",
            "{locale}: {key} quotes the status {value!r}, which is called {accepted}",
            "Quote it as in statuses/, or add the wording there.",
        ),
        (
            "coverage-gate",
            "{locale} is {state} with {interface} of the interface and {articles} of the articles translated;"
            " that takes {wanted}",
            "Translate what is missing or stale, or change its `state`.",
        ),
        ("unknown-entry", "{value!r} is no entry of the tree", "Run `helptree translate merge`."),
        (
            "review-overdue",
            "last reviewed {days} days ago; the interval is {interval}",
            "Compare with the source, then set `reviewed`.",
        ),
        ("review-in-future", "reviewed on a day to come: {day}", "Correct `reviewed`."),
        ("option-unvisited", "no journey takes the option {value!r}", "Add one to journeys/."),
    ],
)


def problem(code: str, location: Location, /, suggestion: str = "", **names: object) -> Problem:
    """Return a finding of the catalogue. Raises KeyError for a code, or a name of its message, that is not in it."""
    kind = CATALOGUE[code]
    message, repair = kind.message.format(**names), kind.repair.format(**names)
    return Problem(kind, location, message, repair, suggestion, str(names.get("locale", "")))


def _again(code: str, path: str, line: int, column: int, *rest: str) -> Problem:
    return Problem(CATALOGUE[code], Location(path, line, column), *rest)


def nearest(word: str, known: Iterable[str], *, cutoff: float = 70) -> str:
    """Return the known word most like `word` (similarity of rapidfuzz's default scorer, 0-100), or ''."""
    from rapidfuzz import process  # costly, and only needed where something is wrong

    found = process.extractOne(word, list(known), score_cutoff=cutoff)
    return str(found[0]) if found else ""


class ProblemsFound(Exception):
    """Raised where a clean tree is required and errors were found. `problems` holds all findings."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(problems, key=lambda p: p.sort_key)
        super().__init__(f"{len(self.problems)} problems")


def has_errors(problems: Iterable[Problem]) -> bool:
    """Say whether any finding stops a build."""
    return any(p.kind.severity is Severity.ERROR for p in problems)
