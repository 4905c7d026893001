"""The history of a record as people read it: one line an action, by days, every field by its name."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pghistory.models
import pytest
from django.apps import apps
from django.urls import reverse
from django.utils.functional import Promise

from conduct.queries.history import Change, TimelineEntry, by_day
from conduct.queries.values import is_told
from tests.conduct.reading_actions import functions_of, is_action, sources
from tests.making import voucher_story
from tests.people import log_in

BEIRUT = ZoneInfo("Asia/Beirut")


def entry(hour, *, record="claim", action="Claim approved", changes=(), day=27):
    at = datetime(2026, 11, day, hour, 30, tzinfo=UTC)
    return TimelineEntry(at, None, record, action, created=False, why="why", changes=list(changes))


def test_one_action_that_touches_two_records_is_one_line():
    state = Change("state", "verified", "approved")
    days = by_day(
        [
            entry(12, changes=[state]),
            entry(12, record="voucher", changes=[state, Change("approved", "0.00", "3.00")]),
            entry(9, action="Claim verified"),
        ],
        BEIRUT,
    )
    assert [(group.day, len(group.actions)) for group in days] == [(date(2026, 11, 27), 2)]
    assert days[0].actions[0].changes == [state, Change("approved", "0.00", "3.00")]


def test_days_are_those_of_the_clock_that_the_times_are_on():
    days = by_day([entry(22), entry(12)], BEIRUT)
    assert [group.day for group in days] == [date(2026, 11, 28), date(2026, 11, 27)]


def tracked_fields():
    for model in apps.get_models():
        tracked = getattr(model, "pgh_tracked_model", None)
        if not issubclass(model, pghistory.models.Event) or tracked is None:
            continue
        for field in tracked._meta.get_fields():
            if field.concrete and not field.primary_key and is_told(field):
                yield field


def test_every_field_that_a_history_tells_has_a_name_to_translate():
    nameless = [
        str(field)
        for field in tracked_fields()
        if not isinstance(field.verbose_name, Promise)
        and not (field.is_relation and isinstance(field.related_model._meta.verbose_name, Promise))
    ]
    assert nameless == []


def test_no_two_actions_have_one_name_by_which_history_knows_them():
    known = functions_of(sources())
    named = {name: [one for _path, one in found if is_action(one)] for name, found in known.items()}
    assert [name for name, found in named.items() if len(found) > 1] == []


@pytest.mark.django_db
def test_the_page_of_a_voucher_tells_of_deliverables_and_says_nothing_twice(client):
    told = voucher_story("verified 0")
    log_in(client, told.officer)
    page = client.get(reverse("dashboards:voucher", args=[told.voucher.pk])).content.decode()
    history = page[page.index("timeline-day") :]
    for action in (
        "Deliverable handed in",
        "Deliverable accepted by the cluster",
        "Claim verified",
    ):
        assert history.count(f"<strong>{action}</strong>") == 1, action
