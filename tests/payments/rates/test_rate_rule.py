"""Whose month says which rate a line takes: the call's rule, fixed once it is open."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from demonstration.clock import on
from tests.calls.drafts import complete_draft
from tests.calls.test_watching import TYPED
from tests.making import opening, voucher_story
from tests.payments.making import claim, rate
from tests.people import log_in
from vouchers.calls.actions.copying import COPIED
from vouchers.calls.models import Call

pytestmark = pytest.mark.django_db
SEPTEMBER, OCTOBER = date(2026, 9, 28), date(2026, 10, 5)


@pytest.mark.parametrize(
    ("rule", "month", "euro"),
    [("invoice", "2026-09", "887.55"), ("submission", "2026-10", "882.04")],
)
def test_a_line_takes_the_rate_of_the_month_that_its_call_says(rule, month, euro):
    """3,000.000 TND, invoiced on 28 September, submitted on 5 October 2026."""

    def of_the_rule(call):
        Call.objects.filter(pk=call.pk).update(rate_month_rule=rule)

    of_the_rule.remembered_as = f"rates of the month of the {rule}"
    with on(datetime.combine(OCTOBER, time(12), UTC)), opening(of_the_rule):
        told = voucher_story("accepted 0")
        rate(told, "TND", "3.3801", month="2026-09")
        rate(told, "TND", "3.4012", month="2026-10")
        milestone = told._milestone(0)
        found = claim(milestone, told.manager, amount="3000.000", currency="TND", day=SEPTEMBER)
    line = found.lines.get()
    assert (line.rate_month, line.amount) == (month, Decimal(euro))


def test_the_rule_is_typed_with_the_rules_of_plans_and_taken_over_by_a_copy(client):
    cast, call = complete_draft()
    log_in(client, cast.coordinators[0])
    address = reverse("calls:plans", args=[call.slug])
    assert client.post(address, {**TYPED, "rate_month_rule": "submission"}).status_code == 302
    call.refresh_from_db()
    assert call.rate_month_rule == "submission"
    answer = client.post(address, {**TYPED, "rate_month_rule": "yesterday"})
    assert set(answer.context["form"].errors) == {"rate_month_rule"}
    assert "rate_month_rule" in COPIED


def test_the_rule_of_an_open_call_never_changes():
    told = voucher_story("plan approved")
    call = told.voucher.award.application.call
    with pytest.raises(IntegrityError, match="is fixed"), transaction.atomic():
        Call.objects.filter(pk=call.pk).update(rate_month_rule="submission")
