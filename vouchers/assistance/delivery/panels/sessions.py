"""Sessions on the page of their voucher, and what the pages of sessions read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models import User
from charts.layouts import Picture, burndown
from conduct.queries.days import today
from documents.wording import amount, measure, month
from vouchers.assistance.delivery import queries
from vouchers.assistance.delivery.models import Session
from vouchers.assistance.delivery.permissions import (
    may_confirm_session,
    may_log_session,
    may_withdraw_session,
    waiting_for,
)
from vouchers.assistance.delivery.queries import Burned, burned_of
from vouchers.assistance.delivery.rules.burning import (
    Level,
    Planned,
    Used,
    planned_steps,
    used_steps,
    worth_by_day,
)
from vouchers.assistance.delivery.rules.hours import days_of
from vouchers.assistance.plans.models import Milestone, Plan
from vouchers.awards.models import Voucher
from vouchers.calls.models.terms.counting import COUNTED

# How many sessions the voucher's page shows; the list has all.
SHOWN = 5


def sessions_panel(
    voucher: Voucher,
    plan: Plan | None,
    milestones: Sequence[Milestone],
    sessions: Sequence[Session],
    user: User,
) -> dict[str, Any]:
    """The newest sessions of a voucher, what they used of the plan, and whether one may be logged.

    `milestones` are those in force, `sessions` all of the voucher (`queries.sessions_of`). Empty
    before a plan is in force.
    """
    if plan is None or plan.in_force_id is None:
        return {}
    active = voucher.state == Voucher.State.ACTIVE
    return {
        "sessions": sessions[:SHOWN],
        "sessions_in_all": len(sessions),
        "sessions_to_confirm": waiting_for(user, voucher, sessions) if active else [],
        "burned": burned_of(milestones, sessions),
        "counted": _counted(voucher, sessions),
        "burndowns": burndowns(voucher, plan, milestones, sessions),
        "may_log_session": active and may_log_session.test(user, voucher),
    }


def burndowns(
    voucher: Voucher, plan: Plan, milestones: Sequence[Milestone], sessions: Sequence[Session]
) -> list[Picture]:
    """What is left of the plan in days and in euros, as two pictures; one query."""
    begun_on = queries.plan_began_on(plan)
    if begun_on is None or not milestones:
        return []
    until = min(today(voucher.country.zone), voucher.valid_until)
    counted = [one for one in sessions if one.state in Session.STANDING]
    planned = [Planned(one.pk, one.due_on, one.days, one.amount) for one in milestones]
    used = [Used(one.milestone_id, one.day, one.hours) for one in counted]
    burned = burned_of(milestones, sessions)
    total_days = sum((one.days for one in planned), Decimal(0))
    total_amount = sum((one.amount for one in planned), Decimal(0))
    days_left = used_steps(
        begun_on, until, total_days, [(one.day, days_of(one.hours)) for one in used]
    )
    worth_left = used_steps(begun_on, until, total_amount, worth_by_day(planned, used))
    return [
        _picture(
            "days-left",
            _("Days of expertise that are left"),
            planned_steps(begun_on, [(one.due_on, one.days) for one in planned]),
            days_left,
            (total_days, _days(total_days)),
            voucher.valid_until,
            headings=(
                _("Milestone"),
                pgettext("days of a plan", "Planned"),
                pgettext("days of sessions", "Confirmed"),
                pgettext("days of sessions", "To be confirmed"),
                pgettext("days of a plan", "Left"),
            ),
            rows=[_row_of_days(one) for one in burned],
        ),
        _picture(
            "euros-left",
            _("Euros of the plan that are left"),
            planned_steps(begun_on, [(one.due_on, one.amount) for one in planned]),
            worth_left,
            (total_amount, amount(total_amount)),
            voucher.valid_until,
            headings=(
                _("Milestone"),
                pgettext("euros of a plan", "Planned"),
                pgettext("euros of sessions", "Used by sessions"),
                pgettext("euros of a plan", "Left"),
            ),
            rows=[
                (
                    one.milestone.title,
                    amount(one.milestone.amount),
                    amount(one.worth),
                    amount(one.worth_left),
                )
                for one in burned
            ],
        ),
    ]


def _counted(voucher: Voucher, sessions: Sequence[Session]) -> list[tuple[str, int]]:
    """How many took part in the sessions that count, and how many of those that the call asks for."""
    standing = [one for one in sessions if one.state in Session.STANDING]
    asked = voucher.award.application.call.counted
    return [
        (_("Participants"), sum(one.participants for one in standing)),
        *((str(COUNTED[name]), sum(getattr(one, name) or 0 for one in standing)) for name in asked),
    ]


def rights_on(session: Session, user: User) -> dict[str, bool]:
    """Which buttons the person finds on the page of a session."""
    if session.voucher.state != Voucher.State.ACTIVE:
        return {}
    is_logged = session.state == Session.State.LOGGED
    confirms = may_confirm_session.test(user, session)
    return {
        "confirm": is_logged and confirms,
        "return": is_logged and confirms,
        "log_anew": session.state == Session.State.RETURNED
        and may_log_session.test(user, session.voucher),
        "add_pictures": session.state in Session.OPEN_TO_PICTURES
        and may_log_session.test(user, session.voucher),
        "withdraw": session.state != Session.State.WITHDRAWN
        and may_withdraw_session.test(user, session),
    }


def log_context(voucher: Voucher, form: forms.BaseForm) -> dict[str, Any]:
    """What the page for logging reads: the form, and what it proposes while one types."""
    experts = queries.experts_of(voucher)
    return {
        "form": form,
        "voucher": voucher,
        "experts": sorted({name for name, _email in experts}),
        "addresses": sorted({email for _name, email in experts}),
        "activities": queries.planned_activities(voucher),
    }


def _picture(
    name: str,
    title: str,
    planned: list[Level],
    used: list[Level],
    total: tuple[Decimal, str],
    until: date,
    *,
    headings: tuple[str, ...],
    rows: list[tuple[str, ...]],
) -> Picture:
    return burndown(
        name,
        title,
        [(step.day, float(step.left)) for step in planned],
        [(step.day, float(step.left)) for step in used],
        total=(float(total[0]), total[1]),
        until=until,
        headings=headings,
        rows=rows,
        write_month=lambda first: month(f"{first:%Y-%m}"),
    )


def _row_of_days(one: Burned) -> tuple[str, ...]:
    return (
        one.milestone.title,
        *(measure(days) for days in (one.milestone.days, one.confirmed, one.waiting, one.left)),
    )


def _days(days: Decimal) -> str:
    return _("%(days)s days") % {"days": measure(days)}
