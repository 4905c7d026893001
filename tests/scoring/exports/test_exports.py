"""Exports of scores: tables and spreadsheet, the same whatever the language."""

import io
from decimal import Decimal

import openpyxl
import pytest
from django.urls import reverse

from accounts.models import User
from tests.making import LB, closed_story
from tests.people import log_in
from tests.scoring.exports.reading import Calculated, content, live, post, tables_of, texts_of
from tests.scoring.exports.story import story
from vouchers.scoring.assessing import actions

__all__ = ["story"]

pytestmark = pytest.mark.django_db


# CSV
def test_the_tables_are_what_programs_rely_on(client, story):
    told, _sent = story
    log_in(client, told.cast.coordinators[0])
    tables = tables_of(post(client, told.call, "csv"))
    assert {name: [*rows[0]] for name, rows in tables.items()} == {
        "rules": ["rule", "value"],
        "criteria": ["criterion", "name", "weight", "threshold", "tie_break"],
        "countries": ["country", "vouchers"],
        "assessments": [
            "country",
            "application",
            "sheet",
            "kind",
            "assessor",
            "criterion",
            "criterion_name",
            "weight",
            "score",
            "state",
            "counts",
            "strengths",
            "weaknesses",
        ],
        "consensuses": [
            "country",
            "application",
            "state",
            "asked_at",
            "settled_at",
            "rapporteur",
            "reason",
        ],
        "ranking": [
            "country",
            "place",
            "application",
            "cluster",
            "total",
            "passes",
            "proposal",
            "tied",
            "tie_break",
            "sheets",
            "mean_1",
            "points_1",
            "mean_2",
            "points_2",
            "mean_3",
            "points_3",
        ],
    }
    assert {row["rule"]: row["value"] for row in tables["rules"]} == {
        "call": told.call.reference,
        "score_min": "1.00",
        "score_max": "5.00",
        "score_step": "0.50",
        "total_threshold": "60.00",
        "discrepancy_limit": "30.00",
        "assessors_required": "2",
        "unfilled_quota": "leave",
        "countries_left_out": "0",
    }
    # Five applications with two sheets of three scores, three with another sheet.
    assert len(tables["assessments"]) == 5 * 6 + 3 * 9


def test_the_ranking_tells_what_parted_equal_totals_to_the_cent_of_a_point(client, story):
    told, sent = story
    log_in(client, told.cast.coordinators[0])
    rows = tables_of(post(client, told.call, "csv"))["ranking"]
    assert [
        (row["place"], row["total"], row["passes"], row["proposal"], row["tied"], row["tie_break"])
        for row in rows
        if row["country"] == "LB"
    ] == [
        ("1", "91.50", "yes", "award", "no", ""),
        ("2", "80.00", "yes", "award", "no", "3"),
        ("3", "80.00", "yes", "award", "no", "3"),
        ("4", "77.00", "yes", "reserve", "yes", "shared"),
        ("4", "77.00", "yes", "reserve", "yes", "shared"),
        ("6", "66.50", "yes", "reserve", "no", ""),
        ("7", "79.00", "no", "refuse", "no", ""),
    ]
    assert rows[0]["application"] == sent[6].reference


def test_which_sheets_count_and_of_what_kind_they_are(client, story):
    told, sent = story
    log_in(client, told.cast.coordinators[0])
    rows = tables_of(post(client, told.call, "csv"))["assessments"]

    def sheets(application):
        return sorted(
            {
                (row["sheet"], row["kind"], row["assessor"], row["state"], row["counts"])
                for row in rows
                if row["application"] == application.reference
            }
        )

    first, second = (str(one) for one in told.cast.assessors[:2])
    assert sheets(sent[5]) == [
        ("1", "assessment", first, "scored", "no"),
        ("2", "assessment", second, "scored", "no"),
        ("3", "consensus", first, "agreed", "yes"),
    ]
    assert sheets(sent[6]) == [
        ("1", "assessment", first, "scored", "yes"),
        ("2", "assessment", second, "scored", "no"),
        ("3", "third_opinion", "Third", "scored", "yes"),
    ]


