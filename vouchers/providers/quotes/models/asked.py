"""What terms of reference ask for step by step, and on what grounds is chosen."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField

from conduct.models.guards import frozen_by
from vouchers.calls.models import GroundKind

from .terms import TermsOfReference


@pghistory.track()
class TermsMilestone(models.Model):
    """One step that is asked for: what, in how many days, by when."""

    LOCKED_AFTER = ("terms",)

    terms = models.ForeignKey(TermsOfReference, on_delete=models.PROTECT, related_name="milestones")
    position = models.PositiveSmallIntegerField(_("position"))
    title = models.CharField(_("what is delivered"), max_length=200)
    days = models.DecimalField(
        _("days of expertise"), max_digits=6, decimal_places=2, null=True, blank=True
    )
    due_on = models.DateField(_("due on"), null=True, blank=True)

    class Meta:
        verbose_name = _("milestone of the terms")
        verbose_name_plural = _("milestones of the terms")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["terms", "position"],
                name="one_asked_milestone_per_position",
                violation_error_message=_("Two milestones have the same place."),
            ),
            models.CheckConstraint(
                condition=Q(days=None) | Q(days__gt=0),
                name="an_asked_milestone_has_days",
                violation_error_message=_("Days are more than zero."),
            ),
        ]
        triggers = [frozen_by("terms", "asking", "opened", "chosen", "decided", "ended")]

    def __str__(self) -> str:
        return self.title


@pghistory.track()
class TermsGround(models.Model):
    """One ground of the choice, as the providers were told it, and its weight (points of 100)."""

    LOCKED_AFTER = ("terms",)

    terms = models.ForeignKey(TermsOfReference, on_delete=models.PROTECT, related_name="grounds")
    position = models.PositiveSmallIntegerField(_("position"))
    kind = models.CharField(_("judged by"), max_length=6, choices=GroundKind.choices)
    name = I18nCharField(_("name"))
    weight = models.DecimalField(_("weight (points of 100)"), max_digits=5, decimal_places=2)

    class Meta:
        verbose_name = _("ground of the choice")
        verbose_name_plural = _("grounds of the choice")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["terms", "position"],
                name="one_ground_of_terms_per_position",
                violation_error_message=_("Two grounds have the same place."),
            ),
            models.CheckConstraint(
                condition=Q(weight__gt=0) & Q(weight__lte=100),
                name="a_ground_of_terms_weighs_something",
                violation_error_message=_("A weight lies between 0.01 and 100."),
            ),
        ]
        triggers = [frozen_by("terms", "asking", "opened", "chosen", "decided", "ended")]

    def __str__(self) -> str:
        return str(self.name)
