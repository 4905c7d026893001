"""What a refused or reserved cluster is told: released comments, and reasons in our words."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nTextField

from conduct.models.tracking import in_one_go
from vouchers.awards.models.selection import Decision
from vouchers.calls.models import Criterion


def fixed_once_published(table: str) -> pgtrigger.Trigger:
    """The trigger that refuses any change of what belongs to a decision that is published.

    A proposal that was sent back is over as well: nothing of it changes any more.
    """
    return pgtrigger.Trigger(
        name="fixed_once_published",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func=f"""
    PERFORM 1 FROM vouchers_decision d
        JOIN vouchers_selectionround r ON r.id = d.selection_round_id
        WHERE d.id = COALESCE(NEW.decision_id, OLD.decision_id)
            AND r.state NOT IN ('proposed', 'approved');
    IF FOUND THEN
        RAISE EXCEPTION 'The selection is published: {table} is fixed.'
            USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
""",
    )


@pghistory.track(*in_one_go())
class Feedback(models.Model):
    """The reasons of one decision for its cluster; editable until the selection is published."""

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="feedback")
    # Empty as long as nobody wrote anything: letters then state the draft that the facts give.
    reasons = I18nTextField(_("reasons"), blank=True)
    # Grows with each save, so that two coordinators do not overwrite one another.
    version = models.PositiveIntegerField(default=0, editable=False)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    edited_at = models.DateTimeField(_("edited"), null=True)

    class Meta:
        verbose_name = _("feedback")
        verbose_name_plural = _("feedback")
        triggers = [fixed_once_published("the feedback")]

    def __str__(self) -> str:
        return str(self.decision)

    def get_absolute_url(self) -> str:
        return reverse("awards:feedback", args=[self.decision_id])


@pghistory.track(*in_one_go())
class Comment(models.Model):
    """One strength or weakness as it was written, and whether the cluster reads it."""

    class Kind(models.TextChoices):
        STRENGTH = "strength", _("strength")
        WEAKNESS = "weakness", _("weakness")

    class Source(models.TextChoices):
        ASSESSOR = "assessor", _("assessor")
        CONSENSUS = "consensus", _("consensus")

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="comments")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    source = models.CharField(_("from"), max_length=9, choices=Source.choices)
    # The n-th assessor in the order of submission; 0 for what was agreed. No name.
    number = models.PositiveSmallIntegerField(default=0)
    text = models.TextField(_("text"))
    released = models.BooleanField(_("released"), default=False)

    class Meta:
        verbose_name = _("comment for the cluster")
        verbose_name_plural = _("comments for the cluster")
        ordering = ["criterion__position", "kind", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "criterion", "kind", "source", "number"],
                name="each_comment_once",
            ),
        ]
        triggers = [
            fixed_once_published("the choice of comments"),
            pgtrigger.ReadOnly(
                name="as_it_was_written",
                fields=["decision", "criterion", "kind", "source", "number", "text"],
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]
