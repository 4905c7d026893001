"""Who reads what was answered, who sends the link anew, and what everybody sees of it."""

import pytest
from django.core import mail
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clusters.models import Cluster, Representative
from conduct.actions import NotAllowed, Refused, TooLate
from tests.making import MA
from tests.people import log_in, person
from vouchers.assistance.reports import actions as reports
from vouchers.assistance.surveys import actions
from vouchers.assistance.surveys.actions.sending import link_to
from vouchers.assistance.surveys.models import SurveyLink
from vouchers.standing.actions import judge_outdated

from .asked import asked, closed, mailed, on_day, typed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_attempts_yet")]

LIST = "surveys:list"


@pytest.fixture
def told():
    return closed()


def answered(told, months=6, **other):
    """A survey that was answered on the day on which it was due."""
    with on_day(told, months=months):
        survey, link, _address = asked(told)
        saved = actions.save_survey(survey, typed(survey, **other), seen=0, by=link)
        answer = actions.send_survey(survey, seen=saved.seen_as, by=link)
    survey.refresh_from_db()
    return survey, answer


def page(told, who, address, **query):
    with on_day(told, 1):
        return log_in(Client(), who).get(address, query)


def test_the_answers_stand_beside_the_report_for_who_reads_the_voucher_and_for_nobody_else(told):
    survey, _answer = answered(told)
    stranger = person()
    cluster = Cluster.objects.create(
        country_id="MA", name=MA.name, slug="of-a-stranger", sector="leather"
    )
    Representative.objects.create(cluster=cluster, user=stranger, level="manager")
    voucher = told.voucher.get_absolute_url()
    for who in (told.officer, told.cast.coordinators[0], told.manager, person(role="auditor")):
        assert "Two members export now." in page(told, who, voucher).content.decode()
        assert "Counted, 1" in page(told, who, survey.get_absolute_url()).content.decode()
        assert told.voucher.reference in page(told, who, reverse(LIST)).content.decode()
    for who in (told.cast.officer("MA"), stranger, person(role="assessor")):
        assert page(told, who, survey.get_absolute_url()).status_code == 404
        assert told.voucher.reference not in page(told, who, reverse(LIST)).content.decode()
    assert page(told, stranger, reverse("surveys:send", args=[survey.pk])).status_code == 404
    assert page(told, told.manager, reverse("surveys:send", args=[survey.pk])).status_code == 403


def test_the_list_is_narrowed_and_exported_as_it_is(told):
    survey, answer = answered(told, turnover_change="-3,5")
    with on_day(told, months=12):
        asked(told)
        client = log_in(Client(), told.cast.coordinators[0])
        for standing, how_many in [("answered", 1), ("open", 1), ("missed", 0), ("", 2)]:
            found = client.get(reverse(LIST), {"standing": standing})
            assert len(found.context["rows"]) == how_many, standing
        file = client.get(reverse(LIST), {"standing": "answered", "export": "csv"})
        head, *lines = b"".join(file.streaming_content).decode("utf-8-sig").splitlines()
    assert head.startswith("voucher,cluster,country,months,due,ends,state")
    assert len(lines) == 1
    assert survey.due_on.isoformat() in lines[0]
    assert ",answered," in lines[0]
    assert ",12,-3.50,2,40," in lines[0]
    assert (
        answer.indicators.first().name[:20] in lines[0]
        or answer.indicators.first().code in lines[0]
    )


@pytest.mark.parametrize("page_of", ["list", "voucher"])
def test_pages_cost_the_same_however_many_surveys_there_are(told, page_of):
    address = reverse(LIST) if page_of == "list" else told.voucher.get_absolute_url()

    def counted() -> int:
        with on_day(told, 1, months=12):
            client = log_in(Client(), told.officer)
            judge_outdated()
            client.get(address)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            return len(queries)

    answered(told)
    before = counted()
    answered(told, months=12)
    assert counted() == before


def test_an_officer_sends_the_link_anew_to_another_representative(told):
    other = person("editor@example.org", language="ar")
    cluster = told.voucher.award.application.cluster
    Representative.objects.create(cluster=cluster, user=other, level="editor")
    with on_day(told):
        survey, first, _address = asked(told)
        client = log_in(Client(), told.officer)
        address = reverse("surveys:send", args=[survey.pk])
        assert str(other) in client.get(address).content.decode()
        assert client.post(address, {"person": other.pk}).status_code == 302
        link, _address = mailed(survey)
    assert (link.person, link.mail, link.language) == (other, "anew", "ar")
    assert mail.outbox[-1].to == ["editor@example.org"]
    first.refresh_from_db()
    assert first.ended == "replaced"
    # Reminders go to who was chosen.
    with on_day(told, 23):
        actions.mail_surveys()
        assert SurveyLink.objects.latest("pk").person == other


def test_the_link_goes_to_no_stranger_from_nobody_else_and_not_after_the_end(told):
    stranger = person("stranger@example.org")
    with on_day(told):
        survey, _link, _address = asked(told)
        with pytest.raises(Refused, match="representatives"):
            actions.send_survey_anew(survey, person=stranger, by=told.officer)
        for who in (told.manager, told.cast.officer("MA"), stranger):
            with pytest.raises(NotAllowed):
                actions.send_survey_anew(survey, person=told.manager, by=who)
        with pytest.raises(DatabaseError, match="representative"), transaction.atomic():
            link_to(survey, stranger, "anew", by=told.officer)
        client = log_in(Client(), told.officer)
        shown = client.post(reverse("surveys:send", args=[survey.pk]), {"person": stranger.pk})
        assert shown.context["form"].errors.keys() == {"person"}
    with on_day(told, 31), pytest.raises(TooLate):
        actions.send_survey_anew(survey, person=told.manager, by=told.officer)
    assert SurveyLink.objects.count() == 1


def test_everybody_sees_todays_values_only_while_the_cluster_consents_to_figures(told):
    _survey, answer = answered(told, words="Not for everybody")
    row = answer.indicators.first()
    mark = "months after the voucher was closed"

    def public():
        return Client().get(reverse("dashboards:results")).content.decode()

    assert mark not in public()
    for kinds, is_shown in [(["story"], False), (["figures"], True), ([], False)]:
        reports.say_what_is_public(told.voucher, kinds, by=told.manager)
        html = public()
        assert (mark in html) == is_shown
        assert (row.name in html) == is_shown
        assert "Not for everybody" not in html
        assert row.note not in html
