"""Where assessments differ too much: what people agree on, beside the originals."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from records.guards import fixed, never_deleted
from records.states import Flow, follows_its_flow
from vouchers.applications.models import Application
from vouchers.calls.models import Criterion


@follows_its_flow
@pghistory.track()
class Consensus(models.Model):
    """A consensus that the portal asks for, since the assessments of an application differ.

    Settled when a rapporteur records what was agreed, or when a third assessment made two of them
    close enough. The assessments themselves stay as they are.
    """

    class State(models.TextChoices):
        ASKED = "asked", pgettext_lazy("consensus", "asked for")
        AGREED = "agreed", _("agreed")
        BY_THIRD = "by_third", _("settled by a third opinion")
        LAPSED = "lapsed", _("no longer needed")

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
