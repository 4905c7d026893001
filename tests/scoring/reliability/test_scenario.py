"""What if the rules were others, and why a result is what it is; nothing is ever written by it."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.making import LB, LB_SECOND, LB_THIRD, closed_story
from tests.people import log_in
from tests.scoring.rules.studied import by, material
from tests.scoring.rules.test_ranking import RULES, sheet
from vouchers.scoring.rules.explanation import OneScore, explain
from vouchers.scoring.rules.ranking import RESERVE
from vouchers.scoring.rules.scenario import Scenario, compare

RECORD = Scenario(
    weights={1: Decimal(30), 2: Decimal(35), 3: Decimal(35)},
    thresholds=dict.fromkeys((1, 2, 3), Decimal(50)),
    total_threshold=Decimal(60),
)


def ranks(rows):
    return {
        row.application: (row.record and row.record.rank, row.supposed and row.supposed.rank)
        for row in rows
    }


def why_of(application, *sheets, quota=1):
    return explain(RULES, sheets, application, quota=quota, step=Decimal("0.5"), lowest=Decimal(1))


# --- The figures ----------------------------------------------------------------------------------
def test_supposing_what_is_changes_nothing():
    rows = compare(material(by(1, 1, 4, 4, 4), by(2, 2, 5, 5, 5), by(3, 3, 2, 5, 5)), RECORD, "LB")
    assert all(row.record == row.supposed for row in rows)
    assert not any(row.moves or row.gains or row.loses for row in rows)


def test_other_weights_show_who_would_move_and_cross_the_quota():
    one = material(by(1, 1, 5, 3, 3), by(2, 2, 3, 4, 4))
    supposed = replace(RECORD, weights={1: Decimal(60), 2: Decimal(20), 3: Decimal(20)})
    rows = {row.application: row for row in compare(one, supposed, "LB")}
    assert (rows[1].moves, rows[1].gains, rows[1].loses) == (1, True, False)
    assert (rows[2].moves, rows[2].gains, rows[2].loses) == (-1, False, True)
    assert rows[1].supposed.total == Decimal("84.0000")


def test_other_thresholds_let_in_or_shut_out():
    one = material(by(1, 1, 2, 5, 5))
    lower = replace(RECORD, thresholds={1: Decimal(40), 2: Decimal(50), 3: Decimal(50)})
    (row,) = compare(one, lower, "LB")
    assert row.gains
    higher = replace(lower, total_threshold=Decimal(90))
    (row,) = compare(one, higher, "LB")
    assert not row.gains
    assert not row.supposed.passes


def test_without_an_assessor_only_the_others_count_and_what_was_agreed_stays():
    agreed = replace(sheet(3, 3, 3, 3), agreed=True)
    one = material(
        by(1, 1, 5, 5, 5), by(2, 1, 3, 3, 3), by(1, 2, 4, 4, 4), by(1, 3, 5, 5, 5), agreed
    )
    rows = {row.application: row for row in compare(one, replace(RECORD, without=1), "LB")}
    assert rows[1].supposed.total == Decimal("60.0000")
    assert rows[2].supposed is None
    assert rows[3].supposed == replace(
        rows[3].record,
        rank=rows[3].supposed.rank,
        suggested=rows[3].supposed.suggested,
        tied=rows[3].supposed.tied,
    )


def test_severity_is_taken_off_and_the_scale_is_not_left():
    """1 gives a point more than 2 on what both scored: adjusted, they agree on it."""
    one = material(
        by(1, 1, 4, 4, 4), by(2, 1, 3, 3, 3), by(1, 2, 5, 5, 5), by(2, 3, 5, 5, 5), quota=2
    )
    rows = {row.application: row for row in compare(one, replace(RECORD, adjusted=True), "LB")}
    assert rows[1].supposed.total == Decimal("70.0000")
    # 5 − 1 of the lenient one; 5 + 1 of the strict one ends at the highest score.
    assert rows[2].supposed.total == Decimal("80.0000")
    assert rows[3].supposed.total == Decimal("100.0000")
    assert ranks(rows.values())[2] == (1, 2)


def test_the_reasons_name_points_thresholds_edge_and_the_smallest_change():
    found = why_of(1, sheet(1, 4, 4, 4), sheet(1, 4, 3, 4), sheet(2, 4, 4, 4))
    assert [(one.points, one.needed, one.above) for one in found.criteria] == [
        (Decimal("24.0000"), Decimal("2.5"), Decimal("1.5000")),
        (Decimal("24.5000"), Decimal("2.5"), Decimal("1.0000")),
        (Decimal("28.0000"), Decimal("2.5"), Decimal("1.5000")),
    ]
    assert found.total_above == Decimal("16.5000")
    assert (found.rival.application, found.margin) == (2, Decimal("-3.5000"))
    assert not found.within
    # Half a point of one score is worth 1.5 points of the first criterion, 1.75 of the others: the
    # second reaches 80 with two steps, a tie that the points of the third (equal) leave standing.
    assert found.one_score == (
        OneScore(2, Decimal("1.5")),
        OneScore(3, Decimal("1.0")),
    )


def test_the_tie_break_that_decided_is_named():
    found = why_of(1, sheet(1, 5, 4, 3), sheet(2, 5, 3, 4))
    assert (found.tie_break, found.margin) == (3, Decimal("0.0000"))
    assert found.place.suggested == RESERVE
    assert why_of(2, sheet(1, 5, 4, 3), sheet(2, 5, 3, 4)).tie_break == 3


def test_within_the_quota_it_says_how_little_would_take_it_out():
    found = why_of(1, sheet(1, 4, 4, 4), sheet(2, 4, 4, "3.5"))
    assert found.within
    assert (found.rival.application, found.margin) == (2, Decimal("3.5000"))
    assert OneScore(3, Decimal("-0.5")) in found.one_score


def test_a_failed_threshold_is_what_stands_in_the_way_where_vouchers_are_left():
    found = why_of(1, sheet(1, 2, 5, 5), quota=2)
    assert found.rival is None
    assert [one.passes for one in found.criteria] == [False, True, True]
    assert found.criteria[0].above == Decimal("-0.5000")
    assert found.one_score == (OneScore(1, Decimal("0.5")),)


# --- The pages ------------------------------------------------------------------------------------
@pytest.fixture
def story(db):
    return closed_story(
        LB,
        LB_SECOND,
        LB_THIRD,
        scores=[("4", "4", "4"), ("5", "5", "4.5"), ("2", "5", "5")],
        quotas={"LB": 1, "MA": 1},
    )


@pytest.fixture
def coordinator(story, client):
    return log_in(client, story[0].cast.coordinators[0])


def record_of(call, **other):
    """What the form sends when nothing is supposed to be otherwise."""
    fields = {"country": "LB", "total_threshold": "60", "without": ""}
    for criterion in call.criteria.all():
        fields[f"weight_{criterion.pk}"] = str(criterion.weight)
        fields[f"threshold_{criterion.pk}"] = str(criterion.threshold)
    return fields | other


def supposing(client, call, **fields):
    return client.get(reverse("scoring:what_if", args=[call.slug]), fields)


def test_the_panel_shows_record_and_supposition_side_by_side(story, coordinator):
    told, (_first, second, third) = story
    mission = told.call.criteria.first()
    page = supposing(
        coordinator, told.call, **record_of(told.call) | {f"threshold_{mission.pk}": "20"}
    )
    html = page.content.decode()
    rows = {row.application: row for row, _cluster in page.context["rows"]}
    assert rows[third.pk].supposed.passes
    assert not rows[third.pk].record.passes
    assert str(third.cluster) in html
    assert "Nobody would cross the edge of the quota" in html
    assert "1 application would go from the reserve list to refusal, or back." in html
    assert rows[second.pk].supposed.suggested == "award"


def test_weights_that_do_not_add_up_get_a_clear_sentence_and_nothing_typed_is_lost(
    story, coordinator
):
    told, _sent = story
    mission = told.call.criteria.first()
    page = supposing(
        coordinator, told.call, **record_of(told.call) | {f"weight_{mission.pk}": "41"}
    )
    html = page.content.decode()
    assert page.status_code == 200
    assert ">The weights add up to 111. They must add up to 100.<" in html
    assert 'value="41"' in html
    assert "page" not in page.context


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("total_threshold", "101", "less than or equal to 100"),
        ("total_threshold", "", "required"),
        ("total_threshold", "many", "This is not a number"),
        ("without", "999999", "not one of the available choices"),
        ("weight", "-5", "greater than or equal to 0"),
        ("weight", "NaN", "This is not a number"),
        ("threshold", "1e9", "This is not a number"),
    ],
)
def test_what_cannot_be_supposed_is_said_beside_the_field(
    story, coordinator, field, value, sentence
):
    told, _sent = story
    name = (
        field
        if field in {"total_threshold", "without"}
        else (f"{field}_{told.call.criteria.first().pk}")
    )
    page = supposing(coordinator, told.call, **record_of(told.call) | {name: value})
    assert page.status_code == 200
    assert sentence in page.content.decode()
    assert "rows" not in page.context


def test_nothing_is_written(story, coordinator):
    told, (first, _second, _third) = story
    assessor = first.assignments.first().assessor
    coordinator.get(reverse("scoring:ranking", args=[told.call.slug]))
    before = everything()
    with CaptureQueriesContext(connection) as asked:
        page = supposing(
            coordinator,
            told.call,
            **record_of(told.call, without=str(assessor.pk), adjusted="on", total_threshold="90"),
        )
        coordinator.get(reverse("scoring:why", args=[first.pk]))
    assert page.context["rows"]
    assert everything() == before
    writing = ("INSERT", "UPDATE", "DELETE")
    assert [one["sql"] for one in asked if one["sql"].lstrip().startswith(writing)] == []
    answer = coordinator.post(reverse("scoring:what_if", args=[told.call.slug]), {})
    assert answer.status_code == 405


def everything():
    """How many rows of each table this transaction has inserted, changed and deleted so far."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, n_tup_ins, n_tup_upd, n_tup_del FROM pg_stat_xact_user_tables"
            " ORDER BY relname"
        )
        return cursor.fetchall()


def test_the_page_of_reasons_tells_them_in_words(story, coordinator):
    _told, (first, second, third) = story
    html = coordinator.get(reverse("scoring:why", args=[first.pk])).content.decode()
    assert f"it would have to stand before {second.cluster}" in html
    assert "How little would bring it in" in html
    html = coordinator.get(reverse("scoring:why", args=[second.pk])).content.decode()
    assert f"The next who would come in is {first.cluster}" in html
    html = coordinator.get(reverse("scoring:why", args=[third.pk])).content.decode()
    assert "Distance to the threshold" in html


def test_what_is_not_ranked_has_no_reasons_yet(client, db):
    told, (application,) = closed_story(LB)
    log_in(client, told.cast.coordinators[0])
    html = client.get(reverse("scoring:why", args=[application.pk])).content.decode()
    assert "It is not ranked" in html
