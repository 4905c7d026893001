"""What ends a worker's turn, and what does not: time limits, want of memory, lost connections."""

from datetime import timedelta

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.db import OperationalError
from django.utils import timezone

from accounts.models import User
from bulk import kinds
from bulk.actions import RUNS, doing
from bulk.models import PRESS_HOLDS, BulkRun
from conduct.actions import TooLate
from jobs.actions.attempts import revive
from jobs.kinds import kind_called
from nextsociety.queues import limits_of, queue_of
from notices.models import Notice
from tests.bulk.choosing import chosen, keys, outcomes, press, states

pytestmark = pytest.mark.django_db

State = Notice.State


@pytest.fixture
def pressed(client, notices):
    run = chosen(client, "outbox", "hold", *keys(notices))
    press(client, run, "Wrong date", work=False)
    return run


@pytest.fixture
def before_each(monkeypatch):
    """Have something happen before the action is called for a row."""

    def happens(what):
        among = kinds.list_called("outbox")
        hold = among.action("hold")

        def act(notice, told):
            what(notice)
            return hold.act(notice, told)

        other = kinds.BulkAction(**{**vars(hold), "act": act})
        monkeypatch.setitem(
            kinds._LISTS, "outbox", kinds.BulkList(**{**vars(among), "actions": (other,)})
        )

    return happens


def last_of(run, notices):
    key = run.items.last().key
    return next(one for one in notices if str(one.pk) == key)


def turn_comes(run):
    BulkRun.objects.filter(pk=run.pk).update(next_attempt_at=timezone.now())
    return RUNS.conduct(run.pk)


def fails_for(notice, error):
    def what(one):
        if one.pk == notice.pk:
            raise error

    return what


@pytest.mark.parametrize(
    "error", [SoftTimeLimitExceeded(), MemoryError(), OperationalError("gone")], ids=repr
)
def test_what_is_no_fault_of_the_row_leaves_it_to_the_next_attempt(
    pressed, notices, before_each, error
):
    before_each(fails_for(last_of(pressed, notices), error))
    assert RUNS.conduct(pressed.pk) is False
    assert sorted(outcomes(pressed).values()) == ["done", "waiting"]


def test_a_run_that_comes_on_is_not_given_up_and_one_that_does_not_is(
    pressed, notices, before_each
):
    BulkRun.objects.filter(pk=pressed.pk).update(attempts=4)
    first, _second = (item.key for item in pressed.items.all())
    before_each(fails_for(last_of(pressed, notices), OperationalError("gone")))
    turn_comes(pressed)
    pressed.refresh_from_db()
    assert (pressed.state, pressed.attempts) == ("pending", 1)
    assert outcomes(pressed)[first] == "done"
    for _attempt in range(5):
        turn_comes(pressed)
    pressed.refresh_from_db()
    assert pressed.state == "failed"


def test_after_its_turn_it_lets_others_go_first_and_goes_on_without_a_failure(
    pressed, notices, monkeypatch
):
    queued = []
    monkeypatch.setattr(doing, "TURN", 0)
    monkeypatch.setattr(doing, "queue_after_commit", lambda _task, key: queued.append(key))
    assert RUNS.conduct(pressed.pk) is False
    pressed.refresh_from_db()
    assert (pressed.attempts, pressed.last_error, pressed.run) == (0, "", None)
    assert sorted(outcomes(pressed).values()) == ["done", "waiting"]
    assert queued == [str(pressed.pk)]
    assert RUNS.conduct(pressed.pk) is True
    assert states(notices) == [State.STOPPED, State.STOPPED]


def test_its_turn_is_short_in_a_queue_of_what_is_short():
    task = "bulk.tasks.do_to_each"
    assert queue_of(task) == kind_called("bulk").queue == "clock"
    assert limits_of(task).soft / 4 > doing.TURN


@pytest.mark.parametrize("lost", ["account", "role"])
def test_who_is_shut_out_while_rows_are_done_acts_no_more(pressed, story, lost, monkeypatch):
    person = story.cast.coordinators[0]

    def shut_out():
        if lost == "account":
            User.objects.filter(pk=person.pk).update(is_active=False)
        else:
            person.role_grants.filter(revoked_at=None).update(revoked_at=timezone.now())

    tell = RUNS.tell
    monkeypatch.setattr(RUNS, "tell", lambda *told: (tell(*told), shut_out()))
    RUNS.conduct(pressed.pk)
    ends = {"account": "refused", "role": "gone"}
    assert sorted(outcomes(pressed).values()) == sorted(["done", ends[lost]])
    if lost == "account":
        assert "Your account was deactivated by then." in {one.why for one in pressed.items.all()}


def test_what_failed_long_ago_is_not_tried_again(pressed):
    BulkRun.objects.filter(pk=pressed.pk).update(state="failed")
    kind = kind_called("bulk")
    assert list(kind.set_aside()) == [pressed]
    with pytest.MonkeyPatch.context() as patch:
        late = timezone.now() + PRESS_HOLDS + timedelta(hours=1)
        patch.setattr("bulk.models.timezone.now", lambda: late)
        with pytest.raises(TooLate, match="chooses the rows again"):
            revive(pressed)
