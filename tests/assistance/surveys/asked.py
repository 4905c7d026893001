"""A closed voucher whose cluster is asked again, for tests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta

from django.core import mail

from conduct.queries.days import day_of
from demonstration.clock import on
from tests.links.linking import path_in
from tests.making import voucher_story
from vouchers.assistance.surveys import actions
from vouchers.assistance.surveys.models import Survey, SurveyLink
from vouchers.assistance.surveys.queries import sheet_of
from vouchers.assistance.surveys.rules.days import due_day
from vouchers.assistance.surveys.tasks import mail_survey_link


def closed():
    """The story of a voucher that is closed."""
    return voucher_story("closed")


def due_of(told, months=6) -> date:
    voucher = told.voucher
    return due_day(day_of(voucher.closed_at, voucher.country.zone), months)


def at(told, months=6, *, days=0, clock=time(12)) -> datetime:
    """The instant so many days after a survey is due, in the voucher's country."""
    day = due_of(told, months) + timedelta(days=days)
    return datetime.combine(day, clock, told.voucher.country.zone)


@contextmanager
def on_day(told, days=0, *, months=6, clock=time(12)) -> Iterator[None]:
    """Let the test believe that a survey is due since so many days."""
    with on(at(told, months, days=days, clock=clock)):
        yield


def asked(told) -> tuple[Survey, SurveyLink, str]:
    """What the clock makes now: the newest survey, its link, mailed, and the link's path."""
    actions.make_surveys()
    survey = Survey.objects.latest("pk")
    link, address = mailed(survey)
    return survey, link, address


def mailed(survey) -> tuple[SurveyLink, str]:
    """The newest link of a survey, mailed, and its path."""
    link = SurveyLink.objects.filter(survey=survey).latest("pk")
    mail_survey_link(link.pk)
    link.refresh_from_db()
    return link, path_in(mail.outbox[-1].body)


def typed(survey, *, seen=0, **other) -> dict[str, str]:
    """What a browser sends of a survey that is filled in."""
    said = {"jobs_created": "12", "turnover_change": "7.5", "new_markets": "2", "members": "40"}
    for place, one in enumerate(sheet_of(survey).indicators, 1):
        said[f"value_{one.key}"] = str(place * 10)
        said[f"note_{one.key}"] = f"Counted, {place}"
    return {**said, "words": "Two members export now.", "seen": str(seen), **other}
