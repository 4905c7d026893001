"""The place of a voucher that ended unused: offered by people to the next of the reserve list."""

from __future__ import annotations

import pytest
from django.urls import reverse

from demonstration.clock import noon, on
from notices.models import Notice
from tests.awards.deciding import published
from tests.endings.making import WHY, ahead, coordinators, rules
from tests.people import log_in
from vouchers.awards.actions import offer_from_reserve
from vouchers.awards.models import Award, ReservePlace, Voucher
from vouchers.awards.queries import places_of_ended, places_to_offer, vacancies_to_fill
from vouchers.awards.tasks import fill_vacancies
from vouchers.calls.models import Call, CountryQuota
from vouchers.endings import actions
from vouchers.endings.tasks import carry_out_endings

pytestmark = pytest.mark.django_db
FALLING = [("4.5", "4", "4"), ("4", "4", "4"), ("3.5", "4", "4")]


def ended_unused(*, offers: bool):
    """The round whose only voucher its cluster gave up before anything of it was used."""
    story, proposal, sent = published(FALLING)
    with on(noon(-14)):
        voucher = story.accept(sent[0])
    rules(offers_again_after_ending=offers, notice_days=0, claim_days_after_ending=0)
    voucher = Voucher.objects.get(pk=voucher.pk)
    manager = voucher.award.application.submitted_by
    actions.give_up_voucher(voucher, ends_on=ahead(0), reason=WHY, by=manager)
    assert carry_out_endings() == 1
    return proposal, sent, Voucher.objects.get(pk=voucher.pk)


def test_where_the_call_says_so_it_is_offered_to_the_next_by_a_coordinator(client):
    proposal, sent, voucher = ended_unused(offers=True)
    assert (voucher.released, Call.objects.get().committed) == (voucher.amount, 0)
    assert CountryQuota.objects.get(country="LB").awarded == 0
    # Never by the machine.
    assert not vacancies_to_fill().exists()
    assert fill_vacancies() == 0
    first = ReservePlace.objects.get(decision__application=sent[1])
    assert places_to_offer(proposal) == {first.pk}
    coordinator = coordinators()[0]
    assert list(places_of_ended(coordinator)) == [proposal]
    assert Notice.objects.filter(recipient=coordinator, kind="voucher-place-free").count() == 1
    log_in(client, coordinator)
    home = client.get(reverse("dashboards:home")).content.decode()
    assert "offer it to the next of the reserve list" in home
    page = client.get(voucher.endings.get().get_absolute_url()).content.decode()
    assert proposal.get_absolute_url() in page
    award = offer_from_reserve(first, because="The next in line.", by=coordinator)
    assert award.in_place_of == voucher.award
    assert not places_of_ended(coordinator).exists()
    assert CountryQuota.objects.get(country="LB").awarded == 1
    assert Award.objects.get(state="offered").application.reference == sent[1].reference


def test_else_only_the_budget_has_it_again():
    proposal, _sent, voucher = ended_unused(offers=False)
    assert (voucher.released, Call.objects.get().committed) == (voucher.amount, 0)
    assert CountryQuota.objects.get(country="LB").awarded == 1
    assert places_to_offer(proposal) == set()
    assert not places_of_ended(coordinators()[0]).exists()
    assert not Notice.objects.filter(kind="voucher-place-free").exists()
