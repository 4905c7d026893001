"""What a claim comes to by the rate that its call's rule names only after the claim is sent."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conduct.models.guards import OwnersTrigger, append_only

from .claims import Claim
from .lines import ClaimLine

# Said once where the books say it: with the last approval, or with the payment that is proposed.
_IN_ITS_TIME = """
    SELECT claim.state, claim.eligible + claim.revalued AS worth INTO target
        FROM vouchers_claim claim WHERE claim.id = NEW.claim_id FOR NO KEY UPDATE;
    IF target.state <> (CASE NEW.said_with WHEN 'approval' THEN 'verified' ELSE 'approved' END)
        OR NEW.number <> 1 + (SELECT count(*) FROM vouchers_finalrate WHERE claim_id = NEW.claim_id)
        OR NEW.before <> target.worth
        OR EXISTS (
            SELECT FROM vouchers_paymentorder WHERE claim_id = NEW.claim_id
                AND state IN ('proposed', 'sent', 'paid')
        )
    THEN
        RAISE EXCEPTION 'a final rate is said with the approval, or with the payment' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'a_final_rate_is_said_in_its_time';
    END IF;
    RETURN NEW;
"""
_KEEP_THE_SUM = """
    UPDATE vouchers_claim SET revalued = NEW.amount - eligible WHERE id = NEW.claim_id;
    RETURN NEW;
"""
# At the end of the transaction: the sum of its lines; a difference that changes what was approved
# stands in the books.
_HOLDS = """
    IF NEW.amount IS DISTINCT FROM (
        SELECT sum(amount) FROM vouchers_finalline WHERE final_rate_id = NEW.id
    ) OR (SELECT count(*) FROM vouchers_claimline WHERE claim_id = NEW.claim_id)
        <> (SELECT count(*) FROM vouchers_finalline WHERE final_rate_id = NEW.id)
    THEN
        RAISE EXCEPTION 'a final rate is the sum of its lines' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'a_final_rate_is_the_sum_of_its_lines';
    END IF;
    IF NEW.said_with = 'payment' AND NEW.amount <> NEW.before AND NOT EXISTS (
        SELECT FROM vouchers_ledgerentry WHERE source_type = 'finalrate' AND source_id = NEW.id
    ) THEN
        RAISE EXCEPTION 'a difference of exchange rates stands in the ledger' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'a_difference_of_rates_stands_in_the_ledger';
    END IF;
    RETURN NULL;
"""
# By the mean of the rates that it names, each of which counts; in euro what was found eligible stays.
# Never more than exact: less where the voucher bears no more, but not below what was approved.
_AT_ITS_RATES = """
    SELECT line.declared, line.amount, line.claim_id, invoice.currency, COALESCE((
            SELECT found.eligible FROM vouchers_controlledline found
            JOIN vouchers_claim claim ON claim.control_id = found.control_id
            WHERE found.line_id = line.id AND claim.id = line.claim_id
        ), line.amount) AS eligible
        INTO target FROM vouchers_claimline line
        JOIN vouchers_invoice invoice ON invoice.id = line.invoice_id WHERE line.id = NEW.line_id;
    IF target.claim_id IS DISTINCT FROM (
        SELECT claim_id FROM vouchers_finalrate WHERE id = NEW.final_rate_id
    ) THEN
        RAISE EXCEPTION 'a final rate is of the lines of its claim' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'a_final_rate_is_of_its_claim';
    END IF;
    IF target.currency = 'EUR' THEN
        exact := target.eligible;
        right_rate := NEW.units_per_euro IS NULL AND NEW.rates = '{}' AND NEW.months = '{}';
    ELSE
        PERFORM FROM vouchers_exchangerate WHERE id = ANY(NEW.rates) FOR SHARE;
        SELECT round(avg(rate.units_per_euro), 6) = NEW.units_per_euro
                AND count(*) = cardinality(NEW.rates)
                AND array_agg(rate.month ORDER BY rate.month) = NEW.months::varchar[]
                AND bool_and(rate.currency = target.currency AND rate.replaced_at IS NULL
                    AND (rate.source = 'file' OR rate.confirmed_at IS NOT NULL))
            INTO right_rate FROM vouchers_exchangerate rate WHERE rate.id = ANY(NEW.rates);
        exact := round(target.declared * target.eligible
            / (target.amount * NEW.units_per_euro), 2);
    END IF;
    IF right_rate IS NOT TRUE OR NEW.amount > exact
        OR (NEW.amount < exact AND NOT (NEW.is_capped AND NEW.amount >= target.eligible))
    THEN
        RAISE EXCEPTION 'a line is worth what its final rate says' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'a_line_is_worth_what_its_final_rate_says';
    END IF;
    RETURN NEW;
