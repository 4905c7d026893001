"""Texts that coordinators own."""

from tests.integrity.rules.statements import (
    CANNOT_DELETE,
    NEITHER,
    another,
    change,
    delete,
    heading,
    rule,
)

TEXT, VERSION = "texts_owntext", "texts_textversion"

heading("Texts that coordinators own")
rule(
    "There is one text for a kind, a language and a call.",
    another(TEXT, "own_text"),
    "one_own_text_per_kind_language_and_call",
)
rule(
    "A text is of a letter or of an e-mail.",
    another(TEXT, "own_text", family="note"),
    "an_own_text_is_of_a_letter_or_an_e_mail",
)
rule(
    "What a text is of never changes.",
    change(TEXT, "own_text", "language = 'fr'"),
    "never changes",
)
rule("A text is not deleted.", delete(TEXT, "own_text"), CANNOT_DELETE)
rule(
    "A version stays as it was saved.", change(VERSION, "text_version", "passages = '{}'"), NEITHER
)
rule("It is not taken back.", delete(VERSION, "text_version"), NEITHER)
rule(
    "The versions of a text are numbered one after the other, so that one is in force.",
    another(VERSION, "text_version", number=7),
    "numbered one after the other",
)
rule(
    "A passage is a text of no more than 4,000 characters.",
    another(VERSION, "text_version", number=2, passages={"body": "x" * 4001}),
    "a subject is one line",
)
rule(
    "A subject is one line.",
    another(VERSION, "text_version", number=2, passages={"subject": "a\nb"}),
    "a subject is one line",
)
