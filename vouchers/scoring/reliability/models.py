"""A study of a ranking: a row first, computed by a worker."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from conduct.models.states import follows_its_flow
from jobs.models import LongJob
from vouchers.calls.models import Call


@follows_its_flow
class RankingStudy(LongJob):
    """What the scores of a call say about themselves: a row first, computed by a worker."""

    # How long after its last sign of life a worker is thought to be dead.
    PATIENCE = timedelta(seconds=60)
    MAX_ATTEMPTS = 3

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="studies")
    requested_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="+", verbose_name=_("asked for by")
    )
    requested_at = models.DateTimeField(_("asked for"), auto_now_add=True)
    finished_at = models.DateTimeField(_("finished"), null=True)
    # That of the ranking which the result is about.
    revision = models.PositiveIntegerField(default=0)
    # Of everything that the result depends on: the same input gives the same result.
    input_sha256 = models.CharField(max_length=64, blank=True)
    result = models.JSONField(null=True)

    class Meta:
        verbose_name = _("study of a ranking")
        verbose_name_plural = _("studies of rankings")
        ordering = ["-requested_at"]
        indexes = [models.Index(fields=["call", "-requested_at"], name="latest_study_of_a_call")]
        constraints = [
            models.UniqueConstraint(
                fields=["call"],
                condition=Q(state="pending"),
                name="one_study_at_a_time",
                violation_error_message=_("A study of this call is being computed already."),
            ),
            models.CheckConstraint(
                condition=~Q(state="ready")
                | (Q(result__isnull=False) & Q(finished_at__isnull=False)),
                name="a_finished_study_has_its_result",
            ),
        ]

    def __str__(self) -> str:
        return str(_("Study of %(call)s") % {"call": self.call})

    def get_absolute_url(self) -> str:
        return reverse("scoring:statistics", args=[self.call.slug])

    @property
    def status_url(self) -> str:
        return reverse("scoring:study_progress", args=[self.call.slug])
