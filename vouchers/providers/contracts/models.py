"""The contract with a provider: what it costs, from when to when, signed by whom."""

from __future__ import annotations

from decimal import Decimal

import pghistory
import pgtrigger
from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conduct.models.guards import append_only, refuses
from conduct.models.one_line import one_line
from files.models import KeptFile
from vouchers.awards.models import Voucher
from vouchers.awards.models.endings import not_while_suspended
from vouchers.awards.models.enforced import awaits_countersignature
from vouchers.calls.models import Currency, VoucherUse
from vouchers.providers.models import Provider
from vouchers.providers.quotes.models import QuoteChoice
from vouchers.providers.quotes.models.quotes import LineKind
from vouchers.providers.quotes.models.taking import euro_of_line

# The sum of the lines is judged at the end of the transaction, when all of them stand.
_NOT_AS_CHOSEN = """
    NOT EXISTS (
        SELECT FROM vouchers_quotechoice c
        JOIN vouchers_termsofreference t ON t.id = c.terms_id
        JOIN vouchers_quote q ON q.id = c.quote_id
        JOIN vouchers_quoteinvitation i ON i.id = q.invitation_id
        JOIN vouchers_voucher v ON v.id = t.voucher_id
        WHERE c.id = NEW.choice_id AND c.is_confirmed AND v.id = NEW.voucher_id
            AND i.provider_id = NEW.provider_id AND NEW.currency = q.currency
            AND NEW.total <= (SELECT sum(l.amount) FROM vouchers_quoteline l WHERE l.quote_id = q.id)
            AND NEW.amount <= c.amount AND NEW.amount <= v.amount
            AND NEW.starts_on >= v.valid_from AND NEW.ends_on <= v.valid_until
    )
"""
# In its own currency, and in euro at the rate by which its quote was chosen, each line rounded once;
# where that makes a cent more of the lines of a contract than of those of its quote, what was chosen.
_LINES_ADD_UP = f"""
    IF NOT EXISTS (
        SELECT FROM vouchers_contract c
        JOIN vouchers_quotechoice chosen ON chosen.id = c.choice_id
        LEFT JOIN vouchers_quoterate r ON r.terms_id = chosen.terms_id AND r.currency = c.currency
        JOIN vouchers_contractline l ON l.contract_id = c.id
        WHERE c.id = NEW.contract_id
        GROUP BY c.id, chosen.id
        HAVING sum(l.amount) = c.total AND c.amount = CASE WHEN c.currency = 'EUR'
            THEN c.total
            ELSE least(sum({euro_of_line("l.amount", "r.units_per_euro")}), chosen.amount) END
    ) THEN
        RAISE EXCEPTION 'The lines of a contract add up to its amount.'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
"""
_PLACES = "CASE c.currency WHEN 'TND' THEN 3 ELSE 2 END"
_NOT_ITS_AMOUNT = f"""
    EXISTS (
        SELECT FROM vouchers_contract c
        WHERE c.id = NEW.contract_id AND (
            NEW.amount <> round(NEW.amount, {_PLACES})
            OR NEW.kind = 'days' AND (
                NEW.rate <> round(NEW.rate, {_PLACES})
                OR NEW.amount <> round(NEW.days * NEW.rate, {_PLACES})
            )
        )
    )
"""


