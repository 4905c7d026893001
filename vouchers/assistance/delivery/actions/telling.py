"""Who hears of a session."""

from __future__ import annotations

from typing import Any

from accounts.models import User
from clusters.queries import managers_of
from notices.actions import notify
from vouchers.assistance.delivery.models import Session
from vouchers.assistance.delivery.permissions import may_log_session
from vouchers.assistance.letters import voucher_facts
from vouchers.assistance.workroom.actions.telling import write_by_link
from vouchers.assistance.workroom.models import WorkLink


def session_facts(session: Session) -> dict[str, Any]:
    """Which session, of whose voucher; `day` as YYYY-MM-DD, `hours` as a decimal number."""
    return {
        **voucher_facts(session.voucher),
        "milestone": session.milestone.title,
        "day": session.day.isoformat(),
        "hours": f"{session.hours.normalize():f}",
        "expert": session.expert_name,
        "activity": session.activity,
    }


def tell_managers(kind: str, session: Session, *, by: User | WorkLink) -> None:
    """Tell the managers of the cluster, who confirm, but for who logged it."""
    cluster = session.voucher.award.application.cluster
    managers = managers_of(cluster)
    if isinstance(by, User):
        managers = managers.exclude(pk=by.pk)
    for person in managers.order_by("pk"):
        notify(person, kind, facts={**session_facts(session), "by": str(by)}, about=session.voucher)


def tell_who_logged(kind: str, session: Session, **more: str) -> None:
    """Tell the person who logged the session, or the provider whose link was used.

    Who acts neither for the cluster nor for its partner any more is told nothing.
    """
    if session.logged_through is not None:
        facts = session_facts(session)
        write_by_link(
            session.logged_through,
            kind,
            milestone=facts["milestone"],
            day=facts["day"],
            reason=more.get("reason", ""),
        )
    who = session.logged_by
    if who is not None and who.is_active and may_log_session.test(who, session.voucher):
        facts = {**session_facts(session), **more}
        notify(who, kind, facts=facts, about=session.voucher)
