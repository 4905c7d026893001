"""Whether a call takes applications at this instant, and what somebody who is late reads."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import User
from conduct.actions import TooLate
from conduct.queries.clock import database_now
from documents.wording import instant
from vouchers.calls.models import Call


def require_accepting(call: Call, *, by: User) -> datetime:
    """The database's instant (UTC), at which the call takes applications.

    Raises TooLate outside its time; the sentence names the deadline on two clocks.
    """
    now = database_now()
    if now >= call.deadline:
        raise TooLate(
            _(
                "The deadline passed on %(local)s (%(utc)s). Your draft stays as it is, but cannot "
                "be sent any more."
            )
            % {
                "local": instant(call.deadline, by.time_zone),
                "utc": instant(call.deadline, "UTC"),
            }
        )
    if call.state != Call.State.OPEN or now < call.opens_at:
        raise TooLate(_("The call is not open for applications."))
    return now
