"""When clusters are asked again after their voucher is closed, and what beside the indicators."""

from __future__ import annotations

import pgtrigger
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from conduct.models.guards import refuses

# The questions that a call may ask beside the indicators, by the term that says whether it does.
ASKED_BY = {
    "jobs_created": "surveys_ask_jobs",
    "turnover_change": "surveys_ask_turnover",
    "new_markets": "surveys_ask_markets",
    "members": "surveys_ask_members",
}
SURVEY_MONTHS = ("first_survey_months", "second_survey_months")
# The terms of a call by which follow-up surveys are made (vouchers/assistance/surveys).
SURVEY_TERMS = (*SURVEY_MONTHS, *ASKED_BY.values())
MOST_MONTHS = 60
_MONTHS = [MinValueValidator(1), MaxValueValidator(MOST_MONTHS)]


class SurveyTerms(models.Model):
    """After how many months from its closing a voucher is followed up, and what is asked."""

    first_survey_months = models.PositiveSmallIntegerField(
        _("months from the closing to the first follow-up survey"),
        null=True,
        blank=True,
        default=6,
        validators=_MONTHS,
        help_text=_("Empty: the clusters of this call are asked no more."),
    )
    second_survey_months = models.PositiveSmallIntegerField(
        _("months from the closing to the second follow-up survey"),
        null=True,
        blank=True,
        default=12,
        validators=_MONTHS,
        help_text=_("Empty: there is no second one."),
    )
    surveys_ask_jobs = models.BooleanField(_("surveys ask for jobs created"), default=True)
    surveys_ask_turnover = models.BooleanField(
        _("surveys ask for the change of turnover"), default=True
    )
    surveys_ask_markets = models.BooleanField(_("surveys ask for new markets"), default=True)
    surveys_ask_members = models.BooleanField(
        _("surveys ask for the number of members"), default=True
    )

    class Meta:
        abstract = True


SURVEYS_FOLLOW = models.CheckConstraint(
    condition=(
        Q(first_survey_months=None) | Q(first_survey_months__gte=1, first_survey_months__lte=60)
    )
    & (
        Q(second_survey_months=None)
        | Q(second_survey_months__lte=60, second_survey_months__gt=F("first_survey_months"))
    )
    & ~Q(first_survey_months=None, second_survey_months__isnull=False),
    name="surveys_follow_one_another",
    violation_error_message=_(
        "The second survey comes after the first one, and both within 60 months."
    ),
)

_CHANGED = " OR ".join(f"OLD.{one} IS DISTINCT FROM NEW.{one}" for one in SURVEY_TERMS)
SURVEYS_FIXED_ONCE_OPEN = refuses(
    "surveys_fixed_once_open",
    pgtrigger.Update,
    f"OLD.state <> 'draft' AND ({_CHANGED})",
    "The call is open: when and what clusters are asked afterwards is fixed.",
)
