"""What is done to several follow-up surveys at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.permissions import is_officer
from bulk.kinds import BulkAction, BulkList, register_list
from vouchers.assistance.surveys.actions import remind_of_survey
from vouchers.assistance.surveys.models import Survey
from vouchers.assistance.surveys.queries import surveys_visible_to, without_addressee


def _settled(_user: User, surveys: Sequence[Survey]) -> Mapping[Any, str]:
    answered, ended = _("It was answered already."), _("It has ended: nothing more is taken.")
    nobody = dict.fromkeys(without_addressee(surveys), _("Nobody represents the cluster now."))
    return nobody | {
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
                act=lambda survey, told: remind_of_survey(survey, by=told.by),
                skips=_settled,
            ),
        ),
    )
)