"""


@pghistory.track()
class FinalRate(models.Model):
    """What a claim comes to by the rates that its call names: said with its approval, or its payment.

    Another follows where the bank gave the money back, and it is paid in another month. `before` and
    `amount` (EUR) are what the claim was worth, and is.
    """

    class SaidWith(models.TextChoices):
        APPROVAL = "approval", _("its approval")
        PAYMENT = "payment", _("its payment")

    LOCKED_AFTER = ("claim",)

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="final_rates")
    number = models.PositiveSmallIntegerField(_("number"))
    said_with = models.CharField(_("said with"), max_length=8, choices=SaidWith.choices)
    day = models.DateField(_("day by which the months are counted"))
    before = models.DecimalField(_("amount before (EUR)"), max_digits=12, decimal_places=2)
    amount = models.DecimalField(_("amount (EUR)"), max_digits=12, decimal_places=2)
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    said_at = models.DateTimeField(_("said"), auto_now_add=True)

    ENFORCED = {
        "a_final_rate_is_said_in_its_time": _(
            "Somebody has just done something with this claim: please look at it again."
        ),
    }

    class Meta:
        verbose_name = _("final exchange rate of a claim")
        verbose_name_plural = _("final exchange rates of claims")
        ordering = ["claim", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["claim", "number"],
                name="final_rates_have_an_order",
                violation_error_message=_(
                    "Somebody has just done something with this claim: please look at it again."
                ),
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="a_claim_stays_worth_something",
                violation_error_message=_("The claim comes to less than one cent."),
            ),
        ]
        triggers = [
            append_only(),
            pgtrigger.Trigger(
                name="is_said_in_its_time",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[("target", "RECORD")],
                func=_IN_ITS_TIME,
            ),
            OwnersTrigger(
                name="then_keeps_the_sum",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                func=_KEEP_THE_SUM,
            ),
            pgtrigger.Trigger(
                name="holds_at_the_end",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                timing=pgtrigger.Deferred,
                func=_HOLDS,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claim} · {self.number}"


class FinalLine(models.Model):
    """What one line of the claim comes to by the final rate, and which rates of which months that is."""

    final_rate = models.ForeignKey(FinalRate, on_delete=models.PROTECT, related_name="lines")
    line = models.ForeignKey(ClaimLine, on_delete=models.PROTECT, related_name="final_lines")
    # Rows of the table of rates; nothing replaces them from now on.
    rates = ArrayField(models.BigIntegerField(), verbose_name=_("rates"), default=list)
    months = ArrayField(
        models.CharField(max_length=7), verbose_name=_("months of the rates"), default=list
    )
    units_per_euro = models.DecimalField(
        _("exchange rate"), max_digits=18, decimal_places=6, null=True
    )
    amount = models.DecimalField(_("amount (EUR)"), max_digits=12, decimal_places=2)
    # Cut to what the voucher bears.
    is_capped = models.BooleanField(_("no more is left of the voucher"), default=False)

    class Meta:
        verbose_name = _("line at its final rate")
        verbose_name_plural = _("lines at their final rates")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["final_rate", "line"],
                name="a_line_has_one_final_rate_each_time",
                violation_error_message=_("A line has one final rate each time it is said."),
            ),
            models.CheckConstraint(
                condition=Q(amount__gte=0),
                name="a_line_is_worth_nothing_or_more",
                violation_error_message=_("A line is worth nothing or more, never less."),
            ),
        ]
        triggers = [
            append_only(),
            pgtrigger.Trigger(
                name="at_its_rates",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[
                    ("target", "RECORD"),
                    ("exact", "numeric"),
                    ("right_rate", "boolean"),
                ],
                func=_AT_ITS_RATES,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.final_rate} · {self.line}"
