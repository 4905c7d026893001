"""The page on which an assessor scores, as tests use it."""

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.making import LB, LB_SECOND, LB_THIRD, closed_story
from tests.people import log_in
from tests.remembering import remembered
from vouchers.scoring.assessing import actions
from vouchers.scoring.assessing.models import Score


@pytest.fixture
def story(request):
    tell = first_assigned if "assignment" in request.fixturenames else closed_story
    return tell(LB, LB_SECOND, LB_THIRD)


@pytest.fixture
def told(story):
    return story[0]


@pytest.fixture
def assignment(story):
    return story[1][0].assignments.get(state="cleared")


@remembered
def first_assigned(*clusters):
    told, applications = closed_story(*clusters)
    assignment = told.assign(applications[0], 2)[0]
    actions.declare_no_conflict(assignment, by=assignment.assessor)
    return told, applications


@pytest.fixture
def assessor(client, assignment):
    """The client of the assessor, who has declared no conflict."""
    return log_in(client, assignment.assessor)


def criteria_of(assignment):
    return list(assignment.application.call.criteria.all())


def sheet(assignment, *, value="4", strengths="Clear", weaknesses="", comment="", **seen):
    """What a browser without JavaScript sends of a whole sheet."""
    data = {"comment": comment, "seen_0": seen.get("comment", 0)}
    for criterion in criteria_of(assignment):
        data |= {
            f"score_{criterion.pk}": value,
            f"strengths_{criterion.pk}": strengths,
            f"weaknesses_{criterion.pk}": weaknesses,
            f"seen_{criterion.pk}": seen.get("version", 0),
        }
    return data


def autosave(client, assignment, **data):
    """What the page sends while one types."""
    return client.post(
        reverse("scoring:save", args=[assignment.pk]),
        {"person": assignment.assessor_id, **data},
    )


def one_criterion(criterion, *, value="4", strengths="Clear", weaknesses="", seen=0):
    return {
        f"score_{criterion.pk}": value,
        f"strengths_{criterion.pk}": strengths,
        f"weaknesses_{criterion.pk}": weaknesses,
        f"seen_{criterion.pk}": seen,
    }


def texts(assignment):
    return list(
        Score.objects.filter(assessment__assignment=assignment).values_list(
            "value", "strengths", "weaknesses"
        )
    )


def fresh(record):
    return type(record)._default_manager.get(pk=record.pk)


def close(assignment):
    scoring_round = assignment.application.call.scoring_round
    scoring_round.state = "closed"
    scoring_round.closed_by, scoring_round.closed_at = assignment.assigned_by, timezone.now()
    scoring_round.save()
