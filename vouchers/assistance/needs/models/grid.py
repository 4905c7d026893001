"""The needs of a record, one a row of its grid, and what the other side remarks on them."""

from __future__ import annotations

import uuid

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from conduct.models.guards import append_only, fixed, frozen_by, refuses
from vouchers.calls.models import NeedTheme

from .meetings import Side
from .records import NeedsRecord


@pghistory.track()
class Need(models.Model):
    """Something that a cluster needs; `key` stays the same through all versions of the record."""

    class Priority(models.TextChoices):
        HIGH = "high", pgettext_lazy("priority of a need", "high")
        MEDIUM = "medium", pgettext_lazy("priority of a need", "medium")
        LOW = "low", pgettext_lazy("priority of a need", "low")

    LOCKED_AFTER = ("record",)

    record = models.ForeignKey(NeedsRecord, on_delete=models.PROTECT, related_name="needs")
    key = models.UUIDField(_("identifier"), default=uuid.uuid4, editable=False)
    theme = models.ForeignKey(
        NeedTheme, on_delete=models.PROTECT, related_name="needs", verbose_name=_("theme")
    )
    position = models.PositiveSmallIntegerField(_("position"))
    # Empty until somebody writes it: a draft begins with a row for each theme.
    what = models.TextField(_("what is needed"), max_length=1000, blank=True)
    priority = models.CharField(
        _("priority"), max_length=6, choices=Priority.choices, default=Priority.MEDIUM
    )
    evidence = models.TextField(
        _("evidence"),
        max_length=2000,
        blank=True,
        help_text=_("What shows it: figures, a survey, what members said."),
    )
    existing = models.TextField(
        _("what exists"),
        max_length=2000,
        blank=True,
        help_text=_("What the cluster has or does about it already."),
    )
    # Counts what was saved of it, so that nobody overwrites what they have not seen.
    version = models.PositiveIntegerField(default=1, editable=False)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    written_at = models.DateTimeField(_("written"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("need")
        verbose_name_plural = _("needs")
        ordering = ["theme__position", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["record", "key"],
                name="a_need_stands_once_in_a_record",
                violation_error_message=_("This need stands in the record already."),
            ),
            models.CheckConstraint(
                condition=Q(priority__in=["high", "medium", "low"]),
                name="a_need_has_a_priority",
                violation_error_message=_("Say how urgent it is: high, medium or low."),
            ),
        ]
        triggers = [
            fixed("record", "key"),
            frozen_by("record", "shared", "confirmed", "replaced"),
            refuses(
                "a_theme_of_its_call",
                pgtrigger.Insert | pgtrigger.Update,
                "NOT EXISTS (SELECT FROM vouchers_needsrecord record"
                " JOIN vouchers_voucher voucher ON voucher.id = record.voucher_id"
                " JOIN vouchers_award award ON award.id = voucher.award_id"
                " JOIN vouchers_application application ON application.id = award.application_id"
                " JOIN vouchers_needtheme theme ON theme.call_id = application.call_id"
                " WHERE record.id = NEW.record_id AND theme.id = NEW.theme_id)",
                "The theme of a need is one of its call.",
            ),
        ]

    def __str__(self) -> str:
        return Truncator(self.what).chars(80)

    @property
    def says_something(self) -> bool:
        """Whether anything is written in it yet."""
        return any(text.strip() for text in (self.what, self.evidence, self.existing))


class NeedRemark(models.Model):
    """What one side says of a need, or of the decisions (`need_key` is empty), while it is shared.

    It names the need by its key: the remark stays where a revision takes the need away.
    """

    LOCKED_AFTER = ("record",)

    record = models.ForeignKey(NeedsRecord, on_delete=models.PROTECT, related_name="remarks")
    sharing_number = models.PositiveSmallIntegerField(_("sharing"), editable=False)
    need_key = models.UUIDField(_("need"), null=True, editable=False)
    side = models.CharField(_("side"), max_length=8, choices=Side.choices, editable=False)
    text = models.TextField(_("remark"), max_length=2000)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    written_at = models.DateTimeField(_("written"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("remark on a need")
        verbose_name_plural = _("remarks on needs")
        ordering = ["written_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text="") & Q(side__in=["cluster", "partner"]),
                name="a_remark_says_something",
                violation_error_message=_("Write what you remark."),
            ),
        ]
        triggers = [
            append_only(),
            frozen_by("record", "draft", "confirmed", "replaced"),
            refuses(
                "a_remark_on_what_is_shared",
                pgtrigger.Insert,
                "NEW.need_key IS NOT NULL AND NOT EXISTS (SELECT FROM vouchers_need need"
                " WHERE need.record_id = NEW.record_id AND need.key = NEW.need_key)"
                " OR NOT EXISTS (SELECT FROM vouchers_needsrecord record WHERE record.id ="
                " NEW.record_id AND record.sharing_number = NEW.sharing_number)",
                "A remark is about a need of the text that is shared.",
            ),
        ]

    def __str__(self) -> str:
        return Truncator(self.text).chars(80)
