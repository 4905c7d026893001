"""The press does what its page showed, and no more, whatever happens before and after it."""

import pytest
from django.test import Client
from django.utils import timezone

from bulk.actions import RUNS
from bulk.models import BulkItem
from conduct.actions import OutOfOrder
from notices.actions import send_failed_again
from notices.actions.steering import hold_notice
from notices.models import Notice
from tests.bulk.choosing import chosen, keys, outcomes, press, shown, states

pytestmark = pytest.mark.django_db

State = Notice.State


@pytest.fixture
def unsure(notices):
    """Of the two, the first could not be sent, the second perhaps was."""
    Notice.objects.filter(pk=notices[0].pk).update(state=State.FAILED)
    Notice.objects.filter(pk=notices[1].pk).update(state=State.UNSURE)
    return notices


def test_what_was_perhaps_sent_is_not_sent_again_with_others(client, unsure):
    run = chosen(client, "outbox", "send-again", *keys(unsure))
    page = client.get(run.get_absolute_url()).content.decode()
    assert "It will be done to 1 row" in page
    press(client, run)
    assert states(unsure) == [State.PENDING, State.UNSURE]
    assert outcomes(run) == {str(unsure[0].pk): "done", str(unsure[1].pk): "refused"}
    assert "Now: " in BulkItem.objects.get(bulk=run, key=unsure[1].pk).why


def test_what_was_perhaps_sent_is_refused_by_the_act_itself(client, story, unsure):
    with pytest.raises(OutOfOrder):
        send_failed_again(unsure[1], by=story.cast.coordinators[0])
    assert states(unsure) == [State.FAILED, State.UNSURE]


def test_what_becomes_ready_after_the_page_was_shown_is_shown_before_it_is_done(
    client, story, notices
):
    hold_notice(notices[0], reason="Wrong date", by=story.cast.coordinators[0])
    run = chosen(client, "outbox", "release", *keys(notices))
    seen = shown(client, run)
    # On its way as the page said; somebody else holds it back meanwhile.
    hold_notice(notices[1], reason="Do not send", by=story.cast.coordinators[1])
    again = press(client, run, "Date is right", seen=seen, work=False).content.decode()
    assert "What would be done has changed since you opened this page" in again
    assert "It will be done to 2 rows" in again
    assert "Date is right" in again
    run.refresh_from_db()
    assert not run.is_pressed
    assert states(notices) == [State.STOPPED, State.STOPPED]


def test_what_the_press_left_out_is_not_done_though_it_becomes_ready_before_the_worker(
    client, story, notices
):
    hold_notice(notices[0], reason="Wrong date", by=story.cast.coordinators[0])
    run = chosen(client, "outbox", "release", *keys(notices))
    press(client, run, "Date is right", work=False)
    hold_notice(notices[1], reason="Do not send", by=story.cast.coordinators[1])
    RUNS.conduct(run.pk)
    assert states(notices) == [State.PENDING, State.STOPPED]
    assert outcomes(run)[str(notices[1].pk)] == "refused"


@pytest.mark.parametrize("seen", ["", "x", "\0"])
def test_a_press_that_does_not_say_what_it_saw_does_nothing(client, notices, seen):
    run = chosen(client, "outbox", "hold", *keys(notices))
    page = press(client, run, "Rain", seen=seen, work=False).content.decode()
    assert "What would be done has changed" in page
    assert "Rain" in page
    run.refresh_from_db()
    assert not run.is_pressed


def test_where_nothing_is_left_to_do_nothing_is_pressed(client, story, notices):
    run = chosen(client, "outbox", "release", *keys(notices))
    page = press(client, run, "Date is right", work=False).content.decode()
    assert "There is nothing to do" in page
    run.refresh_from_db()
    assert not run.is_pressed


def test_names_are_shown_while_the_person_reaches_the_rows(client, story, notices):
    run = chosen(client, "outbox", "hold", *keys(notices))
    label = run.items.first().label
    assert label in press(client, run, "Wrong date").content.decode()
    story.cast.coordinators[0].role_grants.update(revoked_at=timezone.now())
    page = client.get(run.get_absolute_url()).content.decode()
    assert label not in page
    assert "2 are done" in page
    assert "2 rows that you do not see any more" in page


def test_a_result_stands_when_its_action_is_offered_no_more(client, notices, monkeypatch):
    run = chosen(client, "outbox", "hold", *keys(notices))
    press(client, run, "Wrong date")
    monkeypatch.setattr("bulk.kinds._LISTS", {})
    page = client.get(run.get_absolute_url()).content.decode()
    assert "Actions on several rows" in page
    assert "2 are done" in page
    assert Client().get(run.get_absolute_url()).status_code == 302
