"""A coordinator counter-signs what the cluster signed, word for word, before any money moves."""

from dataclasses import replace
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import IntegrityError, transaction

from accounts.actions import grant_role
from accounts.models import User
from clusters.models import Representative
from conduct.actions import NotAllowed, OutOfOrder, Refused
from demonstration.clock import on
from demonstration.signing import countersigned
from documents.models import Document
from links.actions import send_code
from links.models import LinkCode
from notices.models import Notice
from tests.making import LB, LB_SECOND, awarded
from tests.people import code_of_app, log_in, person
from vouchers.applications.models import Recusal
from vouchers.awards import actions
from vouchers.awards.letters.reading import articles_of
from vouchers.awards.models import CounterSignature
from vouchers.awards.queries import agreements_to_countersign
from vouchers.awards.queries.signing import Signatory

from .countersigning import address_of, asked_for_code, typed
from .making import another_than, code, manager_of, signed_by_the_cluster_alone

pytestmark = pytest.mark.django_db


def test_what_the_cluster_signed_is_read_and_signed_and_the_letter_has_both_signatures(
    client, to_countersign, coordinator
):
    log_in(client, coordinator)
    page = client.get(address_of(to_countersign)).content.decode()
    assert to_countersign.signature.text in page
    assert to_countersign.signature.name in page
    assert "Amal Coordinator" in asked_for_code(client, to_countersign).content.decode()
    answer = client.post(address_of(to_countersign), typed(to_countersign, code=code()))
    assert answer["Location"] == to_countersign.voucher.get_absolute_url()
    second = CounterSignature.objects.get()
    assert (second.name, second.signed_by, second.confirmed_by) == (
        "Amal Coordinator",
        coordinator,
        "mail",
    )
    assert second.sha256 == to_countersign.signature.sha256
    letters = Document.objects.filter(kind="agreement")
    assert letters.filter(validity="superseded").count() == 3
    for letter in letters.filter(validity="current"):
        assert letter.facts["countersigned_name"] == "Amal Coordinator"
        assert letter.facts["signed_name"] == to_countersign.signature.name
    signed = letters.get(validity="current", language=to_countersign.signature.language)
    assert articles_of(signed).sha256 == second.sha256
    told = Notice.objects.filter(kind="voucher-countersigned")
    assert manager_of(to_countersign) in {one.recipient for one in told}


def test_a_second_factor_confirms_and_the_same_code_signs_nothing_twice(client):
    story, awards = awarded(LB, LB_SECOND, quotas={"LB": 2})
    for award in awards:
        story.sign(award.application)
    coordinator = person(role="coordinator")
    Authenticator.objects.filter(user=coordinator).delete()
    secret = generate_totp_secret()
    TOTP.activate(coordinator, secret)
    log_in(client, coordinator)
    wrong = client.post(address_of(awards[0]), typed(awards[0], code="000000"))
    assert wrong.status_code == 422
    assert "wait for the next one" in wrong.content.decode()
    right = code_of_app(secret)
    signed, again = (client.post(address_of(one), typed(one, code=right)) for one in awards)
    assert (signed.status_code, again.status_code) == (302, 422)
    assert "Each works once" in again.content.decode()
    assert CounterSignature.objects.get().confirmed_by == "factor"


@pytest.mark.parametrize("field", ["name", "function", "code"])
def test_what_is_missing_is_asked_for_beside_its_field_and_nothing_typed_is_lost(
    client, to_countersign, coordinator, field
):
    log_in(client, coordinator)
    asked_for_code(client, to_countersign)
    page = client.post(
        address_of(to_countersign), typed(to_countersign, **{"code": code(), field: " "})
    )
    assert page.status_code == 422
    assert page.context["form"].errors[field]
    kept = "Coordinator of the programme" if field == "name" else "Amal Coordinator"
    assert kept in page.content.decode()
    assert not CounterSignature.objects.exists()


@pytest.mark.parametrize("name", ["Amal\x00", "Amal \u202elam", "Amal\u2066", "Amal\nAmal"])
def test_a_name_of_characters_that_nobody_sees_is_refused(
    client, to_countersign, coordinator, name
):
    log_in(client, coordinator)
    asked_for_code(client, to_countersign)
    page = client.post(address_of(to_countersign), typed(to_countersign, code=code(), name=name))
    assert page.status_code == 422
    assert page.context["form"].errors["name"]
    assert not CounterSignature.objects.exists()


def test_a_wrong_code_is_counted_and_an_old_one_refused(client, to_countersign, coordinator):
    log_in(client, coordinator)
    asked_for_code(client, to_countersign)
    client.post(address_of(to_countersign), typed(to_countersign, code=another_than(code())))
    assert LinkCode.objects.latest("pk").wrong == 1
    with on(LinkCode.objects.latest("pk").expires_at + timedelta(seconds=1)):
        page = client.post(address_of(to_countersign), typed(to_countersign, code=code()))
    assert page.status_code == 422
    assert not CounterSignature.objects.exists()


def test_a_code_for_the_first_signature_confirms_no_second(to_countersign, coordinator):
    signing = countersigned(to_countersign, coordinator)
    send_code(
        Signatory(to_countersign, coordinator), language="en", mail="awards/mails/signing_code"
    )
    theirs = replace(signing, code=code())
    assert actions.countersign(to_countersign, signing=theirs, by=coordinator) is None
    assert not CounterSignature.objects.exists()


