"""The money: exchange rates, claims, the ledger and payment orders."""

from __future__ import annotations

import itertools
import uuid
from decimal import ROUND_HALF_UP, Decimal

import pghistory
import pgtrigger
from django.conf import settings
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from records.states import Flow, follows_its_flow
from vouchers.assistance.models import Milestone
from vouchers.awards.models import Voucher

CENT = Decimal("0.01")


class Currency(models.TextChoices):
    """The currencies in which a provider may invoice."""

    EUR = "EUR", _("euro (EUR)")
    USD = "USD", _("US dollar (USD)")
    LBP = "LBP", _("Lebanese pound (LBP)")
    MAD = "MAD", _("Moroccan dirham (MAD)")
    TND = "TND", _("Tunisian dinar (TND)")


@pghistory.track()
class ExchangeRate(models.Model):
    """The European Commission's accounting rate (InforEuro) of one month: units for 1 EUR."""

    currency = models.CharField(_("currency"), max_length=3, choices=Currency.choices)
    month = models.CharField(
        _("month"),
        max_length=7,
        validators=[RegexValidator(r"^\d{4}-(0[1-9]|1[0-2])$")],
    )
    units_per_euro = models.DecimalField(
        _("units for 1 EUR"),
        max_digits=18,
        decimal_places=6,
        validators=[MinValueValidator(Decimal("0.000001"))],
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    entered_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("exchange rate")
        verbose_name_plural = _("exchange rates")
        ordering = ["-month", "currency"]
        constraints = [
            models.UniqueConstraint(
                fields=["currency", "month"],
                name="one_rate_per_currency_and_month",
                violation_error_message=_("The rate of this month is entered already."),
            ),
            models.CheckConstraint(condition=Q(units_per_euro__gt=0), name="a_rate_is_positive"),
            models.CheckConstraint(condition=~Q(currency="EUR"), name="the_euro_has_no_rate"),
        ]

    def __str__(self) -> str:
        return f"1 EUR = {self.units_per_euro.normalize():f} {self.currency} ({self.month})"

    def to_euro(self, amount: Decimal) -> Decimal:
        """`amount` of this currency in EUR, rounded half up to the cent (design, rule 1)."""
        return (amount / self.units_per_euro).quantize(CENT, rounding=ROUND_HALF_UP)


def invoice_path(_claim: Claim, _filename: str) -> str:
    """A random name, so that nothing can be guessed from it."""
    return f"invoices/{uuid.uuid4().hex}"


_STEPS_OF_A_CLAIM = [
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
                condition=_all_different(_STEPS_OF_A_CLAIM),
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
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
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
            for person in (getattr(self, f"{step}_id") for step in _STEPS_OF_A_CLAIM)
            if person is not None
        }


# The voucher's two sums carry the CHECKs; updating them locks the voucher's row, so that two
# approvals at the same instant are decided one after the other (design, rule 2).
_KEEP_SUMS = """
    UPDATE vouchers_voucher SET
        approved = approved + CASE WHEN NEW.kind = 'approval' THEN NEW.amount ELSE 0 END,
        paid = paid + CASE WHEN NEW.kind = 'payment' THEN NEW.amount ELSE 0 END
        WHERE id = NEW.voucher_id;
    RETURN NEW;
"""


class LedgerEntry(models.Model):
    """One movement on a voucher. Never changed: a mistake is corrected by a counter-entry."""

    class Kind(models.TextChoices):
        APPROVAL = "approval", _("approval")
        PAYMENT = "payment", _("payment")

    voucher = models.ForeignKey(Voucher, on_delete=models.PROTECT, related_name="ledger")
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="ledger")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    # EUR; negative in a counter-entry.
    amount = models.DecimalField(_("amount (EUR)"), max_digits=12, decimal_places=2)
    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="correction"
    )
    note = models.TextField(_("note"), blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    entered_at = models.DateTimeField(_("entered"), auto_now_add=True)

    class Meta:
        verbose_name = _("ledger entry")
        verbose_name_plural = _("ledger entries")
        ordering = ["entered_at", "pk"]
        constraints = [
            # Nothing is approved or paid twice.
            models.UniqueConstraint(
                fields=["claim", "kind"],
                condition=Q(corrects__isnull=True),
                name="one_entry_per_claim_and_kind",
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True, amount__gt=0)
                | (Q(corrects__isnull=False, amount__lt=0) & ~Q(note="")),
                name="a_counter_entry_is_negative_and_explained",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="keeps_the_sums_of_the_voucher",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                func=_KEEP_SUMS,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.amount} EUR"


@pghistory.track()
class PaymentOrder(models.Model):
    """The order to the bank: whom, on which account, how much; and the proof that it was paid."""

    claim = models.OneToOneField(Claim, on_delete=models.PROTECT, related_name="payment_order")
    reference = models.CharField(_("reference"), max_length=40, unique=True)
    # Payee and account as they were when the order was given.
    payee = models.CharField(_("payee"), max_length=200)
    bank_account = models.CharField(_("bank account"), max_length=34)
    amount = models.DecimalField(_("amount (EUR)"), max_digits=12, decimal_places=2)
    ordered_at = models.DateTimeField(_("ordered"), auto_now_add=True)
    paid_on = models.DateField(_("paid on"), null=True, blank=True)
    bank_reference = models.CharField(_("bank's reference"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("payment order")
        verbose_name_plural = _("payment orders")
        ordering = ["-ordered_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(paid_on__isnull=True, bank_reference="")
                | (Q(paid_on__isnull=False) & ~Q(bank_reference="")),
                name="a_payment_has_a_date_and_a_bank_reference",
            ),
        ]
        triggers = [pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.reference
