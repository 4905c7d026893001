"""The final report of a cluster."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from conduct.models.guards import fixed, frozen_in, never_deleted, written_on
from conduct.models.states import Flow, States, Tone, follows_its_flow
from vouchers.awards.models import Voucher


@follows_its_flow
@pghistory.track()
class FinalReport(models.Model):
    """What the cluster did with its voucher; accepting it closes the voucher."""

    class State(States):
        DRAFT = "draft", Tone.QUIET, _("draft")
        SUBMITTED = "submitted", Tone.WAITING, _("submitted")
        ACCEPTED = "accepted", Tone.GOOD, _("accepted")

    FLOW = Flow({State.DRAFT: [State.SUBMITTED], State.SUBMITTED: [State.ACCEPTED, State.DRAFT]})
    LOCKED_AFTER = ("voucher",)

    state = models.CharField(
        _("state"),
        max_length=10,
        choices=State.choices,
        default=State.DRAFT,
        editable=False,
    )
    voucher = models.OneToOneField(Voucher, on_delete=models.PROTECT, related_name="final_report")
    summary = models.TextField(_("what the cluster did with the voucher"))
    results = models.TextField(_("results for the members"))
    lessons = models.TextField(_("lessons learnt"), blank=True)
    members_reached = models.PositiveIntegerField(_("members reached"), default=0)
    women_reached = models.PositiveIntegerField(_("of them, led by women"), default=0)
    satisfaction = models.PositiveSmallIntegerField(
        _("satisfaction with the provider (1 to 5)"),
        validators=[MinValueValidator(1), MaxValueValidator(5)],
        null=True,
        blank=True,
    )
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    submitted_at = models.DateTimeField(null=True, editable=False)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    accepted_at = models.DateTimeField(null=True, editable=False)
    # Why it came back; empty again once it is sent anew.
    return_reason = models.TextField(_("why it was returned"), blank=True, editable=False)

    class Meta:
        verbose_name = _("final report")
        verbose_name_plural = _("final reports")
        constraints = [
            models.CheckConstraint(
                condition=Q(women_reached__lte=F("members_reached")),
                name="a_part_is_at_most_the_whole",
                violation_error_message=_("No more than all the members reached."),
            ),
            models.CheckConstraint(
                condition=Q(accepted_by__isnull=True) | ~Q(accepted_by=F("submitted_by")),
                name="a_report_has_four_eyes",
                violation_error_message=_(
                    "A second person must do this: you took the step before."
                ),
            ),
        ]
        triggers = [
            fixed("voucher"),
            written_on("accepted", "accepted_by", "accepted_at"),
            frozen_in("accepted"),
            never_deleted(),
        ]

    def __str__(self) -> str:
        return str(self.voucher)
