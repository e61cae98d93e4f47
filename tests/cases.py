"""One case or more for every code of the catalogue: changes to the minimal tree, and the line they must yield.

`test_catalogue.py` runs them all and sees to it that none is missing.
"""

from dataclasses import dataclass

from tests.helpers import Changes, Edit

HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
FRENCH = 'fr: {autonym: "Français", plural_forms: "nplurals=2; plural=(n > 1);"}\n'
PAID = "questions/paid.yaml"
WAIT = "remedies/wait.yaml"
ABOUT = "pages/about.md"


@dataclass(frozen=True)
class Case:
    """`line`: a finding without its repair; it must be among those of the changed tree."""

    code: str
    changes: Changes
    line: str


def french(*entries: str, languages: str = FRENCH) -> Changes:
    """A French catalog of these entries; the first begins in line 4."""
    english = 'en: {autonym: "English", plural_forms: "nplurals=2; plural=(n != 1);"}\n'
    return {"catalogs/languages.yaml": english + languages, "catalogs/fr.po": HEAD + "\n".join(entries)}


def po(key: str, source: str, translation: str) -> str:
    return f'msgctxt "{key}"\nmsgid "{source}"\nmsgstr "{translation}"\n'


def page(text: str) -> Changes:
    return {ABOUT: f"# About\n\n{text}\n"}


def hint(text: str) -> Changes:
    """The question's hint as a double-quoted scalar in line 2, column 7."""
    return {PAID: Edit('hint: "Look at your receipt."', f'hint: "{text}"')}


NOW = ("outcome.wait-for-it.now", "Wait **{packing_time}**.")
NUMBER = ("remedy.wait.steps.wait.text", "Wait 3 days, not 30.")
STEP = ("remedy.wait.steps.look.text", "Then look [again](ref:status).")
# Two ids with the same short code, found by trying all ids of three words.
TWINS = ("big-bank-price", "red-bank-page")

FILES = [
    Case(
        "missing-file",
        {"tree.yaml": None},
        "tree.yaml:1:1: error missing-file: tree/tree.yaml is missing.",
    ),
    Case(
        "unknown-file",
        {"questoins/x.yaml": "a: b\n"},
        "questoins:1:1: error unknown-file: questoins belongs to no kind of content. Did you mean 'questions'?",
    ),
    Case(
        "too-big",
        {WAIT: "#" * 2_000_001},
        "remedies/wait.yaml:1:1: error too-big: the file has 2000001 bytes; the limit is 2000000.",
    ),
    Case(
        "too-many",
        {PAID: "options: [" + "a, " * 1001 + "a]"},
        "questions/paid.yaml:1:10: error too-many: over 1000 items; the limit is 1000.",
    ),
    Case(
        "encoding",
        {**french(), "catalogs/fr.po": b"\n\n# \xff\n"},
        "catalogs/fr.po:3:3: error encoding: the file is not UTF-8 (invalid start byte).",
    ),
    Case(
        "encoding",
        {**french(), "catalogs/fr.review.csv": b"key\xff"},
        "catalogs/fr.review.csv:1:4: error encoding: the file is not UTF-8 (invalid start byte).",
    ),
    Case(
        "encoding",
        {"catalogs/glossary.csv": b"term\xff"},
        "catalogs/glossary.csv:1:5: error encoding: the file is not UTF-8 (invalid start byte).",
    ),
    Case(
        "encoding",
        {WAIT: b'title: "a"\napplies: "caf\xe9"\n'},
        "remedies/wait.yaml:2:14: error encoding: the file is not UTF-8 (invalid continuation byte).",
    ),
    Case(
        "line-ending",
        {WAIT: b"title: a\rapplies: b\r"},
        "remedies/wait.yaml:1:1: error line-ending: lines end with a lone carriage return.",
    ),
    Case(
        "control-character",
        {WAIT: "title: a\napplies: b\x07\n"},
        "remedies/wait.yaml:2:11: error control-character: control character U+0007.",
    ),
    Case(
        "bidi-control",
        hint("a\\u202eb"),
        "questions/paid.yaml:2:7: error bidi-control: direction control U+202E RIGHT-TO-LEFT OVERRIDE"
        " changes the order of the text.",
    ),
    Case(
        "invisible-character",
        hint("re\\u200bceipt"),
        "questions/paid.yaml:2:7: error invisible-character: invisible character U+200B ZERO WIDTH SPACE.",
    ),
    Case(
        "mojibake",
        hint("caf\ufffd"),
        "questions/paid.yaml:2:7: error mojibake: damaged character U+FFFD REPLACEMENT CHARACTER.",
    ),
    Case(
        "combining-run",
        hint("a" + "\u0301" * 9),
        "questions/paid.yaml:2:7: error combining-run: 9 combining marks on one letter.",
    ),
    Case(
        "mixed-script-word",
        hint("Look at your rec\u0435ipt"),
        "questions/paid.yaml:2:7: error mixed-script-word: the word 'rec\u0435ipt' mixes scripts (CYRILLIC, LATIN).",
    ),
    Case(
        "mixed-script-id",
        {"facts.yaml": "p\u0430cking_time: {value: 3}\n"},
        "facts.yaml:1:1: error mixed-script-id: the id 'p\u0430cking' mixes scripts (CYRILLIC, LATIN).",
    ),
]

