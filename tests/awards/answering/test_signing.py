"""The agreement is read first, signed by name and function, confirmed, and kept as it was signed."""

from dataclasses import replace
from datetime import timedelta

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse

from conduct.actions import OutOfOrder, Refused
from demonstration.clock import noon, on
from demonstration.signing import signed
from documents.models import Document
from links.models import LinkCode
from links.models.codes import MOST_WRONG_CODES
from links.tasks import mail_link_code
from tests.making import LB, LB_SECOND, awarded
from tests.people import code_of_app, log_in, person
from texts.actions import TextPlace, save_wording
from texts.kinds import Family, kinds_of
from vouchers.awards import actions
from vouchers.awards.actions.signing import require_as_signed
from vouchers.awards.letters.reading import agreement_to_read, articles_of
from vouchers.awards.models import AgreementSignature, Award, Voucher

from .making import (
    address_of,
    another_manager,
    another_than,
    ask_for_code,
    code,
    manager_of,
    text_of,
    told_accepted,
    typed,
)

pytestmark = pytest.mark.django_db


def test_the_page_shows_the_articles_that_the_letter_has_before_anybody_signs(client, award):
    log_in(client, manager_of(award))
    page = client.get(address_of(award)).content.decode()
    text = agreement_to_read(award, manager_of(award).language)
    assert str(text.text) in page
    assert text.sha256 in page
    assert not AgreementSignature.objects.exists()


def test_name_function_and_a_mailed_code_sign_and_all_of_it_is_kept(client, award):
    log_in(client, manager_of(award))
    kept = ask_for_code(client, award).content.decode()
    assert "Rima Haddad" in kept
    assert "Director" in kept
    mail_link_code(LinkCode.objects.get().pk)
    assert code() in mail.outbox[-1].body
    answer = client.post(address_of(award), typed(award, code=code()))
    assert answer["Location"] == Voucher.objects.get().get_absolute_url()
    signature = AgreementSignature.objects.get()
    assert (signature.name, signature.function) == ("Rima Haddad", "Director")
    assert signature.confirmed_by == AgreementSignature.Confirmation.MAIL
    assert signature.address == "127.0.0.1"
    assert signature.signed_by == manager_of(award)
    letter = Document.objects.get(kind="agreement", language="en")
    assert letter.facts["signed_name"] == "Rima Haddad"


def test_a_second_factor_confirms_where_the_person_has_one(client, award):
    manager, secret = manager_of(award), generate_totp_secret()
    TOTP.activate(manager, secret)
    log_in(client, manager)
    wrong = client.post(address_of(award), typed(award, code="000000"))
    assert wrong.status_code == 422
    right = code_of_app(secret)
    client.post(address_of(award), typed(award, code=right))
    assert AgreementSignature.objects.get().confirmed_by == AgreementSignature.Confirmation.FACTOR


@pytest.mark.parametrize("field", ["name", "function", "code"])
def test_nothing_is_signed_while_something_is_missing(client, award, field):
    log_in(client, manager_of(award))
    ask_for_code(client, award)
    page = client.post(address_of(award), typed(award, **{"code": code(), field: " "}))
    assert page.status_code == 422
    assert page.context["form"].errors[field]
    assert not AgreementSignature.objects.exists()


def test_five_wrong_codes_end_a_code(client, award):
    log_in(client, manager_of(award))
    ask_for_code(client, award)
    right = code()
    for _turn in range(MOST_WRONG_CODES):
        client.post(address_of(award), typed(award, code=another_than(right)))
    assert LinkCode.objects.get().wrong == MOST_WRONG_CODES
    page = client.post(address_of(award), typed(award, code=right))
    assert page.status_code == 422
    assert page.context["form"].errors["code"]
    assert not AgreementSignature.objects.exists()


def test_a_code_works_no_longer_than_twenty_minutes(client, award):
    log_in(client, manager_of(award))
    ask_for_code(client, award)
    late = LinkCode.objects.get().expires_at + timedelta(seconds=1)
    with on(late):
        page = client.post(address_of(award), typed(award, code=code()))
    assert page.status_code == 422
    assert not AgreementSignature.objects.exists()


def test_the_code_of_another_award_signs_nothing(client):
    _story, (first, second) = awarded(LB, LB_SECOND, quotas={"LB": 2})
    log_in(client, manager_of(first))
    ask_for_code(client, first)
    log_in(client, manager_of(second))
    page = client.post(address_of(second), typed(second, code=code()))
    assert page.status_code == 422
    assert not AgreementSignature.objects.exists()


def test_what_changed_since_it_was_opened_is_shown_again_and_the_code_stays_good(client, award):
    log_in(client, manager_of(award))
    ask_for_code(client, award)
    opened = typed(award, code=code())
    cluster = award.application.cluster
    type(cluster).objects.filter(pk=cluster.pk).update(name="Cedar Cluster")
    page = client.post(address_of(award), opened)
    assert page.status_code == 422
    assert "Cedar Cluster" in page.content.decode()
    award.application.cluster.refresh_from_db()
    award = Award.objects.get()
    client.post(address_of(award), typed(award, code=code()))
    assert "Cedar Cluster" in AgreementSignature.objects.get().text


def test_an_award_whose_day_passed_while_the_page_was_open_is_not_signed(client, award):
    log_in(client, manager_of(award))
    opened = typed(award, code="123456")
    with on(noon(17)):
        log_in(client, manager_of(award))
        page = client.post(address_of(award), opened)
    assert page.status_code == 422
    assert page.context["form"].non_field_errors()
    assert not Voucher.objects.exists()


