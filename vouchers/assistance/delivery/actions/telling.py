"""Who hears of a session."""

from __future__ import annotations

from typing import Any

from accounts.models import User
from clusters.queries import managers_of
from notices.actions import notify
from vouchers.assistance.delivery.models import Session
from vouchers.assistance.letters import voucher_facts


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


def tell_managers(kind: str, session: Session, *, by: User) -> None:
    """Tell the managers of the cluster, who confirm, but for who logged it."""
    cluster = session.voucher.award.application.cluster
    for person in managers_of(cluster).exclude(pk=by.pk).order_by("pk"):
        notify(person, kind, facts={**session_facts(session), "by": str(by)}, about=session.voucher)


def tell_who_logged(kind: str, session: Session, **more: str) -> None:
    """Tell the person who logged the session."""
    notify(session.logged_by, kind, facts={**session_facts(session), **more}, about=session.voucher)