YAML = [
    Case(
        "yaml-syntax",
        {PAID: 'text: "Did you pay?"\nhint: "Look at\n'},
        "questions/paid.yaml:2:7: error yaml-syntax: not valid YAML: found unexpected end of stream.",
    ),
    Case("empty", {PAID: ""}, "questions/paid.yaml:1:1: error empty: the file holds nothing."),
    Case(
        "root-not-mapping",
        {PAID: "- a\n"},
        "questions/paid.yaml:1:1: error root-not-mapping: the file must be `key: value` lines, found a list.",
    ),
    Case(
        "second-document",
        {PAID: "text: a\n---\ntext: b\n"},
        "questions/paid.yaml:2:1: error second-document: a second document begins here.",
    ),
    Case(
        "directive-forbidden",
        {PAID: "%YAML 1.1\n---\ntext: a\n"},
        "questions/paid.yaml:1:1: error directive-forbidden: YAML directives (%...) are not allowed.",
    ),
    Case(
        "tag-forbidden",
        {PAID: Edit('text: "Did', 'text: !!python/name:os.system "Did')},
        "questions/paid.yaml:1:7: error tag-forbidden: the tag tag:yaml.org,2002:python/name:os.system"
        " is not allowed: every value is text.",
    ),
    Case(
        "alias-forbidden",
        {PAID: Edit('text: "Did', 'text: &a "Did')},
        "questions/paid.yaml:1:7: error alias-forbidden: anchors (&) and aliases (*) are not allowed.",
    ),
    Case(
        "alias-cycle",
        {PAID: "text: &a [*a]\n"},
        "questions/paid.yaml:1:11: error alias-cycle: the alias *a stands inside its own anchor.",
    ),
    Case(
        "merge-forbidden",
        {PAID: "text: a\n<<: {hint: b}\n"},
        "questions/paid.yaml:2:1: error merge-forbidden: merge keys (<<) are not allowed.",
    ),
    Case(
        "too-deep",
        {PAID: "text: " + "[" * 24 + "]" * 24 + "\n"},
        "questions/paid.yaml:1:30: error too-deep: nested deeper than 24 levels.",
    ),
    Case(
        "too-long",
        {PAID: Edit("Did you pay?", "a" * 301)},
        "questions/paid.yaml:1:7: error too-long: question.paid.text has 301 characters; the limit is 300.",
    ),
    Case(
        "non-string-key",
        {PAID: "? [a, b]\n: c\n"},
        "questions/paid.yaml:1:3: error non-string-key: a key must be plain text, found a list.",
    ),
    Case(
        "duplicate-key",
        {PAID: 'text: "a"\ntext: "b"\n'},
        "questions/paid.yaml:2:1: error duplicate-key: the key 'text' was already given in line 1.",
    ),
    Case(
        "duplicate-key-normalised",
        {"journeys/none.yaml": 'about: a\n"e\u0301": b\n"\u00e9": c\n'},
        "journeys/none.yaml:3:1: error duplicate-key-normalised: the key '\u00e9' looks the same as the one in line 2.",
    ),
    Case(
        "inline-comment-in-text",
        {PAID: Edit('hint: "Look at your receipt."', "hint: Order # on your receipt")},
        "questions/paid.yaml:2:7: error inline-comment-in-text: a comment cuts this text short:"
        " everything after # is lost.",
    ),
]

