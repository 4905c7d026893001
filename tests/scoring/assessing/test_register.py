"""The register of conflicts: every declaration, for those who audit and those who answer for it."""

import csv

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.making import LB, MA, closed_story
from tests.people import log_in, person
from vouchers.scoring.assessing import actions
from vouchers.scoring.assessing.models import AssessorProfile

pytestmark = pytest.mark.django_db


@pytest.fixture
def story():
    """In each of two countries a conflict; in one, a stand-in who had a hint and declared none."""
    told, applications = closed_story(LB, MA)
    for application in applications:
        officer = told.cast.officer(application.country_id)
        first, second, *_rest = told.cast.assessors
        mine = actions.assign_assessor(application, first, by=officer)
        actions.declare_conflict(mine, kind="family", conflict="=A cousin", by=first)
        if application.country_id == "LB":
            AssessorProfile.objects.update_or_create(
                user=second, defaults={"organisation": str(application.cluster)}
            )
            mine.refresh_from_db()
            made = actions.replace_assessor(mine, second, reason="Conflict", by=officer)
            actions.declare_no_conflict(made, by=second)
    return told, applications


def register(client, person, **filters):
    return log_in(client, person).get(reverse("scoring:register"), filters)


def shown(page):
    return {found.application.country_id for found, _hints in page.context["rows"]}


def test_an_officer_reads_their_country_coordinators_and_auditors_all(client, story):
    told, _applications = story
    coordinator, auditor = told.cast.coordinators[0], person(role="auditor")
    assert shown(register(client, told.cast.officer("LB"))) == {"LB"}
    assert shown(register(client, coordinator)) == shown(register(client, auditor)) == {"LB", "MA"}
    assert register(client, told.cast.assessors[0]).status_code == 404


def test_it_tells_the_conflict_the_hint_and_who_stepped_in(client, story):
    told, _applications = story
    page = register(client, told.cast.officer("LB")).content.decode()
    assert "=A cousin" in page
    assert f"Replaced by {told.cast.assessors[1]}" in page
    assert "no conflict declared" in page
    assert LB.name in page


@pytest.mark.parametrize(("outcome", "number"), [("conflict", 2), ("hint", 1), ("none", 1)])
def test_filters_narrow_it(client, story, outcome, number):
    told, _applications = story
    page = register(client, told.cast.coordinators[0], outcome=outcome, call="", country="")
    assert len(page.context["rows"]) == number
    elsewhere = register(client, told.cast.coordinators[0], outcome="", call="", country="MA")
    assert shown(elsewhere) == {"MA"}


def test_the_file_has_the_same_lines_and_no_formulas(client, story):
    told, _applications = story
    answer = log_in(client, told.cast.officer("LB")).get(reverse("scoring:register_export"))
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    lines = list(csv.DictReader(text.splitlines()))
    assert [line["outcome"] for line in lines] == ["none", "conflict"]
    assert lines[1]["conflict"] == "'=A cousin"
    assert lines[1]["replaced_by"] == str(told.cast.assessors[1])
    assert (
        log_in(client, told.cast.assessors[0]).get(reverse("scoring:register_export")).status_code
        == 404
    )


def test_it_asks_the_database_as_often_for_many_as_for_few(client, story):
    told, applications = story
    auditor = told.cast.coordinators[0]
    register(client, auditor)
    with CaptureQueriesContext(connection) as few:
        register(client, auditor)
    for application in applications:
        officer = told.cast.officer(application.country_id)
        made = actions.assign_assessor(application, told.cast.assessors[2], by=officer)
        actions.declare_no_conflict(made, by=told.cast.assessors[2])
    with CaptureQueriesContext(connection) as many:
        register(client, auditor)
    # With those of logging in, which notes the factor that was proved.
    assert len(few) == len(many) <= 19
