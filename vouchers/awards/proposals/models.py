"""A proposal of thousands of decisions, as it was asked for: a worker writes it."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conduct.models.states import follows_its_flow
from jobs.models import LongJob
from vouchers.awards.models.selection import SelectionRound
from vouchers.calls.models import Call


@follows_its_flow
@pghistory.track(
    # The rest is the worker's business, not history.
    exclude=[
        *("done", "total", "run"),
        *("attempts", "last_error", "next_attempt_at", "no_space_since"),
    ]
)
class Proposal(LongJob):
    """What somebody decided about a large call, and what came of it: a round, or a refusal.

    Ready with a refusal, nothing was proposed: the ranking may have changed since it was asked for.
    """

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="proposals")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField(_("asked for"), default=timezone.now)
    participants = models.TextField(_("participants in the meeting"))
    remarks = models.TextField(_("remarks for the minutes"), blank=True)
    # By country code.
    votes = models.JSONField(_("votes on ties"), default=dict)
    # By application id, as text: the outcome, and why it departs from the ranking.
    choices = models.JSONField(_("decisions that depart from the ranking"), default=dict)
    # The fields of the form as they were typed, so that nothing of it is lost after a refusal.
    typed = models.JSONField(_("the form as it was typed"), default=dict)
    selection_round = models.OneToOneField(
        SelectionRound, on_delete=models.PROTECT, null=True, related_name="proposal"
    )
    # Why nothing was proposed, in the language of who asked.
    refusal = models.TextField(_("why it was refused"), blank=True)

    class Meta:
        verbose_name = _("proposal under way")
        verbose_name_plural = _("proposals under way")
        ordering = ["-asked_at"]
        indexes = [
            # What the sweeper looks for.
            models.Index(
                fields=["next_attempt_at"], condition=Q(state="pending"), name="proposals_to_write"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["call"],
                condition=Q(state="pending"),
                name="one_proposal_at_a_time",
                violation_error_message=_("A selection of this call is being proposed already."),
            ),
            models.CheckConstraint(
                condition=~Q(state="ready")
                | Q(selection_round__isnull=False, refusal="")
                | (Q(selection_round=None) & ~Q(refusal="")),
                name="a_written_proposal_has_its_outcome",
            ),
        ]

    def __str__(self) -> str:
        return str(_("Proposal for %(call)s") % {"call": self.call})

    def get_absolute_url(self) -> str:
        return reverse("awards:proposal", args=[self.pk])

    @property
    def status_url(self) -> str:
        return self.get_absolute_url()
