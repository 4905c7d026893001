"""Several counts in one statement are what each read counts by itself."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from conduct.queries.counting import counts_of
from tests.making import voucher_story
from vouchers.assistance.plans.models import Milestone
from vouchers.awards.models import Voucher

pytestmark = pytest.mark.django_db


def test_each_read_is_counted_as_it_counts_itself_in_one_statement():
    voucher_story("plan approved")
    reads = [
        User.objects.filter(full_name__contains="%"),
        Milestone.objects.select_related("plan__voucher").order_by("-due_on"),
        Milestone.objects.none(),
        Voucher.objects.filter(plan__milestones__amount__gt=0),
        Voucher.objects.filter(plan__milestones__amount__gt=0).distinct(),
        User.objects.exclude(full_name__contains="%"),
    ]
    with CaptureQueriesContext(connection) as asked:
        counts = counts_of(reads)
    assert len(asked) == 1
    assert counts == [read.count() for read in reads]
    assert counts[1] > 1
    assert counts[3] > counts[4] == 1


def test_what_finds_nothing_is_not_asked_for():
    with CaptureQueriesContext(connection) as asked:
        assert counts_of([]) == []
        assert counts_of([User.objects.none(), User.objects.filter(pk__in=[])]) == [0, 0]
    assert len(asked) == 0
