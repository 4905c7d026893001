"""The writes of this room: issuing the report of the programme, trying again what failed."""

from __future__ import annotations

from contextlib import suppress

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from conduct.actions import OutOfOrder, Refused, action, judged, require
from documents.actions import issue_in_every_language
from documents.models import Document
from jobs.kinds import kind_called
from vouchers.calls.models import Call

from .letters import PROGRAMME_REPORT, programme_facts
from .permissions import may_issue_report, may_try_again


@action(gettext_lazy("Programme report issued"))
def issue_programme_report(call: Call, *, by: User) -> dict[str, Document]:
    """Issue the report of a call as it is today, in every language; by language code.

    An earlier report is superseded. Raises OutOfOrder before the call is decided.
    """
    call = judged(call, may_issue_report, by=by)
    if call.state != Call.State.DECIDED:
        raise OutOfOrder(_("The call is not decided yet: there is nothing to report."))
    return issue_in_every_language(
        PROGRAMME_REPORT,
        call,
        lambda: programme_facts(call),
        by=by,
        reference=call.reference,
    )


@action(gettext_lazy("Work that had failed tried again"))
def try_again(slug: str, *, by: User) -> int:
    """Queue anew all work of a kind that was set aside; how much it was.

    What stands in the way of one (another that is under way in its place) stops no other. Raises
    NotAllowed for who does not look after the portal, KeyError for a kind that there is not.
    """
    require(may_try_again, by)
    kind = kind_called(slug)
    tried = 0
    for found in kind.set_aside():
        with suppress(Refused):
            kind.again(found)
            tried += 1
    return tried
