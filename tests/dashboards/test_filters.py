"""A filter with a value that there is not says so; a search without hits says that nothing matches."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.making import LB, LB_SECOND, open_story, voucher_story
from tests.people import log_in, person

pytestmark = pytest.mark.django_db

LISTS = [
    ("coordinator", "dashboards:vouchers", "state"),
    ("coordinator", "dashboards:outbox", "state"),
    ("coordinator", "payments:claim_list", "state"),
    ("coordinator", "correspondence:everything", "state"),
    ("coordinator", "correspondence:everything", "call"),
    ("coordinator", "scoring:register", "outcome"),
    ("coordinator", "scoring:register", "call"),
    ("coordinator", "applications:list", "state"),
    ("coordinator", "applications:list", "call"),
    ("coordinator", "clusters:directory", "country"),
    ("coordinator", "clusters:directory", "section"),
    ("coordinator", "notices:inbox", "topic"),
    ("administrator", "accounts:people", "role"),
]


@pytest.mark.parametrize(("role", "address", "name"), LISTS)
@pytest.mark.parametrize("value", ["nonsense", "99999999999999999999", "٣"])
def test_a_value_that_there_is_not_is_told(client, role, address, name, value):
    log_in(client, person(role=role))
    page = client.get(reverse(address), {name: value})
    assert page.status_code == 200
    assert "is-invalid" in page.content.decode() or "invalid-feedback" in page.content.decode()


@pytest.mark.parametrize(
    ("role", "address"),
    sorted({(role, address) for role, address, _name in LISTS} - {("", "")}),
)
def test_a_search_without_hits_says_that_nothing_matches(client, role, address):
    log_in(client, person(role=role))
    question = {"text": "zzzqqq"}
    if address in ("payments:claim_list", "scoring:register"):
        question = {"state": "paid", "outcome": "conflict"}
    page = client.get(reverse(address), question).content.decode()
    assert any(
        sentence in page
        for sentence in (
            "Nothing matches",
            "No cluster matches",
            "No application matches",
            "No notice fits",
        )
    )


def test_one_filter_that_cannot_be_read_leaves_the_others_in_force(client):
    told = voucher_story("needs")
    log_in(client, told.cast.coordinators[0])
    page = client.get(reverse("dashboards:vouchers"), {"text": "zzzqqq", "state": "nonsense"})
    assert "Nothing matches" in page.content.decode()
    page = client.get(reverse("dashboards:vouchers"), {"state": "nonsense"})
    assert told.voucher.reference in page.content.decode()


def test_the_overview_of_a_call_that_there_is_not_shows_no_other(client):
    story = open_story()
    log_in(client, story.cast.coordinators[0])
    assert client.get(reverse("dashboards:overview")).status_code == 200
    page = client.get(reverse("dashboards:overview"), {"call": "nonsense"})
    assert page.status_code == 404
    assert "There is no such call here" in page.content.decode()
    assert "From call to results" not in page.content.decode()
    named = client.get(reverse("dashboards:overview"), {"call": story.call.slug})
    assert "From call to results" in named.content.decode()


def test_an_application_to_copy_from_that_there_is_not_shows_no_other(client):
    story = open_story()
    story.apply(LB_SECOND)
    draft = story.apply(LB, send=False)
    log_in(client, draft.started_by)
    address = reverse("applications:copy", args=[draft.pk])
    assert client.get(address).status_code == 200
    assert client.get(address, {"from": "99999"}).status_code == 404
    assert client.get(address, {"from": "nonsense"}).status_code == 404
