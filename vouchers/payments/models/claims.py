"""A claim: what is asked for in EUR, where it stands, and who took which step."""

from __future__ import annotations

from decimal import Decimal

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from conduct.models.guards import fixed, frozen_in, kept_by_triggers, never_deleted, written_on
from conduct.models.states import Flow, States, Tone, follows_its_flow
from inputs.queries import trigrams
from inputs.rules.currencies import places_of
from vouchers.awards.models import Voucher
from vouchers.providers.models import Provider

from .controlled import SENTENCES_OF_CONTROL, of_its_control
from .enforced import (
    DONE_WITH,
    FIXED_WHEN_CLAIMED,
    NOTHING_STANDS,
    SENTENCES_OF_CLAIMS,
    of_its_booking,
    of_its_payment,
    of_its_voucher,
)
from .found import FoundOfClaim
from .screened import of_its_payee
from .ways import (
    FIXED_BY_ITS_WAY,
    SENTENCES_OF_WAYS,
    WayOfClaim,
    needs_nobody,
    rules_of_the_way,
    triggers_of_the_way,
)

# The steps of a claim in their order, each with who took it (`…_by`) and when (`…_at`).
STEPS_OF_A_CLAIM: dict[str, str | Promise] = {
    "submitted": _("submitted by"),
    "verified": _("verified by"),
    "approved": _("approved by"),
    "ordered": _("ordered by"),
    "paid": _("paid by"),
}
_STEPS = list(STEPS_OF_A_CLAIM)


