"""Logging a session, and logging anew what was returned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from conduct.actions import (
    NotAllowed,
    Refused,
    action,
    constraints_of,
    locked,
    move,
    require,
    require_state,
)
from conduct.actions.again import said_a_moment_ago
from conduct.queries.days import today
from vouchers.assistance.delivery.models import Session
from vouchers.assistance.delivery.models.sessions import LoggedFor
from vouchers.assistance.delivery.permissions import logs_for, may_log_session
from vouchers.assistance.delivery.queries import (
    days_of_contract,
    hours_of_expert,
    hours_of_milestone,
    plan_began_on,
)
from vouchers.assistance.delivery.rules.judging import Frame, Misfit, what_is_wrong
from vouchers.assistance.delivery.wording import (
    sentence_of,
    sentence_of_missing_count,
    sentence_of_uncounted,
)
from vouchers.assistance.plans.models import Milestone
from vouchers.assistance.plans.queries import provider_of
from vouchers.assistance.workroom.actions.standing import require_at_work
from vouchers.assistance.workroom.models import WorkLink
from vouchers.awards.models import Voucher
from vouchers.calls.models.terms.counting import COUNTED, CountAsked

from .telling import tell_managers


@dataclass(frozen=True, kw_only=True)
class SessionInput:
    """What is said of a session; `hours` in quarters, `day` on the calendar of the country.

    Of the counts (`calls.models.terms.counting.COUNTED`) those that the call asks for.
    """

    day: date
    hours: Decimal
    activity: str
    expert_name: str
    expert_email: str
    place: str = ""
    is_online: bool = False
    participants: int = 0
    women: int | None = None
    young: int | None = None
    from_smes: int | None = None
    from_universities: int | None = None
    notes: str = ""


@action(gettext_lazy("Session logged"))
def log_session(milestone: Milestone, said: SessionInput, *, by: User | WorkLink) -> Session:
    """Write down a session that was held for a milestone; managers of the cluster are told.

    An officer logs on the provider's behalf, or it does itself by its link. Raises Refused, beside
    the field, for a day on which plan, contract or voucher does not stand or that is still ahead, for
    more days than are planned (with the call's tolerance) and for more than a day of one expert on
    one date. The same session sent twice is one.
    """
    milestone = locked(milestone)
    voucher = milestone.plan.voucher
    _require_may_log(by, voucher)
    require_state(voucher, Voucher.State.ACTIVE)
    if (again := _logged_a_moment_ago(milestone, said, by)) is not None:
        return again
    session = Session(voucher=voucher)
    _write(session, milestone, said, by)
    tell_managers("session-logged", session, by=by)
    return session


@action(gettext_lazy("Session logged anew"))
def log_session_anew(
    session: Session, milestone: Milestone, said: SessionInput, *, by: User | WorkLink
) -> Session:
    """Mend a session that was returned, and ask for its confirmation again.

    Raises OutOfOrder unless it was returned, and what `log_session` raises.
    """
    # The milestone is locked before the session, as everywhere.
    milestone = locked(milestone)
    session = locked(session)
    _require_may_log(by, session.voucher)
    if isinstance(by, WorkLink) and session.logged_for != LoggedFor.PROVIDER:
        raise NotAllowed(_("The cluster logged this session: it mends it itself."))
    require_state(session, Session.State.RETURNED)
    require_state(session.voucher, Voucher.State.ACTIVE)
    move(session, Session.State.LOGGED)
    _write(session, milestone, said, by)
    tell_managers("session-logged", session, by=by)
    return session


def _logged_a_moment_ago(
    milestone: Milestone, said: SessionInput, by: User | WorkLink
) -> Session | None:
    return said_a_moment_ago(
        milestone.sessions.filter(state=Session.State.LOGGED),
        at="logged_at",
        day=said.day,
        hours=said.hours,
        expert_email=said.expert_email.strip().lower(),
        expert_name=said.expert_name.strip(),
        activity=said.activity.strip(),
        place=said.place.strip(),
        participants=said.participants,
        notes=said.notes.strip(),
        **{"logged_through" if isinstance(by, WorkLink) else "logged_by": by},
    )


def _require_may_log(by: User | WorkLink, voucher: Voucher) -> None:
    """The cluster, an officer for the provider, or the provider itself by its link."""
    if isinstance(by, WorkLink):
        require_at_work(by, voucher)
    else:
        require(may_log_session, by, voucher)


def _write(session: Session, milestone: Milestone, said: SessionInput, by: User | WorkLink) -> None:
    voucher = session.voucher
    for name, value in vars(said).items():
        setattr(session, name, value.strip() if isinstance(value, str) else value)
    session.expert_email = session.expert_email.lower()
    provider = provider_of(voucher)
    if provider is None:
        raise Refused(_("Nobody delivers yet: the plan in force names no provider."))
    session.milestone, session.provider = milestone, provider
    _count(session)
    _judge(session, milestone)
    session.logged_at = timezone.now()
    if isinstance(by, WorkLink):
        session.logged_by, session.logged_through = None, by
        session.logged_for = LoggedFor.PROVIDER
    else:
        session.logged_by, session.logged_through = by, None
        session.logged_for = logs_for(by, voucher)
    # What holds between fields is told by the database, in the words of its constraints.
    session.full_clean(validate_constraints=False)
    with constraints_of(Session):
        session.save()


def _count(session: Session) -> None:
    """Of an asked count that was not told 0; raise Refused, beside its field, where one is wrong."""
    call = session.voucher.award.application.call
    for name in COUNTED:
        value, asked = getattr(session, name), call.asks_for(name)
        if value is not None and asked == CountAsked.NO:
            raise Refused(sentence_of_uncounted(name), field=name)
        if value is None and asked == CountAsked.REQUIRED:
            raise Refused(sentence_of_missing_count(name), field=name)
        if value is None and asked == CountAsked.OPTIONAL:
            setattr(session, name, 0)


def _judge(session: Session, milestone: Milestone) -> None:
    """Raise Refused for what the database would refuse, with its figures and beside its field."""
    voucher = session.voucher
    plan = milestone.plan
    contracted_from, contracted_until = days_of_contract(plan, session.provider)
    frame = Frame(
        is_in_force=milestone.is_in_force,
        is_of_voucher=plan.voucher_id == voucher.pk,
        today=today(voucher.country.zone),
        valid_from=voucher.valid_from,
        valid_until=voucher.valid_until,
        begun_on=plan_began_on(plan),
        contracted_from=contracted_from,
        contracted_until=contracted_until,
        days=milestone.days,
        tolerance=voucher.award.application.call.session_tolerance,
        logged=hours_of_milestone(milestone, but=session),
        logged_of_expert=hours_of_expert(session.expert_email, session.day, but=session),
        rests=tuple(voucher.suspensions.values_list("since", "resumed_on")),
    )
    wrong = what_is_wrong(session.day, session.hours, frame)
    if wrong is not None:
        field = _FIELDS[wrong]
        raise Refused(sentence_of(wrong, session, frame), field=field)


_FIELDS = {
    Misfit.OTHER_VOUCHER: "milestone",
    Misfit.REMOVED: "milestone",
    Misfit.AHEAD: "day",
    Misfit.OUTSIDE_VOUCHER: "day",
    Misfit.SUSPENDED: "day",
    Misfit.BEFORE_PLAN: "day",
    Misfit.BEFORE_CONTRACT: "day",
    Misfit.AFTER_CONTRACT: "day",
    Misfit.NOT_QUARTERS: "hours",
    Misfit.TOO_SHORT_OR_LONG: "hours",
    Misfit.OVER_MILESTONE: "hours",
    Misfit.OVER_DAY: "hours",
}
