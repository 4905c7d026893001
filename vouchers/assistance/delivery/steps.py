"""What comes next with sessions, and whose turn it is."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from conduct.queries.days import day_of
from documents.wording import day
from vouchers.applications.steps import YOU, Step
from vouchers.assistance.delivery.models import Session
from vouchers.assistance.delivery.permissions import may_log_session, waiting_for
from vouchers.awards.models import Voucher


def session_steps(voucher: Voucher, sessions: Sequence[Session], user: User) -> list[Step]:
    """What the sessions of a voucher ask for: those that wait first, then those that came back."""
    waiting = [one for one in sessions if one.state == Session.State.LOGGED]
    returned = [one for one in sessions if one.state == Session.State.RETURNED]
    steps = [_confirming(voucher, waiting, user)] if waiting else []
    return [*steps, *(_mending(voucher, one, user) for one in returned)]


def _confirming(voucher: Voucher, waiting: Sequence[Session], user: User) -> Step:
    since = min(one.logged_at for one in waiting)
    about = {"number": len(waiting), "day": day(day_of(since, voucher.country.zone))}
    text = (
        ngettext(
            "%(number)s session waits to be confirmed, since %(day)s.",
            "%(number)s sessions wait to be confirmed, the first since %(day)s.",
            len(waiting),
        )
        % about
    )
    if waiting_for(user, voucher, waiting):
        return Step(text, YOU, "#sessions", _("Look at the sessions"))
    return Step(text, _("a manager of the cluster"))


def _mending(voucher: Voucher, session: Session, user: User) -> Step:
    text = _("The session of %(day)s was returned: “%(reason)s”. Log it anew or take it back.") % {
        "day": day(session.day),
        "reason": session.return_reason,
    }
    if may_log_session.test(user, voucher):
        return Step(text, YOU, session.get_absolute_url(), _("Look at the session"))
    return Step(text, str(session.get_logged_for_display()))
