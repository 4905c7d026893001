"""Payees of a batch that are judged at once are told the same as each one by itself."""

from __future__ import annotations

from datetime import timedelta
from itertools import product

import pytest
from django.utils import timezone

from clusters.models import Cluster
from demonstration.clock import on
from tests.making import LB, LB_SECOND, bank_account, voucher_story
from tests.screening.making import screened_alike
from vouchers.providers.actions.accounts import register_provider
from vouchers.screening.actions.deciding import decide_hit
from vouchers.screening.actions.screening import screen_payee
from vouchers.screening.queries import refusal_of_payment, refusals_of_payments

pytestmark = pytest.mark.django_db

SHORT, LONG = 30, 400


def another_provider(told, name, account):
    return register_provider(
        told.voucher.award.application.country,
        name=name,
        bank_account=bank_account(LB.country, account),
        bic="BLOMLBBX",
        town="Beirut",
        by=told.officer,
    )


def test_a_mixed_batch_is_told_what_each_payee_is_told():
    told = voucher_story(facts=LB)
    plain = another_provider(told, "Atlas Engineering", 91)
    screening, hit = screened_alike(told)
    decide_hit(hit, verdict="same", reason="The same address.", by=told.cast.coordinators[0])
    renamed = told.voucher.award.application.cluster
    other = Cluster.objects.exclude(pk=renamed.pk).order_by("pk").first()
    if other is None:
        other = Cluster.objects.create(name=LB_SECOND.name, country_id=LB_SECOND.country)
    screen_payee(other, by=None)
    fresh = another_provider(told, "Orontes Studio", 92)
    Cluster.objects.filter(pk=renamed.pk).update(aliases="Called otherwise by now")
    payees = [told.provider, plain, fresh, Cluster.objects.get(pk=renamed.pk), other]
    asked = list(product(payees, (SHORT, LONG)))
    with on(timezone.now() + timedelta(days=SHORT + 5)):
        at_once = refusals_of_payments(asked)
        one_by_one = {pair: refusal_of_payment(pair[0], days=pair[1]) for pair in asked}
    assert at_once == one_by_one
    # Every answer is among them, so that none hides behind another.
    why = {pair: sentence.partition("now. ")[2] for pair, sentence in at_once.items()}
    assert why[told.provider, LONG].startswith("Held for the same")
    assert why[plain, SHORT].startswith("The screening is older than the call allows")
    assert why[plain, LONG] == ""
    assert why[fresh, LONG].startswith("Not screened yet")
    assert why[payees[3], LONG].startswith("The names, or the owners, have changed")
    assert why[other, SHORT].startswith("The screening is older")
    assert why[other, LONG] == ""
    assert screening.provider == told.provider
