"""Possible duplicates: an application resembles another one. It decides nothing: a person looks."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vouchers.applications.models import Application
from vouchers.calls.models import Question


class ComparableText(models.Model):
    """A long answer of a sent application, in the plain form in which texts are compared.

    It has its index here and not on the answers, so that saving a draft costs nothing for it.
    """

    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="comparable_texts"
    )
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="+")
    text = models.TextField()

    class Meta:
        verbose_name = _("text to compare")
        verbose_name_plural = _("texts to compare")
        constraints = [
            models.UniqueConstraint(
                fields=["application", "question"], name="one_comparable_text_per_answer"
            ),
        ]
        indexes = [
            # Finds what shares trigrams with a text without reading every text.
            GinIndex(fields=["text"], opclasses=["gin_trgm_ops"], name="comparable_by_trigram"),
        ]

    def __str__(self) -> str:
        return self.text[:60]


class Comparison(models.Model):
    """That an application was compared with others, in the form in which it was sent then."""

    application = models.OneToOneField(
        Application, on_delete=models.CASCADE, related_name="comparison"
    )
    submitted_at = models.DateTimeField()
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("comparison")
        verbose_name_plural = _("comparisons")

    def __str__(self) -> str:
        return str(self.application)


@pghistory.track(exclude=["similarity", "found_at"])
class PossibleDuplicate(models.Model):
    """That one application resembles another; each of the two has its own.

    So a remark of one country's officer is not read in another.
    """

    LOCKED_AFTER = ("application",)

    class Kind(models.TextChoices):
        TEXT = "text", _("near-identical text")
        LEGAL_ENTITY = "legal_entity", _("the same legal entity has a voucher of another call")
        NAME = "name", _("a cluster of the same name or alias")
        BANK_ACCOUNT = "bank_account", _("the same bank account")

    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="possible_duplicates"
    )
    other = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(_("kind"), max_length=15, choices=Kind.choices)
    # Of a text: the question here and there, and the share of trigrams that both have (0 to 1).
    question = models.ForeignKey(Question, on_delete=models.CASCADE, null=True, related_name="+")
    other_question = models.ForeignKey(
        Question, on_delete=models.CASCADE, null=True, related_name="+"
    )
    similarity = models.FloatField(_("likeness"), null=True)
    found_at = models.DateTimeField(_("found"), default=timezone.now)
    looked_at_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("looked at by"),
    )
    looked_at = models.DateTimeField(_("looked at"), null=True)
    remark = models.TextField(_("remark"), blank=True)

    class Meta:
        verbose_name = _("hint")
        verbose_name_plural = _("hints")
        ordering = ["kind", "-similarity", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "other", "kind", "question", "other_question"],
                nulls_distinct=False,
                name="one_duplicate_per_similarity",
            ),
            models.CheckConstraint(
                condition=~Q(application=F("other")), name="nothing_resembles_itself"
            ),
            models.CheckConstraint(
                condition=Q(
                    kind="text",
                    question__isnull=False,
                    other_question__isnull=False,
                    similarity__isnull=False,
                )
                | (~Q(kind="text") & Q(question=None, other_question=None, similarity=None)),
                name="a_similarity_of_texts_names_them",
            ),
            models.CheckConstraint(
                condition=Q(looked_at=None, looked_at_by=None, remark="")
                | (Q(looked_at__isnull=False, looked_at_by__isnull=False) & ~Q(remark="")),
                name="who_looked_leaves_a_remark",
                violation_error_message=_("Leave a remark on what you found."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application} · {self.get_kind_display()}"

    def get_absolute_url(self) -> str:
        return reverse("eligibility:hint", args=[self.pk])

    @property
    def per_cent(self) -> int | None:
        return None if self.similarity is None else round(self.similarity * 100)
