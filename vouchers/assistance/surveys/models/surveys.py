"""A follow-up survey: when it is due, until when it is answered; and its draft, as it was typed."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conduct.models.guards import fixed, never_deleted, refuses, written_once
from documents.wording import number
from vouchers.awards.models import Voucher

from .enforced import (
    BY_ANOTHER_LINK,
    NOT_AS_THE_CALL_SAYS,
    NOT_THIRTY_DAYS,
    OTHER_THAN_ITS_VERSIONS,
    after_the_end,
)


@pghistory.track()
class Survey(models.Model):
    """What a cluster is asked so many months after its voucher was closed. Made by the clock."""

    LOCKED_AFTER = ("voucher",)

    voucher = models.ForeignKey(
        Voucher,
        on_delete=models.PROTECT,
        related_name="surveys",
        verbose_name=gettext_lazy("voucher"),
    )
    months = models.PositiveSmallIntegerField(gettext_lazy("months after the closing"))
    # Days of the voucher's country, and the last second (UTC) of the last of them.
    due_on = models.DateField(gettext_lazy("due"))
    ends_on = models.DateField(gettext_lazy("ends"))
    ends_at = models.DateTimeField(gettext_lazy("last second"))
    made_at = models.DateTimeField(gettext_lazy("made"), default=timezone.now, editable=False)
    # How often it was sent: more than once where it was corrected.
    versions = models.PositiveSmallIntegerField(gettext_lazy("versions"), default=0, editable=False)
    answered_at = models.DateTimeField(gettext_lazy("answered"), null=True, editable=False)

    class Meta:
        verbose_name = gettext_lazy("follow-up survey")
        verbose_name_plural = gettext_lazy("follow-up surveys")
        ordering = ["-due_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["voucher", "months"],
                name="one_survey_per_voucher_and_months",
                violation_error_message=gettext_lazy("This survey is made already."),
            ),
            models.CheckConstraint(
                condition=Q(versions=0, answered_at=None)
                | Q(versions__gt=0, answered_at__isnull=False),
                name="an_answered_survey_says_when",
                violation_error_message=gettext_lazy("Nothing of this survey was sent yet."),
            ),
        ]
        indexes = [
            # The list in each of its orders.
            models.Index(fields=["-due_on", "-id"], name="surveys_newest"),
            models.Index(fields=["ends_at", "id"], name="surveys_by_end"),
            models.Index(fields=["-answered_at", "-id"], name="surveys_by_answer"),
            models.Index(
                fields=["ends_at"], condition=Q(answered_at=None), name="surveys_unanswered"
            ),
        ]
        triggers = [
            fixed("voucher", "months", "due_on", "ends_on", "ends_at", "made_at"),
            written_once("answered_at"),
            refuses(
                "as_the_call_says",
                pgtrigger.Insert,
                NOT_AS_THE_CALL_SAYS,
                "A survey follows a closed voucher after the months of its call.",
            ),
            refuses(
                "thirty_days",
                pgtrigger.Insert,
                NOT_THIRTY_DAYS,
                "A survey ends thirty days after it is due.",
            ),
            refuses(
                "made_before_its_end",
                pgtrigger.Insert,
                "NEW.made_at > NEW.ends_at",
                "This survey has ended.",
            ),
            refuses(
                "counts_its_versions",
                pgtrigger.Insert | pgtrigger.Update,
                OTHER_THAN_ITS_VERSIONS,
                "A survey counts the versions that were sent of it.",
            ),
            never_deleted(),
        ]

    def __str__(self) -> str:
        return _("%(voucher)s · survey after %(months)s months") % {
            "voucher": self.voucher,
            "months": number(self.months),
        }

    def get_absolute_url(self) -> str:
        return reverse("surveys:survey", args=[self.pk])

    @property
    def has_ended(self) -> bool:
        """Whether its last second is over."""
        return timezone.now() > self.ends_at

    @property
    def standing(self) -> str:
        """Where it stands: answered, open or missed."""
        if self.versions:
            return "answered"
        return "missed" if self.has_ended else "open"


class SurveyDraft(models.Model):
    """What is typed into a survey, right or wrong, by the name of its field."""

    survey = models.OneToOneField(
        Survey,
        on_delete=models.PROTECT,
        related_name="draft",
        verbose_name=gettext_lazy("survey"),
    )
    typed = models.JSONField(gettext_lazy("what was typed"), default=dict, blank=True)
    # Grows with every change, so that of two browsers none overwrites what it has not seen.
    seen_as = models.PositiveIntegerField(gettext_lazy("count of changes"), default=0)
    link = models.ForeignKey("SurveyLink", on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(gettext_lazy("changed"), default=timezone.now)

    class Meta:
        verbose_name = gettext_lazy("draft of a survey")
        verbose_name_plural = gettext_lazy("drafts of surveys")
        triggers = [
            fixed("survey"),
            refuses(
                "not_after_the_end",
                pgtrigger.Insert | pgtrigger.Update,
                after_the_end("NEW.changed_at"),
                "The survey has ended: nothing more is taken.",
            ),
            refuses(
                "by_its_link",
                pgtrigger.Insert | pgtrigger.Update,
                BY_ANOTHER_LINK,
                "This link is for another survey.",
            ),
            never_deleted(),
        ]

    def __str__(self) -> str:
        return str(self.survey)
