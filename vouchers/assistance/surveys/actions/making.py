"""What the clock does: it makes the surveys that are due, mails them, and reminds."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from accounts.models import User
from conduct.actions import action, constraints_of, locked
from conduct.queries.days import end_of, today
from jobs.actions.trouble import for_each
from vouchers.assistance.actions.steps import tell_officers
from vouchers.assistance.surveys.models import Survey, SurveyMail
from vouchers.assistance.surveys.queries import (
    addressee_of,
    due_surveys,
    mails_of,
    surveys_to_mail,
)
from vouchers.assistance.surveys.queries.due import DueSurvey
from vouchers.assistance.surveys.rules.days import next_mail
from vouchers.awards.models import Voucher

from .sending import link_to


@action(gettext_lazy("Follow-up survey made"))
def make_survey(due: DueSurvey, *, by: User | None) -> bool:
    """Make the survey and mail its link, unless it is there already; whether this call did."""
    voucher = locked(due.voucher)
    is_there = Survey.objects.filter(voucher=voucher, months=due.months).exists()
    if is_there or voucher.state != Voucher.State.CLOSED:
        return False
    with constraints_of(Survey):
        survey = Survey.objects.create(
            voucher=voucher,
            months=due.months,
            due_on=due.due_on,
            ends_on=due.ends_on,
            ends_at=end_of(due.ends_on, voucher.country.zone),
        )
    if not _mailed(survey, by=by):
        tell_officers(
            "survey-unsent",
            voucher,
            months=str(survey.months),
            until=survey.ends_on.isoformat(),
        )
    return True


@action(gettext_lazy("Follow-up survey mailed"))
def mail_survey(survey: Survey, *, by: User | None) -> bool:
    """Send the mail whose day has come, with another link; whether this call did. Each goes once."""
    survey = locked(survey)
    if survey.versions:
        return False
    return _mailed(survey, by=by)


def make_surveys() -> int:
    """Make every survey that is due; how many. One error stops no other."""
    return for_each("surveys", due_surveys(), lambda due: make_survey(due, by=None))


def mail_surveys() -> int:
    """Send every reminder whose day has come; how many. One error stops no other."""
    return for_each("survey_mails", surveys_to_mail(), lambda one: mail_survey(one, by=None))


def _mailed(survey: Survey, *, by: User | None) -> bool:
    """Send the next mail, where one is due and somebody is there to read it; whether it goes."""
    mail = next_mail(survey.ends_on, today(survey.voucher.country.zone), mails_of(survey))
    person = addressee_of(survey) if mail else None
    if person is None:
        return False
    link_to(survey, person, SurveyMail(mail), by=by)
    return True
