"""What comes next for a claim, and whose turn it is."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from vouchers.applications.steps import YOU, Step

from .models import Claim
from .permissions import may_approve_claim, may_order_payment, may_record_payment, may_verify_claim


def claim_step(claim: Claim, user: User) -> Step:
    """The next step of a claim as the person sees it.

    The buttons themselves stand on the claim's page, beside what must be looked at first.
    """
    url = reverse("payments:claim", args=[claim.pk])
    if claim.state == Claim.State.PAID:
        return Step(_("The claim is paid."))
    if claim.state == Claim.State.RETURNED:
        return Step(_("The claim was returned; the milestone can be claimed anew."))
    text, whose, may_take, label = {
        Claim.State.SUBMITTED: (
            _("Check the invoice against what was delivered."),
            _("the country partner"),
            may_verify_claim,
            _("Verify the claim"),
        ),
        Claim.State.VERIFIED: (
            _("Approve the claim: its amount is taken from the voucher."),
            _("a coordinator"),
            may_approve_claim,
            _("Approve the claim"),
        ),
        Claim.State.APPROVED: (
            _("Order the payment from the bank."),
            _("a finance officer"),
            may_order_payment,
            _("Order the payment"),
        ),
        Claim.State.ORDERED: (
            _("Record what the bank paid."),
            _("a second finance officer"),
            may_record_payment,
            _("Record the payment"),
        ),
    }[Claim.State(claim.state)]
    if may_take.test(user, claim):
        return Step(text, YOU, url, label)
    return Step(text, whose)
