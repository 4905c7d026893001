"""A call made from another, and what a stranger reads of one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.calls.building import timetable
from tests.calls.drafts import complete_draft, in_three, spoken, typed
from tests.people import log_in
from vouchers.calls import actions
from vouchers.calls.actions import add_question, add_section
from vouchers.calls.models import Call
from vouchers.calls.queries.checklist import problems_before_opening

pytestmark = pytest.mark.django_db


def test_a_copy_takes_over_everything_but_dates_and_state(client):
    cast, source = complete_draft()
    actions.open_call(source, by=cast.coordinators[0])
    log_in(client, cast.coordinators[0])
    address = reverse("calls:copy", args=[source.slug])
    page = client.get(address).content.decode()
    assert 'value="draft-2027"' in page
    answer = client.post(
        address,
        {
            **typed("name", "Second round"),
            **typed("purpose", "Growth"),
            "slug": "second",
            "programme_code": "SUV",
            "year": 2027,
            **timetable(),
            "voucher_amount": "9000.00",
            "budget": "18000.00",
            "third_party_ceiling": "60000.00",
            "unfilled_quota": "leave",
            "days_to_accept": 30,
            "days_on_reserve": 180,
            "days_to_appeal": 10,
            "max_files": 5,
        },
    )
    assert answer["Location"] == reverse("calls:build", args=["second"])
    copy = Call.objects.get(slug="second")
    assert (copy.state, copy.version, copy.opened_at) == ("draft", 1, None)
    assert problems_before_opening(copy) == []
    for of in (source, copy):
        asked = of.questions.get(key="to-which-markets")
        assert (asked.depends_on.key, asked.depends_value) == ("do-you-export", "1")
        assert asked.depends_on.call == asked.criterion.call == of
    assert [quota.vouchers for quota in copy.quotas.all()] == [2]


def test_a_stranger_reads_everything_before_registering():
    cast, call = complete_draft()
    actions.open_call(call, by=cast.coordinators[0])
    page = Client().get(call.get_absolute_url()).content.decode()
    for text in (
        "Growth of clusters",
        "Closes in",
        "Rabat",
        "It is a cluster.",
        "To which markets?",
        "feeds “Plan”",
        "Asked only where “Do you export?” is answered “Yes”.",
        "All of it is true.",
        "10.0",
        "Berytech",
    ):
        assert text in page, text
    french = Client().get(call.get_absolute_url(), headers={"accept-language": "fr"})
    assert spoken("To which markets?", "fr") in french.content.decode()


def queries(client, page):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(page).status_code == 200
    return len(captured)


def test_the_public_pages_have_constant_queries():
    cast, call = complete_draft()
    coordinator = cast.coordinators[0]
    pages = [reverse("calls:list"), call.get_absolute_url()]
    section = add_section(call, title=in_three("More"), by=coordinator)
    add_question(section, text=in_three("More"), by=coordinator)
    second = complete_copy(call, coordinator, 2027)
    for number in range(5):
        add_question(section, text=in_three(f"Q{number}"), by=coordinator)
    for draft in (call, second):
        actions.open_call(Call.objects.get(pk=draft.pk), by=coordinator)
    for page in pages:
        Client().get(page)
    counts = [queries(Client(), page) for page in (pages[0], second.get_absolute_url())]
    for year in (2028, 2029, 2030):
        actions.open_call(complete_copy(call, coordinator, year), by=coordinator)
    assert [queries(Client(), page) for page in pages] == counts
    assert max(counts) <= 14


def complete_copy(call, coordinator, year):
    """A copy of the call for another year, with dates of its own."""
    now = timezone.now()
    return actions.copy_call(
        call,
        by=coordinator,
        slug=f"call-{year}",
        year=year,
        opens_at=now - timedelta(hours=1),
        deadline=now + timedelta(days=20),
        decision_due=(now + timedelta(days=60)).date(),
        assistance_starts=(now + timedelta(days=61)).date(),
        assistance_ends=(now + timedelta(days=400)).date(),
    )
