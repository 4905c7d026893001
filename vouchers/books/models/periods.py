"""Accounting periods that are closed: nothing is dated in them any more."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from conduct.models.guards import append_only, fixed, never_deleted, refuses, written_once

from .enforced import CLOSES_IN_ORDER, NOT_AS_PROPOSED


@pghistory.track()
class PeriodProposal(models.Model):
    """That somebody proposes to close the books up to and including a day; another person does."""

    ends_on = models.DateField(_("closed up to and including"))
    note = models.TextField(_("note"), blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    proposed_at = models.DateTimeField(_("proposed"), auto_now_add=True)
    dropped_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    dropped_at = models.DateTimeField(_("dropped"), null=True)

    class Meta:
        verbose_name = _("proposal to close a period")
        verbose_name_plural = _("proposals to close periods")
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(dropped_by=None, dropped_at=None)
                | Q(dropped_by__isnull=False, dropped_at__isnull=False),
                name="a_dropped_proposal_says_who",
                violation_error_message=_("It must stand who took this step, and when."),
            ),
        ]
        triggers = [
            fixed("ends_on", "note", "proposed_by", "proposed_at"),
            written_once("dropped_by", "dropped_at"),
            never_deleted(),
        ]

    def __str__(self) -> str:
        return self.ends_on.isoformat()


@pghistory.track()
class ClosedPeriod(models.Model):
    """The books of all calls up to and including a day: from then on they stay as they are.

    `books` is what they said when they were closed: for each call its reference, entries and seal of
    the newest, and the sums of its accounts up to that day (EUR, as text).
    """

    ends_on = models.DateField(_("closed up to and including"), unique=True)
    note = models.TextField(_("note"), blank=True)
    proposal = models.OneToOneField(
        PeriodProposal, on_delete=models.PROTECT, related_name="period", verbose_name=_("proposal")
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    closed_at = models.DateTimeField(_("closed"), auto_now_add=True)
    books = models.JSONField(_("the books as they were closed"), default=list)

    ENFORCED = {
        "periods_are_closed_in_their_order": _(
            "A period is closed once, after the one before it, and only when it is over."
        ),
    }

    class Meta:
        verbose_name = _("closed period")
        verbose_name_plural = _("closed periods")
        ordering = ["-ends_on"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(closed_by=F("proposed_by")),
                name="two_people_close_a_period",
                violation_error_message=_("Somebody who did not propose it closes the period."),
            ),
        ]
        triggers = [
            append_only(),
            refuses(
                "as_it_was_proposed",
                pgtrigger.Insert,
                NOT_AS_PROPOSED,
                "A period is closed as somebody proposed it, and did not drop it.",
            ),
            pgtrigger.Trigger(
                name="closes_in_order",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=CLOSES_IN_ORDER,
            ),
        ]

    def __str__(self) -> str:
        return self.ends_on.isoformat()

    def get_absolute_url(self) -> str:
        return reverse("ledger:period", args=[self.pk])
