"""When surveys are made and mailed: once, on the days of the country, to who acts for the cluster."""

from datetime import date, time, timedelta

import pytest
from django.core import mail
from django.db import DatabaseError, transaction

from accounts.models import User
from clusters.models import Representative
from notices.models import Notice
from tests.making import opening
from tests.people import person
from vouchers.assistance.surveys import actions
from vouchers.assistance.surveys.models import Survey, SurveyLink
from vouchers.assistance.surveys.queries import due_surveys
from vouchers.assistance.surveys.rules.days import due_day, end_day, next_mail
from vouchers.assistance.surveys.tasks import follow_up
from vouchers.awards.models import Succession
from vouchers.calls.models import Call

from .asked import asked, closed, due_of, mailed, on_day, typed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_attempts_yet")]

END = date(2027, 3, 31)


@pytest.mark.parametrize(
    ("closed_on", "months", "due"),
    [
        (date(2026, 1, 15), 6, date(2026, 7, 15)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 12, 1), 12, date(2027, 12, 1)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
    ],
)
def test_a_survey_is_due_on_the_same_day_of_a_later_month_or_on_its_last(closed_on, months, due):
    assert due_day(closed_on, months) == due
    assert end_day(due) - due == timedelta(days=30)


@pytest.mark.parametrize(
    ("left", "sent", "mail_of_the_day"),
    [
        (30, {}, "first"),
        (8, {"first": 30}, ""),
        (7, {"first": 30}, "before"),
        (5, {"first": 30}, "before"),
        (5, {"first": 30, "before": 7}, ""),
        (5, {"first": 6}, ""),
        (0, {"first": 30, "before": 7}, "last"),
        (0, {"first": 30, "before": 0}, ""),
        (0, {"first": 0}, ""),
        (0, {"first": 30, "before": 7, "last": 0}, ""),
        (-1, {"first": 30}, ""),
        (20, {"anew": 25}, ""),
        (7, {"anew": 25}, "before"),
    ],
)
def test_which_mail_goes_on_a_day(left, sent, mail_of_the_day):
    days = {name: END - timedelta(days=before) for name, before in sent.items()}
    assert next_mail(END, END - timedelta(days=left), days) == mail_of_the_day


def test_the_clock_makes_a_survey_once_and_mails_it_once_to_who_acts():
    told = closed()
    with on_day(told, -1, clock=time(23, 59)):
        assert follow_up() == 0
    with on_day(told, 0, clock=time(0, 1)):
        assert follow_up() == 1
        assert follow_up() == 0
        survey = Survey.objects.get()
        link, _address = mailed(survey)
    assert (survey.months, survey.due_on) == (6, due_of(told))
    assert survey.ends_on == survey.due_on + timedelta(days=30)
    assert (link.person, link.mail, link.email) == (told.manager, "first", told.manager.email)
    assert link.language == told.manager.language
    assert link.expires_at == survey.ends_at
    assert told.voucher.reference in mail.outbox[-1].subject


def test_two_workers_make_one_survey():
    told = closed()
    with on_day(told):
        (due,) = list(due_surveys())
        assert actions.make_survey(due, by=None)
        # The other worker found it just before.
        assert not actions.make_survey(due, by=None)
        assert Survey.objects.count() == SurveyLink.objects.count() == 1


def test_the_second_survey_follows_and_one_whose_end_is_over_is_not_made():
    told = closed()
    with on_day(told, 31):
        assert follow_up() == 0
    with on_day(told, 2, months=12):
        assert follow_up() == 1
        assert Survey.objects.get().months == 12


def test_reminders_go_a_week_before_the_end_and_on_the_last_day_and_no_more():
    told = closed()
    with on_day(told):
        follow_up()
    kinds = []
    for day in [1, 22, 23, 23, 24, 29, 30, 30, 31]:
        with on_day(told, day):
            follow_up()
            kinds.append(SurveyLink.objects.latest("pk").mail)
    assert kinds == ["first", "first", *["before"] * 4, *["last"] * 3]
    assert SurveyLink.objects.count() == 3
    assert SurveyLink.objects.filter(withdrawn_at=None, replaced_at=None).count() == 1


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_each_mail_is_in_the_language_of_its_reader(language):
    told = closed()
    told.manager.language = language
    told.manager.save(update_fields=["language"])
    with on_day(told):
        survey, link, _address = asked(told)
    with on_day(told, 23):
        follow_up()
        mailed(survey)
    assert link.language == language
    assert mail.outbox[-1].subject != mail.outbox[-2].subject


def test_who_answered_is_not_reminded():
    told = closed()
    with on_day(told):
        survey, link, _address = asked(told)
        draft = actions.save_survey(survey, typed(survey), seen=0, by=link)
        actions.send_survey(survey, seen=draft.seen_as, by=link)
    for day in (23, 30):
        with on_day(told, day):
            assert follow_up() == 0
    assert SurveyLink.objects.count() == 1


def test_the_successor_is_asked_and_once_they_left_another_manager():
    told = closed()
    heir = person("heir@example.org")
    cluster = told.voucher.award.application.cluster
    seat = Representative.objects.create(cluster=cluster, user=heir, level="manager")
    Succession.objects.create(
        voucher=told.voucher,
        before=told.manager,
        person=heir,
        since=due_of(told),
        reason="She left.",
        named_by=told.manager,
    )
    with on_day(told):
        follow_up()
        assert SurveyLink.objects.get().person == heir
    seat.delete()
    with on_day(told, months=12):
        follow_up()
        assert SurveyLink.objects.latest("pk").person == told.manager


def test_without_any_manager_the_officers_are_told():
    told = closed()
    # A cluster keeps its last manager, who may be gone nevertheless.
    User.objects.filter(pk=told.manager.pk).update(is_active=False)
    with on_day(told):
        follow_up()
        follow_up()
    assert Survey.objects.count() == 1
    assert not SurveyLink.objects.exists()
    assert Notice.objects.filter(kind="survey-unsent", recipient=told.officer).count() == 1


def test_a_call_without_surveys_asks_nobody_and_its_terms_are_fixed_once_it_is_open():
    def never(call):
        Call.objects.filter(pk=call.pk).update(first_survey_months=None, second_survey_months=None)

    with opening(never):
        told = closed()
    for months in (6, 12):
        with on_day(told, months=months):
            assert follow_up() == 0
    call = told.voucher.award.application.call
    with pytest.raises(DatabaseError, match="is fixed"), transaction.atomic():
        Call.objects.filter(pk=call.pk).update(first_survey_months=3)
    with pytest.raises(DatabaseError, match="is fixed"), transaction.atomic():
        Call.objects.filter(pk=call.pk).update(surveys_ask_jobs=False)
