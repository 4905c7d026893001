"""What waits for whom: nothing of an application from which a conflict of interest shuts out."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dashboards.queries.worklist import worklist_of
from notices.models import Notice
from tests.making import LB, MA, awarded, closed_story, open_story, voucher_story
from tests.people import log_in
from vouchers.applications.models import Recusal
from vouchers.awards.permissions import is_officer_for_award

pytestmark = pytest.mark.django_db

# The last step of a voucher's story, and the kind of work with which it leaves its officer.
STEPS = {
    "": "Meet clusters and write down what they need",
    "plan submitted": "Approve plans, or return them",
    "accepted by cluster 0": "Accept deliverables",
    "claimed 0": "Verify claims",
    "reported": "Read final reports",
}


def found(client, user):
    """The kinds of work that wait for the person, and what each address among it answers."""
    log_in(client, user)
    work = worklist_of(type(user).objects.get(pk=user.pk))
    answers = {client.get(item.url).status_code for kind in work for item in kind.items}
    return {kind.text for kind in work}, answers


def recuse(officer, application):
    Recusal.objects.create(application=application, person=officer, reason="My sister's firm.")


@pytest.mark.parametrize(("step", "text"), STEPS.items())
def test_a_recused_officer_finds_no_work_on_the_voucher(client, step, text):
    told = voucher_story(step)
    assert found(client, told.officer) == ({text}, {200})
    recuse(told.officer, told.voucher.award.application)
    assert found(client, told.officer) == (set(), set())
    assert not is_officer_for_award.test(told.officer, told.voucher.award)


def test_a_recused_officer_finds_no_work_on_the_application(client):
    story = open_story()
    application = story.apply(LB)
    assert found(client, story.cast.officer("LB")) == (
        {"Check whether applications are eligible"},
        {200},
    )
    recuse(story.cast.officer("LB"), application)
    assert found(client, story.cast.officer("LB")) == (set(), set())


def test_a_recused_officer_finds_no_scoring_to_arrange(client):
    story, (application, _moroccan) = closed_story(LB, MA)
    assert found(client, story.cast.officer("LB")) == (
        {"Ask assessors to score applications"},
        {200},
    )
    recuse(story.cast.officer("LB"), application)
    assert found(client, story.cast.officer("LB")) == (set(), set())


def test_a_recused_officer_hears_nothing_about_the_application_either():
    story, (award, _moroccan) = awarded(LB, MA)
    officer = story.cast.officer("LB")
    recuse(officer, award.application)
    before = Notice.objects.filter(recipient=officer).count()
    story.accept(award.application)
    assert Notice.objects.filter(recipient=officer).count() == before


@pytest.mark.parametrize("role", ["officer", "coordinator", "finance"])
def test_what_waits_is_counted_in_one_statement(client, role):
    told = voucher_story("claimed 0")
    people = {"coordinator": told.cast.coordinators[0], "finance": told.cast.finance[0]}
    log_in(client, people.get(role, told.officer))
    client.get("/")
    with CaptureQueriesContext(connection) as asked:
        assert client.get("/").status_code == 200
    assert len(asked) <= 20
    counted = [query for query in asked if "count(*)" in query["sql"].lower()]
    assert len(counted) <= 5
