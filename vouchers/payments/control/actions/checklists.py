"""Writing the checklist of a call."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from conduct.actions import Refused, action, constraints_of, locked, require
from documents.wording import number
from vouchers.calls.models import Call
from vouchers.payments.control.models import ControlChecklist
from vouchers.payments.control.models.checklists import MOST_QUESTIONS
from vouchers.payments.control.permissions import may_write_checklists
from vouchers.payments.control.queries import checklists_visible_to


@action(gettext_lazy("Checklist written"))
def write_checklist(
    call: Call, questions: Sequence[dict[str, str]], *, by: User
) -> ControlChecklist:
    """Write the next version of the checklist of a call: each question a text by language code.

    Controls from now on answer it; those before keep the version that they answered. No question at all
    ends the checklist. Raises Refused where a language is missing, or nothing changes.
    """
    call = locked(call)
    require(may_write_checklists, by)
    if len(questions) > MOST_QUESTIONS:
        raise Refused(
            _("A checklist has at most %(most)s questions.") % {"most": number(MOST_QUESTIONS)}
        )
    written = [
        {code: question.get(code, "").strip() for code, _name in settings.LANGUAGES}
        for question in questions
    ]
    if not all(all(question.values()) for question in written):
        raise Refused(_("Write each question in every language."))
    before = checklists_visible_to(by, call).first()
    if written == (before.questions if before is not None else []):
        raise Refused(_("This is the checklist already."))
    with constraints_of(ControlChecklist):
        return ControlChecklist.objects.create(
            call=call,
            number=before.number + 1 if before is not None else 1,
            questions=written,
            made_by=by,
        )