@pghistory.track()
class Contract(KeptFile):
    """The signed contract with the provider that was chosen; it is never changed.

    Its lines and their `total` are in the `currency` of the quote; `amount` is what they come to in
    EUR, at the rate by which the quote was chosen, and at most its price. Days are those of the
    country. `use` is the call's rule, which says who signs beside the provider and who pays.
    """

    FOLDER = "contracts"
    LOCKED_AFTER = ("voucher",)

    voucher = models.OneToOneField(Voucher, on_delete=models.PROTECT, related_name="contract")
    choice = models.OneToOneField(QuoteChoice, on_delete=models.PROTECT, related_name="contract")
    provider = models.ForeignKey(
        Provider,
        on_delete=models.PROTECT,
        related_name="contracts",
        verbose_name=_("provider"),
    )
    use = models.CharField(_("who contracts and pays"), max_length=1, choices=VoucherUse.choices)
    number = models.CharField(_("number"), max_length=60, validators=[one_line])
    signed_on = models.DateField(_("signed on"))
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"))
    currency = models.CharField(
        _("currency"), max_length=3, choices=Currency.choices, default=Currency.EUR
    )
    total = models.DecimalField(_("amount in its currency"), max_digits=16, decimal_places=3)
    amount = models.DecimalField(
        _("amount (EUR)"),
        max_digits=12,
        decimal_places=2,
        validators=[MinValueValidator(Decimal("0.01"))],
    )
    signed_for_provider = models.CharField(
        _("signed for the provider by"), max_length=150, validators=[one_line]
    )
    signed_for_client = models.CharField(
        _("signed for the other side by"), max_length=150, validators=[one_line]
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    entered_at = models.DateTimeField(_("entered"), default=timezone.now)

    class Meta:
        verbose_name = _("contract")
        verbose_name_plural = _("contracts")
        ordering = ["-entered_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="a_contract_is_worth_something",
                violation_error_message=_("A contract is worth more than zero."),
            ),
            models.CheckConstraint(
                condition=Q(signed_on__lte=F("starts_on")) & Q(starts_on__lte=F("ends_on")),
                name="a_contract_is_signed_before_it_starts",
                violation_error_message=_(
                    "A contract is signed, then it starts, then it ends: look at the days."
                ),
            ),
        ]
        triggers = [
            refuses(
                "as_it_was_chosen",
                pgtrigger.Insert,
                _NOT_AS_CHOSEN,
                "A contract follows a confirmed choice: its provider, at most its amount and the"
                " voucher’s, within the voucher’s days.",
            ),
            refuses(
                "after_both_signed",
                pgtrigger.Insert,
                awaits_countersignature("NEW.voucher_id"),
                "No contract is concluded before a coordinator has counter-signed the agreement.",
            ),
            not_while_suspended("NEW.voucher_id"),
            append_only(),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("contracts:contract", args=[self.voucher_id])


class ContractLine(models.Model):
    """One line of a contract, in its currency."""

    LOCKED_AFTER = ("contract",)

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="lines")
    position = models.PositiveSmallIntegerField(_("position"))
    kind = models.CharField(_("kind"), max_length=6, choices=LineKind.choices)
    text = models.CharField(_("what for"), max_length=200)
    days = models.DecimalField(_("days"), max_digits=6, decimal_places=2, null=True, blank=True)
    rate = models.DecimalField(
        _("price of a day"), max_digits=14, decimal_places=3, null=True, blank=True
    )
    amount = models.DecimalField(_("amount"), max_digits=16, decimal_places=3)

    class Meta:
        verbose_name = _("line of a contract")
        verbose_name_plural = _("lines of contracts")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "position"],
                name="one_line_of_a_contract_per_position",
                violation_error_message=_("Two lines have the same place."),
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0)
                & (
                    Q(
                        kind="days",
                        days__isnull=False,
                        rate__isnull=False,
                        days__gt=0,
                        rate__gt=0,
                    )
                    | ~Q(kind="days") & Q(days=None, rate=None)
                ),
                name="a_line_of_a_contract_costs_something",
                violation_error_message=_("A line of days says how many, and what a day costs."),
            ),
        ]
        triggers = [
            append_only(),
            refuses(
                "days_times_rate_is_the_amount",
                pgtrigger.Insert,
                _NOT_ITS_AMOUNT,
                "Days × price of a day are the amount of the line, in the decimals of its currency.",
            ),
            pgtrigger.Trigger(
                name="lines_add_up_to_the_contract",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                timing=pgtrigger.Deferred,
                func=_LINES_ADD_UP,
            ),
        ]

    def __str__(self) -> str:
        return self.text
