"""What keeps the scoring of a call from being closed is counted as the ranking counts it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from demonstration.many.scored import make_applications
from tests.making import cast_of_all
from vouchers.calls.models import Call
from vouchers.scoring.assessing.models import Assessment, Assignment
from vouchers.scoring.ranking.queries import problems_before_closing, ranked_by_country

pytestmark = pytest.mark.django_db


def test_applications_without_enough_assessments_are_those_that_the_ranking_leaves_out(
    django_assert_max_num_queries,
):
    cast_of_all()
    call = make_applications(9, quotas={"LB": 2, "MA": 2, "TN": 2})
    Call.objects.filter(pk=call.pk).update(deadline=call.opens_at + timedelta(days=1))
    call.refresh_from_db()
    assert problems_before_closing(call) == []
    first, second, third, *_others = call.applications.order_by("pk")
    # One assessment taken up again, one assignment not scored, and both of a third application's.
    of_first = Assignment.objects.filter(application=first)
    Assessment.objects.filter(assignment=of_first.first()).update(state="draft")
    Assignment.objects.filter(pk=of_first.last().pk).update(state="cleared")
    Assignment.objects.filter(pk=second.assignments.first().pk).update(state="cleared")
    Assessment.objects.filter(assignment__application=third).update(state="draft")
    left_out = sum(len(ranking.unscored) for ranking in ranked_by_country(call))
    assert left_out == 3
    with django_assert_max_num_queries(3):
        problems = problems_before_closing(call)
    assert problems == ["Applications that are not scored by enough assessors: 3."]
