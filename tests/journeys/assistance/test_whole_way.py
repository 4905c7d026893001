"""One voucher from the first meeting to the survey, by the pages of those whose turn it is.

The manager reads French on a telephone, the officer Arabic; providers answer by link, in French. Time
passes where it must (an hour of a meeting, a deadline, six months); money is paid by the story, as
the whole life of a voucher (test_whole_life) shows by pages.
"""

from __future__ import annotations

import pytest

from accounts.models import User
from tests.journeys.assistance import test_plan as plans
from tests.journeys.assistance.stages import buying, finding, telling, working
from tests.making import voucher_story
from vouchers.assistance.plans.models import Milestone, PlanVersion
from vouchers.assistance.plans.queries import plan_of, provider_of
from vouchers.providers.models import Provider

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.browser,
]
State = PlanVersion.State


def test_a_voucher_goes_the_whole_way_of_its_assistance(visitor, settings):
    # The server's thread counts in a cache that outlives a test.
    settings.LINK_RATE_LIMITS = dict.fromkeys(settings.LINK_RATE_LIMITS, "1000/m/ip")
    told = voucher_story()
    for each, language in ((told.manager, "fr"), (told.officer, "ar")):
        User.objects.filter(pk=each.pk).update(language=language)
        each.refresh_from_db()
    cluster, partner = visitor(told.manager, width=390), visitor(told.officer)

    finding.meet(partner, cluster, told)
    finding.record_needs(partner, cluster, told)
    plan(cluster, partner, told)
    buying.register_three(told)
    buying.buy(partner, cluster, told, visitor)
    assert provider_of(told.voucher) == Provider.objects.get(name=buying.NAMES[0])

    provider = visitor(width=390)
    address = working.admit(partner, told, provider)
    working.work(provider, cluster, told, address)
    working.hand_in(provider, address, told)
    working.return_it(cluster)
    plans.amend(cluster, told)
    plans.approve(partner, told, 3)
    assert Milestone.objects.get().amount == 4800
    working.hand_in_again(provider, address, told)
    working.accept(cluster, partner)
    for step in ("claimed", "verified", "approved", "ordered", "paid"):
        told.take(f"{step} 0")

    telling.report(cluster, partner, told)
    telling.publish(cluster, told, visitor())
    telling.answer_the_survey(visitor(width=390), told)


def plan(cluster, partner, told):
    """Written on the telephone, returned at the line in Arabic, mended, sent again, and approved."""
    cluster.open(told.voucher.get_absolute_url())
    plans.press(cluster, f".next-step a[href='{plans.address(told)}']")
    plans.press(cluster, "form button.btn-primary")
    plans.write_all(cluster, told)
    plans.send(cluster)
    plans.return_at_the_line(partner, told)
    plans.mend(cluster, told)
    plans.approve(partner, told, 2)
    assert plan_of(told.voucher).in_force.number == 2
    assert [version.state for version in PlanVersion.objects.order_by("number")] == [
        State.RETURNED,
        State.IN_FORCE,
    ]
