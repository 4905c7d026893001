"""Who logs, confirms and reads sessions."""

from collections.abc import Iterable

import rules

from accounts.models import User
from vouchers.awards.models import Voucher
from vouchers.awards.permissions import (
    is_officer_for_voucher,
    may_read_voucher,
    may_sign_for_voucher,
    may_write_for_voucher,
)

from .models import Session
from .models.sessions import LoggedFor

# The cluster's people for the cluster; the partner's officer for the provider.
may_log_session = may_write_for_voucher | is_officer_for_voucher
may_confirm_for_cluster = may_sign_for_voucher


def logs_for(user: User, voucher: Voucher) -> str:
    """On whose behalf the person logs."""
    return LoggedFor.CLUSTER if may_write_for_voucher.test(user, voucher) else LoggedFor.PROVIDER


@rules.predicate
def may_read_session(user: User, session: Session) -> bool:
    return may_read_voucher.test(user, session.voucher)


def waiting_for(user: User, voucher: Voucher, sessions: Iterable[Session]) -> list[Session]:
    """Those of a voucher's sessions that wait for this person; asked once for all of them."""
    waiting = [
        one for one in sessions if one.state == Session.State.LOGGED and one.logged_by_id != user.pk
    ]
    return waiting if waiting and may_confirm_for_cluster.test(user, voucher) else []


@rules.predicate
def may_confirm_session(user: User, session: Session) -> bool:
    """Whether the person manages the cluster, and is another than who logged it."""
    if session.logged_by_id == user.pk:
        return False
    return may_confirm_for_cluster.test(user, session.voucher)


@rules.predicate
def may_withdraw_session(user: User, session: Session) -> bool:
    """Who may log takes back what is not confirmed; what is, a manager of the cluster."""
    if session.state == Session.State.CONFIRMED:
        return may_confirm_for_cluster.test(user, session.voucher)
    return may_log_session.test(user, session.voucher)
