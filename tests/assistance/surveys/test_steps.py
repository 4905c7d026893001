"""A survey that waits is the next step of its voucher, and its cluster's turn; then nobody's."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.people import log_in
from vouchers.assistance.surveys import actions
from vouchers.assistance.surveys.models import Survey, SurveyLink
from vouchers.standing.actions import judge_outdated
from vouchers.standing.models import Standing

from .asked import asked, closed, on_day, typed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_attempts_yet")]


@pytest.fixture
def told():
    return closed()


def page(who, address):
    return log_in(Client(), who).get(address).content.decode()


def turn():
    judge_outdated()
    found = Standing.objects.get()
    return found.stage, found.party, found.task


def test_who_has_the_link_finds_it_at_home_and_others_read_who_has_it(told):
    address = told.voucher.get_absolute_url()
    assert "The voucher is closed. Thank you." in page(told.manager, address)
    with on_day(told):
        survey, _link, _address = asked(told)
        for where in (address, reverse("dashboards:home")):
            assert "you have the link by e-mail" in page(told.manager, where)
        assert f"{told.manager} has the link of the survey" in page(told.officer, address)
        actions.save_survey(survey, typed(survey), seen=0, by=_link)
        actions.send_survey(survey, seen=1, by=_link)
        assert "The voucher is closed. Thank you." in page(told.manager, address)
        assert "has the link" not in page(told.officer, address)


def test_where_nobody_could_be_asked_the_officer_sends_it(told):
    User.objects.filter(pk=told.manager.pk).update(is_active=False)
    with on_day(told):
        actions.make_surveys()
        assert not SurveyLink.objects.exists()
        html = page(told.officer, told.voucher.get_absolute_url())
        assert "found nobody to go to" in html
        assert Survey.objects.get().get_absolute_url() in html


def test_it_is_the_clusters_turn_until_it_is_answered(told):
    assert turn() == ("closed", "", "")
    with on_day(told):
        survey, link, _address = asked(told)
        assert turn() == ("closed", "cluster", "answer_survey")
        listed = page(told.officer, f"{reverse('dashboards:vouchers')}?turn=cluster")
        assert told.voucher.reference in listed
        assert "since" in listed
        actions.save_survey(survey, typed(survey), seen=0, by=link)
        actions.send_survey(survey, seen=1, by=link)
        assert turn() == ("closed", "", "")


def test_after_its_last_day_nobody_is_waited_for(told):
    with on_day(told):
        asked(told)
        assert turn()[1] == "cluster"
    with on_day(told, 31):
        assert turn() == ("closed", "", "")
