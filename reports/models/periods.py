"""What a report of a period is about: one call, or one country in it, from a day to a day.

What is issued are documents about it, in versions, each with its facts and the entry of the books on
which it stands.
"""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from conduct.models.guards import append_only, refuses

# Whether a day is over is asked on the calendar of the programme, as the action asks.
_HAS_COME = f"""
    IF NEW.last > (NEW.made_at AT TIME ZONE '{settings.PROGRAMME_TIME_ZONE}')::date THEN
        RAISE EXCEPTION 'a report is of days that have come' USING
            ERRCODE = 'check_violation', CONSTRAINT = 'a_report_is_of_days_that_have_come';
    END IF;
    RETURN NEW;
"""
NOT_IN_THE_CALL = """
    NEW.country_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM vouchers_countryquota quota
        WHERE quota.call_id = NEW.call_id AND quota.country_id = NEW.country_id
    )
"""


class PeriodReport(models.Model):
    """A report of a call (`country` is None) or of a country in it, from one day to another.

    Made once, whoever issues it how often: what is issued later takes the place of what was before.
    """

    class Kind(models.TextChoices):
        FINANCIAL = "financial", _("Financial report")
        PROGRESS = "progress", _("Country progress report")

    kind = models.CharField(_("kind"), max_length=9, choices=Kind.choices)
    call = models.ForeignKey(
        "vouchers.Call", on_delete=models.PROTECT, related_name="+", verbose_name=_("call")
    )
    country = models.ForeignKey(
        "clusters.Country",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("country"),
    )
    first = models.DateField(pgettext_lazy("a period", "from"))
    last = models.DateField(pgettext_lazy("a period", "until"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(_("made"), auto_now_add=True)

    ENFORCED = {
        "a_report_is_of_days_that_have_come": _(
            "The period ends in the future: choose today or an earlier day."
        ),
    }

    class Meta:
        verbose_name = _("report of a period")
        verbose_name_plural = _("reports of periods")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "call", "country", "first", "last"],
                nulls_distinct=False,
                name="one_report_of_a_period",
                violation_error_message=_("Somebody else has just issued this report. Look at it."),
            ),
            models.CheckConstraint(
                condition=Q(last__gte=F("first")),
                name="a_period_ends_after_it_starts",
                violation_error_message=_("The period ends before it starts."),
            ),
            models.CheckConstraint(
                condition=Q(kind="financial") | Q(kind="progress", country__isnull=False),
                name="progress_is_reported_of_a_country",
                violation_error_message=_("Choose the country whose progress is reported."),
            ),
        ]
        triggers = [
            append_only(),
            refuses(
                "of_a_country_of_the_call",
                pgtrigger.Insert,
                NOT_IN_THE_CALL,
                "A report is of a country that takes part in the call.",
            ),
            pgtrigger.Trigger(
                name="of_days_that_have_come",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=_HAS_COME,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.reference}"

    @property
    def reference(self) -> str:
        """The call and country with the period, as the documents and their files are called."""
        place = (
            f"{self.call.reference}-{self.country_id}" if self.country_id else self.call.reference
        )
        return f"{place}-{self.first:%Y%m%d}-{self.last:%Y%m%d}"
