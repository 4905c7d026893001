"""Rows that nobody could have ticked, forms that come late, views that a list does not know."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bulk.actions import RUNS, choosing, forget_choices
from bulk.models import CHOICE_HOLDS, BulkItem, BulkRun
from notices.models import Notice
from tests.bulk.choosing import choose, chosen, keys, outcomes, press, states, stranger
from tests.people import log_in

pytestmark = pytest.mark.django_db

OUTBOX = reverse("dashboards:outbox")
State = Notice.State


@pytest.mark.parametrize("typed", [[], ["\0"], ["9" * 5000], ["x"], ["' OR 1=1"]], ids=repr)
def test_no_row_is_ticked(client, notices, typed):
    answer = choose(client, "outbox", "hold", *typed, query="?topic=awards")
    assert answer["Location"] == f"{OUTBOX}?topic=awards"
    assert "Tick at least one row first." in client.get(OUTBOX).content.decode()
    assert not BulkRun.objects.exists()


def test_a_key_that_is_sent_twice_is_one_row(client, notices):
    run = chosen(client, "outbox", "hold", *keys(notices), *keys(notices))
    assert run.items.count() == 2
    assert run.lost == 0


def test_another_countrys_row_is_not_told_to_exist(story, notices):
    officer = log_in(Client(), story.cast.officer("LB"))
    seen = officer.get(OUTBOX).context["page"].rows
    mine = next(one for one in notices if one in seen)
    theirs = next(one for one in notices if one not in seen)
    Notice.objects.filter(pk__in=keys(notices)).update(state=State.FAILED)
    answers = []
    for key in (theirs.pk, stranger()):
        run = chosen(officer, "outbox", "send-again", str(mine.pk), str(key))
        assert run.items.count() == 1
        page = officer.get(run.get_absolute_url()).content.decode()
        assert str(theirs.recipient) not in page
        answers.append("1 of the rows you ticked is not in this list (any more)" in page)
    assert answers == [True, True]
    press(officer, run)
    assert states([mine, theirs]) == [State.PENDING, State.FAILED]


def test_a_row_that_left_the_scope_before_the_press_stays_as_it_is(client, notices):
    run = chosen(client, "outbox", "hold", *keys(notices))
    # It is nobody's list any more.
    Notice.objects.filter(pk=notices[0].pk).update(object_id="0")
    page = client.get(run.get_absolute_url()).content.decode()
    assert "1 is not in the list any more." in page
    press(client, run, "Wrong date")
    assert outcomes(run) == {keys(notices)[0]: "gone", keys(notices)[1]: "done"}


def test_nobody_else_sees_or_presses_a_run(client, story, notices):
    run = chosen(client, "outbox", "hold", *keys(notices))
    other = log_in(Client(), story.cast.coordinators[1])
    assert other.get(run.get_absolute_url()).status_code == 404
    assert press(other, run, "Mine", work=False).status_code == 404
    assert not BulkRun.objects.get(pk=run.pk).is_pressed


def test_a_role_that_is_lost_before_the_press_or_the_worker_changes_nothing(client, story, notices):
    run = chosen(client, "outbox", "hold", *keys(notices))
    press(client, run, "Wrong date", work=False)
    story.cast.coordinators[0].role_grants.update(revoked_at=timezone.now())
    RUNS.conduct(run.pk)
    assert set(outcomes(run).values()) <= {"gone", "refused"}
    assert states(notices) == [State.PENDING, State.PENDING]


def test_all_of_a_view_is_what_its_filters_leave_frozen_at_that_moment(client, notices):
    email = notices[0].recipient.email
    run = chosen(client, "outbox", "hold", query=f"?text={email}", all="yes")
    labels = {item.key for item in run.items.all()}
    listed = client.get(OUTBOX, {"text": email}).context["page"].rows
    assert labels == {str(one.pk) for one in listed}
    assert run.back == f"{OUTBOX}?text={email.replace('@', '%40')}"


@pytest.mark.parametrize("query", ["?no-such-filter=1", "?topic=nonsense"])
def test_all_of_a_view_that_the_list_does_not_know_is_more_than_was_seen(client, notices, query):
    choose(client, "outbox", "hold", query=query, all="yes")
    assert not BulkRun.objects.exists()
    assert "cannot be read" in client.get(OUTBOX).content.decode()


def test_more_rows_than_go_at_once_are_refused_with_the_number(client, notices, monkeypatch):
    monkeypatch.setattr(choosing, "MOST_ROWS", 1)
    for more in ({"all": "yes"}, {}):
        choose(client, "outbox", "hold", *keys(notices), **more)
        assert "At most 1 row goes at once." in client.get(OUTBOX).content.decode()
    assert not BulkRun.objects.exists()


def test_ten_thousand_keys_are_refused_unread(client, notices):
    answer = choose(client, "outbox", "hold", *map(str, range(10_001)))
    assert answer.status_code == 400
    assert not BulkRun.objects.exists()


def test_rows_that_were_chosen_long_ago_are_chosen_again(client, notices):
    run = chosen(client, "outbox", "hold", *keys(notices))
    BulkRun.objects.filter(pk=run.pk).delete()
    old = BulkRun.objects.create(
        by=run.by, of="outbox", slug="hold", chosen_at=timezone.now() - timezone.timedelta(days=1)
    )
    BulkItem.objects.create(bulk=old, key=keys(notices)[0], position=0, label="An offer")
    page = client.get(old.get_absolute_url()).content.decode()
    assert "These rows were chosen long ago." in page
    assert "chosen long ago" in press(client, old, "Late", work=False).content.decode()
    assert states(notices) == [State.PENDING, State.PENDING]


def test_what_was_not_pressed_in_time_is_forgotten_with_the_names_of_its_rows(
    client, notices, monkeypatch
):
    old = chosen(client, "outbox", "hold", keys(notices)[0])
    done = chosen(client, "outbox", "hold", keys(notices)[1])
    press(client, done, "Wrong date")
    assert forget_choices() == 0
    late = timezone.now() + CHOICE_HOLDS + timedelta(minutes=1)
    monkeypatch.setattr(timezone, "now", lambda: late)
    assert forget_choices() == 1
    assert list(BulkRun.objects.all()) == [done]
    assert not BulkItem.objects.filter(bulk=old.pk).exists()


@pytest.mark.parametrize(("of", "action"), [("nothing", "hold"), ("outbox", "pay"), ("outbox", "")])
def test_what_is_not_offered_is_not_there(client, notices, of, action):
    assert choose(client, of, action, *keys(notices)).status_code == 404


def test_the_page_before_and_the_result_cost_the_same_for_many_as_for_few(client, notices):
    def queries(run):
        with CaptureQueriesContext(connection) as seen:
            client.get(run.get_absolute_url())
        return len(seen)

    one = chosen(client, "outbox", "hold", keys(notices)[0])
    two = chosen(client, "outbox", "hold", *keys(notices))
    queries(one)
    assert queries(one) == queries(two)
    press(client, one, "Wrong date")
    press(client, two, "Wrong date")
    assert queries(one) == queries(two)
