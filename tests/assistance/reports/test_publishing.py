"""Everybody sees what is accepted and consented to, and nothing any more once that is taken back."""

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from clusters.actions import approve_page, request_publication
from conduct.actions import NotAllowed, OutOfOrder, Refused
from reports.queries import totals
from tests.assistance.reports.test_pictures import words
from tests.assistance.reports.writing import photograph, report_of, returned
from tests.making import MA, voucher_story
from tests.people import log_in
from vouchers.assistance.reports import actions
from vouchers.assistance.reports.models import PublicationConsent, ReportFile
from vouchers.payments import actions as payments

pytestmark = pytest.mark.django_db
Kind = PublicationConsent.Kind


@pytest.fixture
def sent():
    told = voucher_story("reported")
    returned(told)
    words(told, actions.add_picture(told.voucher, photograph(), by=told.manager))
    actions.submit_report(report_of(told), by=told.manager)
    return told


@pytest.fixture
def accepted(sent):
    payments.accept_report(report_of(sent), by=sent.officer)
    return sent


def consent(told, *kinds, by=None):
    return actions.say_what_is_public(told.voucher, kinds, by=by or told.manager)


def public(client):
    client.logout()
    return client.get(reverse("dashboards:results")).content.decode()


def picture_address():
    return reverse("final_reports:public_picture", args=[ReportFile.objects.latest("pk").pk])


def test_without_consent_nothing_of_a_report_is_public(accepted, client):
    html, version = public(client), report_of(accepted).version
    assert version.story not in html
    assert version.indicators.first().name not in html
    assert client.get(picture_address()).status_code == 404


@pytest.mark.parametrize("kind", Kind.values)
def test_each_kind_is_shown_by_its_own_consent_and_is_gone_at_once(accepted, client, kind):
    version = report_of(accepted).version
    marks = {
        Kind.STORY: version.story,
        Kind.FIGURES: version.indicators.first().name,
        Kind.PICTURES: picture_address(),
    }
    consent(accepted, kind)
    html = public(client)
    for other, mark in marks.items():
        assert (mark in html) == (other == kind)
    assert (client.get(picture_address()).status_code == 200) == (kind == Kind.PICTURES)
    consent(accepted)
    html = public(client)
    assert not any(mark in html for mark in marks.values())
    assert client.get(picture_address()).status_code == 404


def test_the_totals_count_the_members_of_those_who_let_everybody_know(accepted):
    kind = PublicationConsent.Kind.FIGURES
    reached = totals().members
    assert reached > 0
    assert totals(for_everybody=True).members == 0
    actions.say_what_is_public(accepted.voucher, [kind], by=accepted.manager)
    assert totals(for_everybody=True).members == reached
    actions.say_what_is_public(accepted.voucher, [], by=accepted.manager)
    assert totals(for_everybody=True).members == 0


def test_the_provider_is_named_beside_what_is_shown_if_that_is_allowed(accepted, client):
    consent(accepted, Kind.STORY)
    assert "Cedar Consulting" not in public(client)
    consent(accepted, Kind.STORY, Kind.PROVIDER)
    assert "Cedar Consulting" in public(client)


def test_consent_before_the_report_is_accepted_shows_nothing_yet(sent, client):
    consent(sent, *Kind.values)
    story = report_of(sent).version.story
    assert story not in public(client)
    assert client.get(picture_address()).status_code == 404
    payments.accept_report(report_of(sent), by=sent.officer)
    assert story in public(client)


def test_the_page_of_the_cluster_shows_it_too(accepted, client):
    cluster = accepted.voucher.award.application.cluster
    page = request_publication(cluster, ["mission"], by=accepted.manager)
    approve_page(page, by=accepted.officer)
    consent(accepted, Kind.STORY, Kind.FIGURES)
    client.logout()
    html = client.get(cluster.get_absolute_url()).content.decode()
    assert report_of(accepted).version.story in html
    consent(accepted)
    assert (
        report_of(accepted).version.story
        not in client.get(cluster.get_absolute_url()).content.decode()
    )


def test_what_was_said_is_kept(accepted):
    consent(accepted, Kind.STORY)
    consent(accepted)
    consent(accepted)
    said = PublicationConsent.objects.filter(kind=Kind.STORY).order_by("pk")
    assert [(one.is_given, one.said_by) for one in said] == [
        (True, accepted.manager),
        (False, accepted.manager),
    ]
    for change in (lambda: said.update(is_given=True), lambda: said.first().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_only_a_manager_of_the_cluster_says_it(accepted, client):
    for other in (accepted.officer, accepted.cast.coordinators[0], accepted.cast.officer("MA")):
        with pytest.raises(NotAllowed):
            consent(accepted, Kind.STORY, by=other)
    with pytest.raises(Refused, match="nothing that a report has"):
        consent(accepted, "everything")
    address = reverse("final_reports:publication", args=[accepted.voucher.pk])
    assert log_in(client, accepted.cast.officer(MA.country)).get(address).status_code == 404
    assert log_in(client, accepted.officer).post(address, {"kinds": ["story"]}).status_code == 403
    assert not PublicationConsent.objects.exists()
    log_in(client, accepted.manager).post(address, {"kinds": ["story", "pictures"]})
    given = PublicationConsent.objects.filter(is_given=True).values_list("kind", flat=True)
    assert set(given) == {"story", "pictures"}
    assert "What everybody sees now" in client.get(address).content.decode()


def test_before_there_is_a_report_nothing_is_to_be_said():
    told = voucher_story("plan approved")
    with pytest.raises(OutOfOrder, match="no final report yet"):
        consent(told, Kind.STORY)
