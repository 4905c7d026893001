"""By what a desk knows what is new: what waits, and not how it is worded."""

import json
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone, translation

from accounts.models import User
from dashboards.queries.worklist import every_kind
from dashboards.steps.vouchers import standing_step
from dashboards.views.refreshing import in_short
from demonstration.clock import on
from tests.dashboards.asking import Desk, told
from tests.making import voucher_story
from tests.people import person
from vouchers.standing.actions import judge_outdated, judged_now
from vouchers.standing.models import Party
from vouchers.standing.rules import AwaitedTask
from vouchers.standing.wording import since_when

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def now():
    """The clock stands still: the minutes after which a desk is looked up anew never end by chance."""
    moment = timezone.now()
    with time_machine.travel(moment, tick=False):
        yield moment


@pytest.mark.parametrize("language", ["en", "ar"])
def test_what_is_worded_otherwise_the_next_day_is_nothing_new(now, language):
    story = voucher_story("accepted 0")
    judge_outdated()
    desk = Desk(story.manager)
    before = judged_now(story.voucher)
    assert before.party == Party.CLUSTER
    assert json.loads(desk.waits)
    with on(now + timedelta(days=1)):
        judge_outdated()
        assert since_when(judged_now(story.voucher)) != since_when(before)
        User.objects.filter(pk=story.manager.pk).update(language=language)
        later = Desk(story.manager)
        later.version = ""
        answer = later.ask(waits=desk.waits)
    assert (answer.status_code, told(answer)["news"]) == (200, "")


def test_a_step_is_known_by_what_is_to_be_done():
    story = voucher_story("accepted by cluster 0")
    standing = judged_now(story.voucher)

    standing.party = Party.CLUSTER

    def key(**change):
        for name, value in change.items():
            setattr(standing, name, value)
        return standing_step(standing, may_act=True).key

    known = key(task=AwaitedTask.CLAIM, about="First")
    assert key(task=AwaitedTask.CLAIM, about="Second") != known
    assert key(task=AwaitedTask.ACCEPT, about="First") != known
    with translation.override("ar"):
        assert key(task=AwaitedTask.CLAIM, about="First", since=None) == known


def test_however_much_waits_the_question_stays_short():
    """A server takes some 8,000 bytes of one header (gunicorn: 8,190)."""
    few = in_short({f"/some/page/{number}/ write_plan": 1 for number in range(100)})
    assert json.loads(few)
    for number in (100, 1_000):
        told = in_short({f"/\N{ARABIC LETTER BEH}/{each}/ deliver": 9 for each in range(number)})
        assert len(told) <= 4_000
        assert told.isascii()
    assert told == "", "who has so much is told no number, and is brought up to date all the same"


def test_each_kind_of_work_has_a_name_of_its_own():
    staff = [person(role=role) for role in ("coordinator", "finance", "assessor", "administrator")]
    staff.append(voucher_story("plan approved").officer)
    for user in staff:
        names = [kind.name for kind in every_kind(user)]
        assert all(names)
        assert len(names) == len(set(names)), user
