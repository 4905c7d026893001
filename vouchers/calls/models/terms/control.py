"""By which types of error a call deducts, and how many approve a sum."""

from __future__ import annotations

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from conduct.models.guards import refuses

# The terms of a call by which its claims are controlled and approved (vouchers/payments/control).
APPROVAL_TERMS = ("two_approvals_above", "three_approvals_above")
CONTROL_TERMS = ("error_types", *APPROVAL_TERMS)


class ErrorType(models.TextChoices):
    """Why something of a claim is not paid, as Interreg sorts it; a call says which of them it uses."""

    ARITHMETIC = "arithmetic", _("arithmetic error")
    EVIDENCE = "evidence", _("missing evidence")
    PERIOD = "period", _("outside the period")
    INELIGIBLE = "ineligible", _("ineligible cost")
    VAT = "vat", _("recoverable VAT")
    PLAN = "plan", _("over the plan")
    DOUBLE = "double", _("claimed twice, or funded by others")
    PROCUREMENT = "procurement", _("rules of purchase not kept")
    RATE = "rate", _("wrong exchange rate")
    DELIVERY = "delivery", _("not delivered as agreed")
    VISIBILITY = "visibility", _("rules of visibility not kept")
    OTHER = "other", _("other")


def every_error_type() -> list[str]:
    """All of them: what a call uses unless it says otherwise."""
    return list(ErrorType.values)


class ControlTerms(models.Model):
    """The types of error of a call, and above which sums (EUR) a second and a third person approve."""

    error_types = ArrayField(
        models.CharField(max_length=12, choices=ErrorType.choices),
        verbose_name=_("types of error by which something is deducted from a claim"),
        default=every_error_type,
    )
    two_approvals_above = models.DecimalField(
        _("sum above which two people approve a claim (EUR)"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text=_("Of what is eligible. Empty: one approval is enough, whatever the sum."),
    )
    three_approvals_above = models.DecimalField(
        _("sum above which three people approve a claim (EUR)"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text=_("More than the sum for two. Empty: never."),
    )

    class Meta:
        abstract = True


APPROVALS_RISE = models.CheckConstraint(
    condition=(Q(two_approvals_above=None) | Q(two_approvals_above__gte=0))
    & (
        Q(three_approvals_above=None)
        | Q(two_approvals_above__isnull=False, three_approvals_above__gt=F("two_approvals_above"))
    ),
    name="approvals_rise_with_the_sum",
    violation_error_message=_("Three people approve above a larger sum than two."),
)
ERROR_TYPES_ARE_KNOWN = models.CheckConstraint(
    condition=Q(error_types__contained_by=list(ErrorType.values)) & Q(error_types__len__gte=1),
    name="types_of_error_are_known",
    violation_error_message=_("Choose at least one type of error of the list."),
)
# Who approves claims of an open call may become more, never fewer.
APPROVALS_ONLY_RISE_ONCE_OPEN = refuses(
    "approvals_only_rise_once_open",
    pgtrigger.Update,
    "OLD.state <> 'draft' AND ("
    + " OR ".join(
        f"(OLD.{limit} IS NOT NULL AND (NEW.{limit} IS NULL OR NEW.{limit} > OLD.{limit}))"
        for limit in APPROVAL_TERMS
    )
    + ")",
    "The call is open: no sum is approved by fewer people than it says.",
)
