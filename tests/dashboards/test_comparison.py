"""A call beside an earlier one: as it was on the same day of its life, and as it is today."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dashboards.panels.comparison import comparison_panel
from demonstration.clock import on
from demonstration.story import Story
from reports.queries.comparison import EARLIER, compared, growth, lives_of
from tests.making import LB, awarded, open_story, voucher_story
from tests.people import log_in, person
from tests.reports.making import midday, opened, two
from vouchers.calls.models import Call
from vouchers.eligibility.actions import reopen_check

__all__ = ["two"]

pytestmark = pytest.mark.django_db


OVERVIEW = reverse("dashboards:overview")


def rows(story, call=None, country=""):
    panel = comparison_panel(story.cast.coordinators[1], list(Call.objects.all()), call, country)
    return {step.name: [(one.then, one.now) for one in cells] for step, cells in panel.rows}


def test_the_earlier_call_stands_as_it_was_on_the_same_day_of_its_life(two):
    story, second = two
    lives = lives_of(list(Call.objects.all()), None)
    assert [life.call for life in lives] == [second, story.call]
    assert [(life.day - life.opened).days for life in lives] == [20, 20]
    assert rows(story) == {
        "sent": [(1, 1), (1, 1)],
        "eligible": [(0, 0), (1, 1)],
        # Of day 45, and so not yet on day 20.
        "offered": [(0, 0), (0, 1)],
        "issued": [(0, 0), (0, 0)],
        "worth": [(0, 0), (0, 0)],
        "paid": [(0, 0), (0, 0)],
    }


def test_only_the_country_that_is_asked_for_counts(two):
    story, _second = two
    assert rows(story, country="LB")["sent"] == [(0, 0), (1, 1)]
    assert rows(story, country="MA")["sent"] == [(1, 1), (0, 0)]


@pytest.mark.parametrize(("age", "then"), [(9, 0), (10, 1), (11, 1)])
def test_what_happened_on_the_very_day_counts(age, then):
    story, _awards = awarded(LB)
    opened(story, age)
    assert rows(story)["sent"] == [(0, 0), (then, 1)]


def test_a_check_that_was_opened_again_counts_until_then(two):
    story, second = two
    application = story.call.applications.get()
    lives = lives_of([story.call, second], second)
    other = Story(story.cast, second)
    sent = second.applications.get()
    with on(midday(-5)):
        other.check(sent)
    with on(midday(-2)):
        reopen_check(sent, reason="A paper was false.", by=story.cast.officer("MA"))
    found = compared(story.cast.coordinators[1], lives)["eligible"]
    assert found == {story.call.pk: (1, 1), second.pk: (0, 0)}
    assert application.state != "draft"


def test_money_is_what_the_bank_booked(client):
    told = voucher_story("paid 0")
    second = opened(told, 1)
    lives = lives_of(list(Call.objects.all()), second)
    finance = told.cast.finance[0]
    found = compared(finance, lives)
    first = told.voucher.award.application.call
    booked = found["paid"][first.pk]
    assert booked[0] == 0
    assert booked[1] > 0
    assert found["worth"][first.pk] == (0, Decimal("5000.00"))
    # Who pays reads no applications, and is shown none.
    assert "sent" not in found
    points = growth(finance, lives, of_money=True)
    assert points[first.pk][-1][1] == booked[1]
    assert points[second.pk] == []
    page = log_in(client, finance).get(OVERVIEW).content.decode()
    assert "Paid since each call opened, EUR" in page


def test_the_first_call_says_that_there_is_none_before_it(client):
    story = open_story()
    page = log_in(client, story.cast.coordinators[1]).get(OVERVIEW).content.decode()
    assert "No call opened before it that it could be compared with." in page


def test_a_call_is_compared_with_three_at_most_in_the_same_two_queries(two):
    story, second = two
    auditor = person(role="auditor")

    def compared_with():
        calls = list(Call.objects.all())
        with CaptureQueriesContext(connection) as captured:
            panel = comparison_panel(auditor, calls, second, "")
        return len(captured), [life.call.slug for life in panel.lives]

    assert compared_with()[1] == ["second", "call"]
    for number in range(EARLIER):
        opened(story, 100 + number, f"q{number}x")
    # One that opened after it is not beside it.
    opened(story, 5, "later")
    assert compared_with() == (2, ["second", "call", "q0x", "q1x"])


def test_the_page_shows_table_and_picture_in_every_language(client, two):
    story, second = two
    coordinator = story.cast.coordinators[1]
    for language, heading in (
        ("en", "Compared with earlier calls"),
        ("fr", "Comparé aux appels précédents"),
        ("ar", "مقارنةً بدعوات تقديم الطلبات السابقة"),
    ):
        coordinator.language = language
        coordinator.save()
        page = log_in(client, coordinator).get(OVERVIEW, {"call": second.slug}).content.decode()
        assert heading in page
        assert 'stroke-dasharray="7 3"' in page
