"""What a page of figures is about: it stands in the address, is remembered, and bad input is told."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.making import open_story, voucher_story
from tests.people import log_in

pytestmark = pytest.mark.django_db

PAGES = ["dashboards:home", "dashboards:overview"]


@pytest.fixture
def coordinator(client):
    story = open_story()
    log_in(client, story.cast.coordinators[0])
    return story


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("query", [{"call": "nonsense"}, {"country": "XX"}, {"country": "%00"}])
def test_a_call_or_country_that_there_is_not_is_not_found(client, coordinator, page, query):
    assert client.get(reverse(page), query).status_code == 404


def test_a_country_that_an_officer_does_not_reach_is_not_found(client, coordinator):
    log_in(client, coordinator.cast.officer("LB"))
    home = reverse("dashboards:home")
    assert client.get(home, {"country": "LB"}).status_code == 200
    assert client.get(home, {"country": "MA"}).status_code == 404


def test_a_period_that_ends_before_it_starts_is_told_next_to_the_field(client, coordinator):
    days = {"since": "2026-05-01", "until": "2026-04-01"}
    page = client.get(reverse("dashboards:overview"), days)
    assert page.status_code == 200
    fields = {one.name: one for one in page.context["filters"].shown}
    assert fields["until"].problems == ["This day is before the first one."]
    assert fields["since"].value == "2026-05-01"
    assert "This day is before the first one." in page.content.decode()


def test_all_calls_together_come_first_and_what_was_chosen_comes_again(client, coordinator):
    address = reverse("dashboards:overview")
    assert client.get(address).context["call"] is None
    chosen = client.get(address, {"call": coordinator.call.slug, "country": "LB"})
    assert chosen.context["call"] == coordinator.call
    assert client.get(address).context["call"] == coordinator.call
    assert client.get(address, {"call": ""}).context["call"] is None
    assert client.get(address).context["call"] is None


def test_a_call_that_is_gone_is_not_remembered(client, coordinator):
    session = client.session
    session["figures_about"] = ["gone", "LB"]
    session.save()
    answer = client.get(reverse("dashboards:overview"))
    assert answer.status_code == 200
    assert answer.context["call"] is None


def test_the_desk_says_which_cluster_is_late_and_what_is_left_to_spend(client):
    told = voucher_story("claimed 0")
    log_in(client, told.cast.coordinators[0])
    page = client.get(reverse("dashboards:home"))
    left = {
        row.label: cell.value
        for section in page.context["figures"].sections
        for row in section.table.rows
        for cell in row.cells
        if cell.figure.name == "money_committed"
    }
    assert left["Lebanon"] == told.voucher.balance
    assert page.context["desk"].late is not None