def test_other_words_than_those_signed_are_refused_and_the_code_stays_good(
    to_countersign, coordinator
):
    signing = countersigned(to_countersign, coordinator)
    with pytest.raises(Refused, match="not the words"):
        actions.countersign(
            to_countersign, signing=replace(signing, shown="0" * 64), by=coordinator
        )
    assert actions.countersign(to_countersign, signing=signing, by=coordinator)


def test_an_award_that_nobody_signed_or_that_lapsed_leads_back_to_it(client, coordinator):
    _story, (award,) = awarded()
    log_in(client, coordinator)
    assert client.get(address_of(award))["Location"] == award.get_absolute_url()
    actions.decline_award(award, reason="We merge.", by=manager_of(award))
    assert client.get(address_of(award))["Location"] == award.get_absolute_url()
    with pytest.raises(OutOfOrder, match="has not signed"):
        actions.send_countersigning_code(award, language="en", by=coordinator)


def test_pressed_twice_it_is_signed_once_and_leads_to_the_voucher(
    client, to_countersign, coordinator
):
    log_in(client, coordinator)
    asked_for_code(client, to_countersign)
    sent = typed(to_countersign, code=code())
    for _turn in range(2):
        answer = client.post(address_of(to_countersign), sent)
        assert answer["Location"] == to_countersign.voucher.get_absolute_url()
    assert CounterSignature.objects.count() == 1
    assert (
        Notice.objects.filter(
            kind="voucher-countersigned", recipient=manager_of(to_countersign)
        ).count()
        == 1
    )


def test_only_a_coordinator_who_is_on_no_other_side_counter_signs(client):
    story, (award,) = awarded()
    story.sign(award.application)
    for somebody in (
        story.cast.officer("LB"),
        person(role="auditor"),
        story.cast.finance[0],
        manager_of(award),
    ):
        with pytest.raises(NotAllowed):
            actions.send_countersigning_code(award, language="en", by=somebody)
        log_in(client, somebody)
        assert client.get(address_of(award)).status_code == 403
        page = client.get(award.voucher.get_absolute_url()).content.decode()
        assert address_of(award) not in page
        assert "waits for a coordinator" in page
    log_in(client, story.cast.officer("MA"))
    assert client.get(address_of(award)).status_code == 404


def test_who_signed_for_the_cluster_or_is_an_officer_too_does_not(
    client, to_countersign, coordinator
):
    manager, cluster = manager_of(to_countersign), to_countersign.application.cluster
    officer, recused = person(role="coordinator"), person(role="coordinator")
    grant_role(officer, "officer", country_code=cluster.country_id, by=None)
    # Later no more with the cluster, and a coordinator: that they signed for it stays.
    Representative.objects.filter(user=manager).delete()
    grant_role(manager, "coordinator", country_code="", by=None)
    TOTP.activate(manager, generate_totp_secret())
    for somebody in (User.objects.get(pk=manager.pk), User.objects.get(pk=officer.pk)):
        log_in(client, somebody)
        assert client.get(address_of(to_countersign)).status_code == 403
        assert not agreements_to_countersign(somebody).exists()
        refuse_the_row(to_countersign, somebody)
    assert agreements_to_countersign(coordinator).get() == to_countersign.voucher
    Recusal.objects.create(
        application=to_countersign.application, person=recused, reason="My sister."
    )
    log_in(client, recused)
    assert client.get(address_of(to_countersign)).status_code == 404
    refuse_the_row(to_countersign, recused)


def test_it_is_told_to_whoever_may_counter_sign_this_one_and_to_nobody_else():
    story, (award, other) = awarded(LB, LB_SECOND, quotas={"LB": 2})
    free, officer, recused, elsewhere = (person(role="coordinator") for _ in range(4))
    grant_role(officer, "officer", country_code="LB", by=None)
    for somebody, of in ((recused, award), (elsewhere, other)):
        Recusal.objects.create(application=of.application, person=somebody, reason="My sister.")
    story.sign(award.application)
    told = {one.recipient for one in Notice.objects.filter(kind="voucher-to-countersign")}
    assert {free, elsewhere} <= told
    assert not told & {officer, recused}


def refuse_the_row(award, somebody):
    """The database refuses it past the actions."""
    with pytest.raises(IntegrityError), transaction.atomic():
        CounterSignature.objects.create(
            voucher=award.voucher,
            sha256=award.signature.sha256,
            name="x",
            function="y",
            confirmed_by="mail",
            signed_by=somebody,
        )


def test_without_a_counter_signature_in_the_call_nothing_waits(client, coordinator):
    story, award = signed_by_the_cluster_alone()
    voucher = story.sign(award.application)
    assert not voucher.award.signature.needs_countersignature
    assert not Notice.objects.filter(kind="voucher-to-countersign").exists()
    actions.require_countersigned(voucher)
    letter = Document.objects.get(kind="agreement", language="en")
    assert "counter-signed" not in articles_of(letter).text
    log_in(client, coordinator)
    assert client.get(address_of(award))["Location"] == voucher.get_absolute_url()
