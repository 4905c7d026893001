"""Several messages held back, released or sent again at one press."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bulk import kinds
from bulk.actions import RUNS
from bulk.models import BulkRun
from conduct.queries.history import timeline
from notices.actions.steering import hold_notice
from notices.models import Notice
from tests.bulk.choosing import choose, chosen, keys, outcomes, press, states
from tests.people import log_in, person

pytestmark = pytest.mark.django_db

OUTBOX = reverse("dashboards:outbox")
State = Notice.State


def test_a_list_offers_boxes_to_who_acts_and_none_to_who_reads(client, story, notices):
    page = client.get(OUTBOX).content.decode()
    assert page.count('name="key"') >= 2
    assert "Hold back…" in page
    auditor = log_in(Client(), person(role="auditor"))
    read = auditor.get(OUTBOX).content.decode()
    assert str(notices[0].recipient) in read
    assert 'name="key"' not in read
    assert 'name="action"' not in read
    assert choose(auditor, "outbox", "hold", *keys(notices)).status_code == 404


def test_nothing_happens_before_the_press_and_each_is_done_by_its_own_action(
    client, story, notices
):
    run = chosen(client, "outbox", "hold", *keys(notices))
    page = client.get(run.get_absolute_url()).content.decode()
    assert "2 rows are chosen. Nothing is done yet." in page
    assert "It will be done to 2 rows" in page
    assert states(notices) == [State.PENDING, State.PENDING]
    result = press(client, run, "Wrong date in it").content.decode()
    assert "2 are done" in result
    assert "Wrong date in it" in result
    assert states(notices) == [State.STOPPED, State.STOPPED]
    first = Notice.objects.get(pk=notices[0].pk)
    assert (first.stopped_by, first.stop_reason) == (
        story.cast.coordinators[0],
        "Wrong date in it",
    )


def test_history_says_who_why_and_that_it_was_one_of_several(client, story, notices):
    press(client, chosen(client, "outbox", "hold", *keys(notices)), "Wrong date")
    entry = timeline(Notice.objects.get(pk=notices[0].pk))[0]
    assert (entry.action, entry.who, entry.why, entry.together) == (
        "Message held back",
        story.cast.coordinators[0],
        "Wrong date",
        2,
    )
    page = client.get(reverse("dashboards:message", args=[notices[0].pk])).content.decode()
    assert "one of 2 at one press" in page


def test_a_reason_is_asked_for_and_what_was_typed_stays(client, notices):
    run = chosen(client, "outbox", "hold", *keys(notices))
    for words in ("", "   ", "x" * 2001, "a\0b"):
        answer = press(client, run, words, work=False)
        assert "Not done yet" in answer.content.decode(), words
    assert not BulkRun.objects.get(pk=run.pk).is_pressed
    assert states(notices) == [State.PENDING, State.PENDING]


def test_who_would_be_left_out_is_said_before_and_refused_after(client, story, notices):
    first, second = notices
    hold_notice(first, reason="Already", by=story.cast.coordinators[1])
    run = chosen(client, "outbox", "hold", *keys(notices))
    page = client.get(run.get_absolute_url()).content.decode()
    assert "It will be done to 1 row" in page
    assert "1 row stays as it is" in page
    result = press(client, run, "Wrong date").content.decode()
    assert outcomes(run) == {str(first.pk): "refused", str(second.pk): "done"}
    assert "1 was refused" in result
    assert "1 is done" in result
    assert Notice.objects.get(pk=first.pk).stop_reason == "Already"


def test_a_row_that_changes_meanwhile_is_refused_with_its_reason_and_stops_no_other(
    client, story, notices
):
    first, second = notices
    run = chosen(client, "outbox", "hold", *keys(notices))
    client.get(run.get_absolute_url())
    Notice.objects.filter(pk=first.pk).update(seen_at=timezone.now())
    result = press(client, run, "Wrong date").content.decode()
    assert "The person has read it in the portal already." in result
    assert outcomes(run) == {str(first.pk): "refused", str(second.pk): "done"}


def test_a_second_press_a_reload_and_a_second_worker_do_nothing_twice(client, notices):
    run = chosen(client, "outbox", "hold", *keys(notices))
    press(client, run, "Wrong date")
    done = BulkRun.objects.get(pk=run.pk).done_at
    assert RUNS.conduct(run.pk) is False
    again = press(client, run, "Another reason").content.decode()
    assert "Wrong date" in again
    assert "Another reason" not in again
    assert BulkRun.objects.get(pk=run.pk).done_at == done
    assert {one.stop_reason for one in Notice.objects.filter(pk__in=keys(notices))} == {
        "Wrong date"
    }
    # Who goes back to the first page sees the result.
    page = client.get(run.get_absolute_url())
    assert "2 are done" in page.content.decode()
    assert "no-store" in page["Cache-Control"]


def test_a_worker_that_comes_while_another_is_at_it_does_nothing(client, notices, monkeypatch):
    run = chosen(client, "outbox", "hold", *keys(notices))
    press(client, run, "Wrong date", work=False)
    tell, others = RUNS.tell, []

    def while_another_comes(*told):
        tell(*told)
        others.append((RUNS.conduct(run.pk), sorted(outcomes(run).values())))

    monkeypatch.setattr(RUNS, "tell", while_another_comes)
    assert RUNS.conduct(run.pk) is True
    assert others == [(False, ["done", "waiting"]), (False, ["done", "done"])]


def test_a_worker_that_dies_leaves_the_rest_to_the_next(client, notices, monkeypatch):
    run = chosen(client, "outbox", "hold", *keys(notices))
    press(client, run, "Wrong date", work=False)
    told = []

    def dies(*_progress):
        told.append(1)
        raise MemoryError

    with monkeypatch.context() as patch:
        patch.setattr(RUNS, "tell", lambda *_all: dies())
        assert RUNS.conduct(run.pk) is False
    assert sorted(outcomes(run).values()) == ["done", "waiting"]
    BulkRun.objects.filter(pk=run.pk).update(next_attempt_at=timezone.now(), run=None)
    assert RUNS.conduct(run.pk) is True
    assert sorted(outcomes(run).values()) == ["done", "done"]


def test_a_fault_of_ours_in_one_row_stops_no_other(client, notices, monkeypatch):
    run = chosen(client, "outbox", "hold", *keys(notices))
    among = kinds.list_called("outbox")
    hold = among.action("hold")

    def act(notice, told):
        if notice.pk == notices[0].pk:
            raise ValueError("boom")
        return hold.act(notice, told)

    broken = kinds.BulkAction(**{**vars(hold), "act": act})
    monkeypatch.setitem(
        kinds._LISTS, "outbox", kinds.BulkList(**{**vars(among), "actions": (broken,)})
    )
    result = press(client, run, "Wrong date").content.decode()
    assert outcomes(run) == {keys(notices)[0]: "refused", keys(notices)[1]: "done"}
    assert "Something went wrong on our side" in result
    assert "boom" not in result
