"""The accounts of a call and of its vouchers, with what they hold, and the head of the call's chain."""

from __future__ import annotations

from decimal import Decimal

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from conduct.models.guards import fixed, kept_by_triggers, never_deleted, refuses
from inputs.queries import trigrams
from vouchers.books.rules.routes import OF_A_CALL, OF_A_VOUCHER

_OF_ITS_VOUCHER = """
    NEW.application_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM vouchers_application application
        WHERE application.id = NEW.application_id AND application.call_id = NEW.call_id
            AND application.reference = NEW.reference
    )
"""


class LedgerAccount(models.Model):
    """A place where money of a call stands: of the call itself, or of one of its vouchers.

    What was debited and credited (EUR) is kept by the trigger on the legs, so that the CHECKs refuse
    what an account cannot bear, also when two people press at the same instant.
    """

    class Kind(models.TextChoices):
        GRANT = "grant", _("grant")
        AVAILABLE = "available", pgettext_lazy("money of a call", "available")
        CHARGES = "charges", pgettext_lazy("money of a call", "charges of banks")
        COMMITTED = "committed", pgettext_lazy("money of a voucher", "committed")
        PAYABLE = "payable", pgettext_lazy("money of a voucher", "payable")
        IN_TRANSIT = "in_transit", pgettext_lazy("money of a voucher", "in transit")
        BANK = "bank", pgettext_lazy("money of a voucher", "booked by the bank")
        ADVANCED = "advanced", pgettext_lazy("money of a voucher", "advanced")
        RECEIVABLE = "receivable", pgettext_lazy("money of a voucher", "to be recovered")

    call = models.ForeignKey(
        "vouchers.Call", on_delete=models.PROTECT, related_name="ledger_accounts"
    )
    # Before it is a voucher, an award of the application holds money already.
    application = models.ForeignKey(
        "vouchers.Application",
        on_delete=models.PROTECT,
        null=True,
        related_name="ledger_accounts",
    )
    kind = models.CharField(_("account"), max_length=10, choices=Kind.choices)
    reference = models.CharField(_("reference"), max_length=40, blank=True)
    debits = models.DecimalField(
        _("debits (EUR)"), max_digits=14, decimal_places=2, default=0, editable=False
    )
    credits = models.DecimalField(
        _("credits (EUR)"), max_digits=14, decimal_places=2, default=0, editable=False
    )

    class Meta:
        verbose_name = _("account of the ledger")
        verbose_name_plural = _("accounts of the ledger")
        ordering = ["call", "reference", "pk"]
        indexes = [
            trigrams("reference", name="account_searched"),
            # The trial balance in either order, in pages.
            models.Index(fields=["reference", "id"], name="accounts_by_reference"),
            models.Index(fields=["-debits", "id"], name="accounts_largest"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "application", "kind"],
                nulls_distinct=False,
                name="one_account_of_a_kind",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=OF_A_VOUCHER, application__isnull=False)
                | Q(kind__in=OF_A_CALL, application__isnull=True, reference=""),
                name="an_account_is_of_a_call_or_of_a_voucher",
            ),
            models.CheckConstraint(
                condition=~Q(kind="grant") | Q(credits__gte=F("debits")),
                name="a_grant_gives",
            ),
            models.CheckConstraint(
                condition=~Q(kind="available") | Q(debits__gte=F("credits")),
                name="a_call_commits_what_it_has",
                violation_error_message=_("The budget of the call is spent."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="committed") | Q(debits__gte=F("credits")),
                name="a_voucher_bears_what_is_approved",
                violation_error_message=_("The voucher cannot bear this amount."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="payable") | Q(debits__gte=F("credits")),
                name="only_what_is_payable_is_ordered",
                violation_error_message=_("Only what is approved can be paid."),
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["in_transit", "bank"]) | Q(debits__gte=F("credits")),
                name="only_what_is_ordered_is_booked",
                violation_error_message=_("Only what is ordered can be booked."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="advanced") | Q(debits__gte=F("credits")),
                name="only_what_is_advanced_is_cleared",
                violation_error_message=_("No more is cleared than was advanced."),
            ),
            models.CheckConstraint(
                condition=~Q(kind="receivable") | Q(debits__gte=F("credits")),
                name="only_what_is_to_come_back_does",
                violation_error_message=_("No more comes back than is to be recovered."),
            ),
        ]
        triggers = [
            fixed("call", "application", "kind", "reference"),
            kept_by_triggers("debits", "credits"),
            refuses(
                "of_its_voucher",
                pgtrigger.Insert,
                _OF_ITS_VOUCHER,
                "An account bears the reference of its voucher, and belongs to the call of it.",
            ),
            never_deleted(),
        ]

    def __str__(self) -> str:
        return " · ".join(filter(None, [self.reference, str(self.get_kind_display())]))

    def get_absolute_url(self) -> str:
        return reverse("ledger:account", args=[self.pk])

    @property
    def balance(self) -> Decimal:
        """EUR: what stands there; of a grant, below zero, what it gave."""
        return self.debits - self.credits


class LedgerHead(models.Model):
    """The newest entry of a call's chain: its number, which is how many there are, and its seal."""

    call = models.OneToOneField(
        "vouchers.Call", on_delete=models.PROTECT, related_name="ledger_head", primary_key=True
    )
    number = models.PositiveIntegerField(default=0, editable=False)
    seal = models.CharField(max_length=64, default="", blank=True, editable=False)

    class Meta:
        verbose_name = _("head of a ledger")
        verbose_name_plural = _("heads of ledgers")
        triggers = [fixed("call"), kept_by_triggers("number", "seal"), never_deleted()]

    def __str__(self) -> str:
        return f"{self.number} · {self.seal}"
