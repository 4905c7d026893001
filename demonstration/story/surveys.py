"""What became of vouchers that were closed: clusters are asked, and some answer by their link."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from decimal import Decimal

from conduct.queries.days import day_of
from demonstration.clock import on
from demonstration.content.surveys import AFTERWARDS, COUNTED_AGAIN
from vouchers.assistance.surveys import actions
from vouchers.assistance.surveys.models import Survey
from vouchers.assistance.surveys.queries import draft_of, sheet_of, standing_link_of
from vouchers.assistance.surveys.rules.asking import note_of, value_of
from vouchers.assistance.surveys.rules.days import due_day

from .vouchers import VoucherStory


def ask_again(told: VoucherStory, *, months: int) -> Survey:
    """On the day on which a survey of the voucher is due, all that are due are made and mailed."""
    with on(_morning_of(told, months)):
        actions.make_surveys()
    return Survey.objects.get(voucher=told.voucher, months=months)


def answer_survey(told: VoucherStory, survey: Survey, *, days: int) -> None:
    """So many days later its cluster answers by the link, and corrects a number the day after."""
    at = _morning_of(told, survey.months) + timedelta(days=days)
    with on(at):
        _send(told, survey, jobs="3")
    with on(at + timedelta(days=1)):
        _send(told, survey, jobs="4")


def begin_survey(told: VoucherStory, survey: Survey, *, days: int) -> None:
    """So many days later its cluster fills in half of it, and leaves it."""
    with on(_morning_of(told, survey.months) + timedelta(days=days)):
        link = standing_link_of(survey)
        if link is not None:
            actions.save_survey(survey, {"jobs_created": "2"}, seen=0, by=link)


def _send(told: VoucherStory, survey: Survey, *, jobs: str) -> None:
    link, draft = standing_link_of(survey), draft_of(survey)
    if link is None:
        return
    language = told.facts.language
    typed = {
        "jobs_created": jobs,
        "turnover_change": "6.5",
        "new_markets": "2",
        "members": "41",
        "words": AFTERWARDS[language],
    }
    for one in sheet_of(survey).indicators:
        # What goes on by itself goes on by a fifth of the way.
        more = ((one.target - one.baseline) / 5).quantize(Decimal(1))
        typed[value_of(one.key)] = str(one.reported + more)
        typed[note_of(one.key)] = COUNTED_AGAIN[language]
    saved = actions.save_survey(survey, typed, seen=draft.seen_as if draft else 0, by=link)
    if isinstance(saved, actions.OvertakenSurvey):
        raise TypeError("Nobody else writes in the story.")
    actions.send_survey(survey, seen=saved.seen_as, by=link)


def _morning_of(told: VoucherStory, months: int) -> datetime:
    voucher = told.voucher
    voucher.refresh_from_db()
    if voucher.closed_at is None:
        raise ValueError(f"{voucher} is not closed.")
    zone = voucher.country.zone
    due = due_day(day_of(voucher.closed_at, zone), months)
    return datetime.combine(due, time(9), zone)
