"""Where each voucher stands as it was last judged.

What is kept here is only shown and filtered by: nothing is decided by it. It is judged anew from the
facts (`vouchers.standing.queries.facts`) whenever one of them changed, and each day.
"""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from conduct.models.guards import refuses
from vouchers.awards.models import Voucher

# What was set by hand counts until its day, and only while nobody lifted it.
_NEITHER_JUDGED_NOR_SET = """
    NEW.light <> NEW.judged_light AND NOT EXISTS (
        SELECT FROM vouchers_lightoverride o
        WHERE o.voucher_id = NEW.voucher_id AND o.light = NEW.light
            AND o.lifted_at IS NULL AND o.until >= NEW.judged_for
    )
"""


class Light(models.TextChoices):
    """How a voucher does, as `rules.lights` judges it."""

    GREEN = "green", pgettext_lazy("light of a voucher", "on time")
    AMBER = "amber", pgettext_lazy("light of a voucher", "needs a look")
    RED = "red", pgettext_lazy("light of a voucher", "late")


class Party(models.TextChoices):
    """Who is waited for."""

    CLUSTER = "cluster", pgettext_lazy("whose turn", "the cluster")
    PARTNER = "partner", pgettext_lazy("whose turn", "the country partner")
    COORDINATOR = "coordinator", pgettext_lazy("whose turn", "a coordinator")
    FINANCE = "finance", pgettext_lazy("whose turn", "a finance officer")


class VoucherStage(models.TextChoices):
    """The part of its life that a voucher is in."""

    NEEDS = "needs", _("Needs assessment")
    PLAN = "plan", _("Plan")
    DELIVERY = "delivery", _("Delivery")
    PAYMENT = "payment", _("Payment")
    REPORT = "report", _("Final report")
    CLOSED = "closed", pgettext_lazy("stage of a voucher", "Closed")
    ENDED = "ended", pgettext_lazy("stage of a voucher", "Ended early")


class OutdatedStanding(models.Model):
    """That something a standing rests on has changed since it was last judged.

    Triggers write a row, judging takes it away. Rows are only ever added by those who work on a
    voucher, so that they never wait for one another, and one that is committed late is not missed.
    """

    # No reference that the database checks: it would lock the voucher whenever somebody writes.
    voucher = models.ForeignKey(
        Voucher, on_delete=models.CASCADE, related_name="outdated_standings", db_constraint=False
    )

    class Meta:
        verbose_name = _("change of a standing")
        verbose_name_plural = _("changes of standings")

    def __str__(self) -> str:
        return str(self.voucher_id)


class Standing(models.Model):
    """Where one voucher stood when it was last judged; the next judgement replaces it."""

    # As with the notes of changes: who judges a voucher for the first time waits for nobody's work.
    voucher = models.OneToOneField(
        Voucher, on_delete=models.CASCADE, related_name="standing", db_constraint=False
    )
    stage = models.CharField(_("stage"), max_length=10, choices=VoucherStage.choices)
    # Who is waited for longest; empty where nobody is.
    party = models.CharField(_("whose turn"), max_length=12, choices=Party.choices, blank=True)
    task = models.CharField(max_length=20, blank=True)
    about = models.CharField(max_length=200, blank=True)
    since = models.DateField(_("waiting since"), null=True)
    # The light that is shown, and that of the facts alone; they differ where one was set by hand.
    light = models.CharField(_("light"), max_length=5, choices=Light.choices)
    judged_light = models.CharField(max_length=5, choices=Light.choices)
    # In their order: {"cause", "light", "days", "about", "party", "task"}.
    reasons = models.JSONField(default=list)
    # The day, on the calendar of the country, that it was judged for.
    judged_for = models.DateField()
    # The day for which its reminders were last written.
    reminded_for = models.DateField(null=True)

    class Meta:
        verbose_name = _("standing of a voucher")
        verbose_name_plural = _("standings of vouchers")
        indexes = [
            models.Index(fields=["light", "voucher"], name="standing_by_light"),
            models.Index(fields=["party", "since", "voucher"], name="standing_by_turn"),
            models.Index(fields=["stage", "voucher"], name="standing_by_stage"),
            models.Index(fields=["since", "voucher"], name="standing_by_wait"),
            models.Index(fields=["judged_for"], name="standing_by_day"),
        ]
        triggers = [
            refuses(
                "the_light_is_judged_or_set",
                pgtrigger.Insert | pgtrigger.Update,
                _NEITHER_JUDGED_NOR_SET,
                "A light follows from the facts, or from one that is set by hand and counts today.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.voucher_id}: {self.light}"

    @property
    def is_set_by_hand(self) -> bool:
        """Whether another light is shown than that of the facts."""
        return self.light != self.judged_light
