"""Several messages held back, released or sent again at one press."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from bulk import kinds
from bulk.actions import RUNS, choosing
from bulk.models import BulkItem, BulkRun
from conduct.queries.history import timeline
from notices.actions.steering import hold_notice
from notices.models import Notice
from tests.bulk.choosing import choose, chosen, outcomes, press, stranger
from tests.making import LB, MA, awarded
from tests.people import log_in, person

pytestmark = pytest.mark.django_db

OUTBOX = reverse("dashboards:outbox")
State = Notice.State


@pytest.fixture
def story():
    return awarded(LB, MA)[0]


@pytest.fixture
def notices(story):
    """The offers of both awards, Lebanon's first: they wait to be sent."""
    return sorted(
        Notice.objects.filter(kind="award-offered"),
        key=lambda one: one.facts["country_code"] if "country_code" in one.facts else str(one.url),
    )


@pytest.fixture
def client(story):
    return log_in(Client(), story.cast.coordinators[0])


def states(notices):
    return [Notice.objects.get(pk=one.pk).state for one in notices]


def keys(notices):
    return [str(one.pk) for one in notices]


def test_a_list_offers_boxes_to_who_acts_and_none_to_who_reads(client, story, notices):
    page = client.get(OUTBOX).content.decode()
    assert page.count('name="key"') >= 2
    assert "Hold back…" in page
    auditor = log_in(Client(), person(role="auditor"))
    read = auditor.get(OUTBOX).content.decode()
    assert "award-offered" in read or "award" in read
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


def test_a_second_press_a_reload_and_a_second_worker_do_nothing_twice(client, notices, monkeypatch):
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


@pytest.mark.parametrize(
    "typed", [[], ["\0"], ["9" * 5000], ["x"], ["' OR 1=1"]], ids=repr
)
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
    # The next choice forgets it.
    chosen(client, "outbox", "hold", *keys(notices))
    assert not BulkRun.objects.filter(pk=old.pk).exists()


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
