"""After how many days payees are reminded, and finance asks them itself, is a term of the call."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from conduct.queries.days import day_of, start_of
from demonstration.clock import noon, on
from tests.calls.drafts import complete_draft
from tests.calls.test_watching import TYPED
from tests.people import log_in
from vouchers.calls.models import Call
from vouchers.calls.models.terms.receipts import RECEIPT_TERMS
from vouchers.payments.receipts import actions
from vouchers.payments.receipts.queries import late_receipts
from vouchers.payments.receipts.steps import is_late

from .asking import booked

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_attempts_yet")]


def test_payees_are_reminded_and_late_when_their_call_says():
    told, receipt = booked()
    days = dict(zip(RECEIPT_TERMS, (3, 5, 9), strict=True))
    Call.objects.filter(pk=told.voucher.award.application.call_id).update(**days)
    finance = told.cast.finance[0]
    receipt = type(receipt).objects.get(pk=receipt.pk)
    sent = {}
    for day in (2, 4, 6, 8, 10):
        with on(noon(day)):
            sent[day] = actions.remind_of_receipts()
            assert list(late_receipts(finance)) == ([receipt] if day == 10 else [])
            assert is_late(receipt) == (day == 10)
    assert sent == {2: 0, 4: 1, 6: 1, 8: 0, 10: 0}


def test_the_days_are_those_of_the_country():
    """Finance has it on its desk in the morning, at whatever hour the payee was asked."""
    told, receipt = booked()
    days = dict(zip(RECEIPT_TERMS, (3, 5, 9), strict=True))
    Call.objects.filter(pk=told.voucher.award.application.call_id).update(**days)
    receipt = type(receipt).objects.get(pk=receipt.pk)
    zone = told.voucher.country.zone
    midnight = start_of(day_of(receipt.asked_at, zone) + timedelta(days=9), zone)
    minute = timedelta(minutes=1)
    for moment, late in ((midnight - minute, False), (midnight + minute, True)):
        with on(moment):
            assert is_late(receipt) == late
            assert late_receipts(told.cast.finance[0]).exists() == late


def test_they_are_typed_with_the_call_each_later_than_the_one_before(client):
    cast, call = complete_draft()
    log_in(client, cast.coordinators[0])
    address = reverse("calls:plans", args=[call.slug])
    refused = client.post(address, {**TYPED, "receipt_second_days": "7"})
    assert set(refused.context["form"].errors) == {"receipt_second_days"}
    for typed in ("0", "366", "2.5", ""):
        refused = client.post(address, {**TYPED, "receipt_late_days": typed})
        assert set(refused.context["form"].errors) == {"receipt_late_days"}
    typed = dict(zip(RECEIPT_TERMS, ("5", "10", "15"), strict=True))
    assert client.post(address, {**TYPED, **typed}).status_code == 302
    call.refresh_from_db()
    assert [getattr(call, name) for name in RECEIPT_TERMS] == [5, 10, 15]


@pytest.mark.parametrize("days", [(0, 1, 2), (7, 7, 21), (7, 14, 14), (7, 14, 366)])
def test_the_database_holds_their_order(days):
    _cast, call = complete_draft()
    with pytest.raises(IntegrityError), transaction.atomic():
        Call.objects.filter(pk=call.pk).update(**dict(zip(RECEIPT_TERMS, days, strict=True)))
