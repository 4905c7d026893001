"""How a search is read, and where its words stand in a text."""

from decimal import Decimal

import pytest

from dashboards.search.rules.asked import asked_by
from dashboards.search.rules.excerpts import excerpt, marked


def found_in(pieces):
    return [piece.text for piece in pieces if piece.is_found]


def told(pieces):
    return "".join(piece.text for piece in pieces)


@pytest.mark.parametrize(
    ("typed", "amounts"),
    [
        ("2,499.08", ["2499.08"]),
        ("2 499,08 EUR", ["2499.08"]),
        ("٢٤٩٩٫٠٨", ["2499.08"]),
        ("€ 5,400", ["5400", "5.4"]),
        ("887.550 TND", ["887550", "887.55"]),
        ("0", []),
        ("-5", []),
        ("F2026-0091", []),
        ("NaN", []),
    ],
)
def test_an_amount_is_read_as_it_is_written(typed, amounts):
    assert asked_by(typed).amounts == tuple(map(Decimal, amounts))


def test_words_are_folded_once_each_and_not_endless():
    assert asked_by("  Électronique ÉLECTRONIQUE  أحمد ").words == ("electronique", "احمد")
    assert len(asked_by("a b c d e f g h").words) == 6
    assert len(asked_by("x" * 5000).text) == 100
    assert asked_by("qoot\0 lb").words == ("qoot", "lb")


def test_a_text_is_not_searched_by_a_word_of_two_letters():
    assert asked_by("de la").long_words == ()
    assert asked_by("olive du").long_words == ()
    assert asked_by("huile olive").long_words == ("huile", "olive")


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("Cluster Électronique & Mécatronique", ("electronique", "meca"), ["Électronique", "Méca"]),
        ("Huile d’olive du Nord", ("dolive",), ["d’olive"]),
        ("الصناعات التقليديّة", ("التقليديه",), ["التقليديّة"]),
        ("naïve ﬁgure", ("figure",), ["ﬁgure"]),
        ("SUV-٢٠٢٦", ("2026",), ["٢٠٢٦"]),
        ("aaaa", ("aa",), ["aaaa"[:2], "aa"]),
        ("abcd", ("abc", "bcd"), ["abcd"]),
        ("nothing", ("else",), []),
    ],
)
def test_what_was_asked_for_is_marked_as_it_is_written(text, words, found):
    pieces = marked(text, words)
    assert found_in(pieces) == found
    assert told(pieces) == text


def test_an_excerpt_is_cut_between_words_around_what_was_found():
    text = "before " * 60 + "the growth strategy " + "after " * 60
    pieces = excerpt(text, ("growth",))
    assert found_in(pieces) == ["growth"]
    assert told(pieces).startswith("… before ")
    assert told(pieces).endswith("after …")
    assert len(told(pieces)) < 220


def test_there_is_no_excerpt_where_nothing_stands():
    assert excerpt("a plan", ("growth",)) == []
    assert excerpt("", ("growth",)) == []
    assert told(excerpt("growth", ("growth",))) == "growth"
