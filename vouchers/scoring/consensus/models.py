"""What assessors write and agree on in a consensus, beside their own scores."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from vouchers.calls.models import Criterion
from vouchers.scoring.assessing.models import Consensus

# As for the scores of an assessor: on the scale, and fixed once agreed.
_AGREED_SCORE_RULES = """
    PERFORM 1 FROM vouchers_consensus
        WHERE id = COALESCE(NEW.consensus_id, OLD.consensus_id) AND state <> 'asked';
    IF FOUND THEN
        RAISE EXCEPTION 'The consensus is settled: its scores are fixed.'
            USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    PERFORM 1 FROM vouchers_criterion JOIN vouchers_call
            ON vouchers_call.id = vouchers_criterion.call_id
        WHERE vouchers_criterion.id = NEW.criterion_id
            AND NEW.value BETWEEN score_min AND score_max
            AND mod(NEW.value - score_min, score_step) = 0;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'The score is off the scale of the call.'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


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
            pgtrigger.Trigger(
                name="on_the_scale_and_fixed",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=_AGREED_SCORE_RULES,
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
