"""What each role finds first, and that its cost does not grow."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dashboards.queries.worklist import worklist_of
from tests.making import LB, open_story, voucher_story
from tests.people import log_in, person
from vouchers.standing.actions import judge_outdated

pytestmark = pytest.mark.django_db


def home(client, user):
    return log_in(client, user).get("/").content.decode()


def test_each_role_finds_its_own_work(client):
    story = open_story()
    application = story.apply(LB)
    officer = story.cast.officer("LB")
    assert "Check whether applications are eligible" in home(client, officer)
    assert worklist_of(story.cast.officer("MA")) == []
    assert "The country partner checks whether it is eligible" in home(
        client, application.submitted_by
    )
    story.check(application)
    assert "Ask assessors to score applications" in home(client, officer)
    story.assign(application, 2)
    assert "Declare whether you have a conflict" in home(client, story.cast.assessors[0])
    assert "Ask assessors" not in home(client, officer)


def test_the_money_waits_for_one_person_after_the_other(client):
    told = voucher_story("claimed 0")
    cast = told.cast
    desks = {
        "Verify claims": told.officer,
        "Approve claims": cast.coordinators[0],
        "Pay approved claims": cast.finance[0],
        "Record what the bank paid": cast.finance[1],
    }
    steps = [told._verify, told._approve, told._order, told._pay]
    for (text, who), step in zip(desks.items(), steps, strict=True):
        found = {label for label, person_ in desks.items() if label in home(client, person_)}
        assert found == {text}
        assert text in home(client, who)
        step(0)
    assert not any(label in home(client, person_) for label, person_ in desks.items())


def test_somebody_new_is_led_to_register_and_then_to_apply(client):
    rana = person()
    open_story()
    page = home(client, rana)
    assert "Register your cluster" in page
    client.post(
        reverse("clusters:register"),
        {"country": "TN", "name": "Oil of Béja", "sector": "Olive oil"},
    )
    page = home(client, rana)
    assert "The profile of Oil of Béja still lacks what an application needs." in page
    where = reverse("clusters:edit", args=["oil-of-beja"])
    assert f'href="{where}#id_legal_name"' in page, "one is led to the first of it"


@pytest.mark.parametrize("page", ["home", "overview", "results", "vouchers"])
def test_a_page_costs_the_same_however_much_there_is(client, page):
    told = voucher_story("verified 0")
    address = reverse(f"dashboards:{page}")
    log_in(client, told.cast.coordinators[0])
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for name, step in told._steps():
        if name in LATER:
            step()
    judge_outdated()
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) == len(few)


LATER = {"handed in 1", "accepted by cluster 1", "accepted 1", "claimed 1", "verified 1"}


def test_the_vouchers_page_costs_the_same_with_more_on_it(client):
    told = voucher_story("approved 0")
    address = told.voucher.get_absolute_url()
    log_in(client, told.cast.coordinators[0])
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for name, step in told._steps():
        if name in LATER:
            step()
    judge_outdated()
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) == len(few)


def test_results_are_public_and_tell_no_more_than_they_should(client):
    told = voucher_story("claimed 0")
    page = client.get(reverse("dashboards:results")).content.decode()
    assert LB.name in page
    claim = told.voucher.claims.get()
    assert claim.invoice_numbers not in page
    assert told.provider.accounts.get().account not in page
    assert str(told.manager) not in page
