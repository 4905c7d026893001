"""Whether a call takes applications at this instant, and what somebody who is late reads."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accounts.models import User
from conduct.actions import TooLate
from documents.wording import instant
from vouchers.calls.models import Call


def require_accepting(call: Call, *, by: User) -> None:
    """Raise TooLate outside the call's time; the sentence names the deadline on two clocks."""
    if call.is_past_deadline:
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
    if not call.is_accepting:
        raise TooLate(_("The call is not open for applications."))
