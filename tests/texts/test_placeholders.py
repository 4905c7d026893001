"""What somebody types is text with names in brackets, and never code."""

import pytest

from texts.rules.comparing import compared
from texts.rules.placeholders import (
    Problem,
    Shape,
    Wrong,
    filled,
    placeholders,
    problems,
    tidied,
)

TEXT, LINE = Shape(most=4000), Shape(most=200, one_line=True)
KNOWN = {"cluster", "accept_by"}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Dear {cluster}, by {accept_by}.", []),
        ("<script>alert(1)</script> & <b>bold</b>", []),
        ("مرحبا \u200f{cluster}\u2067!", []),
        ("Dear {klaster}", [Problem(Wrong.UNKNOWN, "{klaster}")]),
        ("Dear {{ cluster }}", [Problem(Wrong.MALFORMED, "{{ cluster }}")]),
        ("Dear {{cluster}}", [Problem(Wrong.MALFORMED, "{{cluster}}")]),
        ("{% now 'Y' %}", [Problem(Wrong.MALFORMED, "{% now 'Y' %}")]),
        ("{0.__class__}", [Problem(Wrong.MALFORMED, "{0.__class__}")]),
        ("{cluster.pk}", [Problem(Wrong.MALFORMED, "{cluster.pk}")]),
        ("{Cluster}", [Problem(Wrong.MALFORMED, "{Cluster}")]),
        ("{cluster", [Problem(Wrong.MALFORMED, "{cluster")]),
        ("cluster}", [Problem(Wrong.MALFORMED, "cluster}")]),
        ("a\u202eb", [Problem(Wrong.HIDDEN, "U+202E")]),
        ("a\x07b", [Problem(Wrong.HIDDEN, "U+0007")]),
        ("", [Problem(Wrong.EMPTY)]),
        ("x" * 20_000, [Problem(Wrong.LONG, "4000")]),
    ],
)
def test_each_mistake_is_found(typed, found):
    said = problems(tidied(typed), TEXT, KNOWN)
    assert [one for one in said if one in found] == found
    assert {one.wrong for one in said} == {one.wrong for one in found}


def test_a_subject_is_one_line():
    assert problems("Congratulations,\n{cluster}", LINE, KNOWN) == [Problem(Wrong.LINES)]


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
