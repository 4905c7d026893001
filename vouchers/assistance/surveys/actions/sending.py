"""The links of a survey: with each mail another one goes."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from conduct.actions import OutOfOrder, Refused, TooLate, action, locked, require
from conduct.queries.clock import database_now
from documents.wording import day
from links.actions import issue_link
from vouchers.assistance.surveys.models import Survey, SurveyLink, SurveyMail
from vouchers.assistance.surveys.permissions import may_send_survey
from vouchers.assistance.surveys.queries import addressee_of, representatives_of
from vouchers.assistance.surveys.tasks import mail_survey_link


@action(gettext_lazy("Link for a follow-up survey sent anew"))
def send_survey_anew(survey: Survey, *, person: User, by: User) -> SurveyLink:
    """Mail the survey to this representative; the link before opens nothing more, what was typed stays.

    Raises Refused (beside its field) for who does not represent the cluster, TooLate once it ended.
    """
    survey = locked(survey)
    require(may_send_survey, by, survey.voucher)
    require_not_ended(survey)
    if not representatives_of(survey).filter(pk=person.pk).exists():
        raise Refused(_("Choose one of the representatives of the cluster."), field="person")
    return link_to(survey, person, SurveyMail.ANEW, by=by)


@action(gettext_lazy("Link for a follow-up survey sent anew"))
def remind_of_survey(survey: Survey, *, by: User) -> SurveyLink:
    """Mail the survey to whom the next mail would go, while it is not answered; as `send_survey_anew`.

    Raises OutOfOrder for one that was answered and where nobody represents the cluster, TooLate once
    it ended, NotAllowed.
    """
    survey = locked(survey)
    require(may_send_survey, by, survey.voucher)
    if survey.answered_at:
        raise OutOfOrder(_("It was answered already."))
    require_not_ended(survey)
    person = addressee_of(survey)
    if person is None:
        raise OutOfOrder(_("Nobody represents the cluster now."))
    return link_to(survey, person, SurveyMail.ANEW, by=by)


def link_to(survey: Survey, person: User, mail: str, *, by: User | None) -> SurveyLink:
    """Issue the link that goes with a mail, in the language of its reader; part of an action."""
    link = SurveyLink(
        survey=survey,
        person=person,
        mail=mail,
        name=str(person),
        email=person.email,
        language=person.language,
        expires_at=survey.ends_at,
    )
    link, _secret = issue_link(link, task=mail_survey_link, by=by)
    return link


def require_not_ended(survey: Survey) -> None:
    """Raise TooLate once the last second of the survey is over, by the clock of the database."""
    if database_now() > survey.ends_at:
        raise TooLate(
            _("This survey ended on %(day)s: nothing more is taken.") % {"day": day(survey.ends_on)}
        )
