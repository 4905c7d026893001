"""Opening a call."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext_lazy

from accounts.models import User
from conduct.actions import Refused, action, move
from vouchers.books.actions import grant_budget
from vouchers.calls.models import Call
from vouchers.calls.queries.checklist import problems_before_opening

from .drafts import locked_draft


@action(gettext_lazy("Call opened"))
def open_call(call: Call, *, by: User) -> Call:
    """Publish the call; from here on, what scoring depends on is fixed (design, rule 6).

    Raises Refused with the first thing that is missing.
    """
    call = locked_draft(call, by)
    for problem in problems_before_opening(call):
        raise Refused(problem)
    move(call, Call.State.OPEN)
    call.opened_at = timezone.now()
    call.save()
    grant_budget(call, by=by)
    return call
