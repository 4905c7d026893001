"""Who owns a consultant's firm."""

from __future__ import annotations

from decimal import Decimal

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conduct.models.guards import fixed, refuses
from conduct.models.one_line import one_line

from .providers import Provider

LEAST_SHARE = Decimal(25)


@pghistory.track()
class BeneficialOwner(models.Model):
    """Somebody who holds a quarter of a provider or more; the shares never exceed the whole."""

    # Locked first, and in this order (see conduct.actions.locked).
    LOCKED_AFTER = ("provider",)

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="owners")
    name = models.CharField(_("name"), max_length=200, validators=[one_line])
    share = models.DecimalField(_("share (%)"), max_digits=5, decimal_places=2)

    class Meta:
        verbose_name = _("beneficial owner")
        verbose_name_plural = _("beneficial owners")
        ordering = ["-share", "name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(share__gte=LEAST_SHARE) & Q(share__lte=100),
                name="a_beneficial_owner_has_a_quarter_or_more",
                violation_error_message=_("A share lies between 25 and 100 %."),
            ),
        ]
        triggers = [
            fixed("provider"),
            refuses(
                "shares_make_a_whole",
                pgtrigger.Insert | pgtrigger.Update,
                "NEW.share + (SELECT coalesce(sum(share), 0) FROM vouchers_beneficialowner"
                " WHERE provider_id = NEW.provider_id AND id <> NEW.id) > 100",
                "The shares of all owners come to 100 % at most.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