SHAPE = [
    Case(
        "unknown-key",
        {PAID: Edit("hint:", "hnit:")},
        "questions/paid.yaml:2:1: error unknown-key: 'hnit' is not a field of the question 'paid'."
        " Did you mean 'hint'?",
    ),
    Case(
        "unknown-key",
        {WAIT: Edit("{id: wait, text:", "{id: wait, txet:")},
        "remedies/wait.yaml:4:16: error unknown-key: 'txet' is not a field of steps in the remedy 'wait'."
        " Did you mean 'text'?",
    ),
    Case(
        "missing-key",
        {"outcomes/ask-a-human.yaml": Edit('summary: "We cannot tell from here."\n', "")},
        "outcomes/ask-a-human.yaml:1:1: error missing-key: the outcome 'ask-a-human' has no 'summary'.",
    ),
    Case(
        "missing-key",
        {PAID: Edit('label: "Yes", ', "")},
        "questions/paid.yaml:4:5: error missing-key: an option of the question 'paid' has no 'label'.",
    ),
    Case(
        "missing-key",
        {"questions/status.yaml": Edit(", group: before}", "}")},
        "questions/status.yaml:6:5: error missing-key: option 'packing' has no 'group'.",
    ),
    Case(
        "wrong-type",
        {PAID: Edit('"Look at your receipt."', "[a, b]")},
        "questions/paid.yaml:2:7: error wrong-type: hint of the question 'paid' must be a text, found a list.",
    ),
    Case(
        "bad-value",
        {WAIT: Edit("reviewed: 2026-11-01", "reviewed: 2026-02-30")},
        "remedies/wait.yaml:8:11: error bad-value: 'reviewed' is '2026-02-30': day is out of range for month.",
    ),
    Case(
        "empty-text",
        {PAID: Edit('"Look at your receipt."', '" "')},
        "questions/paid.yaml:2:7: error empty-text: question.paid.hint is empty.",
    ),
    Case(
        "contradiction",
        {"outcomes/wait-for-it.yaml": Edit("human_route: call-us", "human_route: call-us\noptions: []")},
        "outcomes/wait-for-it.yaml:6:1: error contradiction: an outcome ends the path, yet it has 'options'.",
    ),
    Case(
        "contradiction",
        {"questions/status.yaml": Edit("{status: packing,", '{status: packing, label: "Packing",')},
        "questions/status.yaml:6:5: error contradiction: an option with `status` takes its label from the status.",
    ),
    Case(
        "id-charset",
        {PAID: Edit("{id: yes,", "{id: Yes,")},
        "questions/paid.yaml:4:10: error id-charset: 'Yes' is not an id.",
    ),
    Case(
        "id-reserved",
        {"remedies/index.yaml": "title: a\n"},
        "remedies/index.yaml:1:1: error id-reserved: the id 'index' is reserved.",
    ),
    Case(
        "id-reserved",  # the wizard's address says with it which answer is asked again
        {"questions/change.yaml": "text: a\n"},
        "questions/change.yaml:1:1: error id-reserved: the id 'change' is reserved.",
    ),
    Case(
        "duplicate-id",
        {"remedies/paid.yaml": 'title: "a"\napplies: "b"\nsteps: [{id: c, text: "d"}]\nreviewed: 2026-11-01\n'},
        "remedies/paid.yaml:1:1: error duplicate-id: the id 'paid' is already used in questions/paid.yaml.",
    ),
    Case(
        "repeated-note",
        {
            PAID: Edit(
                "options:", 'staff: {ask: [{id: when, text: "When?"}, {id: when, text: "At what time?"}]}\noptions:'
            )
        },
        "questions/paid.yaml:3:42: error repeated-note: staff.ask has 'when' twice.",
    ),
    Case(
        "slug-collision",
        {"facts.yaml": "packing_time: a\npacking-time: b\n"},
        "facts.yaml:2:1: error slug-collision: 'packing-time' and 'packing_time' lead to the same address.",
    ),
    Case(
        "file-name",
        {"questions/paid.yml": "text: a\n"},
        "questions/paid.yml:1:1: error file-name: the file is called 'paid.yml'.",
    ),
    Case(
        "unknown-locale",
        {"catalogs/languages.yaml": 'pt_br: {autonym: "a", plural_forms: "nplurals=1; plural=0;"}\n'},
        "catalogs/languages.yaml:1:1: error unknown-locale: 'pt_br' is not a language tag. Did you mean 'pt-BR'?",
    ),
    Case(
        "duplicate-locale",
        {
            "catalogs/languages.yaml": 'pt-BR: {autonym: "Português", plural_forms: "nplurals=2; plural=(n > 1);"}\n',
            "catalogs/pt_BR.po": HEAD,
            "catalogs/pt-BR.po": HEAD,
        },
        "catalogs/pt_BR.po:1:1: error duplicate-locale: 'pt_BR' is the same language as 'pt-BR'.",
    ),
    Case(
        "missing-locale",
        {"catalogs/languages.yaml": FRENCH},
        "catalogs/languages.yaml:1:5: error missing-locale: the language 'fr' has no catalog.",
    ),
]

