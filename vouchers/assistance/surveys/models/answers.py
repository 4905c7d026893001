"""What was sent of a survey: facts that never change; a correction is the next version."""

from __future__ import annotations

from decimal import Decimal

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conduct.models.guards import append_only, refuses

from .enforced import BY_ANOTHER_LINK, NOT_THE_NEXT, SENT_ALREADY, after_the_end
from .links import SurveyLink
from .surveys import Survey


class SurveyAnswer(models.Model):
    """A survey as it was sent by its link. What the call does not ask is empty."""

    survey = models.ForeignKey(
        Survey, on_delete=models.PROTECT, related_name="answers", verbose_name=_("survey")
    )
    number = models.PositiveSmallIntegerField(_("version"))
    jobs_created = models.PositiveIntegerField(_("jobs created"), null=True)
    # In per cent of what it was before.
    turnover_change = models.DecimalField(
        _("change of turnover (per cent)"), max_digits=8, decimal_places=2, null=True
    )
    new_markets = models.PositiveIntegerField(_("new markets"), null=True)
    members = models.PositiveIntegerField(_("members of the cluster"), null=True)
    words = models.TextField(_("in your words"), blank=True)
    link = models.ForeignKey(SurveyLink, on_delete=models.PROTECT, related_name="answers")
    sent_at = models.DateTimeField(_("sent"), default=timezone.now)

    class Meta:
        verbose_name = _("answer to a survey")
        verbose_name_plural = _("answers to surveys")
        ordering = ["survey", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "number"],
                name="one_survey_answer_per_number",
                violation_error_message=_("Somebody else has just sent this survey."),
            ),
            # To PostgreSQL NaN is a number above all others.
            models.CheckConstraint(
                condition=Q(turnover_change=None)
                | Q(turnover_change__gte=-100, turnover_change__lte=100_000),
                name="a_turnover_falls_by_all_at_most",
                violation_error_message=_("A turnover falls by 100 percent at most."),
            ),
        ]
        triggers = [
            append_only(),
            refuses(
                "counted_one_by_one",
                pgtrigger.Insert,
                NOT_THE_NEXT,
                "Versions are counted one by one.",
            ),
            refuses(
                "not_after_the_end",
                pgtrigger.Insert,
                after_the_end("NEW.sent_at"),
                "The survey has ended: nothing more is taken.",
            ),
            refuses(
                "by_its_link", pgtrigger.Insert, BY_ANOTHER_LINK, "This link is for another survey."
            ),
        ]

    def __str__(self) -> str:
        return f"{self.survey} · {self.number}"


class SurveyedIndicator(models.Model):
    """The value of an indicator on the day of the survey, beside what the final report said."""

    answer = models.ForeignKey(
        SurveyAnswer, on_delete=models.PROTECT, related_name="indicators", verbose_name=_("version")
    )
    position = models.PositiveSmallIntegerField(_("position"))
    # That of the reported indicator; what it said stands here too.
    key = models.UUIDField()
    code = models.CharField(_("code"), max_length=20, blank=True)
    name = models.CharField(_("indicator"), max_length=300)
    unit = models.CharField(_("unit"), max_length=60, blank=True)
    baseline = models.DecimalField(_("before"), max_digits=18, decimal_places=2)
    target = models.DecimalField(_("target"), max_digits=18, decimal_places=2)
    reported = models.DecimalField(_("in the final report"), max_digits=18, decimal_places=2)
    value = models.DecimalField(_("today"), max_digits=18, decimal_places=2)
    note = models.TextField(_("how it is known"), blank=True)

    class Meta:
        verbose_name = _("surveyed indicator")
        verbose_name_plural = _("surveyed indicators")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["answer", "key"],
                name="an_indicator_is_surveyed_once",
                violation_error_message=_("This indicator is answered already."),
            ),
            models.CheckConstraint(
                condition=Q(value__lt=Decimal(10) ** 15, value__gt=-(Decimal(10) ** 15))
                & (Q(value__gte=0) | Q(baseline__lt=0) | Q(target__lt=0) | Q(reported__lt=0)),
                name="a_surveyed_value_is_a_number",
                violation_error_message=_("A value that was reached is not below zero."),
            ),
        ]
        triggers = [
            append_only(),
            refuses(
                "written_with_its_version",
                pgtrigger.Insert,
                SENT_ALREADY,
                "The survey was sent: this is fixed.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
