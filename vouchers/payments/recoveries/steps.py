"""What comes next for a correction, whose turn it is, and whether its day is over."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accounts.models import User
from conduct.queries.days import today
from documents.wording import day
from vouchers.applications.steps import YOU, Step

from .models import Correction
from .permissions import may_decide_correction, may_enter_recovery

_State = Correction.State


def correction_step(correction: Correction, user: User) -> Step:
    """The next step as the person sees it; the buttons are on the page of the correction."""
    if correction.state == _State.REFUSED:
        return Step(_("Nothing is corrected."))
    if correction.state == _State.SETTLED:
        return Step(_("Nothing of it is open any more."))
    if correction.state == _State.PROPOSED:
        text = _("Decide whether the claim is corrected.")
        whose = _("a finance officer or coordinator who did not propose it")
        return Step(text, YOU if may_decide_correction.test(user, correction) else whose)
    is_mine = may_enter_recovery.test(user)
    if correction.state == _State.ANNOUNCED:
        text = (
            _("It is set off against the next payments to the payee.")
            if correction.set_off_at
            else _("Ask the payee by a letter to pay it back, or set it off against payments.")
        )
        return Step(text, YOU if is_mine else _("a finance officer"))
    if is_overdue(correction):
        text = _("The day is over: ring the payee up, set it off, or propose to waive it.")
        return Step(text, YOU if is_mine else _("a finance officer"))
    return Step(
        _("Pay it back by %(day)s.") % {"day": day(correction.due_on or "")}, _("the payee")
    )


def is_overdue(correction: Correction) -> bool:
    """Whether it was to be paid back by a day that is over."""
    is_demanded = correction.state == _State.DEMANDED
    return is_demanded and correction.due_on is not None and correction.due_on < today()