LINKS = [
    Case(
        "unknown-target",
        {PAID: Edit("next: wait-for-it", "next: wait-fr-it")},
        "questions/paid.yaml:4:35: error unknown-target: options.0.next names 'wait-fr-it',"
        " which is not a question or an outcome. Did you mean 'wait-for-it'?",
    ),
    Case(
        "unknown-target",
        {"questions/status.yaml": Edit("group: before}", "group: befor}")},
        "questions/status.yaml:6:30: error unknown-target: group names 'befor', which is not a group of this question."
        " Did you mean 'before'?",
    ),
    Case(
        "unknown-target",
        {"catalogs/fr.po": HEAD},
        "catalogs/fr.po:1:1: error unknown-target: the file name names 'fr',"
        " which is not a language in catalogs/languages.yaml.",
    ),
    Case(
        "redirect-broken",
        {"redirects.yaml": "old: paidd\n"},
        "redirects.yaml:1:1: error redirect-broken: the redirect from 'old' leads to no page: 'paidd'."
        " Did you mean 'paid'?",
    ),
    Case(
        "redirect-broken",
        {"redirects.yaml": "paid: status\n"},
        "redirects.yaml:1:1: error redirect-broken: the redirect from 'paid' hides a page that exists.",
    ),
    Case(
        "redirect-broken",
        {"redirects.yaml": "paid/maybe: perhaps\n"},
        "redirects.yaml:1:1: error redirect-broken: the redirect from 'paid/maybe' leads to no option: 'perhaps'.",
    ),
    Case(
        "redirect-broken",
        {"redirects.yaml": "paid/yes: no\n"},
        "redirects.yaml:1:1: error redirect-broken: the redirect from 'paid/yes' hides an option that exists.",
    ),
]

