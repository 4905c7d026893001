"""Rates: entered once by finance, asked about when they look wrong, corrected with a reason."""

from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from conduct.actions import NotAllowed, OutOfOrder, Refused
from demonstration.clock import noon, on
from tests.making import cast_of_all, today_there
from tests.payments.making import claim, rate
from tests.people import log_in, person
from vouchers.payments import actions
from vouchers.payments.actions import Doubtful, RateInUse
from vouchers.payments.models import ExchangeRate
from vouchers.payments.queries import rate_for, rates

pytestmark = pytest.mark.django_db


@pytest.fixture
def told():
    """Whoever has a role: rates need no voucher."""
    cast = cast_of_all()
    return SimpleNamespace(cast=cast, manager=person())


def month(days=0):
    return f"{today_there() + timedelta(days=days):%Y-%m}"


def correct(found, units, told, **more):
    more.setdefault("reason", "A slip.")
    return actions.correct_rate(
        found, units_per_euro=Decimal(units), by=told.cast.finance[1], **more
    )


# --- Entering -----------------------------------------------------------------------------------
@pytest.mark.parametrize("role", ["coordinator", "auditor", "assessor", "administrator"])
def test_nobody_but_finance_enters_or_corrects_rates(role):
    somebody = person(role=role)
    with pytest.raises(NotAllowed):
        actions.enter_rate(
            currency="USD", month=month(), units_per_euro=Decimal("1.08"), by=somebody
        )
    found = ExchangeRate.objects.create(
        currency="USD", month=month(), units_per_euro="1.08", entered_by=somebody
    )
    with pytest.raises(NotAllowed):
        actions.correct_rate(found, units_per_euro=Decimal("1.09"), reason="x", by=somebody)


def test_a_month_later_than_the_next_is_refused(told):
    with on(noon(0).replace(year=2026, month=11, day=27)):
        rate(told, "USD", "1.08", month="2026-12")
        for later in ("2027-01", "2099-01"):
            with pytest.raises(Refused, match="December 2026"):
                rate(told, "USD", "1.08", month=later)
        with pytest.raises(Refused, match="January 1999"):
            rate(told, "USD", "1.08", month="1998-12")
    assert list(ExchangeRate.objects.values_list("month", flat=True)) == ["2026-12"]


def test_what_is_no_month_or_no_rate_is_refused(told):
    for wrong in ("2026-13", "2026-00", "26-11", "٢٠٢٦-١١", "November"):
        with pytest.raises(ValidationError) as refused:
            rate(told, "USD", "1.08", month=wrong)
        assert "month" in refused.value.message_dict
    for units in ("0", "-1.08"):
        with pytest.raises(ValidationError):
            rate(told, "USD", units, confirmed=True)


def test_a_rate_far_from_the_one_before_is_asked_about(told):
    rate(told, "USD", "1.08", month="2026-01")
    rate(told, "USD", "2.00", month="2026-02", confirmed=True)
    with pytest.raises(Doubtful, match="more than a fifth") as asked:
        rate(told, "USD", "1.08", month="2026-03")
    assert "1 EUR = 2 USD (February 2026)" in str(asked.value)
    # The one before counts, not the last one entered, nor another currency's.
    assert rate(told, "USD", "1.10", month="2025-12").units_per_euro == Decimal("1.10")
    assert not ExchangeRate.objects.filter(month="2026-03").exists()
    assert rate(told, "USD", "1.08", month="2026-03", confirmed=True).month == "2026-03"


def test_the_first_rate_of_a_currency_is_asked_about_when_it_is_not_usual(told):
    with pytest.raises(Doubtful, match="far from what is usual"):
        rate(told, "USD", "111")
    assert rate(told, "USD", "1.11").units_per_euro == Decimal("1.11")


def test_a_month_has_one_rate_that_stands(told):
    rate(told, "USD", "1.08")
    with pytest.raises(ValidationError, match="entered already"):
        rate(told, "USD", "1.09")


