"""Why fewer providers are asked than the call asks for."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conduct.models.guards import fixed, never_deleted, refuses

from .terms import TermsOfReference


@pghistory.track()
class Derogation(models.Model):
    """Why fewer providers are asked, or fewer quotes opened, than the call asks for; approved or not."""

    LOCKED_AFTER = ("terms",)

    terms = models.ForeignKey(
        TermsOfReference, on_delete=models.PROTECT, related_name="derogations"
    )
    least = models.PositiveSmallIntegerField(
        _("so many are enough"), validators=[MinValueValidator(1)]
    )
    reason = models.TextField(_("why"), max_length=3000)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
    )
    answered_at = models.DateTimeField(_("answered"), null=True, editable=False)
    is_approved = models.BooleanField(_("approved"), null=True, editable=False)
    answer = models.TextField(_("what the country partner says"), max_length=3000, blank=True)

    class Meta:
        verbose_name = _("derogation")
        verbose_name_plural = _("derogations")
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["terms"],
                condition=Q(is_approved=None),
                name="one_derogation_waits_at_a_time",
                violation_error_message=_("A derogation is asked for already."),
            ),
            models.CheckConstraint(
                condition=Q(least__gte=1) & ~Q(reason=""),
                name="a_derogation_says_why",
                violation_error_message=_("Say why fewer are enough."),
            ),
            models.CheckConstraint(
                condition=Q(is_approved=None, answered_by=None, answered_at=None)
                | Q(is_approved__isnull=False, answered_by__isnull=False, answered_at__isnull=False)
                & ~Q(answered_by=F("asked_by")),
                name="a_derogation_has_four_eyes",
                violation_error_message=_(
                    "A second person must do this: you took the step before."
                ),
            ),
        ]
        triggers = [
            fixed("terms", "least", "reason", "asked_by", "asked_at"),
            refuses(
                "answered_once",
                pgtrigger.Update,
                "OLD.is_approved IS NOT NULL",
                "A derogation is answered once.",
            ),
            never_deleted(),
        ]

    def __str__(self) -> str:
        return self.reason
