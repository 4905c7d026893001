"""A voucher that rests for a while."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conduct.models.guards import fixed, never_deleted, refuses, written_once
from vouchers.awards.models import Voucher
from vouchers.awards.models.endings import looks_after_nothing_of_it


@pghistory.track()
class Suspension(models.Model):
    """That nothing is done with a voucher from the day `since` on, until somebody resumes it.

    On `review_on` those who look after it are told again. It rests until the day before `resumed_on`.
    """

    LOCKED_AFTER = ("voucher",)

    voucher = models.ForeignKey(Voucher, on_delete=models.PROTECT, related_name="suspensions")
    since = models.DateField(_("suspended from"))
    review_on = models.DateField(_("to be looked at again on"))
    reason = models.TextField(_("reason"), max_length=2000)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(_("suspended"), default=timezone.now)
    resumed_on = models.DateField(_("resumed on"), null=True)
    # Nobody where the voucher ended while it rested.
    resumed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    resumed_at = models.DateTimeField(_("resumed"), null=True)

    class Meta:
        verbose_name = _("suspension")
        verbose_name_plural = _("suspensions")
        ordering = ["-set_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["voucher"],
                condition=Q(resumed_on=None),
                name="one_suspension_stands",
                violation_error_message=_("This voucher is suspended already."),
            ),
            models.CheckConstraint(
                condition=Q(review_on__gt=F("since")),
                name="a_suspension_is_looked_at_again",
                violation_error_message=_("It is looked at again after the day it begins."),
            ),
            models.CheckConstraint(
                condition=Q(reason__regex=r"\S"),
                name="a_suspension_has_a_reason",
                violation_error_message=_("Say why the voucher is suspended."),
            ),
            models.CheckConstraint(
                condition=Q(resumed_on=None, resumed_at=None, resumed_by=None)
                | Q(resumed_on__gte=F("since"), resumed_at__isnull=False),
                name="a_suspension_ends_after_it_begins",
                violation_error_message=_("A suspension ends after it begins."),
            ),
        ]
        triggers = [
            fixed("voucher", "since", "review_on", "reason", "set_by", "set_at"),
            written_once("resumed_on", "resumed_by", "resumed_at"),
            refuses(
                "set_by_who_looks_after_it",
                pgtrigger.Insert,
                looks_after_nothing_of_it("NEW.set_by_id"),
                "A voucher is suspended by an officer of the country or a coordinator.",
            ),
            refuses(
                "resumed_by_who_looks_after_it",
                pgtrigger.Update,
                "NEW.resumed_by_id IS NOT NULL AND OLD.resumed_by_id IS NULL AND "
                + looks_after_nothing_of_it("NEW.resumed_by_id"),
                "A voucher is resumed by an officer of the country or a coordinator.",
            ),
            never_deleted(),
        ]

    def __str__(self) -> str:
        return f"{self.voucher_id}: {self.since:%Y-%m-%d}"
