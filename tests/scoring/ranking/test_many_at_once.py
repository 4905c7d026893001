"""What the database does when many rows change in one statement, after it planned for a single one."""

from __future__ import annotations

import pytest
from django.db import connection

from demonstration.many.scored import make_applications
from tests.making import cast_of_all
from vouchers.scoring.assessing.models import Assessment, Assignment
from vouchers.scoring.ranking.models import OutdatedRanking

pytestmark = pytest.mark.django_db


def times_of_triggers(table, before, after):
    """Milliseconds in all calls of each trigger while every row of a table moves on, by its name."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"EXPLAIN (ANALYZE, FORMAT JSON) UPDATE {table} SET state = %s WHERE state = %s",
            [after, before],
        )
        [[plan]] = cursor.fetchone()
    return {found["Trigger Name"]: found["Time"] for found in plan["Triggers"]}


def named(times, start):
    [time] = [time for name, time in times.items() if name.startswith(start)]
    return time


def test_telling_the_ranking_grows_no_faster_than_the_rows():
    """Both take a share of what writing the history takes, which is one row for each row."""
    cast_of_all()
    call = make_applications(400, assessments=5)
    with connection.cursor() as cursor:
        cursor.execute("DISCARD PLANS")
    assessment = Assessment.objects.earliest("pk")
    Assessment.objects.filter(pk=assessment.pk).update(state="draft")
    Assignment.objects.filter(pk=assessment.assignment_id).update(state="cleared")
    OutdatedRanking.objects.all().delete()

    times = times_of_triggers("vouchers_assessment", "submitted", "draft")
    assert OutdatedRanking.objects.filter(call=call).count() == 1
    written = named(times, "pgtrigger_update_update")
    assert 0 < named(times, "pgtrigger_tells_the_ranking") < written / 2
    assert named(times, "pgtrigger_fixed_once_scoring_is_closed") < written

    times = times_of_triggers("vouchers_assignment", "scored", "cleared")
    assert OutdatedRanking.objects.filter(call=call).count() == 2
    written = named(times, "pgtrigger_update_update")
    assert 0 < named(times, "pgtrigger_tells_the_ranking") < written / 2
