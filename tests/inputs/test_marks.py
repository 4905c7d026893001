"""What comes along with what is pasted: unseen marks, digits of other scripts, odd hyphens."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inputs.rules.days import read_day
from inputs.rules.marks import plain_line, printable, without_marks


@pytest.mark.parametrize(
    ("pasted", "meant"),
    [
        ("\u202aLB62 0999\u202c", "LB62 0999"),
        ("\u2066RC\u00a012345\u2069", "RC 12345"),
        ("\ufeff  RC\u202f١٢٣٤٥\u200f", "RC 12345"),
        ("RC\u201112345", "RC-12345"),
        ("+961\u200b 1\u2011234\u2212567", "+961 1-234-567"),
        ("ＲＣ　１２３", "RC 123"),
        ("INV\u00ad12", "INV12"),
        ("a\tb\nc\x00", "a b c"),
        ("2021²", "2021²"),
        ("①", "①"),
        ("०१२۳۴٥", "012345"),
        ("شركة ١", "شركة 1"),
    ],
)
def test_a_pasted_line_is_what_was_meant(pasted, meant):
    assert plain_line(pasted) == meant


@given(st.text())
def test_a_plain_line_stays_as_it_is(text):
    once = plain_line(text)
    assert plain_line(once) == once
    assert once == once.strip()


def test_marks_within_words_go_and_letters_stay():
    assert without_marks("مرحبا\u200f\u202a é") == "مرحبا é"


@given(st.text(st.characters()))
def test_what_is_kept_of_a_text_can_be_printed(text):
    kept = printable(text)
    kept.encode("utf-8")
    assert not any(ord(letter) < 32 and letter not in "\n\t" for letter in kept)
    assert printable(kept) == kept


def test_a_text_keeps_its_lines_and_the_joiners_of_its_script():
    assert printable("a\r\nb\rc\td\x0b\x00\ud800\uffff") == "a\nb\nc\td"
    assert printable("می\u200cخواهم \u200f(1)\u200f") == "می\u200cخواهم \u200f(1)\u200f"


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-11-27", date(2026, 11, 27)),
        ("27/11/2026", date(2026, 11, 27)),
        ("27.11.2026", date(2026, 11, 27)),
        ("27-11-2026", date(2026, 11, 27)),
        ("27 / 11 / 2026", date(2026, 11, 27)),
        ("\u200f٢٧/١١/٢٠٢٦\u200f", date(2026, 11, 27)),
        ("2026\u201111\u201127", date(2026, 11, 27)),
        ("31/02/2026", None),
        ("27/11-2026", None),
        ("2026²-11-27", None),
        ("0000-01-01", None),
        ("27/11/26", None),
        ("tomorrow", None),
    ],
)
def test_a_day_is_read_whatever_came_along(typed, day):
    assert read_day(typed) == day