@follows_its_flow
@pghistory.track()
class Claim(WayOfClaim, FoundOfClaim):
    """A request to pay a provider's invoices for accepted milestones, line by line (`ClaimLine`).

    Whom it pays follows from its `way` (WayOfClaim); an advance has neither invoices nor lines.
    Submitted by whom the way says, controlled by the partner (then it is verified; an approver may send
    that back), approved by as many coordinators as its sum needs, proposed for payment by one finance
    officer and booked by another: different people, as the policy says under which it was controlled.
    What is paid is `payable`.
    `continues` names the claim of which this is a part that was set aside and taken in later.
    """

    class State(States):
        SUBMITTED = "submitted", Tone.WAITING, pgettext_lazy("claim", "submitted")
        VERIFIED = "verified", Tone.WAITING, _("verified")
        SENT_BACK = "sent_back", Tone.WAITING, _("sent back to its control")
        APPROVED = "approved", Tone.GOOD, pgettext_lazy("claim", "approved")
        ORDERED = "ordered", Tone.WAITING, _("payment ordered")
        PAID = "paid", Tone.GOOD, pgettext_lazy("claim", "paid")
        RETURNED = "returned", Tone.BAD, _("returned")
        REJECTED = "rejected", Tone.BAD, _("rejected")
        WITHDRAWN = "withdrawn", Tone.QUIET, _("withdrawn")

    FLOW = Flow(
        {
            State.SUBMITTED: [
                State.VERIFIED,
                State.RETURNED,
                State.REJECTED,
                State.WITHDRAWN,
            ],
            State.VERIFIED: [State.APPROVED, State.SENT_BACK, State.RETURNED, State.REJECTED],
            # Controlled anew, as an approver asked.
            State.SENT_BACK: [State.VERIFIED, State.RETURNED, State.REJECTED],
            # Paid at once where the cluster had all of it in advance.
            State.APPROVED: [State.ORDERED, State.PAID, State.RETURNED],
            # Approved again where the bank gave the money back.
            State.ORDERED: [State.PAID, State.APPROVED],
            State.PAID: [State.APPROVED],
        }
    )
    LOCKED_AFTER = ("voucher",)

    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.SUBMITTED, editable=False
    )
    voucher = models.ForeignKey(Voucher, on_delete=models.PROTECT, related_name="claims")
    # The how-manieth of its voucher, those that came back too.
    number = models.PositiveSmallIntegerField(_("number"), editable=False)
    # Who invoiced, as contract and plan say when the claim is made.
    provider = models.ForeignKey(
        Provider, on_delete=models.PROTECT, related_name="claims", editable=False
    )
    # The numbers of its invoices, as lists and letters name it.
    invoice_numbers = models.TextField(_("invoices"), editable=False)
    # What its lines come to.
    amount = models.DecimalField(_("amount (EUR)"), max_digits=12, decimal_places=2)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="claims_submitted",
    )
    submitted_at = models.DateTimeField(_("submitted"), auto_now_add=True)
    continues = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, editable=False, related_name="continued_by"
    )
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    verified_at = models.DateTimeField(_("verified"), null=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    approved_at = models.DateTimeField(_("approved"), null=True)
    ordered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    ordered_at = models.DateTimeField(_("ordered"), null=True)
    paid_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    paid_at = models.DateTimeField(_("payment recorded"), null=True)
    return_reason = models.TextField(_("why it was returned"), blank=True)
    reject_reason = models.TextField(_("why it was rejected"), blank=True)
    rejected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("rejected by"),
    )
    rejected_at = models.DateTimeField(_("rejected"), null=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("withdrawn by"),
    )
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True)

    ENFORCED = {**SENTENCES_OF_CLAIMS, **SENTENCES_OF_CONTROL, **SENTENCES_OF_WAYS}

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        ordering = ["-submitted_at"]
        indexes = [
            models.Index(fields=["state", "-submitted_at"], name="claim_by_state"),
            # The list in its orders.
            models.Index(fields=["-submitted_at", "-id"], name="claims_newest"),
            models.Index(fields=["-amount", "-id"], name="claims_largest"),
            trigrams("invoice_numbers", name="claim_searched"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["voucher", "number"],
                name="one_claim_per_number",
                violation_error_message=_(
                    "Another claim of the voucher was sent a moment ago: please look at it first."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(state="withdrawn")
                | Q(withdrawn_by__isnull=False, withdrawn_at__isnull=False),
                name="a_claim_says_who_withdrew_it",
                violation_error_message=_("It must stand who took this step, and when."),
            ),
            models.CheckConstraint(
                condition=~Q(state="rejected")
                | Q(rejected_by__isnull=False, rejected_at__isnull=False) & ~Q(reject_reason=""),
                name="a_claim_says_who_rejected_it_and_why",
                violation_error_message=_("It must stand who rejected it, when, and why."),
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="a_claim_is_worth_something",
                violation_error_message=_("The claim comes to less than one cent."),
            ),
            # The floor, whatever the policy says.
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("verified_by")),
                name="control_and_approval_are_two_people",
                violation_error_message=_("You controlled this claim: somebody else approves it."),
            ),
            models.CheckConstraint(
                condition=Q(eligible__isnull=True)
                | Q(eligible__gt=0, eligible__lte=F("amount"), deducted__gte=0, parked__gte=0),
                name="what_is_eligible_was_declared",
                violation_error_message=_(
                    "Something must be eligible, and never more than was declared."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=_STEPS[1:])
                | Q(eligible__isnull=False, policy__isnull=False, approvals_needed__isnull=False)
                & Q(control__isnull=False),
                name="a_verified_claim_says_what_is_eligible",
                violation_error_message=_(
                    "It must stand what is eligible, and who must approve it."
                ),
            ),
            models.CheckConstraint(
                condition=Q(continues__isnull=True) | ~Q(state__in=["rejected", "withdrawn"]),
                name="a_further_claim_is_given_back_or_paid",
                violation_error_message=_("A part that was set aside is returned, not rejected."),
            ),
            *rules_of_the_way(),
            *(
                models.CheckConstraint(
                    condition=~Q(state__in=states)
                    | Q(**{f"{step}_by__isnull": False, f"{step}_at__isnull": False})
                    | needs_nobody(step),
                    name=f"a_claim_says_who_{step}_it",
                    violation_error_message=_("It must stand who took this step, and when."),
                )
                for step, states in ((step, _STEPS[_STEPS.index(step) :]) for step in _STEPS[1:])
            ),
        ]
        triggers = [
            fixed(*FIXED_WHEN_CLAIMED, *FIXED_BY_ITS_WAY),
            *(
                written_on(step, f"{step}_by", f"{step}_at")
                for step in (*_STEPS[2:-1], "withdrawn")
            ),
            written_on("sent_back", "sent_back_at"),
            of_its_booking(),
            written_on("returned", "return_reason"),
            written_on("rejected", "reject_reason", "rejected_by", "rejected_at"),
            frozen_in(*DONE_WITH, but=("deducted", "parked")),
            frozen_in("paid", but=("state", "paid_by", "paid_at", "deducted", "parked")),
            kept_by_triggers("deducted", "parked", "cleared", "revalued"),
            *triggers_of_the_way(),
            never_deleted(),
            pgtrigger.Trigger(
                name="a_returned_claim_has_no_standing_approval",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Q(new__state="returned"),
                func=NOTHING_STANDS,
            ),
            *of_its_voucher(),
            *of_its_payee(),
            *of_its_control(),
            of_its_payment(),
        ]

    def __str__(self) -> str:
        return f"{self.voucher} · {self.invoice_numbers}"

    def get_absolute_url(self) -> str:
        return reverse("payments:claim", args=[self.pk])

    @property
    def titles(self) -> list[str]:
        """Its milestones in the order of its lines, each once; lists read them with the claim."""
        return list(dict.fromkeys(line.milestone.title for line in self.lines.all()))

    @property
    def declared(self) -> list[str]:
        """What its lines ask, each in the currency of its invoice: 3400.125 TND."""
        return [
            f"{line.declared.quantize(Decimal(1).scaleb(-places_of(line.invoice.currency)))}"
            f" {line.invoice.currency}"
            for line in self.lines.all()
        ]


# The country partner's turn: not controlled yet, or to be controlled anew.
TO_CONTROL = (Claim.State.SUBMITTED, Claim.State.SENT_BACK)
# Asked for, and nobody can say yet what of it is paid: a control may still be sent back.
UNDECIDED = (*TO_CONTROL, Claim.State.VERIFIED)
