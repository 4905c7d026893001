"""Proposing, approving and publishing take as many queries for two hundred applications as for twenty."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from clusters.models import Cluster, Representative
from demonstration.many.scored import make_applications
from documents.models import Document
from notices.models import Notice
from tests.making import cast_of_all
from tests.people import person
from vouchers.applications.models import Application
from vouchers.awards import actions
from vouchers.awards.letters.annex import annex_lines, annex_of
from vouchers.awards.models import Comment, Decision, DecisionScore, Feedback, ReservePlace
from vouchers.awards.rules.naming import Names
from vouchers.calls.models import Call
from vouchers.scoring.assessing.models import Score
from vouchers.scoring.ranking.actions import close_scoring
from vouchers.scoring.ranking.queries import places_by_country

pytestmark = pytest.mark.django_db


@pytest.fixture
def conducted():
    """Conducts the selection of a call of so many; the queries of each step, and its round."""
    cast = cast_of_all()

    def conduct(number):
        call = make_applications(number)
        Call.objects.filter(pk=call.pk).update(deadline=call.opens_at + timedelta(days=1))
        call.refresh_from_db()
        _give_each_cluster_a_manager(call)
        proposer, approver = cast.coordinators
        close_scoring(call, by=proposer)
        tied = {
            place.application: actions.Choice(place.suggested)
            for country in places_by_country(call)
            for place in country.places
            if place.tied
        }
        votes = dict.fromkeys(("LB", "MA", "TN"), "By show of hands.")
        with CaptureQueriesContext(connection) as proposing:
            proposal = actions.propose_selection(
                call, tied, participants="Maya", votes=votes, by=proposer
            )
        with CaptureQueriesContext(connection) as approving:
            approved = actions.approve_selection(
                proposal, by=approver, publish_at=timezone.now() + timedelta(hours=1)
            )
        with CaptureQueriesContext(connection) as listing:
            annex_of(approved)
        type(approved).objects.filter(pk=approved.pk).update(publish_at=timezone.now())
        with CaptureQueriesContext(connection) as publishing:
            published = actions.publish_selection(approved, by=None)
        return [len(step) for step in (proposing, approving, listing, publishing)], published

    return conduct


def _give_each_cluster_a_manager(call):
    clusters = Cluster.objects.filter(applications__call=call)
    Representative.objects.bulk_create(
        Representative(cluster=cluster, user=person(), level="manager") for cluster in clusters
    )


def test_two_hundred_take_no_more_queries_than_twenty(conducted):
    few, _small = conducted(20)
    many, selection = conducted(200)
    # At most: what was looked up once (content types) is not looked up again.
    assert all(later <= first for first, later in zip(few, many, strict=True)), (few, many)
    assert few[0] < 60
    assert few[1] < 80
    assert few[2] < 5
    assert many[3] < 320  # Six awards among them, each with letters of its own.

    decisions = selection.decisions.all()
    assert decisions.count() == Feedback.objects.filter(decision__in=decisions).count() == 200
    scores = Score.objects.filter(assessment__assignment__application__call=selection.call)
    assert DecisionScore.objects.filter(decision__in=decisions).count() == scores.count() / 2
    comments = Comment.objects.filter(decision__in=decisions)
    assert comments.count() == scores.exclude(strengths="").count()
    assert set(comments.values_list("number", flat=True)) == {1, 2}

    # Each step stands in the history of each row, with who took it and in which action.
    for model in (Decision, Feedback, Comment):
        events = model.pgh_event_models["insert"].objects.filter(
            pgh_obj__in=model.objects.filter(
                **{"pk__in" if model is Decision else "decision__in": decisions}
            ),
            pgh_label="insert",
        )
        assert events.count() == (comments.count() if model is Comment else 200)
        assert {event.pgh_context.metadata["action"] for event in events} == {"propose_selection"}
    moved = Application.pgh_event_models["update"].objects.filter(
        pgh_obj__call=selection.call, state__in=["selected", "reserve", "refused"]
    )
    assert moved.count() == 200
    assert {event.pgh_context.metadata["action"] for event in moved} == {"publish_selection"}

    # Everybody is told once, with the letter in the language of the application.
    for decision in decisions.select_related("application__cluster"):
        manager = decision.application.cluster.representatives.get().user
        notice = Notice.objects.get(recipient=manager)
        [letter] = notice.documents.all()
        award = decision.outcome == "award"
        about = decision.award if award else decision
        assert (letter.kind, letter.object_id, letter.language) == (
            {"award": "award", "reserve": "reserve", "refuse": "refusal"}[decision.outcome],
            str(about.pk),
            decision.application.language,
        )
        assert Document.objects.filter(kind=letter.kind, object_id=about.pk).count() == 3
        assert letter.facts["reference"] == decision.application.reference
        assert letter.facts["total"] == str(decision.total)


def test_places_on_the_reserve_list_count_from_one_and_equals_share_theirs(conducted):
    _queries, selection = conducted(30)
    for country in ("LB", "MA", "TN"):
        places = ReservePlace.objects.filter(
            decision__selection_round=selection, decision__application__country=country
        ).select_related("decision")
        ranks = [place.decision.rank for place in places]
        assert [place.position for place in places] == [
            1 + sum(other < rank for other in ranks) for rank in ranks
        ]


def test_the_annex_lists_each_decision_with_its_scores(conducted):
    _queries, selection = conducted(30)
    lines = list(annex_lines(selection))[2:]
    assert len(lines) == 30
    decisions = selection.decisions.order_by(
        "application__country_id", "rank", "application__reference"
    )
    for line, decision in zip(lines, decisions, strict=True):
        scored = "; ".join(
            f"{score.criterion.position}: {score.mean}/{score.points}"
            for score in decision.scores.select_related("criterion")
        )
        assert f"{decision.application.reference},{decision.total},{scored}," in line


def test_a_name_is_found_among_thousands_that_begin_alike():
    names = Names(f"Cluster {number}" for number in range(10_000))
    names.add("Cluster of Others", owner=7)
    text = "Better than cluster 77, and than CLUSTER OF OTHERS; cluster 123456 is nobody."
    assert names.found_in(text) == ["Cluster 77", "Cluster of Others"]
    assert names.found_in(text, reader=7) == ["Cluster 77"]
    assert names.found_in(text, called="The Cluster 77 Group") == ["Cluster of Others"]
