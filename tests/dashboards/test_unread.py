"""What clusters were written and have not read, at the head of their desk: the first few of each kind."""

import pytest
from django.utils import timezone

from clusters.models import Representative, RepresentativeLevel
from dashboards.queries.waiting import NAMED
from dashboards.steps import steps_of_applicant
from demonstration.calls import open_call
from demonstration.clock import noon
from demonstration.content.clusters import made_up
from demonstration.story import Story
from tests.making import voucher_story
from vouchers.correspondence.actions import send_message, send_voucher_message

pytestmark = pytest.mark.django_db


def test_much_that_is_unread_of_one_kind_hides_nothing_of_the_other():
    told = voucher_story()
    second = open_call(
        by=told.cast.coordinators[0],
        code="SEC",
        slug="second",
        opens=timezone.now(),
        deadline=noon(40),
        amount="5000.00",
        quotas={"LB": 20, "MA": 1},
    )
    story = Story(told.cast, second)
    # One more than both kinds together may name.
    for number in range(2, 2 * NAMED + 3):
        application = story.apply(made_up("LB", number))
        Representative.objects.create(
            cluster=application.cluster, user=told.manager, level=RepresentativeLevel.READER
        )
        send_message(application, "Please look at your budget.", by=told.officer)
    send_voucher_message(told.voucher.award.application, "When may we come?", by=told.officer)

    unread = [
        one.text for one in steps_of_applicant(told.manager) if one.label == "Read the message"
    ]
    assert unread[-1] == f"You were written to about the voucher {told.voucher.reference}."
    assert len(set(unread)) == len(unread) == NAMED + 1
