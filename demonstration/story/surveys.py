"""What became of vouchers that were closed: their clusters are asked, and answer by their links."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from conduct.queries.days import day_of
from demonstration.clock import on
from vouchers.assistance.surveys import actions
from vouchers.assistance.surveys.models import Survey
from vouchers.assistance.surveys.queries import standing_link_of
from vouchers.assistance.surveys.rules.days import due_day

from .vouchers import VoucherStory


def ask_again(told: VoucherStory, *, months: int) -> Survey:
    """On the day on which a survey of the voucher is due, all that are due are made and mailed."""
    with on(morning_of(told, months)):
        actions.make_surveys()
    return Survey.objects.get(voucher=told.voucher, months=months)


def begin_survey(told: VoucherStory, survey: Survey, *, days: int) -> None:
    """So many days later its cluster fills in half of it, and leaves it."""
    with on(morning_of(told, survey.months) + timedelta(days=days)):
        link = standing_link_of(survey)
        if link is not None:
            actions.save_survey(survey, {"jobs_created": "2"}, seen=0, by=link)


def morning_of(told: VoucherStory, months: int) -> datetime:
    """The morning of the day on which a survey of the closed voucher is due, so many months after."""
    voucher = told.voucher
    voucher.refresh_from_db()
    if voucher.closed_at is None:
        raise ValueError(f"{voucher} is not closed.")
    zone = voucher.country.zone
    due = due_day(day_of(voucher.closed_at, zone), months)
    return datetime.combine(due, time(9), zone)
