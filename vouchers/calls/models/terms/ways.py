"""Who contracts and pays the provider of a voucher, and how much a cluster is advanced."""

from __future__ import annotations

import pgtrigger
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conduct.models.guards import refuses

# The terms of a call by which its vouchers are used (docs/ways.md).
WAY_TERMS = ("way_of_use", "advance_share")


class WayOfUse(models.TextChoices):
    """Who pays the provider, and therefore whom the programme pays."""

    PARTNER = "partner", _("the country partner contracts and pays, and is paid back")
    PROVIDER = "provider", _("the provider is paid, once what was delivered is accepted")
    CLUSTER = "cluster", _("the cluster pays, and is reimbursed or advanced")


class WayTerms(models.Model):
    """The way in which vouchers are used, and which part of one may be advanced (per cent)."""

    way_of_use = models.CharField(
        _("way of use"),
        max_length=8,
        choices=WayOfUse.choices,
        default=WayOfUse.PROVIDER,
        help_text=_("Who pays the provider, and therefore whom the programme pays."),
    )
    advance_share = models.DecimalField(
        _("advance to the cluster (per cent of the voucher)"),
        max_digits=5,
        decimal_places=2,
        default=0,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
        help_text=_(
            "At most so much is advanced and not cleared at any time. 0: nothing. Only where the "
            "cluster pays."
        ),
    )

    class Meta:
        abstract = True


WAY_IS_KNOWN = models.CheckConstraint(
    condition=Q(way_of_use__in=WayOfUse.values),
    name="the_way_of_use_is_known",
    violation_error_message=_("Choose who pays the provider."),
)
ADVANCES_FIT_THE_WAY = models.CheckConstraint(
    condition=Q(advance_share__gte=0, advance_share__lte=100)
    & (Q(advance_share=0) | Q(way_of_use=WayOfUse.CLUSTER)),
    name="only_clusters_that_pay_are_advanced",
    violation_error_message=_("An advance is for clusters that pay: at most 100 per cent."),
)
WAY_FIXED_ONCE_OPEN = refuses(
    "way_fixed_once_open",
    pgtrigger.Update,
    "OLD.state <> 'draft' AND (OLD.way_of_use IS DISTINCT FROM NEW.way_of_use"
    " OR OLD.advance_share IS DISTINCT FROM NEW.advance_share)",
    "The call is open: who pays the provider, and what is advanced, is fixed.",
)
