"""Confirming a session for the cluster, returning it, and taking it back."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from conduct.actions import (
    Refused,
    action,
    constraints_of,
    judged,
    locked,
    move,
    require,
    require_state,
    require_words,
)
from vouchers.assistance.delivery.models import Session
from vouchers.assistance.delivery.permissions import (
    may_confirm_for_cluster,
    may_withdraw_session,
)
from vouchers.awards.models import Voucher

from .telling import tell_who_logged


@action(gettext_lazy("Session confirmed"))
def confirm_session(session: Session, *, by: User) -> Session:
    """Confirm for the cluster that a session was held as it is logged.

    Raises Refused for the person who logged it, OutOfOrder unless it waits for that.
    """
    session = locked(session)
    require(may_confirm_for_cluster, by, session.voucher)
    require_state(session, Session.State.LOGGED)
    require_state(session.voucher, Voucher.State.ACTIVE)
    if session.logged_by_id == by.pk:
        raise Refused(_("You logged this session: another manager of the cluster confirms it."))
    move(session, Session.State.CONFIRMED)
    session.confirmed_by, session.confirmed_at = by, timezone.now()
    with constraints_of(Session):
        session.save()
    return session


@action(gettext_lazy("Session returned"))
def return_session(session: Session, *, reason: str, by: User) -> Session:
    """Give a session back to who logged it, who is told why; it can be logged anew."""
    session = locked(session)
    require(may_confirm_for_cluster, by, session.voucher)
    require_state(session, Session.State.LOGGED)
    require_words(reason, _("Say why you return it."), field="reason")
    move(session, Session.State.RETURNED)
    session.returned_by, session.returned_at = by, timezone.now()
    session.return_reason = reason
    with constraints_of(Session):
        session.save()
    tell_who_logged("session-returned", session, reason=reason, by=str(by))
    return session


@action(gettext_lazy("Session taken back"))
def withdraw_session(session: Session, *, reason: str, by: User) -> Session:
    """Take a session back for good, with the `reason`; its hours count no more.

    Once it is confirmed, only a manager of the cluster does. Its history stays.
    """
    session = judged(session, may_withdraw_session, by=by)
    require_state(session.voucher, Voucher.State.ACTIVE)
    require_words(reason, _("Say why you take it back."), field="reason")
    move(session, Session.State.WITHDRAWN)
    session.withdrawn_by, session.withdrawn_at = by, timezone.now()
    session.withdraw_reason = reason
    with constraints_of(Session):
        session.save()
    if session.logged_by_id != by.pk:
        tell_who_logged("session-withdrawn", session, reason=reason, by=str(by))
    return session
