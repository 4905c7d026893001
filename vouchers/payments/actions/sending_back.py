"""An approver sends a control back to the controller instead of approving or rejecting the claim."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from accounts.models import User
from conduct.actions import (
    OutOfOrder,
    Refused,
    action,
    constraints_of,
    judged,
    move,
    require_words,
)
from documents.actions import withdraw_document
from documents.queries import documents_about
from vouchers.applications.queries import officers_told_of
from vouchers.payments.control.letters import CONTROL_CERTIFICATE
from vouchers.payments.control.models import RemarkOnLine, SentBack
from vouchers.payments.models import Claim
from vouchers.payments.permissions import may_send_back

from .steps import EARLIER_STEP, require_read, tell


@action(gettext_lazy("Control sent back"))
def send_back(
    claim: Claim,
    *,
    reason: str,
    by: User,
    remarks: Mapping[int, str] | None = None,
    seen: int | None = None,
) -> Claim:
    """Have a verified claim controlled anew, for the `reason`; `remarks` are by the id of their line,
    `seen` is the id of the control that the person read.

    The control counts no more, its certificate is withdrawn, and approvals that were given on it are
    void: the officers of the country and who had approved are told. Nothing moves in the ledger, and
    what the claim asks stays reserved. Raises NotAllowed for who made any control of the claim,
    Refused without a reason, OutOfOrder once it is approved, where it
    was controlled anew since, and for a part that was set aside: that
    is returned, and its controller decides anew.
    """
    claim = judged(
        claim, may_send_back, by=by, otherwise=EARLIER_STEP, states=[Claim.State.VERIFIED]
    )
    if claim.continues_id is not None or claim.control is None:
        raise OutOfOrder(
            gettext_lazy(
                "A part that was set aside is returned: its controller decides on it anew."
            )
        )
    require_read(claim, seen)
    require_words(reason, gettext("Say why you send it back."), field="reason")
    said = {line: text for line, text in (remarks or {}).items() if text.strip()}
    if said.keys() - set(claim.lines.values_list("pk", flat=True)):
        raise Refused(gettext("A remark is on a line of this claim."))
    told = _told_of(claim, by)
    with constraints_of(SentBack, RemarkOnLine):
        sent = SentBack.objects.create(
            claim=claim, control=claim.control, reason=reason, sent_by=by
        )
        for line, text in said.items():
            RemarkOnLine.objects.create(sent_back=sent, line_id=line, text=text)
    for letter in documents_about(claim).filter(kind=CONTROL_CERTIFICATE.slug):
        if letter.is_current:
            withdraw_document(letter, by=by, reason=reason)
    _counts_no_more(claim)
    tell(told, "claim-sent-back", claim, reason=reason)
    return claim


def _told_of(claim: Claim, by: User) -> QuerySet[User]:
    """Who controls it anew, and whose approval counts no more."""
    officers = officers_told_of(claim.voucher.award.application)
    approved = [one.person_id for one in claim.approvals_given]
    told = User.objects.filter(Q(pk__in=officers.values("pk")) | Q(pk__in=approved))
    return told.exclude(pk=by.pk)


def _counts_no_more(claim: Claim) -> None:
    """Take from the locked claim what the control said of it; its sums are the database's."""
    claim.refresh_from_db(fields=["deducted", "parked"])
    move(claim, Claim.State.SENT_BACK)
    claim.sent_back_at = timezone.now()
    claim.control = claim.verified_by = claim.verified_at = None
    claim.eligible = claim.policy = claim.approvals_needed = None
    with constraints_of(Claim):
        claim.save()
