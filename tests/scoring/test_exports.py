"""Scores and ranking as files: what stands in them, for whom, and that they can be recomputed."""

from __future__ import annotations

import io
import re
import sys
from collections import Counter
from decimal import Decimal

import openpyxl
import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from demonstration.bulk import make_applications
from tests.making import LB, LB_SECOND, cast_of_all, closed_story, opening, unfilled_go
from tests.people import log_in, person
from tests.scoring.exports import (
    SCRIPT,
    Calculated,
    content,
    live,
    post,
    recomputed,
    tables_of,
    texts_of,
    varied_story,
)
from vouchers.scoring import actions
from vouchers.scoring.models import Score, ScoreExport

pytestmark = pytest.mark.django_db

# Two with the same total, parted by a criterion; two that share a place; one below a threshold.
SCORES = [
    ("4", "4.5", "3.5"),
    ("4", "3.5", "4.5"),
    ("3.5", "4", "4"),
    ("3.5", "4", "4"),
    ("5", "2", "5"),
]


@pytest.fixture
def story():
    return varied_story(SCORES, quotas={"LB": 4, "MA": 2})


# Recomputing


def test_the_script_has_forty_lines_and_imports_nothing_of_the_portal():
    script = SCRIPT.read_text()
    assert len(script.splitlines()) <= 40
    imported = re.findall(r"^\s*(?:from|import) (.+)$", script, re.M)
    modules = {name.strip() for line in imported for name in line.split(",")}
    assert len(modules) > 3
    assert modules <= sys.stdlib_module_names


def test_the_script_recomputes_a_ranking_with_ties_thresholds_a_consensus_and_a_third_opinion(
    client, story, tmp_path
):
    told, _sent = story
    expected = live(told.call)
    assert recomputed(client, told.call, told.cast.coordinators[0], tmp_path) == expected
    # There is something to find: every proposal, a shared place, a tie across the edge.
    assert Counter(row[4] for row in expected) == {"award": 4, "reserve": 3, "refuse": 1}
    assert [row[1] for row in expected if row[5]] == [4, 4]


@pytest.mark.parametrize(
    ("quotas", "awarded", "tied"),
    [
        # One voucher is left, and two equals are first in turn.
        ({"LB": 3, "MA": 2}, 3, 2),
        # Enough is left for both.
        ({"LB": 3, "MA": 3}, 5, 0),
        # A country whose own edge is tied has none to give, and stands in the way of none.
        ({"LB": 4, "MA": 3}, 3, 2),
    ],
)
def test_the_script_gives_on_what_a_country_leaves(client, tmp_path, quotas, awarded, tied):
    with opening(unfilled_go("next")):
        told, _sent = varied_story(SCORES, quotas=quotas)
    expected = live(told.call)
    assert recomputed(client, told.call, told.cast.coordinators[0], tmp_path) == expected
    lebanese = [row for row in expected if row[0] == "LB"]
    assert sum(row[4] == "award" for row in lebanese) == awarded
    assert sum(row[5] for row in lebanese) == tied


def test_the_script_recomputes_many_applications(client, tmp_path):
    cast = cast_of_all()
    with opening(unfilled_go("next")):
        call = make_applications(150)
    assert recomputed(client, call, cast.coordinators[0], tmp_path) == live(call)


def test_scores_that_a_conflict_undid_change_nothing_in_the_script(client, story, tmp_path):
    told, (first, *_others) = story
    assignment = first.assignments.first()
    actions.declare_conflict(
        assignment, kind="family", conflict="My cousin.", by=assignment.assessor
    )
    coordinator = told.cast.coordinators[0]
    # The application waits for another assessor, and is not ranked.
    expected = live(told.call)
    assert first.reference not in {row[2] for row in expected}
    assert recomputed(client, told.call, coordinator, tmp_path) == expected
    rows = tables_of(post(client, told.call, "csv"))["assessments"]
    own = [row for row in rows if row["application"] == first.reference]
    assert Counter((row["state"], row["counts"]) for row in own) == {
        ("conflicted", "no"): 3,
        ("scored", "no"): 3,
    }


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


# For whom


