"""Sharing applications out in the browser's form: a preview, then everybody at once or nobody."""

import pytest
from django.urls import reverse

from conduct.actions import Refused
from notices.models import Notice
from tests.making import LB, LB_SECOND, MA, closed_story
from tests.people import log_in
from vouchers.applications.models import Recusal
from vouchers.scoring.assessing import actions
from vouchers.scoring.assessing.models import AssessorProfile, Assignment
from vouchers.scoring.assessing.queries.conflicts import (
    ApplicantFacts,
    AssessorFacts,
    HintKind,
    hints_of,
)

pytestmark = pytest.mark.django_db
QUERIES = 17


@pytest.fixture
def story():
    return closed_story(LB, LB_SECOND, MA)


def address(told):
    return reverse("scoring:balance", args=[told.call.slug])


def proposed(page):
    """What the preview would send if it were confirmed as it stands."""
    form = page.context["form"]
    return {name: str(form[name].value() or "") for name in form.fields}


def test_the_preview_writes_nothing_and_confirming_asks_everybody(client, story):
    told, _applications = story
    log_in(client, told.cast.coordinators[0])
    page = client.get(address(told))
    typed = proposed(page)
    assert len(typed) == 6
    assert all(typed.values())
    assert not Assignment.objects.exists()
    client.post(address(told), typed)
    assert Assignment.objects.count() == 6
    assert Notice.objects.filter(kind="scoring-assigned").count() == 6
    assert "Every application has its assessors" in client.get(address(told)).content.decode()


def test_sharing_out_is_offered_only_where_assessors_are_lacking(client, story):
    told, (first, second, _moroccan) = story
    officer = told.cast.officer("LB")
    log_in(client, officer)
    listing = reverse("scoring:list")
    assert address(told) in client.get(listing).content.decode()
    for application in (first, second):
        told.assign(application, 2)
    assert address(told) not in client.get(listing).content.decode()
    log_in(client, told.cast.coordinators[0])
    assert address(told) in client.get(listing).content.decode()


def test_an_officer_shares_out_their_own_country_only(client, story):
    told, (first, second, _moroccan) = story
    log_in(client, told.cast.officer("LB"))
    page = client.get(address(told))
    assert {row.application for row in page.context["form"].rows()} == {first, second}


def test_whoever_is_recused_finds_nothing_of_that_application(client, story):
    told, (first, second, _moroccan) = story
    officer = told.cast.officer("LB")
    Recusal.objects.create(application=first, person=officer, reason="A cousin")
    log_in(client, officer)
    page = client.get(address(told))
    assert [row.application for row in page.context["form"].rows()] == [second]
    assert str(first.cluster) not in page.content.decode()


def test_what_has_become_impossible_is_named_and_nobody_is_asked(client, story):
    told, (first, _second, _moroccan) = story
    log_in(client, told.cast.coordinators[0])
    typed = proposed(client.get(address(told)))
    taken = Assignment.objects.filter(application=first)
    actions.assign_assessor(first, told.cast.assessors[0], by=told.cast.officer("LB"))
    before = taken.count()
    page = client.post(address(told), typed).content.decode()
    assert "meanwhile" in page or "any more" in page
    assert taken.count() == before == Assignment.objects.count()


def test_the_same_person_twice_is_refused_beside_the_field(client, story):
    told, (first, _second, _moroccan) = story
    log_in(client, told.cast.coordinators[0])
    typed = proposed(client.get(address(told)))
    one = str(told.cast.assessors[0].pk)
    typed |= {f"assessor_{first.pk}_0": one, f"assessor_{first.pk}_1": one}
    page = client.post(address(told), typed).content.decode()
    assert "This person is chosen twice for the application." in page
    assert not Assignment.objects.exists()


def test_nobody_is_asked_beyond_their_capacity(client, story):
    told, (first, second, _moroccan) = story
    assessor = told.cast.assessors[0]
    AssessorProfile.objects.create(user=assessor, capacity=1)
    officer = told.cast.officer("LB")
    actions.assign_assessor(first, assessor, by=officer)
    with pytest.raises(Refused, match="as many applications as they can take"):
        actions.assign_assessor(second, assessor, by=officer)
    log_in(client, told.cast.coordinators[0])
    assert str(assessor.pk) not in proposed(client.get(address(told))).values()


def test_the_number_of_queries_does_not_grow_with_the_applications(
    client, django_assert_num_queries, story
):
    told, applications = story
    log_in(client, told.cast.coordinators[0])
    client.get(address(told))
    with django_assert_num_queries(QUERIES):
        client.get(address(told))
    for assessor in told.cast.assessors[:2]:
        actions.assign_assessor(applications[0], assessor, by=told.cast.officer("LB"))
    with django_assert_num_queries(QUERIES):
        client.get(address(told))


def test_hints_come_from_addresses_organisations_and_names():
    applicant = ApplicantFacts(
        addresses=frozenset({"cedar-foods.lb"}),
        names=("QOOT Cluster", "Université de Béjaïa"),
        text="Our plan was read by Léïla  Mansour, who advises us.",
    )
    free = AssessorFacts("Omar Saad", "omar@gmail.com", "QO")
    assert hints_of(free, applicant) == []
    tied = AssessorFacts("Leila Mansour", "leila@mail.cedar-foods.lb", "universite de bejaia")
    assert [hint.kind for hint in hints_of(tied, applicant)] == [
        HintKind.DOMAIN,
        HintKind.ORGANISATION,
        HintKind.NAMED,
    ]
    namesake = AssessorFacts("Leila Mansouri", "", "")
    assert hints_of(namesake, applicant) == []


def test_a_hint_is_shown_before_the_declaration_and_kept_with_it(client, story):
    told, (first, _second, _moroccan) = story
    assessor = told.cast.assessors[0]
    AssessorProfile.objects.create(user=assessor, organisation=first.cluster.name)
    officer = told.cast.officer("LB")
    page = log_in(client, officer).get(reverse("scoring:application", args=[first.pk]))
    assert "organisation is, or belongs to, the cluster" in page.content.decode()
    assignment = actions.assign_assessor(first, assessor, by=officer)
    page = log_in(client, assessor).get(assignment.get_absolute_url())
    assert "Please think about this before you declare" in page.content.decode()
    assignment = actions.declare_no_conflict(assignment, by=assessor)
    assert assignment.hints == [{"kind": "organisation", "found": first.cluster.name}]
