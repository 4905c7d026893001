"""What a reader finds at a named place of a version, and what the next version answers."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from conduct.models.guards import append_only, fixed, frozen_by, refuses, written_once
from conduct.models.one_line import one_line

from .enforced import ANSWERS_THE_VERSION_BEFORE
from .versions import Deliverable


class PointSide(models.TextChoices):
    """On whose behalf somebody reads a version."""

    CLUSTER = "cluster", pgettext_lazy("who reads a deliverable", "the cluster")
    PARTNER = "partner", pgettext_lazy("who reads a deliverable", "the country partner")


class Weight(models.TextChoices):
    """How much a point weighs."""

    MUST = "must", pgettext_lazy("a point", "must be mended")
    SHOULD = "should", pgettext_lazy("a point", "should be mended")


class DeliverablePoint(models.Model):
    """Something that is wrong at a place of a version; its own side's alone until it is sent.

    It is kept from the moment in which it is noted, so that nothing typed is lost whoever decides
    meanwhile; it is sent when its side returns or accepts the version.
    """

    LOCKED_AFTER = ("deliverable",)

    deliverable = models.ForeignKey(Deliverable, on_delete=models.PROTECT, related_name="points")
    side = models.CharField(_("for"), max_length=7, choices=PointSide.choices, editable=False)
    where = models.CharField(_("where"), max_length=200, validators=[one_line])
    text = models.TextField(_("what is wrong"), max_length=2000)
    weight = models.CharField(
        _("weight"), max_length=6, choices=Weight.choices, default=Weight.MUST
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    made_at = models.DateTimeField(_("noted"), auto_now_add=True)
    sent_at = models.DateTimeField(_("sent"), null=True, editable=False)

    class Meta:
        verbose_name = _("point of a deliverable")
        verbose_name_plural = _("points of a deliverable")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(where="") & ~Q(text=""),
                name="a_point_says_where_and_what",
                violation_error_message=_("Say where it is, and what is wrong there."),
            ),
            models.UniqueConstraint(
                fields=["deliverable", "side", "where", "text"],
                name="a_point_is_noted_once",
                violation_error_message=_("This point is noted already."),
            ),
        ]
        triggers = [
            fixed("deliverable", "side", "where", "text", "weight", "made_by", "made_at"),
            written_once("sent_at"),
            frozen_by("deliverable", "accepted", "returned"),
        ]

    def __str__(self) -> str:
        return f"{self.where}: {self.text[:60]}"


class PointAnswer(models.Model):
    """What the next version says of a point: it is done, or why it is not."""

    point = models.OneToOneField(DeliverablePoint, on_delete=models.PROTECT, related_name="answer")
    version = models.ForeignKey(Deliverable, on_delete=models.PROTECT, related_name="answers")
    is_done = models.BooleanField(_("done"))
    text = models.TextField(_("answer"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("answer to a point")
        verbose_name_plural = _("answers to points")
        ordering = ["point"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_done=True) | ~Q(text=""),
                name="what_is_not_done_says_why",
                violation_error_message=_("Say why it is not done."),
            ),
        ]
        triggers = [
            append_only(),
            refuses(
                "answers_the_version_before",
                pgtrigger.Insert,
                ANSWERS_THE_VERSION_BEFORE,
                "A version answers the points of the one before it.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.point}: {self.text[:60]}"
