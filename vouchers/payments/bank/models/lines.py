"""Statements of the programme's accounts, and their lines: each counts once, whatever file brings it."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from conduct.models.guards import append_only
from inputs.queries import trigrams
from vouchers.payments.batches.models import BankProfile

from .files import BankFile


class BankStatement(models.Model):
    """What a file says of one account: with balances, which add up, or without (a notification)."""

    file = models.ForeignKey(BankFile, on_delete=models.PROTECT, related_name="statements")
    profile = models.ForeignKey(BankProfile, on_delete=models.PROTECT, related_name="+")
    account = models.CharField(_("account"), max_length=34)
    identification = models.CharField(_("identification"), max_length=35)
    number = models.CharField(_("number"), max_length=35, blank=True)
    currency = models.CharField(_("currency"), max_length=3)
    begins_on = models.DateField(_("from"), null=True)
    ends_on = models.DateField(_("until"), null=True)
    opening = models.DecimalField(_("opening balance"), max_digits=18, decimal_places=3, null=True)
    closing = models.DecimalField(_("closing balance"), max_digits=18, decimal_places=3, null=True)
    # What all entries of the file come to, and how many of its lines were not there before.
    moved = models.DecimalField(_("movements"), max_digits=18, decimal_places=3)
    lines_said = models.PositiveIntegerField(_("lines"))
    lines_new = models.PositiveIntegerField(_("new lines"))
    taken_at = models.DateTimeField(_("taken in"), auto_now_add=True)

    class Meta:
        verbose_name = _("statement of the bank")
        verbose_name_plural = _("statements of the bank")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["account", "-ends_on"], name="statements_of_an_account")]
        constraints = [
            models.CheckConstraint(
                condition=Q(opening=None, closing=None) | Q(closing=F("opening") + F("moved")),
                name="a_statement_adds_up",
                violation_error_message=_("The statement does not add up."),
            ),
        ]
        triggers = [append_only()]

    def __str__(self) -> str:
        return self.identification

    def get_absolute_url(self) -> str:
        return reverse("bank:statement", args=[self.pk])

    @property
    def masked(self) -> str:
        """The account as others may see it: its last four characters."""
        return f"…{self.account[-4:]}"


class StatementLine(models.Model):
    """One movement on an account, as the bank says it: never changed, and there once.

    It is known again by `identity` and `occurrence` (rules.identity). Amounts are in the currency of the
    account and not signed; `instructed` is what was ordered, where the bank says it.
    """

    statement = models.ForeignKey(BankStatement, on_delete=models.PROTECT, related_name="lines")
    account = models.CharField(_("account"), max_length=34)
    position = models.PositiveIntegerField(_("number in the file"))
    identity = models.CharField(max_length=64)
    occurrence = models.PositiveSmallIntegerField(default=1)
    reference = models.CharField(_("bank’s reference"), max_length=35, blank=True)
    # Which detail of its entry, from 1; 0 is an entry without details, of `parts` payments.
    detail = models.PositiveIntegerField(default=0)
    parts = models.PositiveIntegerField(default=1)
    booked_on = models.DateField(_("booked on"))
    valued_on = models.DateField(_("value date"), null=True)
    amount = models.DecimalField(_("amount"), max_digits=18, decimal_places=3)
    currency = models.CharField(_("currency"), max_length=3)
    is_credit = models.BooleanField(_("money that came in"))
    is_reversal = models.BooleanField(_("reversal"), default=False)
    charges = models.DecimalField(
        _("charges within it"), max_digits=18, decimal_places=3, default=Decimal(0)
    )
    instructed = models.DecimalField(_("ordered"), max_digits=18, decimal_places=3, null=True)
    instructed_currency = models.CharField(_("currency of the order"), max_length=3, blank=True)
    end_to_end_id = models.CharField(_("payment"), max_length=35, blank=True)
    group_id = models.CharField(_("payments together"), max_length=35, blank=True)
    payee = models.CharField(_("payee"), max_length=140, blank=True)
    payee_account = models.CharField(_("account of the payee"), max_length=34, blank=True)
    text = models.CharField(_("text"), max_length=500, blank=True)
    return_code = models.CharField(_("reason of the bank"), max_length=35, blank=True)
    bank_code = models.CharField(_("kind at the bank"), max_length=35, blank=True)

    class Meta:
        verbose_name = _("line of a statement")
        verbose_name_plural = _("lines of statements")
        ordering = ["statement", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["account", "identity", "occurrence"],
                name="a_line_counts_once",
                violation_error_message=_("This line of the bank is counted already."),
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0, charges__gte=0),
                name="a_line_moves_something",
                violation_error_message=_("A line of a statement moves an amount above zero."),
            ),
        ]
        indexes = [
            models.Index(fields=["end_to_end_id"], name="lines_of_a_payment"),
            models.Index(fields=["statement", "position"], name="lines_of_a_statement"),
            models.Index(fields=["account", "reference"], name="lines_of_an_entry"),
            trigrams(
                *("reference", "end_to_end_id", "payee", "payee_account", "text"),
                name="line_searched",
            ),
        ]
        triggers = [append_only()]

    def __str__(self) -> str:
        return self.reference or f"{self.booked_on} · {self.position}"

    def get_absolute_url(self) -> str:
        return reverse("bank:line", args=[self.pk])

    @property
    def signed(self) -> Decimal:
        """The amount as the account felt it: what came in above zero, what went out below."""
        return self.amount if self.is_credit else -self.amount
