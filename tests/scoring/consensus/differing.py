"""Two assessments that differ too much, and what tests do with the consensus on them."""

from decimal import Decimal

from django.urls import reverse

from tests.people import person
from vouchers.scoring.assessing.actions import ScoreInput
from vouchers.scoring.assessing.models import Consensus
from vouchers.scoring.consensus import actions as consensus_actions
from vouchers.scoring.ranking.queries import ranked_by_country

HIGH, LOW = ("4.5", "4", "4.5"), ("2", "2.5", "3")


def differ(told, applications):
    for assignment, values in zip(told.assign(applications[0], 2), (HIGH, LOW), strict=True):
        told.score(assignment, values)
    return Consensus.objects.get(application=applications[0])


def agreed_scores(call, value="4"):
    return {
        criterion.pk: ScoreInput(Decimal(value), "What both saw.", "What both missed.")
        for criterion in call.criteria.all()
    }


def assessors(told):
    return told.cast.assessors[:2]


def totals(told):
    return {
        application.pk: ranked.total
        for ranking in ranked_by_country(told.call)
        for ranked, application in ranking.places
    }


def another_assessor(name="Third"):
    return person(role="assessor", name=name)


def page_of(consensus):
    return reverse("scoring:consensus", args=[consensus.application_id])


def settled(told, consensus, value="4"):
    by = assessors(told)[0]
    consensus = consensus_actions.become_rapporteur(consensus, by=by)
    return consensus_actions.agree(
        consensus, agreed_scores(told.call, value), reason="We read it together.", by=by
    )
