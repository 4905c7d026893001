"""A consensus that is asked for since assessments of an application differ."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from conduct.models.guards import fixed, never_deleted
from conduct.models.states import Flow, States, Tone, follows_its_flow
from vouchers.applications.models import Application


@follows_its_flow
@pghistory.track()
class Consensus(models.Model):
    """A consensus that the portal asks for, since the assessments of an application differ.

    Settled when a rapporteur records what was agreed, or when a third assessment made two of them
    close enough. The assessments themselves stay as they are.
    """

    class State(States):
        ASKED = "asked", Tone.WAITING, pgettext_lazy("consensus", "asked for")
        AGREED = "agreed", Tone.GOOD, _("agreed")
        BY_THIRD = "by_third", Tone.GOOD, _("settled by a third opinion")
        LAPSED = "lapsed", Tone.QUIET, _("no longer needed")

    # Asked again when a score is corrected before the scoring is closed.
    FLOW = Flow(
        {
            State.ASKED: [State.AGREED, State.BY_THIRD, State.LAPSED],
            State.AGREED: [State.ASKED],
            State.BY_THIRD: [State.ASKED],
            State.LAPSED: [State.ASKED],
        }
    )
    LOCKED_AFTER = ("application",)

    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.ASKED, editable=False
    )
    application = models.OneToOneField(
        Application, on_delete=models.PROTECT, related_name="consensus"
    )
    # Why it is asked for, as it stood: a list of {"kind", "criterion", "low", "high", "limit"}.
    causes = models.JSONField(_("causes"), default=list)
    rapporteur = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="consensuses",
        verbose_name=_("rapporteur"),
    )
    reason = models.TextField(_("what was agreed, and why"), blank=True)
    asked_at = models.DateTimeField(_("asked"), auto_now_add=True)
    settled_at = models.DateTimeField(_("settled"), null=True)

    class Meta:
        verbose_name = _("consensus")
        verbose_name_plural = _("consensuses")
        ordering = ["asked_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="agreed")
                | (Q(rapporteur__isnull=False) & ~Q(reason="") & Q(settled_at__isnull=False)),
                name="a_consensus_says_by_whom_and_why",
            ),
        ]
        triggers = [fixed("application"), never_deleted()]

    def __str__(self) -> str:
        return str(_("Consensus on %(application)s") % {"application": self.application})

    def get_absolute_url(self) -> str:
        return reverse("scoring:consensus", args=[self.application_id])
