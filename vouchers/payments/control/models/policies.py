"""The policy of the programme: which duties are done by different people, in versions."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from conduct.models.guards import fixed, never_deleted, refuses, written_once
from vouchers.payments.control.rules.separations import FLOOR, PAIRS, USUAL

from .enforced import POLICY_IN_ITS_ORDER


@pghistory.track()
class SeparationPolicy(models.Model):
    """Pairs of duties (rules.separations) that no person does both of, for one claim.

    Proposed by one person with a reason, and in force from when a second one confirms it; the version
    before stays on the claims that were controlled under it. The first version is the portal's own.
    """

    number = models.PositiveIntegerField(_("version"), unique=True)
    apart = ArrayField(models.CharField(max_length=30), verbose_name=_("kept apart"))
    reason = models.TextField(_("reason"), blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    proposed_at = models.DateTimeField(_("proposed"), auto_now_add=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(_("in force since"), null=True)
    dropped_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    dropped_at = models.DateTimeField(_("dropped"), null=True)

    class Meta:
        verbose_name = _("policy of separations")
        verbose_name_plural = _("policies of separations")
        ordering = ["-number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(apart__contains=list(FLOOR)) & Q(apart__contained_by=list(PAIRS)),
                name="a_policy_keeps_the_floor",
                violation_error_message=_(
                    "Control and approval, and a batch and its booking, are always two people."
                ),
            ),
            models.CheckConstraint(
                condition=Q(number=1, apart=list(USUAL), proposed_by=None)
                | Q(number__gt=1, proposed_by__isnull=False) & ~Q(reason=""),
                name="a_policy_says_who_proposed_it_and_why",
                violation_error_message=_("Say why the policy is changed."),
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None, confirmed_by=None)
                | Q(number=1, confirmed_at__isnull=False, confirmed_by=None)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False)
                & ~Q(confirmed_by=F("proposed_by")),
                name="a_second_person_confirms_a_policy",
                violation_error_message=_(
                    "You proposed this policy: somebody else puts it in force."
                ),
            ),
            models.CheckConstraint(
                condition=Q(dropped_at=None, dropped_by=None)
                | Q(dropped_at__isnull=False, dropped_by__isnull=False, confirmed_at=None),
                name="a_policy_in_force_is_not_dropped",
                violation_error_message=_("This policy is in force: propose another."),
            ),
            models.UniqueConstraint(
                fields=["confirmed_at"],
                condition=Q(confirmed_at=None, dropped_at=None),
                nulls_distinct=False,
                name="one_policy_waits_at_a_time",
                violation_error_message=_(
                    "Another policy waits for a second person: confirm or drop that first."
                ),
            ),
        ]
        triggers = [
            fixed("number", "apart", "reason", "proposed_by", "proposed_at"),
            written_once("confirmed_by", "confirmed_at", "dropped_by", "dropped_at"),
            refuses(
                "in_its_order",
                pgtrigger.Insert,
                POLICY_IN_ITS_ORDER,
                "A policy is the next version, and is confirmed by a second person later.",
            ),
            never_deleted(),
        ]

    def __str__(self) -> str:
        return str(_("Policy of separations, version %(number)s") % {"number": self.number})

    def get_absolute_url(self) -> str:
        return reverse("control:policies")

    @property
    def is_open(self) -> bool:
        """Whether it waits for a second person."""
        return self.confirmed_at is None and self.dropped_at is None
