"""The Commission's files: read in each of their shapes, looked at, taken over; all else is refused."""

from __future__ import annotations

import json
from decimal import Decimal
from io import BytesIO
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from conduct.actions import NotAllowed, OutOfOrder, Refused
from tests.making import cast_of_all
from tests.payments.making import claim, rate, typed_rate
from tests.people import log_in, person
from vouchers.payments import actions
from vouchers.payments.actions import Doubtful
from vouchers.payments.models import ExchangeRate, RateFile
from vouchers.payments.queries import compared, filed_rates, rate_for
from vouchers.payments.queries.rates import RateChange
from vouchers.payments.rules.rate_files import FiledRate, NotARateFile, RateFault, read_rates

OURS = ("USD", "LBP", "MAD", "TND")
SEPTEMBER = FiledRate("2026-09", "TND", Decimal("3.3801"))
BY_MONTH = json.dumps(
    [
        {"country": "Albania", "currency": "Lek", "isoA3Code": "ALL", "value": 97.8},
        {"country": "Tunisia", "currency": "Dinar", "isoA3Code": "TND", "value": 3.3801},
    ]
)
BY_CURRENCY = json.dumps(
    [
        {
            "currencyIso": "TND",
            "refCurrencyIso": "EUR",
            "amount": amount,
            "dateStart": f"01/{month}/2026",
            "dateEnd": f"30/{month}/2026",
        }
        for month, amount in (("09", 3.3801), ("10", 3.4012), ("11", 3.3950))
    ]
)


# --- Reading ------------------------------------------------------------------------------------
def test_the_file_of_a_month_takes_the_month_that_is_typed():
    assert read_rates(BY_MONTH, OURS, month="2026-09") == [SEPTEMBER]


def test_the_file_of_a_currency_says_its_months():
    assert [(one.month, str(one.units)) for one in read_rates(BY_CURRENCY, OURS)] == [
        ("2026-09", "3.3801"),
        ("2026-10", "3.4012"),
        ("2026-11", "3.395"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Country,Currency,ISO code,Value,Month\nTunisia,TND,TND,3.3801,2026-09\n",
        "Pays;Devise;Code ISO;Valeur;Mois\nTunisie;dinar;tnd;3,3801;09/2026\n",
        "\ufeffISO_A3_Code\tExchange Rate\tPeriod\nTND\t3.380100\t01/09/2026\n",
        '{"data": [{"isoA3Code": "TND", "value": "3.3801", "dateStart": "2026-09-01"}]}',
    ],
)
def test_columns_are_found_by_what_their_header_says(text):
    assert read_rates(text, OURS) == [SEPTEMBER]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("<!doctype html><p>Log in", RateFault.WEB_PAGE),
        ("", RateFault.NONE_OF_OURS),
        ("[{", RateFault.UNREADABLE),
        ("[1, 2]", RateFault.UNREADABLE),
        ('[{"isoA3Code": "TND", "value": NaN, "month": "2026-09"}]', RateFault.UNREADABLE),
        ("[" * 100_000, RateFault.UNREADABLE),
        ("a;b\n1;2\n", RateFault.NO_COLUMNS),
        ("iso;value;month\nALL;97.8;2026-09\n", RateFault.NONE_OF_OURS),
        ("iso;value\nTND;3.38\n", RateFault.WHICH_MONTH),
        ("iso;value;month\nTND;3.38;September\n", RateFault.NO_MONTH),
        ("iso;value;month\nTND;3.38;2026-13\n", RateFault.NO_MONTH),
        ("iso;value;month\nTND;;2026-09\n", RateFault.NO_RATE),
        ("iso;value;month\nTND;0;2026-09\n", RateFault.NO_RATE),
        ("iso;value;month\nTND;-3.38;2026-09\n", RateFault.NO_RATE),
        ("iso;value;month\nTND;3.1234567;2026-09\n", RateFault.NO_RATE),
        ("iso;value;month\nTND;1e3;2026-09\n", RateFault.NO_RATE),
        ("iso;value;month\nTND;3.38;2026-09\nTND;3.39;2026-09\n", RateFault.TWICE),
        ("iso;value;month;refCurrencyIso\nTND;3.38;2026-09;USD\n", RateFault.NOT_PER_EURO),
    ],
)
def test_whatever_else_is_refused_with_its_cause(text, why):
    with pytest.raises(NotARateFile) as refused:
        read_rates(text, OURS)
    assert refused.value.why == why


