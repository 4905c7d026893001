"""What assessors write and agree on in a consensus, beside their own scores."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from vouchers.calls.models import Criterion
from vouchers.scoring.assessing.models import Consensus
from vouchers.scoring.assessing.models.scale import on_the_scale


@pghistory.track()
class ConsensusScore(models.Model):
    """The score of one criterion that was agreed on, with its grounds."""

    consensus = models.ForeignKey(Consensus, on_delete=models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    value = models.DecimalField(_("score"), max_digits=4, decimal_places=2)
    strengths = models.TextField(_("strengths"), blank=True)
    weaknesses = models.TextField(_("weaknesses"), blank=True)

    class Meta:
        verbose_name = _("agreed score")
        verbose_name_plural = _("agreed scores")
        ordering = ["criterion__position"]
        constraints = [
            models.UniqueConstraint(
                fields=["consensus", "criterion"], name="one_agreed_score_per_criterion"
            ),
        ]
        triggers = [
            on_the_scale(
                "on_the_scale_and_fixed",
                of="consensus",
                until="asked",
                fixed="The consensus is settled: its scores are fixed.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.value}"


class ConsensusMessage(models.Model):
    """What somebody wrote in the discussion; never changed or taken back."""

    consensus = models.ForeignKey(Consensus, on_delete=models.PROTECT, related_name="messages")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("message"))
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("message on a consensus")
        verbose_name_plural = _("messages on a consensus")
        ordering = ["written_at", "pk"]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.author}: {self.text}"
