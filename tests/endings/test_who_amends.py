"""Who may still sign an amendment, and whether an agreement can be amended now."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accounts.actions import grant_role, revoke_role
from accounts.models import Role, User
from clusters.models import Representative
from conduct.actions import NotAllowed, OutOfOrder
from demonstration.signing import amendment_signed
from demonstration.story import VoucherStory
from documents.actions import withdraw_document
from documents.models import Document
from tests.endings.making import WHY, agreed, ahead, asked, coordinators, drawn_up, noticed, signed
from tests.making import voucher_story
from tests.people import log_in, person
from vouchers.endings.actions import decide_extension, withdraw_extension
from vouchers.endings.amendments import actions
from vouchers.endings.amendments.permissions import who_may_countersign_amendment
from vouchers.endings.amendments.queries import (
    amendments_to_countersign,
    extensions_to_draw_up,
)
from vouchers.endings.models import Extension

pytestmark = pytest.mark.django_db
OTHER_WORDS = "The provider is independent of both, and speaks Arabic."


@pytest.fixture
def told():
    return voucher_story("plan approved")


def test_who_signed_for_the_cluster_and_coordinates_by_now_does_not_counter_sign(told):
    amendment = signed(drawn_up(told.voucher, article_4=OTHER_WORDS))
    mover = joined_the_other_side(told)
    assert not amendments_to_countersign(mover).exists()
    assert mover not in who_may_countersign_amendment(amendment)
    with pytest.raises(NotAllowed):
        actions.send_amendment_countersigning_code(amendment, language="en", by=mover)


def joined_the_other_side(told) -> User:
    """The manager, who left the cluster to another and is a coordinator."""
    cluster = told.voucher.award.application.cluster
    Representative.objects.create(cluster=cluster, user=person(), level="manager")
    Representative.objects.filter(cluster=cluster, user=told.manager).delete()
    grant_role(told.manager, Role.COORDINATOR, by=None)
    return User.objects.get(pk=told.manager.pk)


def test_nor_does_who_drew_it_up_and_manages_the_cluster_by_now_sign(told):
    amendment = drawn_up(told.voucher, article_4=OTHER_WORDS)
    drafter = coordinators()[0]
    cluster = told.voucher.award.application.cluster
    revoke_role(drafter.role_grants.get(role=Role.COORDINATOR), by=person(role=Role.ADMINISTRATOR))
    Representative.objects.create(cluster=cluster, user=drafter, level="manager")
    with pytest.raises(NotAllowed, match="did not stand for the programme"):
        actions.send_amendment_code(amendment, language="en", by=drafter)


def test_nobody_draws_up_what_nobody_is_left_to_counter_sign(client, told):
    first, second = coordinators()
    extension = decide_extension(asked(told), by=first)
    assert not extensions_to_draw_up(second).exists()
    page = log_in(client, second).get(extension.get_absolute_url()).content.decode()
    assert "Nobody could counter-sign it" in page
    assert reverse("endings:amend", args=[told.voucher.pk]) not in page
    terms = actions.AmendmentTerms(reason=WHY, sign_by=ahead(14))
    with pytest.raises(OutOfOrder, match="Nobody could counter-sign it"):
        actions.draw_up_amendment(told.voucher, terms, by=second)
    assert extensions_to_draw_up(first).get() == extension
    amendment = signed(actions.draw_up_amendment(told.voucher, terms, by=first))
    assert who_may_countersign_amendment(amendment) == [second]


def half_signed() -> VoucherStory:
    told = voucher_story("plan approved", by_both=False)
    agreed(told.voucher)
    return told


def with_one_open() -> VoucherStory:
    told = voucher_story("plan approved")
    drawn_up(told.voucher, article_4=OTHER_WORDS)
    agreed(told.voucher)
    return told


def withdrawn() -> VoucherStory:
    told = voucher_story("plan approved")
    agreed(told.voucher)
    withdraw_agreement(told)
    return told


def withdraw_agreement(told: VoucherStory) -> None:
    letter = Document.objects.get(
        kind="agreement", validity="current", language=told.voucher.award.signature.language
    )
    withdraw_document(letter, reason="Wrong name.", by=coordinators()[0])


@pytest.mark.parametrize(
    ("story", "sentence"),
    [
        (half_signed, "both sides have signed"),
        (with_one_open, "is open already"),
        (withdrawn, "was withdrawn"),
    ],
)
def test_desk_pages_and_form_say_alike_that_an_agreement_is_not_amended_now(
    client, story, sentence
):
    told, drafter = story(), coordinators()[0]
    extension = Extension.objects.get()
    assert not extensions_to_draw_up(drafter).exists()
    form = reverse("endings:amend", args=[told.voucher.pk])
    log_in(client, drafter)
    for page in (told.voucher.get_absolute_url(), reverse("dashboards:home")):
        assert f'"{form}"' not in client.get(page).content.decode()
    shown = client.get(extension.get_absolute_url()).content.decode()
    assert f'"{form}"' not in shown
    assert sentence in shown
    assert sentence in client.get(form, follow=True).content.decode()
    with pytest.raises(OutOfOrder, match=sentence):
        drawn_up(told.voucher, article_5=OTHER_WORDS)


def test_more_time_is_taken_back_with_its_amendment_until_the_cluster_has_signed(told):
    extension = agreed(told.voucher)
    amendment = drawn_up(told.voucher)
    withdraw_extension(extension, by=told.manager)
    amendment.refresh_from_db()
    assert amendment.state == "lapsed"
    extension = agreed(told.voucher)
    amendment = signed(drawn_up(told.voucher))
    with pytest.raises(OutOfOrder, match="is taken back no more"):
        withdraw_extension(extension, by=told.manager)
    noticed(told.voucher)
    amendment.refresh_from_db()
    assert amendment.state == "lapsed"


def test_nobody_signs_an_amendment_of_an_agreement_that_was_withdrawn(told):
    amendment = drawn_up(told.voucher, article_4=OTHER_WORDS)
    signing = amendment_signed(amendment, told.manager)
    withdraw_agreement(told)
    with pytest.raises(OutOfOrder, match="The agreement was withdrawn"):
        actions.sign_amendment(amendment, signing=signing, by=told.manager)
