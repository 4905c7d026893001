"""What is said of sessions in words."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from documents.wording import day, measure, number
from vouchers.assistance.delivery.models import Session
from vouchers.assistance.delivery.models.enforced import SENTENCES_OF_SESSIONS
from vouchers.assistance.delivery.rules.hours import (
    HOURS_PER_DAY,
    days_of,
    left_of_the_day,
    quarters_left,
)
from vouchers.assistance.delivery.rules.judging import Frame, Misfit
from vouchers.calls.models.terms.counting import COUNTED

_AS_THE_DATABASE = {
    Misfit.SUSPENDED: "a_session_lies_outside_suspensions",
    Misfit.OTHER_VOUCHER: "a_session_is_of_its_milestones_voucher",
    Misfit.REMOVED: "a_session_is_of_a_milestone_in_force",
    Misfit.AHEAD: "a_session_is_logged_once_it_was_held",
}


def sentence_of(wrong: Misfit, session: Session, frame: Frame) -> str:
    """Why a session cannot be logged, with the figures that decide."""
    if wrong in _AS_THE_DATABASE:
        return str(SENTENCES_OF_SESSIONS[_AS_THE_DATABASE[wrong]])
    if wrong == Misfit.OUTSIDE_VOUCHER:
        return _("The voucher is valid from %(start)s to %(end)s; this day is outside.") % {
            "start": day(frame.valid_from),
            "end": day(frame.valid_until),
        }
    if wrong == Misfit.BEFORE_PLAN:
        return _of_plan(frame)
    if wrong == Misfit.BEFORE_CONTRACT and frame.contracted_from is not None:
        return _("The contract with the provider starts on %(day)s.") % {
            "day": day(frame.contracted_from)
        }
    if wrong == Misfit.AFTER_CONTRACT and frame.contracted_until is not None:
        return _(
            "The contract with the provider ends on %(day)s. "
            "For more time the plan must be amended first."
        ) % {"day": day(frame.contracted_until)}
    if wrong == Misfit.NOT_QUARTERS:
        return _("Hours are written in quarters: 0.25, 0.5, 0.75, 1.")
    if wrong == Misfit.TOO_SHORT_OR_LONG:
        return _("A session takes between a quarter of an hour and 12 hours.")
    if wrong == Misfit.OVER_MILESTONE:
        return _of_milestone(frame)
    return _of_expert(session, frame)


def sentence_of_missing_count(name: str) -> str:
    """That a count is missing which the call requires; 0 is one."""
    return _("The call asks for this count (%(counted)s). Write 0 for none.") % {
        "counted": COUNTED[name]
    }


def sentence_of_uncounted(name: str) -> str:
    """That the call asks for no such count."""
    return _("The call does not ask for this count (%(counted)s).") % {"counted": COUNTED[name]}


def sentence_of_too_many(name: str) -> str:
    """That more are counted than took part."""
    if name in {"women", "young"}:
        return _("There cannot be more women or young people than participants.")
    return _("There cannot be more people from SMEs or universities than participants.")


def sentence_of_pictures(most: int) -> str:
    """That a session has as many pictures as it may have."""
    return ngettext(
        "A session has at most %(number)s picture. Take it out to add another.",
        "A session has at most %(number)s pictures. Take one out to add another.",
        most,
    ) % {"number": number(most)}


def counts_of(session: Session) -> list[tuple[str, int]]:
    """What a session counts of what its call asks for: what is counted, and how many."""
    call = session.voucher.award.application.call
    told = [(str(COUNTED[name]), getattr(session, name)) for name in call.counted]
    return [(label, value) for label, value in told if value is not None]


def sentence_of_waiting(waiting: Sequence[Session]) -> str:
    """Why a voucher cannot be closed: which sessions wait to be confirmed or mended."""
    days = " · ".join(f"{day(one.day)} ({one.expert_name})" for one in waiting)
    return ngettext(
        "A session waits to be confirmed, mended or taken back: %(days)s. "
        "The voucher cannot be closed before.",
        "Sessions wait to be confirmed, mended or taken back: %(days)s. "
        "The voucher cannot be closed before.",
        len(waiting),
    ) % {"days": days}


def _of_plan(frame: Frame) -> str:
    if frame.begun_on is None:
        return _("No plan is in force: nothing before it can be paid.")
    return _("The plan is in force since %(day)s: nothing before it can be paid.") % {
        "day": day(frame.begun_on)
    }


def _of_milestone(frame: Frame) -> str:
    left = quarters_left(frame.days, frame.tolerance, frame.logged)
    if not left:
        return _(
            "All %(days)s planned days of this milestone are logged. "
            "The plan must be amended before more can be."
        ) % {"days": measure(frame.days)}
    return _(
        "Of this milestone %(hours)s hours (%(days)s days) can still be logged. "
        "For more the plan must be amended first."
    ) % {"hours": measure(left), "days": measure(days_of(left))}


def _of_expert(session: Session, frame: Frame) -> str:
    left = left_of_the_day(frame.logged_of_expert)
    about = {
        "expert": session.expert_email,
        "most": number(HOURS_PER_DAY),
        "left": measure(left),
    }
    if not left:
        return (
            _(
                "An expert works at most one day (%(most)s hours) on a date, counted over all "
                "vouchers; for %(expert)s the whole of this day is logged already."
            )
            % about
        )
    return (
        _(
            "An expert works at most one day (%(most)s hours) on a date, counted over all "
            "vouchers; for %(expert)s %(left)s hours of this day are left."
        )
        % about
    )
