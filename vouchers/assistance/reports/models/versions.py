"""What was sent of a report: facts that never change."""

from __future__ import annotations

from decimal import Decimal

import pgtrigger
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from conduct.models.guards import append_only, refuses
from inputs.queries import trigrams
from vouchers.assistance.plans.models import PlanVersion

from .enforced import OF_ANOTHER_REPORT, SENT_ALREADY
from .files import ReportFile
from .reports import FinalReport


class ReportVersion(models.Model):
    """A report as it was sent, beside the version of the plan that was in force."""

    report = models.ForeignKey(
        FinalReport, on_delete=models.PROTECT, related_name="versions", verbose_name=_("report")
    )
    number = models.PositiveSmallIntegerField(_("version"))
    plan_version = models.ForeignKey(
        PlanVersion, on_delete=models.PROTECT, related_name="+", verbose_name=_("plan in force")
    )
    summary = models.TextField(_("what the cluster did with the voucher"))
    story = models.TextField(_("story"), blank=True)
    results = models.TextField(_("results for the members"))
    lessons = models.TextField(_("lessons learnt"), blank=True)
    members_reached = models.PositiveIntegerField(_("members reached"), default=0)
    women_reached = models.PositiveIntegerField(_("of them, led by women"), default=0)
    satisfaction = models.PositiveSmallIntegerField(
        _("satisfaction with the provider (1 to 5)"),
        validators=[MinValueValidator(1), MaxValueValidator(5)],
    )
    provider_words = models.TextField(_("why so many points"), blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    submitted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("version of the final report")
        verbose_name_plural = _("versions of the final report")
        ordering = ["report", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "number"],
                name="one_report_version_per_number",
                violation_error_message=_("Somebody else has just sent this report."),
            ),
            models.CheckConstraint(
                condition=Q(women_reached__lte=F("members_reached")),
                name="a_part_is_at_most_the_whole",
                violation_error_message=_("No more than all the members reached."),
            ),
            models.CheckConstraint(
                condition=Q(satisfaction__gte=1, satisfaction__lte=5),
                name="a_rating_is_from_one_to_five",
                violation_error_message=_("Say how satisfied you are: 1 to 5."),
            ),
        ]
        indexes = [
            # What is told is searched in the form in which two people write it alike.
            trigrams(text, name=f"report_{text}_searched")
            for text in ("summary", "story", "results", "lessons")
        ]
        triggers = [
            append_only(),
            refuses(
                "counted_one_by_one",
                pgtrigger.Insert,
                "NEW.number <> (SELECT COALESCE(max(number), 0) + 1 FROM vouchers_reportversion"
                " WHERE report_id = NEW.report_id)",
                "Versions are counted one by one.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report} · {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("final_reports:version", args=[self.report.voucher_id, self.number])


class _ReportRow(models.Model):
    """A row of a version, written with it."""

    position = models.PositiveSmallIntegerField(_("position"))

    class Meta:
        abstract = True
        ordering = ["position"]


def _with_its_version() -> pgtrigger.Trigger:
    return refuses(
        "written_with_its_version",
        pgtrigger.Insert,
        SENT_ALREADY,
        "The report was sent: this is fixed.",
    )


def _of_its_report() -> pgtrigger.Trigger:
    return refuses(
        "of_its_report",
        pgtrigger.Insert,
        OF_ANOTHER_REPORT,
        "The file belongs to another report.",
    )


class ReportedIndicator(_ReportRow):
    """What was reached of an expected result of the plan, and how that is known."""

    version = models.ForeignKey(
        ReportVersion,
        on_delete=models.PROTECT,
        related_name="indicators",
        verbose_name=_("version"),
    )
    # That of the expected result in the plan; what it said stands here too.
    key = models.UUIDField()
    code = models.CharField(_("code"), max_length=20, blank=True)
    name = models.CharField(_("indicator"), max_length=300)
    unit = models.CharField(_("unit"), max_length=60, blank=True)
    baseline = models.DecimalField(_("before"), max_digits=18, decimal_places=2)
    target = models.DecimalField(_("target"), max_digits=18, decimal_places=2)
    due_on = models.DateField(_("to be reached by"))
    value = models.DecimalField(_("reached"), max_digits=18, decimal_places=2)
    note = models.TextField(_("how it is known"), blank=True)
    evidence = models.TextField(_("evidence"), blank=True)
    file = models.ForeignKey(
        ReportFile,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("evidence"),
    )

    class Meta(_ReportRow.Meta):
        verbose_name = _("reported indicator")
        verbose_name_plural = _("reported indicators")
        indexes = [trigrams("name", name="indicator_searched")]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "key"],
                name="an_indicator_is_reported_once",
                violation_error_message=_("This indicator is reported already."),
            ),
            models.CheckConstraint(
                condition=~Q(evidence="") | Q(file__isnull=False),
                name="a_reached_value_has_evidence",
                violation_error_message=_("Say what shows the value, or attach it."),
            ),
            # To PostgreSQL NaN is a number above all others.
            models.CheckConstraint(
                condition=Q(value__lt=Decimal(10) ** 15)
                & (Q(value__gte=0) | Q(baseline__lt=0) | Q(target__lt=0)),
                name="a_reached_value_is_a_number",
                violation_error_message=_("A value that was reached is not below zero."),
            ),
        ]
        triggers = [append_only(), _with_its_version(), _of_its_report()]

    def __str__(self) -> str:
        return self.name


class ReportPicture(_ReportRow):
    """A picture of a version: what it shows, who took it, and its words for those who do not see it."""

    version = models.ForeignKey(
        ReportVersion, on_delete=models.PROTECT, related_name="pictures", verbose_name=_("version")
    )
    file = models.ForeignKey(
        ReportFile, on_delete=models.PROTECT, related_name="+", verbose_name=_("picture")
    )
    caption = models.CharField(_("caption"), max_length=300)
    credit = models.CharField(_("who took it, and who may use it"), max_length=300)
    alternative = models.CharField(_("what can be seen"), max_length=500)

    class Meta(_ReportRow.Meta):
        verbose_name = _("picture of a report")
        verbose_name_plural = _("pictures of a report")
        constraints = [
            models.CheckConstraint(
                condition=~Q(caption="") & ~Q(credit="") & ~Q(alternative=""),
                name="a_picture_says_what_and_whose_it_is",
                violation_error_message=_(
                    "Each picture has a caption, its rights, and what can be seen."
                ),
            ),
        ]
        triggers = [append_only(), _with_its_version(), _of_its_report()]

    def __str__(self) -> str:
        return self.caption
