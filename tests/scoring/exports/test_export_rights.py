"""Who may take which scores out of the portal, and that it is written down."""

import io

import openpyxl
import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from demonstration.many.scored import make_applications
from tests.making import LB, LB_SECOND, cast_of_all, closed_story
from tests.people import log_in, person
from tests.scoring.exports.reading import content, live, post, recomputed, tables_of
from tests.scoring.exports.story import story
from vouchers.scoring.assessing import actions
from vouchers.scoring.assessing.models import Score
from vouchers.scoring.exports.models import ScoreExport

__all__ = ["story"]

pytestmark = pytest.mark.django_db


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
