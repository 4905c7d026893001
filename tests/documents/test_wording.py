"""Days, amounts and names as readers write them: on pages, in messages and in letters alike."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template import engines
from django.utils.translation import override

from documents import wording

DAY = date(2026, 11, 17)
EVENING = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)
ISOLATED = "\N{LEFT-TO-RIGHT ISOLATE}%s\N{POP DIRECTIONAL ISOLATE}"


@pytest.mark.parametrize(
    ("country", "text"),
    [
        ("LB", "17 تشرين الثاني 2026"),
        ("MA", "17 نونبر 2026"),
        ("TN", "17 نوفمبر 2026"),
        ("BE", "17 نوفمبر 2026"),
        ("", "17 نوفمبر 2026"),
    ],
)
def test_months_have_the_names_of_the_readers_country(country, text):
    with override("ar"), wording.for_readers_in(country):
        assert wording.day(DAY) == text
    with override("ar"), wording.for_readers_in(lambda: country):
        assert wording.day(DAY) == text


def test_a_country_is_looked_up_only_where_it_matters():
    asked = []
    with wording.for_readers_in(lambda: asked.append("asked") or "LB"):
        for language in ("en", "fr"):
            with override(language):
                wording.day(DAY)
    assert not asked


@pytest.mark.parametrize(
    ("zone", "country"),
    [
        ("Asia/Beirut", "LB"),
        ("Africa/Tunis", "TN"),
        ("Africa/Casablanca", "MA"),
        ("UTC", ""),
        ("Nowhere/At_All", ""),
    ],
)
def test_a_clock_tells_its_country(zone, country):
    assert wording.country_of_zone(zone) == country


def test_the_first_of_a_month_in_french():
    with override("fr"):
        assert wording.day("2026-11-01") == "1er novembre 2026"
        assert wording.day("2026-11-11") == "11 novembre 2026"
    with override("en"):
        assert wording.day("2026-11-01") == "1 November 2026"


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        ("Asia/Beirut", "heure de Beyrouth"),
        ("Europe/Athens", "heure d’Athènes"),
        ("Africa/Algiers", "heure d’Alger"),
        ("Africa/Cairo", "heure du Caire"),
        ("Asia/Amman", "heure d’Amman"),
    ],
)
def test_french_elides_before_the_name_of_a_city(zone, said):
    with override("fr"):
        assert said in wording.instant(EVENING, zone)


@pytest.mark.parametrize(
    ("filled", "said"),
    [
        ("les notes de Amal", "les notes d’Amal"),
        ("le compte de Élie", "le compte d’Élie"),
        ("en tant que évaluateur", "en tant qu’évaluateur"),
        ("le plan de QOOT", "le plan de QOOT"),
        ("l’aide de 8 jours", "l’aide de 8 jours"),
        ("la même idée", "la même idée"),
    ],
)
def test_a_sentence_that_was_filled_is_elided(filled, said):
    with override("fr"):
        assert wording.elided(filled) == said
    with override("en"):
        assert wording.elided(filled) == filled


@pytest.mark.parametrize(
    ("language", "value", "currency", "text"),
    [
        ("en", "5000", "EUR", "5,000.00 EUR"),
        ("fr", "5000.5", "EUR", "5 000,50 EUR"),
        ("ar", "5000.5", "EUR", "5.000,50 EUR"),
        # Some currencies have thousandths: none is rounded away on a page.
        ("en", "1234.567", "TND", "1,234.567 TND"),
        ("fr", "1234.500", "TND", "1 234,50 TND"),
        ("ar", "1E+6", "LBP", "1.000.000,00 LBP"),
    ],
)
def test_an_amount_reads_as_its_reader_writes_it(language, value, currency, text):
    with override(language):
        written = wording.amount(value, currency).replace("\N{NO-BREAK SPACE}", " ")
        said = wording.amount_in_text(Decimal(value), currency).replace("\N{NO-BREAK SPACE}", " ")
    assert written == text
    assert said == (ISOLATED % text if language == "ar" else text)


def test_a_rate_stays_whole_in_a_sentence():
    with override("ar"):
        assert wording.rate("3.440400", "TND") == ISOLATED % "1 EUR = 3,4404 TND"
    with override("fr"):
        assert wording.rate(Decimal("3.4404"), "TND") == "1 EUR = 3,4404 TND"


def test_each_part_of_a_record_has_its_own_direction():
    """«SUV-2026-MA-0003 · الحرف» runs from left to right as one, and is torn where it breaks."""
    assert wording.in_parts("SUV-2026-MA-0003 · الحرف · <b>") == (
        "<span><bdi>SUV-2026-MA-0003</bdi> · <bdi>الحرف</bdi> · <bdi>&lt;b&gt;</bdi></span>"
    )


@pytest.mark.parametrize("nothing", [None, ""])
def test_where_a_page_has_no_number_none_is_shown(nothing):
    template = engines["django"].from_string(
        "{% load wording %}[{{ it|decimal }}{{ it|decimal:2 }}{{ it|measure }}]"
    )
    assert template.render({"it": nothing}) == "[]"


@pytest.mark.parametrize(
    ("exact", "said"),
    [("18.1875", "18,19"), ("2.125", "2,13"), ("58.000", "58"), ("0", "0"), ("1204.5", "1 204,5")],
)
def test_days_have_two_digits_at_most_on_every_page(exact, said):
    with override("fr"):
        assert wording.measure(Decimal(exact)).replace("\N{NO-BREAK SPACE}", " ") == said


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Lebanon: 2, 3"),
        ("fr", "Lebanon\N{NO-BREAK SPACE}: 2, 3"),
        ("ar", "Lebanon: 2\N{ARABIC COMMA} 3"),
    ],
)
def test_lists_and_labels_are_parted_as_the_language_does(language, text):
    template = "{% load wording %}Lebanon{% colon %}{{ counts|listed }}"
    apart = "{% load wording %}Lebanon{% colon %}2{% comma %}3"
    with override(language):
        for source in (template, apart):
            assert engines["django"].from_string(source).render({"counts": [2, 3]}) == text


def test_a_reference_in_a_sentence_is_never_broken_and_the_sentence_stays_escaped():
    sentence = "<b> SUV-2026-LB-0001-C1 & PAY-2026-0007, 2026-11"
    with override("fr"):
        assert wording.references_whole(sentence) == sentence.replace("&", "&amp;").replace(
            "<b>", "&lt;b&gt;"
        )
    with override("ar"):
        said = wording.references_whole(sentence)
    whole = '<bdi class="whole" dir="ltr">%s</bdi>'
    first, second = whole % "SUV-2026-LB-0001-C1", whole % "PAY-2026-0007"
    assert said == f"&lt;b&gt; {first} &amp; {second}, 2026-11"