# --- Taking over --------------------------------------------------------------------------------
pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return cast_of_all()


@pytest.fixture
def told(cast):
    return SimpleNamespace(cast=cast)


def filed(cast, text=BY_CURRENCY, *, name="inforeuro.json", **more):
    return actions.read_rate_file(
        BytesIO(text if isinstance(text, bytes) else text.encode()),
        name=name,
        by=cast.finance[0],
        **more,
    )


def test_a_file_changes_nothing_until_it_is_taken_over(cast):
    file = filed(cast)
    assert not ExchangeRate.objects.exists()
    assert {one.change for one in compared(filed_rates(file))} == {RateChange.NEW}
    assert len(actions.take_rates_over(file, by=cast.finance[0])) == 3
    found = rate_for("TND", "2026-10")
    assert (found.units_per_euro, found.source, found.file) == (Decimal("3.4012"), "file", file)
    with pytest.raises(OutOfOrder, match="taken over already"):
        actions.take_rates_over(file, by=cast.finance[0])


def test_the_same_file_again_changes_nothing(cast):
    actions.take_rates_over(filed(cast), by=cast.finance[0])
    again = filed(cast)
    assert {one.change for one in compared(filed_rates(again))} == {RateChange.SAME}
    assert actions.take_rates_over(again, by=cast.finance[0]) == []
    assert ExchangeRate.objects.count() == 3


def test_a_file_corrects_what_was_typed_and_confirms_what_waited(told):
    typed_rate(told, "TND", "3.3801", month="2026-09")
    rate(told, "TND", "3.5", month="2026-10")
    actions.take_rates_over(filed(told.cast), by=told.cast.finance[0])
    assert rate_for("TND", "2026-09").source == "file"
    corrected = rate_for("TND", "2026-10")
    assert (corrected.units_per_euro, corrected.corrects.units_per_euro) == (
        Decimal("3.4012"),
        Decimal("3.5"),
    )


def test_a_rate_on_which_claims_rest_stays(delivered, milestone):
    standing = rate(delivered, "USD", "1.10")
    claim(milestone, delivered.manager, amount="110.00", currency="USD")
    file = filed(delivered.cast, f"iso;value;month\nUSD;1.2;{standing.month}\n")
    assert [one.change for one in compared(filed_rates(file))] == [RateChange.STAYS]
    assert actions.take_rates_over(file, by=delivered.cast.finance[0]) == []
    assert rate_for("USD", standing.month) == standing


def test_rates_that_look_wrong_are_asked_about(cast):
    file = filed(cast, "iso;value;month\nTND;3.38;2026-09\nTND;33.8;2026-10\n")
    assert [one.is_unusual for one in compared(filed_rates(file))] == [False, True]
    with pytest.raises(Doubtful, match="a fifth"):
        actions.take_rates_over(file, by=cast.finance[0])
    assert not ExchangeRate.objects.exists()
    assert len(actions.take_rates_over(file, by=cast.finance[0], confirmed=True)) == 2


@pytest.mark.parametrize(
    ("text", "sentence", "field"),
    [
        (b"\x89PNG\r\n\x00\x00", "column with the code", "upload"),
        ("iso;value\nTND;3.38\n", "does not say its month", "month"),
        ("iso;value;month\nTND;3.38;2031-01\n", "still to come", None),
        ("iso;value;month\nTND;drei;2026-09\n", "Line 1: “drei” is no rate", "upload"),
    ],
)
def test_a_file_is_refused_with_what_is_wrong_and_where(cast, text, sentence, field):
    with pytest.raises(Refused, match=sentence) as refused:
        filed(cast, text)
    assert refused.value.field == field
    assert not RateFile.objects.exists()


def test_a_file_that_is_too_large_is_refused_before_it_is_read(cast):
    with pytest.raises(Refused, match="5 MB"):
        filed(cast, b" " * (5 * 2**20 + 1))


def test_western_letters_and_utf_16_are_read(cast):
    text = "Pays;ISO;Valeur;Mois\nTunisie été;TND;3,3801;2026-09\n"
    for content in (text.encode("cp1252"), text.encode("utf-16")):
        assert filed_rates(filed(cast, content)) == [SEPTEMBER]


