"""The link of several follow-up surveys sent again to who did not answer."""

import pytest
from django.test import Client

from accounts.models import User
from bulk.actions import RUNS
from tests.assistance.surveys.asked import asked, closed, on_day
from tests.assistance.surveys.test_answering import sent
from tests.bulk.choosing import chosen, outcomes, press
from tests.people import log_in
from vouchers.assistance.surveys.models import SurveyLink
from vouchers.assistance.surveys.queries import addressee_of, without_addressee

pytestmark = pytest.mark.django_db


@pytest.fixture
def told():
    return closed()


def test_who_acts_for_the_cluster_gets_another_link(told):
    with on_day(told):
        survey, first, _address = asked(told)
        client = log_in(Client(), told.officer)
        run = chosen(client, "surveys", "remind", str(survey.pk))
        page = press(client, run).content.decode()
    assert "1 is done" in page
    newest = SurveyLink.objects.filter(survey=survey).latest("pk")
    assert newest.pk != first.pk
    assert newest.person == first.person


def test_one_that_was_answered_is_left_alone_before_and_after(told):
    with on_day(told):
        survey, first, _address = asked(told)
        client = log_in(Client(), told.officer)
        run = chosen(client, "surveys", "remind", str(survey.pk))
        other = chosen(client, "surveys", "remind", str(survey.pk))
        press(client, run, work=False)
        sent(survey, first)
        page = client.get(other.get_absolute_url()).content.decode()
        assert "It was answered already." in page
        assert "There is nothing to do" in page
        RUNS.conduct(run.pk)
    assert outcomes(run) == {str(survey.pk): "refused"}
    assert SurveyLink.objects.filter(survey=survey).count() == 1


def test_one_that_nobody_would_get_is_left_out_and_refused(told):
    with on_day(told):
        survey, _first, _address = asked(told)
        client = log_in(Client(), told.officer)
        assert without_addressee([survey]) == set()
        run = chosen(client, "surveys", "remind", str(survey.pk))
        press(client, run, work=False)
        cluster = survey.voucher.award.application.cluster
        User.objects.filter(representations__cluster=cluster).update(is_active=False)
        assert without_addressee([survey]) == {survey.pk}
        assert addressee_of(survey) is None
        other = chosen(client, "surveys", "remind", str(survey.pk))
        page = client.get(other.get_absolute_url()).content.decode()
        assert "Nobody represents the cluster now." in page
        assert "There is nothing to do" in page
        RUNS.conduct(run.pk)
    assert run.items.get().why == "Nobody represents the cluster now."
