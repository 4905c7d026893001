"""What is done to several follow-up surveys at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.permissions import is_officer
from bulk.kinds import BulkAction, BulkList, Press, register_list
from conduct.actions import OutOfOrder
from vouchers.assistance.surveys.actions import send_survey_anew
from vouchers.assistance.surveys.models import Survey
from vouchers.assistance.surveys.queries import addressee_of, surveys_visible_to


def _remind(survey: Survey, told: Press) -> None:
    """Mail the link to whom the next mail would go; one that was answered is left alone.

    Raises OutOfOrder for an answered one and where the cluster has nobody, TooLate once it ended.
    """
    if survey.answered_at:
        raise OutOfOrder(_("It was answered already."))
    person = addressee_of(survey)
    if person is None:
        raise OutOfOrder(_("Nobody represents the cluster now."))
    send_survey_anew(survey, person=person, by=told.by)


def _settled(_user: User, surveys: Sequence[Survey]) -> Mapping[Any, str]:
    answered, ended = _("It was answered already."), _("It has ended: nothing more is taken.")
    return {
        one.pk: answered if one.answered_at else ended
        for one in surveys
        if one.answered_at or one.has_ended
    }


register_list(
    BulkList(
        slug="surveys",
        page="vouchers.assistance.surveys.views.lists.SurveyList",
        url_name="surveys:list",
        records=surveys_visible_to,
        actions=(
            BulkAction(
                slug="remind",
                label=gettext_lazy("Send the link again"),
                says=gettext_lazy(
                    "Who acts for each cluster gets another link; the one before opens nothing more."
                ),
                may=is_officer,
                act=_remind,
                skips=_settled,
            ),
        ),
    )
)
