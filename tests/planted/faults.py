"""Faults that are planted in a right tree. Each returns where it must be found.

A fault works on the text of a file, so that its line is known before anything reads it.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from tests.planted.trees import RandomTree


@dataclass(frozen=True)
class Planted:
    """What must be found: a code at a line of one of these files (`line` None: anywhere in it)."""

    code: str
    paths: tuple[str, ...]
    line: int | None = None


Fault = Callable[[RandomTree, Random], Planted]
FAULTS: dict[str, Fault] = {}


def _fault(function: Fault) -> Fault:
    FAULTS[function.__name__.replace("_", "-")] = function
    return function


# --- choosing and changing lines -----------------------------------------------------------------------------


def _places(tree: RandomTree, folder: str, pattern: str) -> list[tuple[str, int]]:
    """Every (path, index of line) in a folder whose line fits the pattern."""
    return [
        (path, index)
        for path, text in tree.files.items()
        if path.startswith(folder)
        for index, line in enumerate(text.split("\n"))
        if re.match(pattern, line)
    ]


def _change(tree: RandomTree, place: tuple[str, int], edit: Callable[[str], str | None]) -> int:
    """Edit one line, or drop it with None; return its number."""
    path, index = place
    lines = tree.files[path].split("\n")
    edited = edit(lines[index])
    lines[index : index + 1] = [] if edited is None else [edited]
    tree.files[path] = "\n".join(lines)
    return index + 1


def _after_colon(value: str) -> Callable[[str], str]:
    return lambda line: line.partition(": ")[0] + f": {value}"


def _plant(tree: RandomTree, random: Random, folder: str, pattern: str, edit: Callable, code: str) -> Planted:
    place = random.choice(_places(tree, folder, pattern))
    return Planted(code, (place[0],), _change(tree, place, edit))


def _own_options(tree: RandomTree, path: str) -> list[int]:
    """Indexes of the lines where an option with a label of its own begins."""
    return [
        index for _, index in _places(tree, path, r"  - id: .*") if "label" in tree.files[path].split("\n")[index + 1]
    ]


def _two_options(tree: RandomTree, random: Random) -> tuple[str, int, int]:
    """A question with two options of its own, one after the other in the file. The root has them, or gets them."""
    found = [path for path in tree.files if path.startswith("questions/") and len(_own_options(tree, path)) > 1]
    if not found:
        path = f"questions/{tree.root}.yaml"
        target = next(iter(tree.next_of[tree.root].values()))
        group = "    group: first\n" if "groups:" in tree.files[path] else ""
        rows = "".join(f'  - id: z{n}\n    label: "More {n}"\n    next: {target}\n{group}' for n in "12")
        tree.files[path] = tree.files[path].replace("options:\n", f"options:\n{rows}")
        found = [path]
    path = random.choice(found)
    first, second = sorted(random.sample(_own_options(tree, path), 2))
    return path, first, second


# --- the faults ----------------------------------------------------------------------------------------------


@_fault
def unknown_next(tree: RandomTree, random: Random) -> Planted:
    return _plant(tree, random, "questions/", "    next: ", _after_colon("nowhere-at-all"), "unknown-target")


@_fault
def unknown_leads_to(tree: RandomTree, random: Random) -> Planted:
    if not _places(tree, "statuses/", "leads_to"):
        return unknown_next(tree, random)
    return _plant(tree, random, "statuses/", "leads_to", _after_colon("nowhere-at-all"), "unknown-target")


@_fault
def unknown_remedy(tree: RandomTree, random: Random) -> Planted:
    return _plant(tree, random, "outcomes/", r"  - remedy-", lambda line: "  - no-remedy", "unknown-target")


@_fault
def unknown_root(tree: RandomTree, random: Random) -> Planted:
    return _plant(tree, random, "tree.yaml", "root:", _after_colon("stat"), "unknown-target")


@_fault
def unknown_source(tree: RandomTree, random: Random) -> Planted:
    return _plant(tree, random, "remedies/", "sources:", lambda line: "sources: [shopp]", "unknown-target")


@_fault
def unreachable_node(tree: RandomTree, random: Random) -> Planted:
    folder = random.choice(["outcomes", "remedies", "questions"])
    path = random.choice([path for path in tree.files if path.startswith(folder)])
    tree.files[f"{folder}/lonely.yaml"] = tree.files[path]
    return Planted("unreachable", (f"{folder}/lonely.yaml",), 1)


@_fault
def circle_of_two_lonely_questions(tree: RandomTree, random: Random) -> Planted:
    for one, other in (("lonely-a", "lonely-b"), ("lonely-b", "lonely-a")):
        options = (
            f"options:\n  - {{id: yes, label: Yes, next: {other}}}\n  - {{id: no, label: No, next: {tree.root}}}\n"
        )
        tree.files[f"questions/{one}.yaml"] = f'text: "{one}?"\n{options}'
    return Planted("no-exit-cycle", ("questions/lonely-a.yaml", "questions/lonely-b.yaml"))


@_fault
def circle_to_the_root(tree: RandomTree, random: Random) -> Planted:
    place = random.choice(_places(tree, "questions/", "    next: "))
    return Planted("no-exit-cycle", (place[0],), _change(tree, place, _after_colon(tree.root)) - 2)


@_fault
def circle_of_one(tree: RandomTree, random: Random) -> Planted:
    place = random.choice(_places(tree, "questions/", "    next: "))
    own = place[0].removeprefix("questions/").removesuffix(".yaml")
    _change(tree, place, _after_colon(own))
    return Planted("no-exit-cycle", (place[0],), place[1] - 1)


@_fault
def dead_end(tree: RandomTree, random: Random) -> Planted:
    path, index = random.choice(_places(tree, "questions/", "options:"))
    head = tree.files[path].split("\n")[:index]
    tree.files[path] = "\n".join([*head, "options: []", ""])
    return Planted("dead-end", (path,), index + 1)


@_fault
def no_options(tree: RandomTree, random: Random) -> Planted:
    path, index = random.choice(_places(tree, "questions/", "options:"))
    tree.files[path] = "\n".join([*tree.files[path].split("\n")[:index], ""])
    return Planted("dead-end", (path,), 1)


@_fault
def missing_human_route(tree: RandomTree, random: Random) -> Planted:
    found = _plant(tree, random, "outcomes/", "human_route", lambda line: None, "no-human-route")
    return Planted("no-human-route", found.paths, 1)


@_fault
def duplicate_label(tree: RandomTree, random: Random) -> Planted:
    path, first, second = _two_options(tree, random)
    label = tree.files[path].split("\n")[first + 1]
    _change(tree, (path, second + 1), lambda line: label)
    return Planted("ambiguous-option", (path,), second + 1)


@_fault
def duplicate_option_id(tree: RandomTree, random: Random) -> Planted:
    path, first, second = _two_options(tree, random)
    id_ = tree.files[path].split("\n")[first]
    _change(tree, (path, second), lambda line: id_)
    return Planted("shadowed-option", (path,), second + 1)


@_fault
def misspelt_field(tree: RandomTree, random: Random) -> Planted:
    def swap(line: str) -> str:
        start = re.match(r"[ -]*", line).end()
        return line[:start] + line[start + 1] + line[start] + line[start + 2 :]

    folder = random.choice(["questions/", "outcomes/", "remedies/", "messages/", "journeys/", "tree.yaml"])
    pattern = (
        r"(text|title|hint|options|summary|now|remedies|applies|steps|about|answers|expect|root|    label|    next): ?"
    )
    return _plant(tree, random, folder, pattern, swap, "unknown-key")


@_fault
def missing_field(tree: RandomTree, random: Random) -> Planted:
    folder = random.choice(["questions/", "outcomes/", "remedies/", "messages/", "journeys/"])
    pattern = r"(text|title|summary|now|applies|to|about|expect): "
    found = _plant(tree, random, folder, pattern, lambda line: None, "missing-key")
    return Planted("missing-key", found.paths, 1)


@_fault
def repeated_field(tree: RandomTree, random: Random) -> Planted:
    place = random.choice(_places(tree, "outcomes/", r"(title|summary|now): "))
    return Planted("duplicate-key", (place[0],), _change(tree, place, lambda line: f"{line}\n{line}") + 1)


@_fault
def same_id_twice(tree: RandomTree, random: Random) -> Planted:
    outcome = random.choice([path for path in tree.files if path.startswith("outcomes/")])
    remedy = random.choice([path for path in tree.files if path.startswith("remedies/")])
    copy = outcome.replace("outcomes/", "remedies/")
    tree.files[copy] = tree.files[remedy]
    return Planted("duplicate-id", (copy,), 1)


@_fault
def unknown_fact(tree: RandomTree, random: Random) -> Planted:
    edit = lambda line: line[:-1] + ' {no_fact}"'  # noqa: E731 - as all edits here
    return _plant(tree, random, "remedies/", r"(title|applies|deadline|    text): ", edit, "unknown-placeholder")


@_fault
def html_in_a_text(tree: RandomTree, random: Random) -> Planted:
    edit = lambda line: line[:-1] + ' <img src=x onerror=go()>"'  # noqa: E731 - as all edits here
    folder = random.choice(["outcomes/", "questions/", "messages/"])
    return _plant(tree, random, folder, r"(text|title|summary|now|    label): ", edit, "html-forbidden")


@_fault
def dead_link_in_a_text(tree: RandomTree, random: Random) -> Planted:
    edit = lambda line: line[:-1] + ' [here](ref:no-page)"'  # noqa: E731 - as all edits here
    return _plant(tree, random, "outcomes/", r"(title|summary|now): ", edit, "dead-link")


@_fault
def anchor(tree: RandomTree, random: Random) -> Planted:
    edit = lambda line: line.replace(": ", ": &a ", 1)  # noqa: E731 - as all edits here
    return _plant(tree, random, "outcomes/", r"(title|summary|now): ", edit, "alias-forbidden")


@_fault
def text_cut_by_a_comment(tree: RandomTree, random: Random) -> Planted:
    edit = _after_colon("Order # on the receipt")
    return _plant(tree, random, "outcomes/", r"(title|summary|now): ", edit, "inline-comment-in-text")


@_fault
def journey_with_a_wrong_outcome(tree: RandomTree, random: Random) -> Planted:
    path = random.choice([path for path in tree.files if path.startswith("journeys/")])
    right = tree.files[path].rpartition("expect: ")[2].strip()
    others = [path[9:-5] for path in tree.files if path.startswith("outcomes/") and path[9:-5] != right]
    if not others:  # a tree of one outcome: expect what is none
        return _plant(tree, random, path, "expect", _after_colon(tree.root), "unknown-target")
    return _plant(tree, random, path, "expect", _after_colon(random.choice(others)), "journey-broken")


def _translation(tree: RandomTree, random: Random, wanted: str, edit: Callable[[str], str], code: str) -> Planted:
    """Edit the translation of a text that holds `wanted`; it is found where its entry begins."""
    places = [place for place in _places(tree, "catalogs/fr.po", r'msgstr "Fr: ') if wanted in _line(tree, place)]
    path, index = random.choice(places)
    _change(tree, (path, index), edit)
    return Planted(code, (path,), index - 1)


def _line(tree: RandomTree, place: tuple[str, int]) -> str:
    return tree.files[place[0]].split("\n")[place[1]]


@_fault
def lost_placeholder(tree: RandomTree, random: Random) -> Planted:
    return _translation(tree, random, "{", lambda line: re.sub(r"\{\w+\}", "48", line), "placeholder-mismatch")


@_fault
def translated_placeholder(tree: RandomTree, random: Random) -> Planted:
    return _translation(tree, random, "{", lambda line: re.sub(r"\{\w+\}", "{delai}", line), "placeholder-mismatch")


@_fault
def html_in_a_translation(tree: RandomTree, random: Random) -> Planted:
    return _translation(tree, random, "", lambda line: f'{line[:-1]} <script>go()</script>"', "html-forbidden")


@_fault
def link_only_in_a_translation(tree: RandomTree, random: Random) -> Planted:
    link = f"[x](ref:{tree.root})"
    return _translation(tree, random, "", lambda line: f'{line[:-1]} {link}"', "markup-mismatch")


@_fault
def hidden_character_in_a_translation(tree: RandomTree, random: Random) -> Planted:
    return _translation(tree, random, "", lambda line: f'{line[:-1]} a\u200bb"', "invisible-character")
