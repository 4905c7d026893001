"""From the approval to the publication: nothing leaks before, everything goes out at once."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from conduct.actions import NotAllowed, OutOfOrder, Refused
from demonstration.clock import noon, on
from documents.models import Document
from notices.models import Notice
from tests.awards.deciding import proposed, published
from tests.making import LB, LB_SECOND, LB_THIRD
from tests.people import log_in
from vouchers.applications.models import Recusal
from vouchers.awards import actions
from vouchers.awards.models import Award, Decision, ReservePlace, SelectionRound
from vouchers.awards.queries.clocks import clocks_of, review_until
from vouchers.awards.rules.calendar import months_after, working_days_after
from vouchers.awards.tasks import publish_selections
from vouchers.calls.models import Call
from vouchers.scoring.ranking.actions import reopen_scoring

pytestmark = pytest.mark.django_db

LETTERS = ["award", "reserve", "refusal"]


def approved(days=3):
    """A selection that is approved now, to be published so many days from now."""
    story, proposal, sent = proposed()
    actions.approve_selection(
        proposal,
        by=story.cast.coordinators[1],
        publish_at=timezone.now() + timedelta(days=days),
    )
    proposal.refresh_from_db()
    return story, proposal, sent


def test_before_the_publication_nothing_reaches_a_cluster_or_the_public(client):
    _story, proposal, sent = approved()
    # There is something to leak: decisions, and minutes that name them.
    assert proposal.decisions.count() == 3
    assert Document.objects.filter(kind="minutes").count() == 3
    assert publish_selections() == 0
    for application in sent:
        application.refresh_from_db()
    assert {application.state for application in sent} == {"eligible"}
    assert Call.objects.get().state == "open"
    assert not Award.objects.exists()
    assert not ReservePlace.objects.exists()
    assert not Document.objects.filter(kind__in=LETTERS).exists()
    managers = [application.submitted_by for application in sent]
    kinds = Notice.objects.filter(recipient__in=managers).values_list("kind", flat=True)
    assert set(kinds) == {"application-received", "application-eligible"}
    for application in sent:
        log_in(client, application.submitted_by)
        page = client.get(application.get_absolute_url()).content.decode()
        assert "Assessors score the application" in page
        for word in ("reserve list", "not selected", "is selected", "refused"):
            assert word not in page
        assert client.get(proposal.get_absolute_url()).status_code == 404
        decision = application.decisions.get()
        assert client.get(reverse("awards:feedback", args=[decision.pk])).status_code == 404
        review = reverse("awards:ask_for_review", args=[application.pk])
        assert client.get(review).status_code == 404
    client.logout()
    results = client.get(reverse("dashboards:results")).content.decode()
    assert not any(application.cluster.name in results for application in sent)
    assert "Decided" not in client.get(reverse("calls:list")).content.decode()


def test_at_the_instant_states_awards_letters_and_notices_come_together():
    _story, proposal, sent = approved(days=3)
    with on(proposal.publish_at + timedelta(seconds=1)):
        assert publish_selections() == 1
        assert publish_selections() == 0
    proposal.refresh_from_db()
    for application in sent:
        application.refresh_from_db()
    assert (proposal.state, Call.objects.get().state) == ("published", "decided")
    assert [application.state for application in sent] == ["selected", "reserve", "refused"]
    assert Award.objects.get().application == sent[0]
    letters = Document.objects.filter(kind__in=LETTERS)
    assert sorted(letters.values_list("kind", flat=True)) == sorted(LETTERS * 3)
    kinds = ["award-offered", "reserve-list", "application-refused"]
    told = Notice.objects.filter(kind__in=kinds)
    assert sorted(told.values_list("kind", flat=True)) == sorted(kinds)
    assert [notice.documents.count() for notice in told] == [1, 1, 1]
    instants = {letter.issued_at.replace(microsecond=0) for letter in letters}
    assert max(instants) - min(instants) < timedelta(seconds=30)


def test_what_dies_in_the_middle_publishes_nothing_and_is_tried_again(monkeypatch):
    _story, proposal, sent = approved()
    Call.objects.update(budget=1)
    with on(proposal.publish_at + timedelta(seconds=1)):
        assert publish_selections() == 0
        proposal.refresh_from_db()
        assert proposal.state == "approved"
        assert not Document.objects.filter(kind__in=LETTERS).exists()
        assert not ReservePlace.objects.exists()
        Call.objects.update(budget=5000)
        assert publish_selections() == 1
    sent[2].refresh_from_db()
    assert sent[2].state == "refused"


def test_a_coordinator_postpones_or_brings_forward_with_a_reason():
    story, proposal, _sent = approved(days=3)
    one, _other = story.cast.coordinators
    later = timezone.now() + timedelta(days=9)
    with pytest.raises(Refused, match="Say why"):
        actions.move_publication(proposal, later, reason=" ", by=one)
    with pytest.raises(Refused, match="must lie ahead"):
        actions.move_publication(
            proposal, timezone.now() - timedelta(minutes=1), reason="Oops.", by=one
        )
    actions.move_publication(proposal, later, reason="The minister asks for it.", by=one)
    with on(noon(4)):
        assert publish_selections() == 0
    moved = actions.move_publication(proposal, None, reason="It leaked.", by=one)
    assert moved.is_published
    with pytest.raises(OutOfOrder):
        actions.move_publication(proposal, later, reason="Too late.", by=one)


def test_why_the_publication_moved_is_not_for_clusters(client):
    story, proposal, sent = approved()
    actions.move_publication(
        proposal, None, reason="A journalist knows.", by=story.cast.coordinators[0]
    )
    log_in(client, sent[2].submitted_by)
    page = client.get(sent[2].get_absolute_url()).content.decode()
    assert "Selection published" in page
    assert "A journalist knows." not in page
    log_in(client, story.cast.coordinators[1])
    assert "A journalist knows." in client.get(proposal.get_absolute_url()).content.decode()


def test_an_approval_for_an_instant_that_has_passed_is_refused_beside_the_field(client):
    story, proposal, _sent = proposed()
    log_in(client, story.cast.coordinators[1])
    approve = reverse("awards:approve", args=[proposal.pk])
    page = client.post(approve, {"publish_at": "2020-01-01T10:00"}).content.decode()
    assert "The instant of the publication must lie ahead." in page
    assert "2020-01-01T10:00" in page
    page = client.post(approve, {"publish_at": "soon"}).content.decode()
    assert "Enter a valid date/time." in page
    proposal.refresh_from_db()
    assert proposal.state == "proposed"
    later = (timezone.now() + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    page = client.post(approve, {"publish_at": later}, follow=True).content.decode()
    assert "Nobody is told before the publication" in page
    assert "no cluster sees anything" in page


def test_decisions_are_fixed_on_approval():
    _story, proposal, _sent = approved()
    decision = proposal.decisions.first()
    with pytest.raises(IntegrityError, match="decisions are fixed"), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(outcome="refuse", departure_reason="x")
    with pytest.raises(IntegrityError, match="decisions are fixed"), transaction.atomic():
        Decision.objects.create(
            selection_round=proposal,
            application=decision.application,
            rank=1,
            total=1,
            suggested="award",
            outcome="award",
        )


def test_nothing_of_a_published_round_changes():
    _story, proposal, _sent = published()
    with pytest.raises(IntegrityError, match="changes no more"), transaction.atomic():
        SelectionRound.objects.filter(pk=proposal.pk).update(publish_at=noon(1))


def test_the_scoring_stays_closed_while_a_selection_stands():
    story, _proposal, _sent = approved()
    one, _other = story.cast.coordinators
    with pytest.raises(OutOfOrder, match="scores stay closed"):
        reopen_scoring(story.call, reason="A score is wrong.", by=one)


def test_who_is_recused_from_an_application_takes_no_part_and_reads_nothing(client):
    story, proposal, sent = proposed()
    _one, other = story.cast.coordinators
    Recusal.objects.create(application=sent[2], person=other, reason="My sister.")
    with pytest.raises(NotAllowed):
        actions.approve_selection(proposal, by=other)
    with pytest.raises(NotAllowed):
        actions.return_selection(proposal, reason="No.", by=other)
    log_in(client, other)
    assert client.get(proposal.get_absolute_url()).status_code == 404
    assert str(proposal.call) not in client.get(reverse("awards:rounds")).content.decode()
    decision = proposal.decisions.first()
    assert client.get(reverse("awards:feedback", args=[decision.pk])).status_code == 404


@pytest.mark.parametrize("clusters", [(LB, LB_SECOND), (LB, LB_SECOND, LB_THIRD)])
def test_the_page_of_a_round_costs_as_many_queries_whatever_it_decides(
    client, django_assert_num_queries, clusters
):
    story, proposal, _sent = published(clusters=clusters)
    log_in(client, story.cast.coordinators[0])
    client.get(proposal.get_absolute_url())
    with django_assert_num_queries(21):
        client.get(proposal.get_absolute_url())


def test_the_clocks_tell_who_must_be_told_by_when():
    story, proposal, _sent = proposed()
    (result,) = clocks_of(proposal)
    deadline = story.call.deadline
    assert result.due.date() == months_after(deadline.date(), 6)
    assert (result.done, result.whose) == (None, "a second coordinator")
    with on(noon(-15)):
        actions.approve_selection(
            proposal, by=story.cast.coordinators[1], publish_at=timezone.now() + timedelta(days=20)
        )
    proposal.refresh_from_db()
    winners, others, _result = clocks_of(proposal)
    assert winners.due.date() == (noon(-15) + timedelta(days=15)).date()
    assert others.due.date() == (noon(-15) + timedelta(days=30)).date()
    assert not winners.is_late(winners.due)
    assert winners.is_late(winners.due + timedelta(seconds=1))
    assert winners.whose == "the coordination team"


def test_ten_working_days_end_with_the_day_in_the_applicants_zone():
    _story, proposal, sent = published()
    # Ten working days after Friday 6 November 2026 end on Friday 20 November.
    assert working_days_after(date(2026, 11, 6), 10) == date(2026, 11, 20)
    assert working_days_after(date(2026, 11, 7), 1) == date(2026, 11, 9)
    assert months_after(date(2026, 8, 31), 6) == date(2027, 2, 28)
    decision = proposal.decisions.get(application=sent[2])
    decision.selection_round.published_at = datetime(2026, 11, 6, 22, 30, tzinfo=UTC)
    # In Beirut it is Saturday half past midnight by then.
    assert review_until(decision).astimezone(UTC) == datetime(2026, 11, 20, 21, 59, 59, tzinfo=UTC)
