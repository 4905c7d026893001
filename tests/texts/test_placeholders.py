"""What somebody types is text with names in brackets, and never code."""

import pytest

from texts.rules.comparing import compared
from texts.rules.placeholders import (
    Flaw,
    FlawKind,
    TextShape,
    filled,
    placeholders,
    problems,
    tidied,
)

TEXT, LINE = TextShape(most=4000), TextShape(most=200, one_line=True)
KNOWN = {"cluster", "accept_by"}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Dear {cluster}, by {accept_by}.", []),
        ("<script>alert(1)</script> & <b>bold</b>", []),
        ("مرحبا \u200f{cluster}\u2067!", []),
        ("Dear {klaster}", [Flaw(FlawKind.UNKNOWN, "{klaster}")]),
        ("Dear {{ cluster }}", [Flaw(FlawKind.MALFORMED, "{{ cluster }}")]),
        ("Dear {{cluster}}", [Flaw(FlawKind.MALFORMED, "{{cluster}}")]),
        ("{% now 'Y' %}", [Flaw(FlawKind.MALFORMED, "{% now 'Y' %}")]),
        ("{0.__class__}", [Flaw(FlawKind.MALFORMED, "{0.__class__}")]),
        ("{cluster.pk}", [Flaw(FlawKind.MALFORMED, "{cluster.pk}")]),
        ("{Cluster}", [Flaw(FlawKind.MALFORMED, "{Cluster}")]),
        ("{cluster", [Flaw(FlawKind.MALFORMED, "{cluster")]),
        ("cluster}", [Flaw(FlawKind.MALFORMED, "cluster}")]),
        ("a\u202eb", [Flaw(FlawKind.HIDDEN, "U+202E")]),
        ("a\x07b", [Flaw(FlawKind.HIDDEN, "U+0007")]),
        ("", [Flaw(FlawKind.EMPTY)]),
        ("x" * 20_000, [Flaw(FlawKind.LONG, "4000")]),
    ],
)
def test_each_mistake_is_found(typed, found):
    said = problems(tidied(typed), TEXT, KNOWN)
    assert [one for one in said if one in found] == found
    assert {one.wrong for one in said} == {one.wrong for one in found}


def test_a_subject_is_one_line():
    assert problems("Congratulations,\n{cluster}", LINE, KNOWN) == [Flaw(FlawKind.LINES)]


def test_what_is_filled_in_is_not_filled_again():
    assert filled("{cluster}!", {"cluster": "{accept_by}"}.__getitem__) == "{accept_by}!"


def test_line_breaks_are_of_one_kind():
    assert tidied(" a \r\n\r\n b\r") == "a\n\n b"


def test_placeholders_are_told_once():
    assert placeholders("{cluster} {accept_by} {cluster}") == ["cluster", "accept_by"]


def test_what_differs_is_told_word_by_word():
    assert compared("We offer a voucher.", "We gladly offer a voucher.") == [
        ("same", "We"),
        ("new", " gladly"),
        ("same", " offer a voucher."),
    ]
