"""Texts that coordinators own: the place of a wording, and its versions, of which none ever changes."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conduct.models.guards import append_only, fixed, never_deleted, refuses
from texts.kinds import Family, OwnedKind, kind_of


@pghistory.track()
class OwnText(models.Model):
    """Where a wording stands: one kind of letter or e-mail, in one language, for one call or for all.

    Its newest version is in force. A version without passages is a reset: what stands for all calls
    holds again, and where nothing does, the built-in wording.
    """

    family = models.CharField(_("family"), max_length=6, choices=Family.choices)
    kind = models.CharField(_("kind"), max_length=60)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    call = models.ForeignKey(
        "vouchers.Call",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("call"),
    )

    class Meta:
        verbose_name = _("own text")
        verbose_name_plural = _("own texts")
        constraints = [
            models.UniqueConstraint(
                fields=["family", "kind", "language", "call"],
                nulls_distinct=False,
                name="one_own_text_per_kind_language_and_call",
                violation_error_message=_("Somebody else has just begun this text. Look at it."),
            ),
            models.CheckConstraint(
                condition=Q(family__in=Family.values),
                name="an_own_text_is_of_a_letter_or_an_e_mail",
                violation_error_message=_("A text is of a letter or of an e-mail."),
            ),
        ]
        triggers = [fixed("family", "kind", "language", "call"), never_deleted()]

    def __str__(self) -> str:
        return f"{self.owned_kind.title if self.owned_kind else self.kind} ({self.language})"

    @property
    def owned_kind(self) -> OwnedKind | None:
        """What registered it; None where a later version of the portal has no such kind."""
        return kind_of(self.family, self.kind)


@pghistory.track()
class TextVersion(models.Model):
    """One version of a text: the passages that differ from the built-in wording, by name."""

    text = models.ForeignKey(
        OwnText, on_delete=models.PROTECT, related_name="versions", verbose_name=_("text")
    )
    number = models.PositiveIntegerField(_("version"))
    passages = models.JSONField(_("passages"), default=dict, blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("written by"),
    )
    written_at = models.DateTimeField(_("written"), auto_now_add=True)

    class Meta:
        verbose_name = _("version of a text")
        verbose_name_plural = _("versions of texts")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["text", "number"],
                name="one_version_of_a_text_at_a_time",
                violation_error_message=_("Somebody else has just saved this text. Look at it."),
            ),
        ]
        triggers = [
            append_only(),
            refuses(
                "versions_follow_each_other",
                pgtrigger.Insert,
                "NEW.number <> 1 + (SELECT coalesce(max(number), 0)"
                " FROM texts_textversion WHERE text_id = NEW.text_id)",
                "The versions of a text are numbered one after the other.",
            ),
            refuses(
                "passages_are_texts",
                pgtrigger.Insert,
                "jsonb_typeof(NEW.passages) <> 'object' OR EXISTS ("
                " SELECT FROM jsonb_each(NEW.passages) passage"
                " WHERE jsonb_typeof(passage.value) <> 'string'"
                " OR length(passage.value #>> '{}') > 4000"
                " OR passage.key = 'subject' AND passage.value #>> '{}' ~ '[\\r\\n]')",
                "A passage is a text of 4,000 characters at most, and a subject is one line.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.text} · {self.number}"

    @property
    def is_reset(self) -> bool:
        """Whether it puts the wording back that holds without it."""
        return not self.passages