def test_nobody_declines_or_signs_again_what_is_signed(award):
    manager = manager_of(award)
    signing = signed(award, manager)
    actions.accept_award(award, signing=signing, by=manager)
    with pytest.raises(OutOfOrder):
        actions.decline_award(award, reason="We merge.", by=manager)
    with pytest.raises(OutOfOrder):
        actions.accept_award(award, signing=signing, by=manager)
    assert AgreementSignature.objects.count() == 1


@pytest.mark.parametrize("missing", [{"name": " "}, {"function": ""}, {"shown": "0" * 64}])
def test_the_action_itself_refuses_what_is_not_whole_and_the_code_stays_good(award, missing):
    signing = signed(award, manager_of(award))
    with pytest.raises(Refused):
        actions.accept_award(award, signing=replace(signing, **missing), by=manager_of(award))
    assert not AgreementSignature.objects.exists()
    assert LinkCode.objects.get().may_be_tried
    assert actions.accept_award(award, signing=signing, by=manager_of(award))


def test_a_wrong_code_is_counted_by_the_action_and_nothing_else_happens(award):
    signing = signed(award, manager_of(award))
    wrong = replace(signing, code=another_than(signing.code))
    assert actions.accept_award(award, signing=wrong, by=manager_of(award)) is None
    assert LinkCode.objects.get().wrong == 1
    assert Award.objects.get().state == Award.State.OFFERED
    assert not AgreementSignature.objects.exists()


def test_a_code_signs_once(award):
    actions.accept_award(award, signing=signed(award, manager_of(award)), by=manager_of(award))
    assert not LinkCode.objects.get().may_be_tried


def test_the_code_of_another_manager_signs_nothing(award):
    second = another_manager(award.application.cluster)
    theirs = signed(award, second)
    mine = replace(signed(award, manager_of(award)), code=theirs.code)
    assert actions.accept_award(award, signing=mine, by=manager_of(award)) is None
    assert not AgreementSignature.objects.exists()


def test_a_name_that_is_not_the_accounts_is_kept_beside_it(client, award):
    """A deputy may use the name of their identity card: who it was, the account says."""
    manager = manager_of(award)
    signing = replace(signed(award, manager), name="Dr. ريما حدّاد")
    actions.accept_award(award, signing=signing, by=manager)
    signature = AgreementSignature.objects.get()
    assert (signature.name, signature.signed_by) == ("Dr. ريما حدّاد", manager)
    assert str(manager) != signature.name
    facts = Document.objects.get(kind="agreement", language="en").facts
    assert (facts["signed_name"], facts["accepted_by"]) == (signature.name, str(manager))
    log_in(client, person(role="coordinator"))
    page = client.get(award.get_absolute_url()).content.decode()
    assert signature.name in page
    assert str(manager) in page


def test_an_owned_preamble_is_read_and_signed_and_stands_in_the_letter(client, award):
    place = TextPlace(kinds_of(Family.LETTER)["agreement"], "en")
    owned = {"preamble": "Between us, for {cluster}."}
    save_wording(place, owned, seen=0, by=person(role="coordinator"))
    log_in(client, manager_of(award))
    assert "Between us, for" in client.get(address_of(award)).content.decode()
    actions.accept_award(award, signing=signed(award, manager_of(award)), by=manager_of(award))
    letter = Document.objects.get(kind="agreement", language="en")
    signature = AgreementSignature.objects.get()
    assert "Between us, for" in signature.text
    assert articles_of(letter).sha256 == signature.sha256


def test_a_letter_of_other_words_than_those_signed_is_not_issued(award):
    """The wording may be changed by somebody else between the signature and the letter."""
    actions.accept_award(award, signing=signed(award, manager_of(award)), by=manager_of(award))
    signature = AgreementSignature.objects.get()
    letter = Document.objects.get(kind="agreement", language="en")
    require_as_signed(letter, signature)
    letter.facts = {**letter.facts, "articles": "Between others."}
    with pytest.raises(Refused, match="changed"):
        require_as_signed(letter, signature)


def test_the_draft_is_a_pdf_that_says_that_it_is_one(client, award):
    log_in(client, manager_of(award))
    answer = client.get(reverse("awards:agreement_draft", args=[award.pk]))
    assert answer["Content-Type"] == "application/pdf"
    text = text_of(answer.content)
    assert "This is a draft to read" in text
    assert "to be signed on the portal" in text
    assert not Document.objects.filter(kind="agreement").exists()


def test_the_database_issues_no_voucher_without_a_signature(award):
    with pytest.raises(IntegrityError, match="once its agreement is signed"), transaction.atomic():
        told_accepted(award)


def test_coordinators_and_auditors_read_the_signature_and_officers_do_not(client):
    story, (award,) = awarded()
    actions.accept_award(award, signing=signed(award, manager_of(award)), by=manager_of(award))
    fingerprint = AgreementSignature.objects.get().sha256
    for reader in (person(role="coordinator"), person(role="auditor")):
        log_in(client, reader)
        assert fingerprint in client.get(award.get_absolute_url()).content.decode()
    log_in(client, story.cast.officer("LB"))
    assert fingerprint not in client.get(award.get_absolute_url()).content.decode()


def test_who_may_not_sign_for_the_cluster_sees_no_form(client, award):
    log_in(client, person(role="coordinator"))
    assert client.get(address_of(award)).status_code == 403
