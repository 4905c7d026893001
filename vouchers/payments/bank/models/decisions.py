"""What becomes of a line: proposed for a payment, matched by a person, set aside, or a charge."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from conduct.models.guards import append_only
from vouchers.calls.models import Call
from vouchers.payments.models import PaymentOrder

from .enforced import CHARGED_ONCE, IS_EXACT, SENTENCES_OF_CHARGES, SENTENCES_OF_MATCHES
from .lines import StatementLine


class LineProposal(models.Model):
    """The payment that a line seems to be, found by the rules: a person looks at it and confirms."""

    class How(models.TextChoices):
        REFERENCE = "reference", _("by its EndToEndId")
        AMOUNT = "amount", _("by amount, account and day")

    line = models.OneToOneField(StatementLine, on_delete=models.PROTECT, related_name="proposal")
    payment = models.ForeignKey(PaymentOrder, on_delete=models.PROTECT, related_name="proposals")
    how = models.CharField(_("found"), max_length=10, choices=How.choices)

    class Meta:
        verbose_name = _("proposal for a line")
        verbose_name_plural = _("proposals for lines")
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.line} – {self.payment}"


class LineMatch(models.Model):
    """A line is a payment, or its return: exact in account, currency, side and amount."""

    class Kind(models.TextChoices):
        PAYMENT = "payment", pgettext_lazy("line of a statement", "payment")
        RETURN = "return", pgettext_lazy("line of a statement", "return")

    line = models.OneToOneField(StatementLine, on_delete=models.PROTECT, related_name="match")
    payment = models.ForeignKey(PaymentOrder, on_delete=models.PROTECT, related_name="matches")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    matched_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    matched_at = models.DateTimeField(_("matched"), auto_now_add=True)

    ENFORCED = SENTENCES_OF_MATCHES

    class Meta:
        verbose_name = _("match of a line")
        verbose_name_plural = _("matches of lines")
        constraints = [
            models.UniqueConstraint(
                fields=["payment", "kind"],
                name="a_payment_is_matched_once",
                violation_error_message=_(
                    "Another line of the bank stands for this payment already."
                ),
            ),
        ]
        triggers = [
            append_only(),
            pgtrigger.Trigger(
                name="is_exact",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[("found", "RECORD")],
                func=IS_EXACT,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line} = {self.payment}"


class SetAside(models.Model):
    """Why a line waits, or is none of ours: by the rules or a person. The newest counts."""

    class Why(models.TextChoices):
        NO_DETAILS = "no_details", _("one sum for several payments, without saying which")
        DIFFER = "differ", _("the details come to another sum than the entry")
        CURRENCY = "currency", _("the bank does not say the amount in euro")
        OTHER_CHARGE = (
            "charged",
            _(
                "the bank took a charge within it in another currency than the account’s, or gave one "
                "back"
            ),
        )
        SHARED_CHARGE = (
            "shared",
            _("the bank took charges within the entry, and does not say of which payment"),
        )
        AMOUNT = "amount", _("another amount than the payment with this identifier")
        TWICE = "twice", _("another line stands for this payment already")
        SEVERAL = "several", _("several payments fit")
        UNKNOWN = "unknown", _("no payment of ours")
        MONEY_IN = "money_in", _("money that came in and is no return")
        CHARGE = "charge", _("a charge of the bank")
        REVERSAL = "reversal", _("a reversal that is no return of a payment")
        EXPLAINED = "explained", _("its details came with another file")
        PERSON = "person", _("set aside by a person")

    line = models.ForeignKey(StatementLine, on_delete=models.PROTECT, related_name="set_asides")
    why = models.CharField(_("why"), max_length=10, choices=Why.choices)
    words = models.TextField(_("reason"), blank=True)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    set_at = models.DateTimeField(_("set aside"), auto_now_add=True)

    class Meta:
        verbose_name = _("line set aside")
        verbose_name_plural = _("lines set aside")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(why="person") | Q(set_by__isnull=False) & ~Q(words=""),
                name="who_sets_a_line_aside_says_why",
                violation_error_message=_("Say why the line is set aside."),
            ),
        ]
        triggers = [append_only()]

    def __str__(self) -> str:
        return str(self.get_why_display())


class LineCharge(models.Model):
    """What the bank took for itself (EUR), on the call that bears it: a whole line, or a part of one."""

    line = models.OneToOneField(StatementLine, on_delete=models.PROTECT, related_name="charged")
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="+")
    amount = models.DecimalField(_("amount (EUR)"), max_digits=12, decimal_places=2)
    charged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    charged_at = models.DateTimeField(_("charged"), auto_now_add=True)

    ENFORCED = SENTENCES_OF_CHARGES

    class Meta:
        verbose_name = _("charge of the bank")
        verbose_name_plural = _("charges of the bank")
        triggers = [
            append_only(),
            pgtrigger.Trigger(
                name="is_of_its_line",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[("found", "RECORD")],
                func=CHARGED_ONCE,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line} · {self.amount}"
