"""What must be in order before an agreement is signed: it is listed, and what blocks, blocks."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from clusters.actions import verify_account
from conduct.actions import OutOfOrder
from demonstration.signing import say_where_to_pay, signed
from links.models import LinkCode
from tests.people import log_in, person
from tests.screening.making import in_force
from vouchers.awards import actions
from vouchers.awards.models import AgreementSignature

from .making import address_of, code, manager_of, paid_to_cluster, told_accepted, typed

pytestmark = pytest.mark.django_db


def test_while_the_check_against_the_list_is_not_complete_nobody_signs(client, award):
    signing = signed(award, manager_of(award))
    in_force(person(role="coordinator"), screened=False)
    log_in(client, manager_of(award))
    page = client.get(address_of(award))
    assert page.context["blocked"]
    assert "sanction" not in page.content.decode().lower()
    with pytest.raises(OutOfOrder, match="complete a check"):
        actions.accept_award(award, signing=signing, by=manager_of(award))
    assert client.post(address_of(award), typed(award, code=code())).status_code == 422
    assert not AgreementSignature.objects.exists()
    assert LinkCode.objects.get().may_be_tried


def test_a_cluster_that_is_paid_itself_says_where_before_it_signs(client):
    _story, award = paid_to_cluster()
    manager = manager_of(award)
    log_in(client, manager)
    assert client.get(address_of(award)).context["blocked"]
    with pytest.raises(OutOfOrder, match="Bank account of the cluster: Not entered yet"):
        actions.accept_award(award, signing=signed(award, manager), by=manager)
    say_where_to_pay(award, manager)
    page = client.get(address_of(award))
    assert not page.context["blocked"]
    assert "Entered, and not verified yet" in page.content.decode()
    assert actions.accept_award(award, signing=signed(award, manager), by=manager)


def test_an_account_that_cools_down_says_from_when_money_can_go_there(client):
    story, award = paid_to_cluster()
    say_where_to_pay(award, manager_of(award))
    account = award.application.cluster.bank_accounts.get()
    verify_account(account, by=story.cast.officer("LB"))
    log_in(client, manager_of(award))
    page = client.get(address_of(award))
    assert not page.context["blocked"]
    assert "Verified. Money can go there from" in page.content.decode()


def test_the_database_promises_nothing_to_a_paid_cluster_without_an_account():
    _story, award = paid_to_cluster()
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        told_accepted(award)
    assert refused.value.__cause__.diag.constraint_name == "a_paid_cluster_has_an_account"