def test_the_tables_are_the_same_whatever_the_language(client, story):
    told, _sent = story
    coordinator = told.cast.coordinators[0]
    log_in(client, coordinator)
    english = texts_of(post(client, told.call, "csv"))
    for language in ("fr", "ar"):
        User.objects.filter(pk=coordinator.pk).update(language=language)
        log_in(client, User.objects.get(pk=coordinator.pk))
        page = client.get(reverse("scoring:ranking", args=[told.call.slug]))
        assert page["Content-Language"] == language
        assert texts_of(post(client, told.call, "csv")) == english


def scored_with(told, application, text):
    """The application scored by two, who ground each score on `text`."""
    for assignment in told.assign(application, 2):
        by = assignment.assessor
        assignment = actions.declare_no_conflict(assignment, by=by)
        actions.save_assessment(
            assignment,
            {
                one.pk: actions.ScoreInput(Decimal(4), text, text)
                for one in told.call.criteria.all()
            },
            comment="",
            by=by,
        )
        actions.submit_assessment(assignment, by=by)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)"])
def test_no_text_becomes_a_formula(client, text):
    told, (application,) = closed_story(LB)
    scored_with(told, application, text)
    log_in(client, told.cast.coordinators[0])
    rows = tables_of(post(client, told.call, "csv"))["assessments"]
    assert {row["strengths"] for row in rows} == {f"'{text}"}
    book = openpyxl.load_workbook(io.BytesIO(content(post(client, told.call, "xlsx"))))
    cell = book["Assessments"]["L2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)


# XLSX
def test_the_formulas_give_the_ranking_of_the_portal_to_the_cent(client, story):
    told, _sent = story
    log_in(client, told.cast.coordinators[0])
    file = content(post(client, told.call, "xlsx"))
    calculated = Calculated(file)
    ranking = calculated.book["Ranking"]
    headings = [cell.value for cell in ranking[1]]
    assert headings[:5] == ["Country", "Rank", "Application", "Cluster", "Total (points of 100)"]
    assert headings[-2:] == ["Total on the portal", "The two totals agree"]
    formulas = [cell.column_letter for cell in ranking[2] if cell.data_type == "f"]
    assert len(formulas) == 2 + 3 * 2 + 1
    expected = {row[2]: row for row in live(told.call)}
    assert ranking.max_row == 1 + len(expected) == 9
    kept = openpyxl.load_workbook(io.BytesIO(file), data_only=True)["Ranking"]
    for row in range(2, ranking.max_row + 1):
        _country, place, _name, total, proposal, _tied = expected[ranking[f"C{row}"].value]
        assert ranking[f"B{row}"].value == place
        assert calculated.cell("Ranking", f"E{row}") == total
        assert calculated.cell("Ranking", f"F{row}") is (proposal != "refuse")
        assert calculated.cell("Ranking", f"{formulas[-1]}{row}") is True
        # What is written with a formula is what it gives.
        for column in formulas:
            given = calculated.cell("Ranking", f"{column}{row}")
            assert kept[f"{column}{row}"].value == pytest.approx(float(given), abs=1e-12)


def test_the_totals_follow_when_a_score_or_a_weight_is_changed(client, story):
    told, _sent = story
    log_in(client, told.cast.coordinators[0])
    calculated = Calculated(content(post(client, told.call, "xlsx")))
    total = calculated.cell("Ranking", "E3")
    assessments, reference = calculated.book["Assessments"], calculated.book["Ranking"]["C3"].value
    row = next(cell.row for cell in assessments["B"] if cell.value == reference)
    assert assessments[f"H{row}"].value == 30
    assessments[f"I{row}"].value += 1
    # A point more of five by one of two, at a weight of 30.
    assert calculated.cell("Ranking", "E3") == total + 3
    grid = calculated.book["Grid"]
    (weight,) = (
        cell for cells in grid["C"] for cell in [cells] if cell.value == 30 and cell.row > 5
    )
    weight.value = 0
    assert calculated.cell("Ranking", "E3") < total - 20


def test_the_sheets_speak_the_language_of_the_reader(client, story):
    told, _sent = story
    coordinator = told.cast.coordinators[0]
    User.objects.filter(pk=coordinator.pk).update(language="ar")
    log_in(client, User.objects.get(pk=coordinator.pk))
    client.get(reverse("scoring:ranking", args=[told.call.slug]))
    book = openpyxl.load_workbook(io.BytesIO(content(post(client, told.call, "xlsx"))))
    assert all(sheet.sheet_view.rightToLeft for sheet in book)
    assert "خطة" in "".join(str(cell.value) for cell in book.worksheets[0]["B"])
