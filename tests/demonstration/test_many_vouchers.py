"""Vouchers in bulk, as benchmarks copy them."""

import pytest
from django.urls import reverse

from demonstration.many.vouchers import multiply_vouchers
from tests.assistance.delivery.session import logged
from tests.assistance.needs.meeting import corrected_attendance
from tests.assistance.workroom.working import at_work
from tests.people import log_in
from vouchers.awards.models import Voucher
from vouchers.providers.quotes.models import Quote

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_copy_has_all_that_is_of_its_voucher(client):
    told, _link, _address = at_work()
    logged(told)
    corrected_attendance(told)
    for step in ("handed in 0", "accepted by cluster 0", "accepted 0", "claimed 0"):
        told.take(step)
    quotes = Quote.objects.count()
    assert multiply_vouchers(4) == 4
    assert Quote.objects.count() == 4 * quotes
    assert Voucher.objects.count() == 4
    assert len(set(Voucher.objects.values_list("award__application__reference", flat=True))) == 4
    copied = Voucher.objects.latest("pk")
    for one in ("plan", "contract", "standing"):
        assert getattr(copied, one).pk > getattr(told.voucher, one).pk
    for many in ("meetings", "sessions", "claims"):
        assert getattr(copied, many).count() == getattr(told.voucher, many).count() > 0
    assert copied.plan.in_force.plan == copied.plan
    log_in(client, told.cast.coordinators[0])
    for address in (copied.get_absolute_url(), reverse("dashboards:vouchers")):
        assert client.get(address).status_code == 200
