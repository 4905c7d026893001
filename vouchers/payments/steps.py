"""What comes next for a claim, and whose turn it is."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from vouchers.applications.steps import YOU, Step
from vouchers.assistance.plans.models import Milestone

from .models import DONE_WITH, Claim
from .permissions import (
    may_approve_claim,
    may_order_payment,
    may_record_payment,
    may_submit_claim,
    may_verify_claim,
)
from .queries import is_claimed


def claim_step(claim: Claim, user: User) -> Step:
    """The next step of a claim as the person sees it.

    The buttons themselves are on the claim's page, beside what must be looked at first.
    """
    url = reverse("payments:claim", args=[claim.pk])
    if claim.state == Claim.State.PAID:
        return Step(_("The claim is paid."))
    if claim.state in DONE_WITH:
        return _claimed_anew(claim, user)
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


def after_return(milestone: Milestone, last: Claim) -> str:
    """What a cluster does about a milestone whose last claim came back, and why it did."""
    about = {"milestone": milestone.title, "reason": last.return_reason}
    if last.state == Claim.State.RETURNED:
        return (
            _(
                "The claim for “%(milestone)s” was returned: “%(reason)s”. Mend it and send it "
                "again."
            )
            % about
        )
    return _("The claim for “%(milestone)s” was withdrawn. You can claim it anew.") % about


def _claimed_anew(claim: Claim, user: User) -> Step:
    if is_claimed(claim.milestone):
        return Step(_("This claim no longer stands; the milestone was claimed anew."))
    text = after_return(claim.milestone, claim)
    if may_submit_claim.test(user, claim.voucher):
        url = reverse("payments:submit", args=[claim.milestone_id])
        return Step(text, YOU, url, _("Claim the milestone anew"))
    return Step(text, _("the cluster"))