# --- Correcting ---------------------------------------------------------------------------------
def test_a_mistaken_rate_is_corrected_by_a_new_row_with_a_reason(told):
    wrong = rate(told, "MAD", "10.8", month="2026-10")
    right = correct(wrong, "10.7", told, reason="Two digits were exchanged.")
    wrong.refresh_from_db()
    assert (wrong.units_per_euro, wrong.replaced_at is not None) == (Decimal("10.8"), True)
    assert (right.corrects, right.reason, right.month, right.entered_by) == (
        wrong,
        "Two digits were exchanged.",
        "2026-10",
        told.cast.finance[1],
    )
    assert rate_for("MAD", "2026-10") is None
    actions.confirm_rate(right, by=told.cast.finance[0])
    assert rate_for("MAD", "2026-10") == right
    assert list(rates()) == [right, wrong]
    with pytest.raises(OutOfOrder, match="corrected already"):
        correct(wrong, "10.9", told)
    assert correct(right, "10.9", told).corrects == right


def test_a_correction_needs_a_reason_another_rate_and_an_answer_when_it_is_unusual(told):
    rate(told, "MAD", "10.7", month="2026-09")
    wrong = rate(told, "MAD", "10.8", month="2026-10")
    with pytest.raises(Refused, match="Say why"):
        correct(wrong, "10.7", told, reason=" ")
    with pytest.raises(Refused, match="the rate already"):
        correct(wrong, "10.80", told)
    with pytest.raises(Doubtful):
        correct(wrong, "107", told)
    with pytest.raises(ValidationError):
        correct(wrong, "0", told, confirmed=True)
    assert ExchangeRate.objects.count() == 2
    assert correct(wrong, "107", told, confirmed=True).units_per_euro == 107


def test_a_rate_on_which_claims_rest_stays_and_they_are_named(delivered, milestone):
    wrong = rate(delivered, "USD", "1.08")
    found = claim(milestone, delivered.manager, amount="108.00", currency="USD")
    with pytest.raises(RateInUse, match="Claims rest") as refused:
        correct(wrong, "1.09", delivered)
    assert refused.value.claims == [found]
    with pytest.raises(IntegrityError, match="claims rest"), transaction.atomic():
        ExchangeRate.objects.filter(pk=wrong.pk).update(replaced_at=timezone.now())
    actions.withdraw_claim(found, by=delivered.manager)
    right = correct(wrong, "1.09", delivered)
    assert right.units_per_euro == Decimal("1.09")
    actions.confirm_rate(right, by=delivered.cast.finance[0])
    again = claim(milestone, delivered.manager, amount="109.00", currency="USD")
    line = again.lines.get()
    assert (line.amount, line.rate_units_per_euro) == (Decimal("100.00"), Decimal("1.09"))


def test_the_database_never_rewrites_a_rate(told):
    rate(told, "MAD", "10.8")
    for change in ({"units_per_euro": "9"}, {"month": "2020-01"}, {"currency": "TND"}):
        with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
            ExchangeRate.objects.update(**change)
    with pytest.raises(Exception, match="Cannot"), transaction.atomic():
        ExchangeRate.objects.all().delete()


# --- What a claim takes ---------------------------------------------------------------------------
def test_a_claim_takes_the_rate_of_its_invoices_month(delivered, milestone):
    this_month = today_there()
    next_month = (this_month.replace(day=1) + timedelta(days=35)).replace(day=5)
    for day, units, euro in ((this_month, "1.10", "120.00"), (next_month, "1.20", "110.00")):
        with on(datetime.combine(next_month, time(12), UTC)):
            rate(delivered, "USD", units, month=f"{day:%Y-%m}")
            found = claim(
                milestone,
                delivered.manager,
                amount="132.00",
                currency="USD",
                day=day,
                number=f"F {day}",
            )
        line = found.lines.get()
        assert (line.rate_month, line.rate_units_per_euro, line.amount) == (
            f"{day:%Y-%m}",
            Decimal(units),
            Decimal(euro),
        )
        actions.withdraw_claim(found, by=delivered.manager)


