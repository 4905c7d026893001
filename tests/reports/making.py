"""Reports of a period for tests, issued of the story of a voucher."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import partial

import pytest
from django.db.models import Max, Min
from django.urls import reverse
from django.utils import timezone

from clusters.models import Country
from conduct.queries.days import PROGRAMME_ZONE, today
from demonstration.calls import open_call
from demonstration.clock import noon, on
from demonstration.story import Story
from reports.actions import issue_financial_report, issue_progress_report
from tests.making import LB, MA, awarded
from vouchers.books.models import LedgerEntry
from vouchers.calls.models import Call

KEYS = ("opening", "debits", "credits", "closing")


def call_of(told) -> Call:
    return told.voucher.award.application.call


def days_of(call) -> tuple[date, date]:
    found = LedgerEntry.objects.filter(call=call).aggregate(first=Min("day"), last=Max("day"))
    return found["first"], found["last"]


def issued(told, first=None, last=None, *, country=None, language="en"):
    """The financial report, of all that the books know where no day is named."""
    call = call_of(told)
    return issue_financial_report(
        call,
        first=first or days_of(call)[0],
        last=last or today(),
        country=Country.objects.get(pk=country) if country else None,
        by=told.cast.finance[0],
    )[language]


def money(facts, key) -> dict[str, Decimal]:
    return {row["kind"]: Decimal(row[key]) for row in facts["accounts"]}


def address(name, *args, **query):
    return reverse(f"reports:{name}", args=args, query=query or None)


def asked(call, first, last, country=""):
    return {"call": call.slug, "country": country, "first": first, "last": last}


def progress_issued(told, first=None, last=None, *, by=None, language="en"):
    """The progress report of Lebanon, from the beginning of the books to today."""
    call = call_of(told)
    return issue_progress_report(
        call,
        country=Country.objects.get(pk="LB"),
        first=first or days_of(call)[0],
        last=last or today(),
        by=by or told.officer,
    )[language]


# Days are counted from that of the programme, by which calls are compared.
midday = partial(noon, zone=PROGRAMME_ZONE)


def opened(story, days_ago, slug="second"):
    """Another call of the same programme, opened so many days ago."""
    with on(midday(-days_ago)):
        return open_call(
            by=story.cast.coordinators[0],
            code=slug[:3].upper(),
            slug=slug,
            opens=timezone.now(),
            deadline=midday(40),
            amount="5000.00",
            quotas={"LB": 2, "MA": 2},
        )


@pytest.fixture
def two():
    """A call of 60 days ago (sent and checked on day 10, offered on day 45), and one of 20 days ago
    with an application on day 8.
    """
    story, _awards = awarded(LB)
    second = opened(story, 20)
    with on(midday(-12)):
        Story(story.cast, second).apply(MA)
    return story, second
