"""What comes next for a claim, and whose turn it is."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from documents.wording import figures
from vouchers.applications.steps import YOU, Step
from vouchers.awards.queries.countersigning import SignedAgreement
from vouchers.awards.steps import step_before_money

from .models import DONE_WITH, Claim, PaymentOrder
from .permissions import (
    may_approve_claim,
    may_decide_on_parked,
    may_order_payment,
    may_record_payment,
    may_submit_claim,
    may_verify_claim,
)
from .queries import advances_out, if_standing, is_claimed_anew, order_of


def claim_step(
    claim: Claim,
    user: User,
    *,
    agreement: SignedAgreement | None,
    last_order: PaymentOrder | None = None,
) -> Step:
    """The next step of a claim as the person sees it; `last_order` where the caller has read it.

    `agreement` is that of its voucher: a claim that is verified waits for it.

    The buttons themselves are on the claim's page, beside what must be looked at first.
    """
    if claim.state in (Claim.State.APPROVED, Claim.State.ORDERED):
        return _to_the_bank(claim, if_standing(last_order or order_of(claim)), user)
    if claim.state == Claim.State.PAID:
        return _after_payment(claim, user)
    if claim.state in DONE_WITH:
        return _claimed_anew(claim, user)
    if claim.state == Claim.State.VERIFIED:
        return step_before_money(agreement, user) or _approval(claim, user)
    if claim.state == Claim.State.SENT_BACK:
        return _controlled_anew(claim, user)
    text = _("Check the invoices against what was delivered.")
    if claim.is_advance:
        text = _("Decide whether the advance is passed on to the coordinators, or returned.")
    if may_verify_claim.test(user, claim):
        return Step(text, YOU, reverse("payments:verify", args=[claim.pk]), _("Verify the claim"))
    return Step(text, _("the country partner"))


def _controlled_anew(claim: Claim, user: User) -> Step:
    """An approver sent the control back: the country partner does it anew."""
    text = _("A coordinator sent the control back: “%(reason)s”. Control the claim anew.")
    text %= {"reason": list(claim.sent_back.all())[-1].reason}
    if may_verify_claim.test(user, claim):
        url = reverse("payments:verify", args=[claim.pk])
        return Step(text, YOU, url, _("Control the claim anew"))
    return Step(text, _("the country partner"))


def _after_payment(claim: Claim, user: User) -> Step:
    """What still comes after the payment: an advance to clear, a correction to be paid back.

    A cluster is shown a correction once it is decided.
    """
    undecided = ["proposed"] if user.is_staff_member else []
    open_one = claim.corrections.filter(state__in=["announced", "demanded", *undecided]).first()
    if open_one is not None:
        text = _("Paid. The correction %(correction)s is open: see what comes next of it.")
        return Step(
            text % {"correction": open_one.reference},
            "",
            open_one.get_absolute_url(),
            _("Look at the correction"),
        )
    if not claim.is_advance:
        if claim.cleared and not claim.payable:
            return Step(_("The claim is cleared against what was paid in advance."))
        return Step(_("The claim is paid."))
    out = next((one.out for one in advances_out(claim.voucher) if one.advance == claim), None)
    if out is None:
        return Step(_("The advance is paid, and cleared."))
    text = _("%(out)s EUR of the advance are not cleared yet: claim what was paid to the provider.")
    return Step(text % {"out": figures(out)}, _("the cluster"))


def _approval(claim: Claim, user: User) -> Step:
    """One approval after another, as many as the sum needs."""
    text = _("Approve the claim: its amount is taken from the voucher.")
    if claim.approvals_given:
        text = _("Approve the claim as well: its sum needs more than one approval.")
    if may_approve_claim.test(user, claim):
        url = reverse("payments:claim", args=[claim.pk])
        return Step(text, YOU, url, _("Approve the claim"))
    return Step(text, _("another coordinator") if claim.approvals_given else _("a coordinator"))


def _to_the_bank(claim: Claim, order: PaymentOrder | None, user: User) -> Step:
    """An approved claim is proposed in a batch, which goes its own way until the bank has paid."""
    if order is None:
        text = _("Propose the payment to the bank.")
        if may_order_payment.test(user, claim):
            url = reverse("batches:propose", query={"claim": claim.pk})
            return Step(text, YOU, url, _("Propose the payment"))
        return Step(text, _("a finance officer"))
    if order.state == PaymentOrder.State.PROPOSED:
        text = _("It leaves with the payment batch %(batch)s.") % {"batch": order.batch.reference}
        return Step(text, _("who authorises and exports the batch"))
    text = _("Record what the bank paid.")
    if may_record_payment.test(user, order):
        url = reverse("batches:record", args=[order.pk])
        return Step(text, YOU, url, _("Record the payment"))
    return Step(text, _("a second finance officer"))


def after_return(last: Claim, milestone: str = "") -> str:
    """What a cluster does about a claim that came back, and why it did; of one milestone, or all."""
    about = {"claim": last.invoice_numbers, "milestone": milestone}
    told = {**about, "reason": last.reject_reason or last.return_reason}
    if last.state == Claim.State.RETURNED:
        if milestone:
            text = _(
                "The claim for “%(milestone)s” was returned: “%(reason)s”. Mend it and send it "
                "again."
            )
        else:
            text = _("The claim was returned: “%(reason)s”. Mend it and send it again.")
        return text % told
    if last.state == Claim.State.REJECTED:
        return (
            _(
                "The claim of %(claim)s was rejected for good: “%(reason)s”. Its milestones can be "
                "claimed with other invoices."
            )
            % told
        )
    if milestone:
        return _("The claim for “%(milestone)s” was withdrawn. You can claim it anew.") % told
    return _("The claim was withdrawn. Its milestones can be claimed anew.")


def claim_address(voucher: int, *, milestone: int | None = None, again: int | None = None) -> str:
    """Where a claim of the voucher is written: for a milestone, or filled with an earlier claim."""
    asked = {"milestone": milestone, "from": again}
    query = urlencode({name: value for name, value in asked.items() if value})
    address = reverse("payments:submit", args=[voucher])
    return f"{address}?{query}" if query else address


def _claimed_anew(claim: Claim, user: User) -> Step:
    if claim.continues is not None:
        return _set_aside_again(claim.continues, user)
    if is_claimed_anew(claim):
        return Step(_("This claim no longer stands; its milestones were claimed anew."))
    text = after_return(claim)
    if claim.state == Claim.State.REJECTED:
        return Step(text)
    if may_submit_claim.test(user, claim.voucher):
        url = claim_address(claim.voucher_id, again=claim.pk)
        return Step(text, YOU, url, _("Claim anew"))
    return Step(text, _("the cluster"))


def _set_aside_again(claim: Claim, user: User) -> Step:
    """What was taken in and came back unapproved is set aside again, of the claim that it was of."""
    if not claim.parked:
        return Step(_("This part was decided on again since."))
    text = _("This part is set aside again: take it in anew, or refuse it.")
    if may_decide_on_parked.test(user, claim):
        url = reverse("control:parked", args=[claim.pk])
        return Step(text, YOU, url, _("Decide on what is set aside"))
    return Step(text, _("the country partner"))
