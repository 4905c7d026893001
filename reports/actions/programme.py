"""The writes of this room: issuing the report of the programme."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from conduct.actions import OutOfOrder, action, judged
from documents.actions import issue_in_every_language
from documents.models import Document
from reports.letters import PROGRAMME_REPORT, programme_facts
from reports.permissions import may_issue_report
from vouchers.books.actions import lock_books
from vouchers.calls.models import Call


@action(gettext_lazy("Programme report issued"))
def issue_programme_report(call: Call, *, by: User) -> dict[str, Document]:
    """Issue the report of a call as it is today, in every language; by language code.

    An earlier report is superseded. Nothing is posted in the call's books meanwhile, so that its
    sums are those of the entry on which it says that it stands, and the same in each language.
    Raises OutOfOrder before the call is decided.
    """
    call = judged(call, may_issue_report, by=by)
    if call.state != Call.State.DECIDED:
        raise OutOfOrder(_("The call is not decided yet: there is nothing to report."))
    lock_books(call.pk)
    return issue_in_every_language(
        PROGRAMME_REPORT,
        call,
        lambda: programme_facts(call),
        by=by,
        reference=call.reference,
    )
