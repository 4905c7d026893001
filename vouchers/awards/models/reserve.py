"""The reserve list: who comes next when an award is declined or lapses, and until when."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conduct.models.guards import fixed, never_deleted
from conduct.models.states import Flow, States, Tone, follows_its_flow
from vouchers.awards.models.selection import Decision


@follows_its_flow
@pghistory.track()
class ReservePlace(models.Model):
    """One application's place on the reserve list of its call and country.

    Equal applications share a position: which of them comes first is for people to decide.
    """

    class State(States):
        WAITING = "waiting", Tone.WAITING, _("waiting")
        OFFERED = "offered", Tone.WAITING, _("offered a voucher")
        EXPIRED = "expired", Tone.QUIET, _("expired")

    # Back in line when a request for review is upheld after the list was closed.
    FLOW = Flow({State.WAITING: [State.OFFERED, State.EXPIRED], State.EXPIRED: [State.WAITING]})
    LOCKED_AFTER = ("decision",)

    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.WAITING, editable=False
    )
    decision = models.OneToOneField(
        Decision, on_delete=models.PROTECT, related_name="reserve_place"
    )
    position = models.PositiveIntegerField(_("place on the reserve list"))
    until = models.DateTimeField(_("stands until"))
    # Where people had to decide between equal places.
    reason = models.TextField(_("why it came next"), blank=True)

    class Meta:
        verbose_name = _("place on the reserve list")
        verbose_name_plural = _("places on the reserve list")
        ordering = ["position", "pk"]
        indexes = [
            # What is closed when its time is over.
            models.Index(fields=["until"], condition=Q(state="waiting"), name="reserve_waiting"),
        ]
        triggers = [fixed("decision"), never_deleted()]

    def __str__(self) -> str:
        return f"{self.position}. {self.decision.application}"
