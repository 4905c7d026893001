"""After how many days a voucher needs a look is a term of its call."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from tests.calls.drafts import complete_draft, in_three
from tests.people import log_in
from vouchers.calls import actions
from vouchers.calls.models import Call
from vouchers.calls.models.terms.watching import WATCHING

pytestmark = pytest.mark.django_db
TYPED = {
    "day_rate_low": "150.00",
    "day_rate_high": "600.00",
    "session_tolerance": "10",
    "days_of_a_turn": "5",
    "days_of_silence": "21",
    "days_of_grace": "3",
    "days_before_the_end": "45",
    "extensions_most": "2",
    "extension_days_most": "180",
    "notice_days": "30",
    "claim_days_after_ending": "30",
    "unused_days": "",
    "claim_tolerance": "0",
    "rate_month_rule": "invoice",
    "way_of_use": "provider",
    "advance_share": "0",
    "screening_days": "90",
    "receipt_reminder_days": "7",
    "receipt_second_days": "14",
    "receipt_late_days": "21",
    "two_approvals_above": "",
    "three_approvals_above": "",
    "form-TOTAL_FORMS": "0",
    "form-INITIAL_FORMS": "0",
}


def test_they_are_typed_with_the_rules_of_plans(client):
    cast, call = complete_draft()
    log_in(client, cast.coordinators[0])
    address = reverse("calls:plans", args=[call.slug])
    page = client.get(address).content.decode()
    assert all(f'name="{name}"' in page for name in WATCHING)
    assert client.post(address, TYPED).status_code == 302
    call.refresh_from_db()
    assert [getattr(call, name) for name in WATCHING] == [5, 21, 3, 45]


@pytest.mark.parametrize("name", WATCHING)
@pytest.mark.parametrize("typed", ["0", "366", "-3", "2.5", "many", ""])
def test_what_is_no_number_of_days_is_refused_beside_its_field(client, name, typed):
    cast, call = complete_draft()
    log_in(client, cast.coordinators[0])
    answer = client.post(reverse("calls:plans", args=[call.slug]), {**TYPED, name: typed})
    assert answer.status_code == 200
    assert set(answer.context["form"].errors) == {name}
    call.refresh_from_db()
    assert call.days_of_silence == 30


@pytest.mark.parametrize("name", WATCHING)
def test_the_database_refuses_it_too(name):
    _cast, call = complete_draft()
    for days in (0, 366):
        with pytest.raises(IntegrityError), transaction.atomic():
            Call.objects.filter(pk=call.pk).update(**{name: days})


def test_a_copy_takes_them_over():
    cast, source = complete_draft()
    limits = {name: days for days, name in enumerate(WATCHING, start=4)}
    actions.update_call(source, by=cast.coordinators[0], **limits)
    times = {name: getattr(source, name) for name in (*_TIMES, "decision_due")}
    copy = actions.copy_call(
        source, by=cast.coordinators[0], **times, year=2027, slug="second", name=in_three("Second")
    )
    assert {name: getattr(copy, name) for name in WATCHING} == limits


_TIMES = ("opens_at", "deadline", "assistance_starts", "assistance_ends")
