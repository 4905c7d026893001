"""A claim: the invoice, its worth in EUR, and who took which step."""

from __future__ import annotations

import uuid
from decimal import Decimal

import pghistory
import pgtrigger
from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from conduct.models.guards import fixed, frozen_in, never_deleted, written_on
from conduct.models.states import Flow, States, Tone, follows_its_flow
from vouchers.assistance.plans.models import Milestone
from vouchers.awards.models import Voucher
from vouchers.providers.models import Provider

from .enforced import (
    AT_ITS_RATE,
    DONE_WITH,
    FIXED_WHEN_CLAIMED,
    NOTHING_STANDS,
    SENTENCES_OF_CLAIMS,
    WITHIN_ITS_INVOICE,
    all_different,
    of_its_milestone,
    of_its_payment,
)
from .rates import Currency, ExchangeRate


def invoice_path(_claim: Claim, _filename: str) -> str:
    """A random name, so that nothing can be guessed from it."""
    return f"invoices/{uuid.uuid4().hex}"


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
@pghistory.track(exclude=["invoice_key"])
class Claim(models.Model):
    """A request to pay a provider's invoice for an accepted milestone.

    Submitted by the cluster, verified by the partner, approved by a coordinator, proposed for payment
    by one finance officer and booked by another: five different people, checked by the database.
    """

    class State(States):
        SUBMITTED = "submitted", Tone.WAITING, _("submitted")
        VERIFIED = "verified", Tone.WAITING, _("verified")
        APPROVED = "approved", Tone.GOOD, _("approved")
        ORDERED = "ordered", Tone.WAITING, _("payment ordered")
        PAID = "paid", Tone.GOOD, _("paid")
        RETURNED = "returned", Tone.BAD, _("returned")
        WITHDRAWN = "withdrawn", Tone.QUIET, _("withdrawn")

    FLOW = Flow(
        {
            State.SUBMITTED: [State.VERIFIED, State.RETURNED, State.WITHDRAWN],
            State.VERIFIED: [State.APPROVED, State.RETURNED],
            State.APPROVED: [State.ORDERED, State.RETURNED],
            # Approved again where the bank gave the money back.
            State.ORDERED: [State.PAID, State.APPROVED],
        }
    )
    LOCKED_AFTER = ("voucher",)

    state = models.CharField(
        _("state"),
        max_length=10,
        choices=State.choices,
        default=State.SUBMITTED,
        editable=False,
    )
    voucher = models.ForeignKey(Voucher, on_delete=models.PROTECT, related_name="claims")
    milestone = models.ForeignKey(
        Milestone,
        on_delete=models.PROTECT,
        related_name="claims",
        verbose_name=_("milestone"),
    )
    # Who invoiced, as the plan says when the claim is made.
    provider = models.ForeignKey(
        Provider, on_delete=models.PROTECT, related_name="claims", editable=False
    )
    invoice_number = models.CharField(_("invoice number"), max_length=60)
    # The number as it is compared (rules.invoices.key_of).
    invoice_key = models.CharField(max_length=200, editable=False)
    invoice_date = models.DateField(_("invoice date"))
    currency = models.CharField(
        _("currency"), max_length=3, choices=Currency.choices, default=Currency.EUR
    )
    # Three places: the Tunisian dinar has millimes.
    currency_amount = models.DecimalField(
        _("amount claimed"),
        max_digits=18,
        decimal_places=3,
        validators=[MinValueValidator(Decimal("0.001"), _("Write an amount of more than zero."))],
    )
    # More than what is claimed where one invoice pays for several milestones.
    invoice_total = models.DecimalField(
        _("total of the invoice"),
        max_digits=18,
        decimal_places=3,
        validators=[MinValueValidator(Decimal("0.001"), _("Write an amount of more than zero."))],
    )
    # An officer may say why the same invoice is claimed for another milestone as well.
    shared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("allowed by"),
    )
    shared_at = models.DateTimeField(_("may be claimed for another milestone"), null=True)
    shared_reason = models.TextField(_("why the invoice is claimed more than once"), blank=True)
    rate = models.ForeignKey(ExchangeRate, on_delete=models.PROTECT, null=True, blank=True)
    # Copied when the claim is made: a later correction of the table leaves the claim alone.
    rate_units_per_euro = models.DecimalField(
        _("exchange rate"), max_digits=18, decimal_places=6, null=True
    )
    rate_month = models.CharField(_("month of the rate"), max_length=7, blank=True)
    amount = models.DecimalField(_("amount (EUR)"), max_digits=12, decimal_places=2)
    invoice = models.FileField(_("invoice"), upload_to=invoice_path, max_length=120)
    invoice_name = models.CharField(_("file of the invoice"), max_length=200)
    invoice_content_type = models.CharField(max_length=100)
    invoice_size = models.PositiveIntegerField()
    invoice_sha256 = models.CharField(max_length=64)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="claims_submitted",
    )
    submitted_at = models.DateTimeField(_("submitted"), auto_now_add=True)
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
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("withdrawn by"),
    )
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True)

    ENFORCED = SENTENCES_OF_CLAIMS

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        ordering = ["-submitted_at"]
        indexes = [
            models.Index(fields=["state", "-submitted_at"], name="claim_by_state"),
            # What is alike: the same number, the same file, the same amount on the same day.
            models.Index(fields=["invoice_key"], name="claim_by_number"),
            models.Index(fields=["invoice_sha256"], name="claim_by_file"),
            models.Index(
                fields=["invoice_date", "currency_amount"], name="claim_by_day_and_amount"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["milestone"],
                condition=~Q(state__in=DONE_WITH),
                name="one_standing_claim_per_milestone",
                violation_error_message=_("This milestone is claimed already."),
            ),
            models.UniqueConstraint(
                fields=["provider", "invoice_key"],
                condition=~Q(state__in=DONE_WITH) & Q(shared_at__isnull=True),
                name="an_invoice_is_claimed_once",
                violation_error_message=_(
                    "This invoice of the provider is claimed already. If it pays for another "
                    "milestone as well, ask your country partner to say so on the claim that stands."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(invoice_key=""),
                name="an_invoice_has_a_number",
                violation_error_message=_(
                    "Write the number of the invoice, with its letters and digits."
                ),
            ),
            models.CheckConstraint(
                condition=Q(currency_amount__lte=F("invoice_total")),
                name="a_claim_is_at_most_its_invoice",
                violation_error_message=_("The claim is more than the whole invoice."),
            ),
            models.CheckConstraint(
                condition=Q(shared_at__isnull=True, shared_by__isnull=True, shared_reason="")
                | (Q(shared_at__isnull=False, shared_by__isnull=False) & ~Q(shared_reason="")),
                name="an_invoice_is_shared_for_a_reason",
                violation_error_message=_("Say why the invoice is claimed more than once."),
            ),
            models.CheckConstraint(
                condition=~Q(state="withdrawn")
                | Q(withdrawn_by__isnull=False, withdrawn_at__isnull=False),
                name="a_claim_says_who_withdrew_it",
                violation_error_message=_("It must stand who took this step, and when."),
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="a_claim_is_worth_something",
                violation_error_message=_("The claim comes to less than one cent."),
            ),
            models.CheckConstraint(
                condition=(Q(currency="EUR") & Q(rate_units_per_euro__isnull=True))
                | (~Q(currency="EUR") & Q(rate_units_per_euro__isnull=False)),
                name="a_foreign_claim_keeps_its_rate",
                violation_error_message=_("An invoice in another currency needs an exchange rate."),
            ),
            models.CheckConstraint(
                condition=all_different([f"{step}_by" for step in _STEPS]),
                name="each_step_of_a_claim_has_its_own_person",
                violation_error_message=_("You took an earlier step of this claim."),
            ),
            *(
                models.CheckConstraint(
                    condition=~Q(state__in=states)
                    | Q(**{f"{step}_by__isnull": False, f"{step}_at__isnull": False}),
                    name=f"a_claim_says_who_{step}_it",
                    violation_error_message=_("It must stand who took this step, and when."),
                )
                for step, states in ((step, _STEPS[_STEPS.index(step) :]) for step in _STEPS[1:])
            ),
        ]
        triggers = [
            fixed(*FIXED_WHEN_CLAIMED),
            *(written_on(step, f"{step}_by", f"{step}_at") for step in (*_STEPS[1:], "withdrawn")),
            written_on("returned", "return_reason"),
            # Long after it is paid an officer may say why its invoice pays for another milestone.
            frozen_in(*DONE_WITH, "paid", but=("shared_by", "shared_at", "shared_reason")),
            never_deleted(),
            pgtrigger.Trigger(
                name="a_returned_claim_has_no_standing_approval",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Q(new__state="returned"),
                func=NOTHING_STANDS,
            ),
            pgtrigger.Trigger(
                name="stays_within_its_invoice",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                func=WITHIN_ITS_INVOICE,
                declare=[("other", "RECORD"), ("claimed", "numeric := 0")],
            ),
            pgtrigger.Trigger(
                name="keeps_the_rate_of_its_row",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=AT_ITS_RATE,
                declare=[("found", "RECORD")],
            ),
            *of_its_milestone(),
            of_its_payment(),
        ]

    def __str__(self) -> str:
        return f"{self.voucher} · {self.invoice_number}"

    def get_absolute_url(self) -> str:
        return reverse("payments:claim", args=[self.pk])

    @property
    def earlier_people(self) -> set[int]:
        """Ids of everybody who took a step of this claim."""
        people = {getattr(self, f"{step}_by_id") for step in STEPS_OF_A_CLAIM}
        return people - {None}
