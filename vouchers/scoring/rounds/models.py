"""The scoring of a call as a whole: until when, open or closed."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conduct.models.guards import fixed, never_deleted
from conduct.models.states import Flow, States, Tone, follows_its_flow
from vouchers.calls.models import Call


@follows_its_flow
@pghistory.track()
class ScoringRound(models.Model):
    """The scoring of one call. While it is closed, no score changes: the selection rests on them."""

    class State(States):
        OPEN = "open", Tone.GOOD, _("open")
        CLOSED = "closed", Tone.GOOD, _("closed")

    FLOW = Flow({State.OPEN: [State.CLOSED], State.CLOSED: [State.OPEN]})

    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.OPEN, editable=False
    )
    call = models.OneToOneField(Call, on_delete=models.PROTECT, related_name="scoring_round")
    due_at = models.DateTimeField(_("scores are due"))
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    closed_at = models.DateTimeField(_("closed"), null=True)

    class Meta:
        verbose_name = _("scoring of a call")
        verbose_name_plural = _("scorings of calls")
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="closed")
                | (Q(closed_by__isnull=False) & Q(closed_at__isnull=False)),
                name="a_closed_scoring_says_by_whom",
            ),
        ]
        triggers = [fixed("call"), never_deleted()]

    def __str__(self) -> str:
        return str(_("Scoring of %(call)s") % {"call": self.call})
