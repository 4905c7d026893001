"""Texts are found however they are written, by Python and PostgreSQL alike."""

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inputs.rules.folding import code_form, folded, without_leading_zeros

ALIKE = [
    ("Fédération de l’Oléiculture", "federation de l'oleiculture"),
    ("FÉDÉRATION", "fe\u0301de\u0301ration"),
    ("Œuvres d’art", "oeuvres d'art"),
    ("N‘Djamena", "N'Djamena"),
    ("جمعيّة الأُمّهات", "جمعيه الامهات"),
    ("أحمد إلى آخره", "احمد الي اخره"),
    ("مؤسسة", "موسسه"),
    ("شـــركة", "شركة"),
    ("ﺷﺮﻛﺔ", "شركة"),
    ("مستشفى", "مستشفي"),
    ("٢٠٢٦", "2026"),
    ("Ｃｌｕｓｔｅｒ", "cluster"),
    ("a\u00a0b\u200f", "a b"),
    ("SUV\u20112026\u2011LB", "suv-2026-lb"),
    ("Straße", "STRASSE"),
    ("ΣΟΦΙΑΣ", "σοφίας"),
    ("İzmir", "izmir"),
]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_two_ways_to_write_are_one_to_a_search(one, other):
    assert folded(one) == folded(other)


def test_different_words_stay_different():
    words = ["cote", "coter", "شركات", "شركة", "2026", "2025", "a-b", "a b"]
    assert len({folded(word) for word in words}) == len(words)


@pytest.mark.parametrize(
    "written",
    ["RC 12345", "RC ١٢٣٤٥", "rc-12345", "RC\u00a0۱۲۳۴۵\u200f", "R.C. 12 345", "ＲＣ12345"],
)
def test_a_number_of_a_register_is_one_however_written(written):
    assert code_form(written) == "rc12345"


def test_leading_zeros_are_told_apart_but_for_a_hint():
    assert code_form("RC 0012345") != code_form("RC 12345")
    assert without_leading_zeros("rc0012345b0") == "rc12345b0"


LETTERS = st.characters(
    codec="utf-8",
    exclude_characters="\x00",
    exclude_categories=["Cs", "Cn", "Co"],
    max_codepoint=0xFFFF,
)
SIGNS = "éÉèçœŒæß’'`´ʿأإآٱةىيؤئـًّ٠٣۵ Σςßİıøﬁﻻ\u200f\u00a0\u2011\u2028\u0085aAzZ09-.\t\n"


def in_postgresql(text):
    with connection.cursor() as cursor:
        cursor.execute("SELECT folded(%s), code_form(%s)", [text, text])
        return cursor.fetchone()


@pytest.mark.django_db
@settings(max_examples=800, suppress_health_check=list(HealthCheck))
@given(st.text(LETTERS | st.sampled_from(SIGNS), max_size=40))
def test_postgresql_folds_as_python_does(text):
    assert in_postgresql(text) == (folded(text), code_form(text))
    assert folded(folded(text)) == folded(text)
    assert code_form(code_form(text)) == code_form(text)


@pytest.mark.django_db
def test_postgresql_folds_every_letter_of_the_programmes_scripts():
    """Latin, Greek, Cyrillic, Arabic with its forms for printing."""
    for first, last in (
        (1, 0x530),
        (0x600, 0x700),
        (0x750, 0x780),
        (0x1E00, 0x2100),
        (0xFB50, 0xFE00),
        (0xFE70, 0xFFF0),
    ):
        for code in range(first, last):
            text = f"x{chr(code)}y"
            assert in_postgresql(text)[0] == folded(text), hex(code)