def another_line(found, **changed):
    """Write a line like that of the claim beside it, past the actions."""
    line = found.lines.get()
    line.pk = None
    for name, value in changed.items():
        setattr(line, name, value)
    with transaction.atomic():
        line.save(force_insert=True)


@pytest.mark.parametrize(
    "changed",
    [
        {"rate_units_per_euro": "1.09"},
        {"rate_month": "2026-01"},
        {"amount": "100.01"},
        {"amount": "99.99"},
        {"rate": None},
    ],
)
def test_the_database_holds_a_line_to_the_rate_of_its_row(delivered, milestone, changed):
    rate(delivered, "USD", "1.08")
    found = claim(milestone, delivered.manager, amount="108.00", currency="USD")
    with pytest.raises(IntegrityError, match="rate of its row"):
        another_line(found, **changed)


def test_the_database_lets_no_line_rest_on_a_corrected_rate(delivered, milestone):
    wrong = rate(delivered, "USD", "1.08")
    right = correct(wrong, "1.09", delivered)
    actions.confirm_rate(right, by=delivered.cast.finance[0])
    found = claim(milestone, delivered.manager, amount="108.00", currency="USD")
    with pytest.raises(IntegrityError, match="rate of its row"):
        another_line(found, rate=wrong, rate_units_per_euro="1.08", amount="100.00")


# --- Pages --------------------------------------------------------------------------------------
def test_the_page_asks_and_takes_the_rate_once_it_is_confirmed(client, told):
    log_in(client, told.cast.finance[0])
    typed = {"currency": "USD", "month": month(), "units_per_euro": "111"}
    page = client.post(reverse("payments:rates"), typed).content.decode()
    assert "far from what is usual" in page
    assert 'type="checkbox" name="confirmed"' in page
    assert 'value="111"' in page
    assert not ExchangeRate.objects.exists()
    client.post(reverse("payments:rates"), {**typed, "confirmed": "on"})
    assert ExchangeRate.objects.get().units_per_euro == 111


def test_nothing_is_asked_before_a_rate_looks_wrong(client, told):
    log_in(client, told.cast.finance[0])
    assert (
        'type="checkbox" name="confirmed"'
        not in client.get(reverse("payments:rates")).content.decode()
    )


def test_a_rate_is_corrected_on_its_page_and_the_list_says_why(client, told):
    wrong = rate(told, "MAD", "10.8")
    log_in(client, told.cast.finance[1])
    listed = client.get(reverse("payments:rates")).content.decode()
    address = reverse("payments:correct_rate", args=[wrong.pk])
    assert address in listed
    page = client.post(address, {"units_per_euro": "107", "reason": "A slip"}).content.decode()
    assert "differs" in page or "far from" in page
    assert 'type="checkbox" name="confirmed"' in page
    client.post(address, {"units_per_euro": "10.7", "reason": "A slip of mine"})
    listed = client.get(reverse("payments:rates")).content.decode()
    assert "A slip of mine" in listed
    assert address not in listed
    assert "corrected already" in client.get(address).content.decode()


def test_the_page_names_the_claims_that_rest_on_a_rate(client, delivered, milestone):
    wrong = rate(delivered, "USD", "1.08")
    found = claim(milestone, delivered.manager, amount="108.00", currency="USD")
    log_in(client, delivered.cast.finance[0])
    page = client.get(reverse("payments:correct_rate", args=[wrong.pk])).content.decode()
    assert "Claims rest on this rate" in page
    assert found.get_absolute_url() in page
    assert "units_per_euro" not in page


def test_who_reads_rates_without_entering_them_finds_no_button(client, told):
    wrong = rate(told, "MAD", "10.8")
    address = reverse("payments:correct_rate", args=[wrong.pk])
    log_in(client, told.cast.coordinators[0])
    assert address not in client.get(reverse("payments:rates")).content.decode()
    assert client.get(address).status_code == 403
    log_in(client, told.manager)
    assert client.get(address).status_code == 404
    assert client.get(reverse("payments:rates")).status_code == 404