def test_only_finance_takes_files_over(cast):
    file = filed(cast)
    for somebody in (person(role="coordinator"), person(role="auditor"), person()):
        with pytest.raises(NotAllowed):
            actions.read_rate_file(BytesIO(b""), name="a.csv", by=somebody)
        with pytest.raises(NotAllowed):
            actions.take_rates_over(file, by=somebody)


# --- A second person ----------------------------------------------------------------------------
def test_a_typed_rate_counts_once_a_second_person_has_confirmed_it(delivered, milestone):
    waiting = typed_rate(delivered, "USD", "1.10")
    with pytest.raises(Refused, match="waits for a second person"):
        claim(milestone, delivered.manager, amount="110.00", currency="USD")
    with pytest.raises(NotAllowed):
        actions.confirm_rate(waiting, by=delivered.cast.finance[0])
    with pytest.raises(NotAllowed):
        actions.confirm_rate(waiting, by=delivered.officer)
    actions.confirm_rate(waiting, by=delivered.cast.coordinators[0])
    assert claim(milestone, delivered.manager, amount="110.00", currency="USD").amount == 100
    with pytest.raises(OutOfOrder, match="waits for nobody"):
        actions.confirm_rate(waiting, by=delivered.cast.finance[1])


def test_after_a_correction_nothing_counts_until_it_is_confirmed(delivered):
    wrong = rate(delivered, "USD", "1.10", month="2026-10")
    right = actions.correct_rate(
        wrong, units_per_euro=Decimal("1.11"), reason="A slip", by=delivered.cast.finance[1]
    )
    assert rate_for("USD", "2026-10") is None
    with pytest.raises(NotAllowed):
        actions.confirm_rate(right, by=delivered.cast.finance[1])
    actions.confirm_rate(right, by=delivered.cast.finance[0])
    assert rate_for("USD", "2026-10") == right


# --- Pages --------------------------------------------------------------------------------------
def test_a_file_goes_through_its_pages(client, cast):
    log_in(client, cast.finance[0])
    sent = {"upload": SimpleUploadedFile("inforeuro.json", BY_MONTH.encode())}
    page = client.post(reverse("payments:upload_rates"), sent).content.decode()
    assert "does not say its month" in page
    sent = {"upload": SimpleUploadedFile("inforeuro.json", BY_MONTH.encode()), "month": "2026-09"}
    address = client.post(reverse("payments:upload_rates"), sent)["Location"]
    page = client.get(address).content.decode()
    assert "3.3801" in page
    assert "is added" in page
    assert RateFile.objects.get().sha256 in page
    client.post(address)
    assert ExchangeRate.objects.get().units_per_euro == Decimal("3.3801")
    assert "Take the rates over" not in client.get(address).content.decode()
    assert "inforeuro.json" in client.get(reverse("payments:rates")).content.decode()


def test_the_page_asks_about_rates_that_look_wrong(client, cast):
    file = filed(cast, "iso;value;month\nTND;33.8;2026-10\n")
    log_in(client, cast.finance[0])
    address = reverse("payments:rate_file", args=[file.pk])
    page = client.post(address).content.decode()
    assert 'type="checkbox" name="confirmed"' in page
    assert not ExchangeRate.objects.exists()
    client.post(address, {"confirmed": "on"})
    assert ExchangeRate.objects.get().units_per_euro == Decimal("33.8")


def test_who_typed_a_rate_finds_no_button_and_the_second_person_does(client, told):
    waiting = typed_rate(told, "USD", "1.10")
    address = reverse("payments:confirm_rate", args=[waiting.pk])
    listed = reverse("payments:rates")
    log_in(client, told.cast.finance[0])
    assert address not in client.get(listed).content.decode()
    assert client.post(address).status_code == 403
    log_in(client, told.cast.finance[1])
    assert address in client.get(f"{listed}?waiting=yes").content.decode()
    assert f"{listed}?waiting=yes" in client.get(reverse("dashboards:home")).content.decode()
    client.post(address)
    waiting.refresh_from_db()
    assert waiting.confirmed_by == told.cast.finance[1]
    assert address not in client.get(listed).content.decode()