FLOW = [
    Case(
        "code-collision",
        {
            f"remedies/{id_}.yaml": 'title: "a"\napplies: "b"\nsteps: [{id: c, text: "d"}]\nreviewed: 2026-11-01\n'
            for id_ in TWINS
        },
        "remedies/red-bank-page.yaml:1:1: error code-collision: 'red-bank-page' and 'big-bank-price'"
        " get the same short code 47443.",
    ),
    Case(
        "unreachable",
        {"messages/lost.yaml": 'title: "a"\nto: "b"\ntext: "c"\n'},
        "messages/lost.yaml:1:1: error unreachable: no path leads to the message 'lost'.",
    ),
    Case(
        "no-exit-cycle",
        {PAID: Edit("next: wait-for-it", "next: status")},
        "questions/paid.yaml:4:5: error no-exit-cycle: the path runs in a circle: status -> paid -> status.",
    ),
    Case(
        "dead-end",
        {PAID: 'text: "Did you pay?"\n'},
        "questions/paid.yaml:1:1: error dead-end: the question 'paid' has no option.",
    ),
    Case(
        "dead-end",
        {PAID: 'text: "Did you pay?"\noptions: []\n'},
        "questions/paid.yaml:2:10: error dead-end: the question 'paid' has no option.",
    ),
    Case(
        "ambiguous-option",
        {PAID: Edit('label: "No"', 'label: " YES"')},
        "questions/paid.yaml:5:5: error ambiguous-option: two options read ' YES'.",
    ),
    Case(
        "shadowed-option",
        {PAID: Edit("{id: no,", "{id: yes,")},
        "questions/paid.yaml:5:5: error shadowed-option: this option repeats line 4: same id 'yes'.",
    ),
    Case(
        "no-human-route",
        {"outcomes/wait-for-it.yaml": Edit("human_route: call-us\n", "")},
        "outcomes/wait-for-it.yaml:1:1: error no-human-route: the outcome 'wait-for-it' leads to no human.",
    ),
    Case(
        "repeated-remedy",
        {"outcomes/wait-for-it.yaml": Edit("remedies: [wait]", "remedies: [wait, call-us]")},
        "outcomes/wait-for-it.yaml:4:18: error repeated-remedy: the remedy 'call-us' is listed twice.",
    ),
    Case(
        "journey-broken",
        {"journeys/none.yaml": Edit("expect: ask-a-human", "expect: wait-for-it")},
        "journeys/none.yaml:3:9: error journey-broken: it ends at 'ask-a-human', not at 'wait-for-it'.",
    ),
    Case(
        "journey-broken",
        {"journeys/none.yaml": Edit("{status: none-of-these}", "{status: none-of-these, paid: yes}")},
        "journeys/none.yaml:2:10: error journey-broken: these answers are not asked or not known: paid: yes.",
    ),
    Case(
        "journey-broken",
        {"journeys/none.yaml": Edit("{status: none-of-these}", "{status: packing}")},
        "journeys/none.yaml:2:10: error journey-broken: it stops at the question 'paid'.",
    ),
]

TEXTS = [
    Case(
        "html-forbidden",
        hint("<b>Look</b>"),
        "questions/paid.yaml:2:7: error html-forbidden: HTML is not allowed: <b>.",
    ),
    Case(
        "html-forbidden",
        {PAID: Edit('hint: "Look at your receipt."', "hint: |\n  Look at it.\n\n  <b>Now</b>")},
        "questions/paid.yaml:5:7: error html-forbidden: HTML is not allowed: <b>.",
    ),
    Case(
        "attr-list-forbidden",
        hint("Look{: .big}"),
        "questions/paid.yaml:2:7: error attr-list-forbidden: attribute lists {: ...} are not allowed.",
    ),
    Case(
        "template-syntax",
        hint("Look {{ secret }}"),
        "questions/paid.yaml:2:7: error template-syntax: template code '{{ secret }}' is not allowed.",
    ),
    Case(
        "include-forbidden",
        page("--8<-- 'x'"),
        "pages/about.md:3:1: error include-forbidden: includes are not allowed.",
    ),
    Case(
        "front-matter-forbidden",
        {ABOUT: "---\ntemplate: x\n---\n# About\n"},
        "pages/about.md:1:1: error front-matter-forbidden: front matter is not allowed.",
    ),
    Case(
        "block-markdown",
        hint("# Look"),
        "questions/paid.yaml:2:7: error block-markdown: a heading is not allowed in this text.",
    ),
    Case("too-nested", page("[" * 21), "pages/about.md:1:1: error too-nested: 21 nested brackets."),
    Case(
        "link-scheme",
        hint("[Look](http://help.example.com)"),
        "questions/paid.yaml:2:7: error link-scheme: a link may not go to 'http://help.example.com'.",
    ),
    Case(
        "link-host",
        hint("[Look](https://elsewhere.example)"),
        "questions/paid.yaml:2:7: error link-host: the host 'elsewhere.example' is not allowed.",
    ),
    Case(
        "dead-link",
        hint("[Look](ref:stat)"),
        "questions/paid.yaml:2:7: error dead-link: the link leads nowhere: 'ref:stat'.",
    ),
    Case(
        "a11y-link-name", hint("[](ref:status)"), "questions/paid.yaml:2:7: error a11y-link-name: a link has no text."
    ),
    Case(
        "a11y-image-alt",
        page("![](picture.svg)"),
        "pages/about.md:3:1: error a11y-image-alt: an image has no text alternative.",
    ),
    Case("a11y-heading-order", page("# Two"), "pages/about.md:3:1: error a11y-heading-order: a second first heading."),
    Case("unfinished", hint("TODO look"), "questions/paid.yaml:2:7: error unfinished: left-over marker 'TODO'."),
    Case(
        "formula-start",
        hint("=1+1"),
        "questions/paid.yaml:2:7: error formula-start: the text starts like a spreadsheet formula.",
    ),
    Case(
        "placeholder-syntax",
        hint("Wait {packing time}"),
        "questions/paid.yaml:2:7: error placeholder-syntax: '{packing time}' is not a placeholder.",
    ),
    Case(
        "unknown-placeholder",
        hint("Wait {packing_tme}"),
        "questions/paid.yaml:2:7: error unknown-placeholder: {packing_tme} is neither a fact nor declared."
        " Did you mean 'packing_time'?",
    ),
    Case(
        "unused-placeholder",
        {"messages/where-is-it.yaml": Edit(" {order_number}?", "?")},
        "messages/where-is-it.yaml:5:5: error unused-placeholder:"
        " the placeholder 'order_number' is not used in the text.",
    ),
]

