"""Entries of the ledger, each with its legs; never changed, and sealed in a chain for each call."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from conduct.models.guards import OwnersTrigger, append_only
from documents.wording import amount_in_text
from vouchers.books.rules.routes import ROUTES

from .accounts import LedgerAccount
from .enforced import BALANCES, KEEPS_THE_SUMS, MOVES_ITS_ACCOUNT, SEALS
from .sources import FOLLOWS_ITS_SOURCE


class LedgerEntry(models.Model):
    """One movement of money. Never changed: a mistake is corrected by an entry the other way.

    The number within its call, what it moves (EUR) and its seal are the database's: SHA-256 of the
    entry with its legs and of the seal before it (rules.sealing says of which text).
    """

    class Kind(models.TextChoices):
        GRANT = "grant", pgettext_lazy("entry of the ledger", "budget of the call")
        AWARD = "award", pgettext_lazy("entry of the ledger", "award")
        WITHDRAWAL = "withdrawal", pgettext_lazy("entry of the ledger", "award not taken")
        APPROVAL = "approval", pgettext_lazy("entry of the ledger", "approval")
        REVERSAL = "reversal", pgettext_lazy("entry of the ledger", "approval reversed")
        ORDER = "order", pgettext_lazy("entry of the ledger", "payment order")
        BOOKING = "booking", pgettext_lazy("entry of the ledger", "payment booked")
        RETURN = "return", pgettext_lazy("entry of the ledger", "returned by the bank")
        CAME_BACK = "came_back", pgettext_lazy("entry of the ledger", "came back after payment")
        RAISED = "raised", pgettext_lazy("entry of the ledger", "raised by the exchange rate")
        LOWERED = "lowered", pgettext_lazy("entry of the ledger", "lowered by the exchange rate")
        ADVANCE = "advance", pgettext_lazy("entry of the ledger", "advance paid")
        UNADVANCE = "unadvance", pgettext_lazy("entry of the ledger", "advance came back")
        CLEARING = "clearing", pgettext_lazy("entry of the ledger", "advance cleared by cost")
        UNCLEARING = "unclearing", pgettext_lazy("entry of the ledger", "clearing undone")
        DEMAND = "demand", pgettext_lazy("entry of the ledger", "advance demanded back")
        CHARGE = "charge", pgettext_lazy("entry of the ledger", "charge of the bank")
        RELEASE = "release", pgettext_lazy("entry of the ledger", "rest released")
        CORRECTION = "correction", pgettext_lazy("entry of the ledger", "correction after audit")
        RECOVERY = "recovery", pgettext_lazy("entry of the ledger", "recovered")
        WAIVER = "waiver", pgettext_lazy("entry of the ledger", "recovery waived")
        REOPENING = "reopening", pgettext_lazy("entry of the ledger", "recovery undone")

    class Source(models.TextChoices):
        CALL = "call", _("call")
        AWARD = "award", _("award")
        VOUCHER = "voucher", _("voucher")
        CLAIM = "claim", _("claim")
        CLEARING = "clearing", _("clearing of an advance")
        FINAL_RATE = "finalrate", _("final exchange rate of a claim")
        LINE = "line", _("line of a statement")
        CORRECTION = "correction", _("correction after audit")
        RECOVERY = "recovery", _("part of a recovery")

    call = models.ForeignKey(
        "vouchers.Call", on_delete=models.PROTECT, related_name="ledger_entries"
    )
    application = models.ForeignKey(
        "vouchers.Application", on_delete=models.PROTECT, null=True, related_name="ledger_entries"
    )
    number = models.PositiveIntegerField(_("number"), editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    # What it rests on. Each step of a source is entered once: a retry finds it done.
    source_type = models.CharField(max_length=10, choices=Source.choices)
    source_id = models.PositiveBigIntegerField()
    # A budget grows, and a rest is released, in several parts.
    part = models.PositiveSmallIntegerField(default=1)
    day = models.DateField(_("day"))
    amount = models.DecimalField(_("amount (EUR)"), max_digits=14, decimal_places=2, editable=False)
    note = models.TextField(_("note"), blank=True)
    # Nobody where a day comes by itself.
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    entered_at = models.DateTimeField(_("entered"), auto_now_add=True)
    previous = models.CharField(max_length=64, blank=True, editable=False)
    seal = models.CharField(_("seal"), max_length=64, editable=False)

    ENFORCED = {
        "nothing_is_dated_in_a_closed_period": _(
            "The books of this day are closed: nothing is dated in them any more."
        ),
    }

    class Meta:
        verbose_name = _("ledger entry")
        verbose_name_plural = _("ledger entries")
        ordering = ["call", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["source_type", "source_id", "kind", "part"],
                name="one_entry_per_source_and_kind",
                violation_error_message=_("This is in the ledger already."),
            ),
            models.UniqueConstraint(fields=["call", "number"], name="entries_have_no_gap"),
            models.CheckConstraint(
                condition=~Q(kind="reversal") | ~Q(note=""),
                name="a_reversal_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["return", "came_back", "unadvance"]) | ~Q(note=""),
                name="what_is_given_back_says_why",
            ),
        ]
        indexes = [
            # The statement of a voucher.
            models.Index(fields=["application", "number"], name="entries_of_a_voucher"),
        ]
        triggers = [
            append_only(),
            pgtrigger.Trigger(
                name="follows_its_source",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[("found", "RECORD"), ("moved", "numeric")],
                func=FOLLOWS_ITS_SOURCE,
            ),
            # By its name it comes after what looks at the source.
            OwnersTrigger(
                name="seals_it",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[("head", "vouchers_ledgerhead%ROWTYPE"), ("legs", "text")],
                func=SEALS,
            ),
            OwnersTrigger(
                name="keeps_the_sums_of_the_voucher",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                condition=pgtrigger.Q(
                    new__kind__in=[
                        *("approval", "reversal", "order", "booking", "return", "came_back"),
                        *("advance", "unadvance", "raised", "lowered"),
                    ]
                ),
                func=KEEPS_THE_SUMS,
            ),
            pgtrigger.Trigger(
                name="balances_at_the_end",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                timing=pgtrigger.Deferred,
                func=BALANCES,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {amount_in_text(self.amount)}"

    @property
    def route(self) -> tuple[str, str]:
        """The kinds of the accounts that it credits and debits."""
        return ROUTES[self.kind]

    @property
    def out_of(self) -> str:
        """The account that it takes money from, as people read it."""
        return str(LedgerAccount.Kind(self.route[0]).label)

    @property
    def into(self) -> str:
        """The account that it brings money to, as people read it."""
        return str(LedgerAccount.Kind(self.route[1]).label)


class LedgerLeg(models.Model):
    """What an entry debits or credits one account with (EUR), and what the account held then."""

    entry = models.ForeignKey(LedgerEntry, on_delete=models.PROTECT, related_name="legs")
    account = models.ForeignKey(LedgerAccount, on_delete=models.PROTECT, related_name="legs")
    debit = models.DecimalField(_("debit (EUR)"), max_digits=14, decimal_places=2, default=0)
    credit = models.DecimalField(_("credit (EUR)"), max_digits=14, decimal_places=2, default=0)
    balance = models.DecimalField(
        _("balance (EUR)"), max_digits=14, decimal_places=2, editable=False
    )

    class Meta:
        verbose_name = _("leg of an entry")
        verbose_name_plural = _("legs of entries")
        ordering = ["entry", "debit", "account"]
        constraints = [
            models.CheckConstraint(
                condition=Q(debit__gt=0, credit=0) | Q(debit=0, credit__gt=0),
                name="a_leg_debits_or_credits",
            ),
            models.UniqueConstraint(fields=["entry", "account"], name="one_leg_per_account"),
        ]
        indexes = [
            # The sheet of an account, newest first.
            models.Index(fields=["account", "-id"], name="legs_of_an_account"),
        ]
        triggers = [
            append_only(),
            OwnersTrigger(
                name="moves_its_account",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=MOVES_ITS_ACCOUNT,
            ),
        ]

    def __str__(self) -> str:
        return amount_in_text(self.debit or self.credit)
