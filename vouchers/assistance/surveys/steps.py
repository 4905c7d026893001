"""What comes next with the follow-up survey of a closed voucher, and whose turn it is."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accounts.models import User
from documents.wording import day, number
from vouchers.applications.steps import YOU, Step
from vouchers.assistance.surveys.models import Survey
from vouchers.assistance.surveys.permissions import may_send_survey
from vouchers.assistance.surveys.queries import standing_link_of


def survey_step(survey: Survey, user: User) -> Step:
    """What a survey asks for that nobody has answered; one query.

    It is answered by its link alone, so that its page says to whom that went.
    """
    told = {"months": number(survey.months), "day": day(survey.ends_on)}
    link, label = standing_link_of(survey), _("Look at the survey")
    if link is None:
        text = _("The survey after %(months)s months found nobody to go to: send its link.") % told
        if may_send_survey.test(user, survey.voucher):
            return Step(text, YOU, survey.get_absolute_url(), label)
        return Step(text, _("the country partner"))
    if link.person_id == user.pk:
        text = _(
            "Say what became of your voucher %(months)s months later: you have the link by "
            "e-mail. It works until %(day)s."
        )
        return Step(text % told, YOU, survey.get_absolute_url(), label)
    text = _("%(person)s has the link of the survey after %(months)s months, until %(day)s.")
    return Step(
        text % {**told, "person": link.name}, _("the cluster"), survey.get_absolute_url(), label
    )
