"""The report of a call beside earlier ones: as they stood on the same day of their lives, for good."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import docx
import pytest
from django.urls import reverse

from conduct.queries.days import day_of, today
from reports.actions import issue_programme_report
from reports.letters import programme, programme_facts, word_report
from reports.letters.comparison import comparison_facts
from reports.queries.comparison import STEPS, LifeDay
from reports.queries.comparison_in_all import EVERY, compared_in_all
from tests.making import voucher_story
from tests.people import log_in
from tests.reports.making import opened, two
from vouchers.books.models import LedgerEntry
from vouchers.calls.models import Call

__all__ = ["two"]

pytestmark = pytest.mark.django_db


def values(facts):
    return {step["step"]: step["values"] for step in facts["steps"]}


def test_it_states_what_earlier_calls_had_come_to_by_then(two):
    story, second = two
    facts = programme_facts(second)["comparison"]
    assert facts["age"] == 20
    assert [life["reference"] for life in facts["calls"]] == [
        second.reference,
        story.call.reference,
    ]
    assert values(facts) == {
        "sent": [1, 1],
        "eligible": [0, 1],
        # Of day 45, and so not yet on day 20.
        "offered": [0, 0],
        "issued": [0, 0],
        "worth": ["0.00", "0.00"],
        "paid": ["0.00", "0.00"],
    }


def test_the_first_call_is_compared_with_none(two):
    story, _second = two
    assert comparison_facts(story.call, 0) == {}
    assert programme_facts(story.call)["comparison"] == {}


def test_what_was_compared_is_found_again_whatever_happens_later():
    told = voucher_story("ordered 0")
    call = told.voucher.award.application.call
    second = opened(told, 3)
    facts = comparison_facts(second, 0)
    lives = [
        LifeDay(
            next(each for each in Call.objects.all() if each.reference == one["reference"]),
            date.fromisoformat(one["opened"]),
            date.fromisoformat(one["day"]),
        )
        for one in facts["calls"]
    ]
    upto = {life.call.pk: one["books"] for life, one in zip(lives, facts["calls"], strict=True)}
    # A payment that the books hold later, though it may be dated before.
    lives[1] = LifeDay(call, lives[1].opened, date(2999, 1, 1))
    told.take("paid 0")
    assert not compared_in_all(lives, upto)["paid"][call.pk]
    paid = compared_in_all(lives, dict.fromkeys(upto, 10**6))["paid"]
    assert paid[call.pk] == told.shares[0]


def test_the_comparison_is_of_the_entry_that_the_rest_of_the_report_states(monkeypatch):
    told = voucher_story("paid 0")
    call = told.voucher.award.application.call
    opened(told, (today() - day_of(call.opens_at)).days + 30)
    facts = programme_facts(call)
    entries = facts["ledger"]["entries"]
    assert facts["comparison"]["calls"][0]["books"] == entries
    assert values(facts["comparison"])["paid"][0] == f"{told.shares[0]:.2f}"
    # An entry that comes while the report is read counts in neither.
    before = next(
        one.number - 1 for one in LedgerEntry.objects.filter(call=call).order_by("-number")
    )
    monkeypatch.setattr(programme, "head_facts", lambda _call: {"entries": before})
    assert programme_facts(call)["comparison"]["calls"][0]["books"] == before == entries - 1
    assert values(programme_facts(call)["comparison"])["paid"][0] == "0.00"


def test_every_step_has_its_records():
    assert set(EVERY) == {step.name for step in STEPS}


def test_page_and_word_document_show_it(client):
    told = voucher_story("claimed 0")
    call = told.voucher.award.application.call
    coordinator = told.cast.coordinators[0]
    alone = log_in(client, coordinator).get(reverse("reports:preview", args=[call.slug]))
    assert "Compared with earlier calls" not in alone.content.decode()
    # An earlier one, to which nobody applied.
    opened(told, 400)
    page = client.get(reverse("reports:preview", args=[call.slug]))
    assert "Compared with earlier calls" in page.content.decode()
    report = issue_programme_report(call, by=coordinator)["en"]
    assert report.facts["comparison"]["steps"][3]["values"] == [1, 0]
    file = docx.Document(BytesIO(word_report(report)))
    rows = [[cell.text for cell in row.cells] for table in file.tables for row in table.rows]
    assert ["Issued", "1", "0"] in rows
    assert ["Paid, EUR", "0.00", "0.00"] in rows