FRESHNESS = [
    Case(
        "review-overdue",
        {"tree.yaml": Edit('"99999"', '"20"')},
        "remedies/wait.yaml:8:11: warning review-overdue: last reviewed 22 days ago; the interval is 20.",
    ),
    Case(
        "review-lapsed",
        {"tree.yaml": Edit('"99999"', '"10"')},
        "facts.yaml:1:79: error review-lapsed: last reviewed 22 days ago, over twice the interval of 10.",
    ),
    Case(
        "review-in-future",
        {WAIT: Edit("2026-11-01", "2026-11-24")},
        "remedies/wait.yaml:8:11: warning review-in-future: reviewed on a day to come: 2026-11-24.",
    ),
]

TRANSLATIONS = [
    Case(
        "catalog-syntax",
        french("msgctxt no quotes"),
        "catalogs/fr.po:4:1: error catalog-syntax: not a valid PO file: not a line of an entry (line 4).",
    ),
    Case(
        "duplicate-entry",
        french(po(*NOW, "Attendez **{packing_time}**."), po(*NOW, "Patientez **{packing_time}**.")),
        "catalogs/fr.po:1:1: error duplicate-entry: the entry 'outcome.wait-for-it.now' is given twice.",
    ),
    Case(
        "plural-forms",
        french(
            'msgctxt "ui.unit.day"\nmsgid "{count} day"\nmsgid_plural "{count} days"\nmsgstr[0] "{count} jour"\n',
        ),
        "catalogs/fr.po:4:1: error plural-forms: 1 plural forms; fr has 2.",
    ),
    Case(
        "placeholder-mismatch",
        french(po(*NOW, "Attendez **{packing_tme}**.")),
        "catalogs/fr.po:4:1: error placeholder-mismatch: placeholders {packing_tme} instead of {packing_time}.",
    ),
    Case(
        "markup-mismatch",
        french(po(*STEP, "Puis regardez [encore](ref:paid).")),
        "catalogs/fr.po:4:1: error markup-mismatch: the links differ from the source.",
    ),
    Case(
        "whitespace-mismatch",
        french(po("question.paid.text", "Did you pay?", "Avez-vous\\npayé ?")),
        "catalogs/fr.po:4:1: error whitespace-mismatch: the paragraphs differ from the source.",
    ),
    Case(
        "empty-translation",
        french(po("question.paid.text", "Did you pay?", "\u00a0 ")),
        "catalogs/fr.po:4:1: error empty-translation: the translation holds no visible character.",
    ),
    Case(
        "missing-translation",
        french(),
        "questions/paid.yaml:1:7: warning missing-translation: fr: question.paid.text"
        " is not translated: 'Did you pay?'.",
    ),
    Case(
        "stale-translation",
        french(po("question.paid.text", "Have you paid?", "Avez-vous payé ?")),
        "catalogs/fr.po:4:1: warning stale-translation: fr: the English of question.paid.text has changed.",
    ),
    Case(
        "unknown-entry",
        french(po("question.payd.text", "Did you pay?", "Avez-vous payé ?")),
        "catalogs/fr.po:4:1: warning unknown-entry: 'question.payd.text' is no entry of the tree."
        " Did you mean 'question.paid.text'?",
    ),
    Case(
        "number-mismatch",
        {
            **french(po(*NUMBER, "Attendez 4 jours, pas 30.")),
            WAIT: Edit('"Wait for {packing_time}."', '"Wait 3 days, not 30."'),
        },
        "catalogs/fr.po:4:1: error number-mismatch: numbers 30, 4 instead of 3, 30.",
    ),
    Case(
        "foreign-digit",
        {
            **french(po(*NUMBER, "Attendez ٣ jours, pas 30.")),
            WAIT: Edit('"Wait for {packing_time}."', '"Wait 3 days, not 30."'),
        },
        "catalogs/fr.po:4:1: error foreign-digit: the digit U+0663 ARABIC-INDIC DIGIT THREE is not one of 0-9.",
    ),
    Case(
        "protected-term",
        {
            **french(po("tree.title", "Parcel help", "Aide aux colis")),
            "catalogs/glossary.csv": "term,rule\nParcel,keep\n",
        },
        "catalogs/fr.po:4:1: error protected-term: the name 'Parcel' is missing.",
    ),
    Case(
        "sheet-syntax",
        {"catalogs/glossary.csv": "term,rule,fr\nparcel,drop,colis\n"},
        "catalogs/glossary.csv:2:1: error sheet-syntax: not a valid sheet: each row is: term, keep or translate,"
        " a cell for each language.",
    ),
    Case(
        "sheet-syntax",
        {
            **french(),
            "catalogs/fr.review.csv": "key,msgid_sha,msgstr_sha,state,who,date\ntree.title,a,b,fine,Ann,2026-11-23\n",
        },
        "catalogs/fr.review.csv:2:1: error sheet-syntax: not a valid sheet: the state 'fine' is none of"
        " mt, reviewed, approved.",
    ),
    Case(
        "unchanged-translation",
        french(po("tree.title", "Parcel help", "Parcel help")),
        "catalogs/fr.po:4:1: warning unchanged-translation: fr: tree.title is the same as in English.",
    ),
    Case(
        "strange-length",
        french(po("tree.description", "Find out where your parcel is.", "Colis.")),
        "catalogs/fr.po:4:1: warning strange-length: fr: tree.description has only 6 characters for 30.",
    ),
    Case(
        "end-punctuation",
        french(po("question.paid.text", "Did you pay?", "Avez-vous payé")),
        "catalogs/fr.po:4:1: warning end-punctuation: fr: question.paid.text ends with no mark instead of '?'.",
    ),
    Case(
        "terminology",
        {
            **french(po("tree.title", "Parcel help", "Aide aux paquets")),
            "catalogs/glossary.csv": "term,rule,fr\nparcel,translate,colis\n",
        },
        "catalogs/fr.po:4:1: warning terminology: fr: tree.title says 'parcel' without colis.",
    ),
    Case(
        "wording-differs",
        {
            **french(po("question.paid.hint", 'Look for \\"Packing\\".', "Cherchez « Emballage ».")),
            PAID: Edit('"Look at your receipt."', "'Look for \"Packing\".'"),
        },
        "catalogs/fr.po:4:1: warning wording-differs: fr: question.paid.hint quotes the status 'Packing',"
        " which is called En préparation.",
    ),
    Case(
        "coverage-gate",
        french(),
        "catalogs/languages.yaml:2:5: warning coverage-gate: fr is published with 0.0% of the interface and 0.0% of"
        " the articles translated; that takes 100% and 90%.",
    ),
    Case(
        "option-unvisited",
        {"journeys/none.yaml": None},
        "questions/status.yaml:1:1: warning option-unvisited: no journey takes the option 'status/none-of-these'.",
    ),
]

CASES = [*FILES, *YAML, *SHAPE, *LINKS, *FLOW, *TEXTS, *FRESHNESS, *TRANSLATIONS]
# What no file with text in it can show: tested where links, sockets and permissions are made.
TESTED_ELSEWHERE = {
    "import-syntax": "translations/test_exchange.py",
    "not-a-regular-file": "test_load.py",
    "not-readable": "test_load.py",
}