def test_an_officer_takes_their_own_country_alone(client, story, tmp_path):
    told, _sent = story
    officer = told.cast.officer("MA")
    log_in(client, officer)
    tables = tables_of(post(client, told.call, "csv"))
    for name in ("countries", "assessments", "ranking"):
        assert {row["country"] for row in tables[name]} == {"MA"}, name
    assert tables["consensuses"] == []
    assert {row["rule"]: row["value"] for row in tables["rules"]}["countries_left_out"] == "1"
    moroccan = [row for row in live(told.call) if row[0] == "MA"]
    assert recomputed(client, told.call, officer, tmp_path) == moroccan
    book = openpyxl.load_workbook(io.BytesIO(content(post(client, told.call, "xlsx"))))
    said = {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row}
    assert any("-MA-" in text for text in said)
    assert not any("-LB-" in text for text in said)
    assert post(client, told.call, "research").status_code == 404


@pytest.mark.parametrize("kind", ["csv", "xlsx", "research"])
def test_who_still_owes_an_assessment_takes_nothing_of_that_country(client, story, kind):
    told, sent = story
    officer = told.cast.officer("LB")
    mine = actions.assign_assessor(sent[0], officer, by=officer)
    log_in(client, officer)
    assert post(client, told.call, kind).status_code == 404
    assert not ScoreExport.objects.exists()
    if kind != "research":
        actions.release_assessor(mine, reason="Not needed.", by=officer)
        assert post(client, told.call, kind).status_code == 200


def test_scores_that_are_not_submitted_are_nowhere(client):
    told, (first, second) = closed_story(LB, LB_SECOND, scores=[("4", "4", "4")])
    told.score(told.assign(second, 1)[0], ("1.5", "1.5", "1.5"), submit=False)
    taken_up = first.assignments.first()
    actions.correct_assessment(taken_up, reason="A slip.", by=taken_up.assessor)
    log_in(client, told.cast.coordinators[0])
    rows = tables_of(post(client, told.call, "csv"))["assessments"]
    assert {(row["application"], row["assessor"]) for row in rows} == {
        (first.reference, str(first.assignments.last().assessor))
    }


@pytest.mark.parametrize("role", ["assessor", "finance", "administrator"])
def test_nobody_else_takes_anything(client, story, role):
    told, _sent = story
    log_in(client, person(role=role))
    for kind in ("csv", "xlsx", "research"):
        assert post(client, told.call, kind).status_code == 404


def test_a_file_is_never_had_by_a_mere_link(client, story):
    told, _sent = story
    log_in(client, told.cast.coordinators[0])
    assert client.get(reverse("scoring:export_csv", args=[told.call.slug])).status_code == 405


# What is written down


def test_each_export_is_written_down_for_good_and_shown(client, story):
    told, _sent = story
    auditor, officer = person(role="auditor", name="Aya Auditor"), told.cast.officer("MA")
    content(post(log_in(client, auditor), told.call, "csv"))
    content(post(log_in(client, officer), told.call, "xlsx"))
    assert [*ScoreExport.objects.values_list("exported_by", "kind", "countries")] == [
        (officer.pk, "xlsx", ["MA"]),
        (auditor.pk, "csv", ["LB", "MA"]),
    ]
    ranking = reverse("scoring:ranking", args=[told.call.slug])
    own = client.get(ranking)
    assert [export.exported_by for export in own.context["exports"]] == [officer]
    assert "For research, anonymised" not in own.content.decode()
    page = log_in(client, told.cast.coordinators[0]).get(ranking)
    assert [export.exported_by for export in page.context["exports"]] == [officer, auditor]
    assert "Aya Auditor" in page.content.decode()
    for write in (
        lambda: ScoreExport.objects.update(kind="csv"),
        lambda: ScoreExport.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            write()


@pytest.mark.parametrize("kind", ["csv", "xlsx", "research"])
def test_an_export_takes_as_many_queries_however_much_there_is(client, kind):
    cast = cast_of_all()
    log_in(client, cast.coordinators[0])
    counted = []
    for number in (15, 60):
        call = make_applications(number)
        assert Score.objects.filter(criterion__call=call).count() == number * 6
        with CaptureQueriesContext(connection) as asked:
            content(post(client, call, kind))
        counted.append(len(asked))
    assert counted[0] == counted[1]
    assert counted[0] <= 22
