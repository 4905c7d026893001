"""A claim: the invoice, its worth in EUR, and who took which step."""

from __future__ import annotations

import itertools
import uuid
from decimal import Decimal

import pghistory
import pgtrigger
from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from records.guards import fixed, frozen_in, never_deleted, written_on
from records.states import Flow, follows_its_flow
from vouchers.assistance.models import Milestone
from vouchers.awards.models import Voucher

from .rates import Currency, ExchangeRate


def invoice_path(_claim: Claim, _filename: str) -> str:
    """A random name, so that nothing can be guessed from it."""
    return f"invoices/{uuid.uuid4().hex}"


STEPS_OF_A_CLAIM = [
    "submitted_by",
    "verified_by",
    "approved_by",
    "ordered_by",
    "paid_by",
]


def _all_different(people: list[str]) -> Q:
    """No two of the columns hold the same person; empty ones do not count."""
    condition = Q()
    for one, other in itertools.combinations(people, 2):
        condition &= Q(**{f"{other}__isnull": True}) | ~Q(**{other: F(one)})
    return condition


# What is asked for and by whom; a mistake is returned and claimed anew.
FACTS_OF_A_CLAIM = [
    *("voucher", "milestone", "amount", "currency", "currency_amount"),
    *("rate", "rate_units_per_euro", "rate_month"),
    *("invoice_number", "invoice_date", "invoice", "invoice_name", "invoice_content_type"),
    *("invoice_size", "invoice_sha256", "submitted_by", "submitted_at"),
]
# Whoever gives a claim back corrects its entries first (reverse_approval).
_NOTHING_STANDS = """
    IF EXISTS (
        SELECT 1 FROM vouchers_ledgerentry entry
        WHERE entry.claim_id = NEW.id AND entry.corrects_id IS NULL AND NOT EXISTS (
            SELECT 1 FROM vouchers_ledgerentry counter WHERE counter.corrects_id = entry.id
        )
    ) THEN
        RAISE EXCEPTION 'a returned claim has an entry in the ledger that is not corrected'
            USING ERRCODE = 'check_violation',
                CONSTRAINT = 'a_returned_claim_has_no_standing_approval';
    END IF;
    RETURN NEW;
"""


@follows_its_flow
@pghistory.track()
class Claim(models.Model):
    """A request to pay a provider's invoice for an accepted milestone.

    Submitted by the cluster, verified by the partner, approved by a coordinator, ordered by one
    finance officer and paid by another: five different people, checked by the database.
    """

    class State(models.TextChoices):
        SUBMITTED = "submitted", _("submitted")
        VERIFIED = "verified", _("verified")
        APPROVED = "approved", _("approved")
        ORDERED = "ordered", _("payment ordered")
        PAID = "paid", _("paid")
        RETURNED = "returned", _("returned")

    FLOW = Flow(
        {
            State.SUBMITTED: [State.VERIFIED, State.RETURNED],
            State.VERIFIED: [State.APPROVED, State.RETURNED],
            State.APPROVED: [State.ORDERED, State.RETURNED],
            State.ORDERED: [State.PAID],
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
    invoice_number = models.CharField(_("invoice number"), max_length=60)
    invoice_date = models.DateField(_("invoice date"))
    currency = models.CharField(
        _("currency"), max_length=3, choices=Currency.choices, default=Currency.EUR
    )
    # Three places: the Tunisian dinar has millimes.
    currency_amount = models.DecimalField(
        _("amount of the invoice"),
        max_digits=18,
        decimal_places=3,
        validators=[MinValueValidator(Decimal("0.001"))],
    )
    rate = models.ForeignKey(ExchangeRate, on_delete=models.PROTECT, null=True, blank=True)
    # Copied when the claim is made: a later correction of the table leaves the claim alone.
    rate_units_per_euro = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    rate_month = models.CharField(max_length=7, blank=True)
    amount = models.DecimalField(_("amount (EUR)"), max_digits=12, decimal_places=2)
    invoice = models.FileField(_("invoice"), upload_to=invoice_path, max_length=120)
    invoice_name = models.CharField(max_length=200)
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

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        ordering = ["-submitted_at"]
        indexes = [models.Index(fields=["state", "-submitted_at"], name="claim_by_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["milestone"],
                condition=~Q(state="returned"),
                name="one_standing_claim_per_milestone",
                violation_error_message=_("This milestone is claimed already."),
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="a_claim_is_worth_something"),
            models.CheckConstraint(
                condition=(Q(currency="EUR") & Q(rate_units_per_euro__isnull=True))
                | (~Q(currency="EUR") & Q(rate_units_per_euro__isnull=False)),
                name="a_foreign_claim_keeps_its_rate",
            ),
            models.CheckConstraint(
                condition=_all_different(STEPS_OF_A_CLAIM),
                name="each_step_of_a_claim_has_its_own_person",
                violation_error_message=_("You took an earlier step of this claim."),
            ),
            *(
                models.CheckConstraint(
                    condition=~Q(state__in=states)
                    | Q(**{f"{step}_by__isnull": False, f"{step}_at__isnull": False}),
                    name=f"a_claim_says_who_{step}_it",
                )
                for step, states in (
                    ("verified", ["verified", "approved", "ordered", "paid"]),
                    ("approved", ["approved", "ordered", "paid"]),
                    ("ordered", ["ordered", "paid"]),
                    ("paid", ["paid"]),
                )
            ),
        ]
        triggers = [
            fixed(*FACTS_OF_A_CLAIM),
            *(
                written_on(step, f"{step}_by", f"{step}_at")
                for step in ("verified", "approved", "ordered", "paid")
            ),
            written_on("returned", "return_reason"),
            frozen_in("paid", "returned"),
            never_deleted(),
            pgtrigger.Trigger(
                name="a_returned_claim_has_no_standing_approval",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Q(new__state="returned"),
                func=_NOTHING_STANDS,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.voucher} · {self.invoice_number}"

    def get_absolute_url(self) -> str:
        return reverse("payments:claim", args=[self.pk])

    @property
    def earlier_people(self) -> set[int]:
        """Ids of everybody who took a step of this claim."""
        return {
            person
            for person in (getattr(self, f"{step}_id") for step in STEPS_OF_A_CLAIM)
            if person is not None
        }
