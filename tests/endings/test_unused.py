"""A voucher that nobody uses: two warnings with dates, then a coordinator, never the machine alone."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from conduct.actions import NotAllowed, OutOfOrder, Refused
from demonstration.clock import noon, on
from notices.models import Notice
from tests.endings.making import WHY, coordinators, rules
from tests.making import voucher_story
from tests.people import log_in
from vouchers.awards.models import Voucher
from vouchers.endings import actions
from vouchers.endings.models import UnusedWarning
from vouchers.endings.queries import vouchers_to_lapse
from vouchers.endings.tasks import watch_vouchers

pytestmark = pytest.mark.django_db


@pytest.fixture
def told():
    """Issued two weeks ago; nothing was done since."""
    rules_later = voucher_story("")
    rules(unused_days=20)
    return rules_later


def warned_twice():
    with on(noon(6)):
        assert watch_vouchers() == 1
        assert watch_vouchers() == 0
    with on(noon(20)):
        assert watch_vouchers() == 1
        assert watch_vouchers() == 0


def lapse(told, by=None, reason=WHY):
    return actions.confirm_lapse(told.voucher, reason=reason, by=by or coordinators()[0])


def test_it_is_warned_of_twice_and_lapses_when_a_coordinator_says_so(told, client):
    with on(noon(5)):
        assert watch_vouchers() == 0
    warned_twice()
    assert list(UnusedWarning.objects.values_list("number", flat=True)) == [1, 2]
    notices = Notice.objects.filter(recipient=told.manager, kind="voucher-unused")
    assert notices.count() == 2
    with on(noon(33)), pytest.raises(OutOfOrder, match="not warned of twice in vain"):
        lapse(told)
    with on(noon(60)):
        assert watch_vouchers() == 0
        assert Voucher.objects.get().state == "active"
        assert vouchers_to_lapse(coordinators()[0]) == [told.voucher]
        log_in(client, coordinators()[0])
        address = reverse("endings:lapse", args=[told.voucher.pk])
        assert address in client.get(reverse("dashboards:home")).content.decode()
        client.post(address, {"reason": "Nobody answers."})
    voucher = Voucher.objects.get()
    assert (voucher.state, voucher.released) == ("terminated", voucher.amount)
    assert voucher.endings.get().kind == "lapsed"


def test_only_a_coordinator_confirms_it_and_says_why(told):
    warned_twice()
    with on(noon(34)):
        for person in (told.officer, told.manager, told.cast.finance[0]):
            with pytest.raises(NotAllowed):
                lapse(told, by=person)
        with pytest.raises(Refused, match="Say why"):
            lapse(told, reason="  ")


def test_a_sign_of_life_begins_the_count_anew(told):
    warned_twice()
    with on(noon(21)):
        told._record_needs()
    with on(noon(40)):
        assert watch_vouchers() == 0
        with pytest.raises(OutOfOrder):
            lapse(told)
    with on(noon(41)):
        assert watch_vouchers() == 1


def test_nothing_lapses_where_the_call_does_not_say_so(told):
    rules(unused_days=None)
    with on(noon(300)):
        assert watch_vouchers() == 0


def test_nor_a_voucher_whose_plan_was_sent():
    voucher_story("plan submitted")
    rules(unused_days=1)
    with on(noon(300)):
        assert watch_vouchers() == 0


def test_the_database_lets_none_lapse_unwarned(told):
    with (
        pytest.raises(IntegrityError, match="after two warnings"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "INSERT INTO vouchers_ending (state, kind, reason, proposed_at, ends_on, voucher_id,"
            " answer, revoke_reason) VALUES ('proposed', 'lapsed', 'x', now(), now(), %s, '', '');"
            "UPDATE vouchers_ending SET state = 'notice', decided_by_id = %s, decided_at = now(),"
            " notice_at = now(), claims_until = ends_on",
            [told.voucher.pk, coordinators()[0].pk],
        )
