"""What waits for a coordinator's signature, and where people are told of it."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from conduct.actions import OutOfOrder
from demonstration.signing import countersigned
from tests.endings.making import ended
from tests.making import LB, LB_SECOND, awarded, pdf, today_there, voucher_story
from tests.people import log_in
from tests.providers.quotes.test_contracts import conclude, confirmed
from vouchers.awards import actions
from vouchers.awards.models import Voucher
from vouchers.awards.queries import agreements_to_countersign
from vouchers.payments.actions import approve_claim
from vouchers.payments.models import Claim
from vouchers.payments.queries import claims_to_approve
from vouchers.providers.contracts.models import Contract

pytestmark = pytest.mark.django_db
WAITS = "The agreement waits for a coordinator’s signature"


def signed_for_the_programme(told):
    by = told.cast.coordinators[0]
    award = told.voucher.award
    assert actions.countersign(award, signing=countersigned(award, by), by=by)


def test_a_claim_is_controlled_and_approved_only_once_both_have_signed(client):
    told = voucher_story("verified 0", by_both=False)
    claim, coordinator = Claim.objects.get(), told.cast.coordinators[0]
    with pytest.raises(OutOfOrder, match=WAITS):
        approve_claim(claim, by=coordinator)
    assert not claims_to_approve(coordinator).exists()
    log_in(client, coordinator)
    page = client.get(claim.get_absolute_url()).content.decode()
    assert WAITS in page
    assert reverse("awards:countersign", args=[told.voucher.award_id]) in page
    assert reverse("payments:approve", args=[claim.pk]) not in page
    pressed = client.post(reverse("payments:approve", args=[claim.pk]), follow=True)
    assert WAITS in pressed.content.decode()
    claim.refresh_from_db()
    assert claim.state == Claim.State.VERIFIED
    signed_for_the_programme(told)
    assert claims_to_approve(coordinator).get() == claim
    approve_claim(claim, by=coordinator)
    assert Voucher.objects.get().approved == claim.amount


def test_the_database_approves_nothing_before():
    told = voucher_story(by_both=False)
    with pytest.raises(IntegrityError, match="has counter-signed"), transaction.atomic():
        Voucher.objects.filter(pk=told.voucher.pk).update(approved=1)


def test_a_contract_is_entered_only_once_both_have_signed(client):
    asked = confirmed(voucher_story("plan approved", by_both=False))
    told = asked.told
    with pytest.raises(OutOfOrder, match=WAITS):
        conclude(asked)
    address = reverse("contracts:enter", args=[told.voucher.pk])
    log_in(client, told.officer)
    for page in (told.voucher.get_absolute_url(), asked.terms.get_absolute_url()):
        shown = client.get(page).content.decode()
        assert WAITS in shown
        assert address not in shown
    early = client.get(address).content.decode()
    assert WAITS in early
    assert 'type="submit" disabled' in early
    day = today_there().isoformat()
    typed = {
        "number": "C-1",
        **dict.fromkeys(("signed_on", "starts_on", "ends_on"), day),
        "signed_for_provider": "Rana",
        "signed_for_client": "Nadine",
        "upload": pdf("contract.pdf"),
        "form-TOTAL_FORMS": "1",
        "form-INITIAL_FORMS": "0",
        "form-0-kind": "days",
        "form-0-text": "Advice",
        "form-0-days": "10",
        "form-0-rate": "450",
    }
    page = client.post(address, typed)
    assert WAITS in page.content.decode()
    assert "Nadine" in page.content.decode()
    signed_for_the_programme(told)
    assert address in client.get(told.voucher.get_absolute_url()).content.decode()
    assert conclude(asked) == Contract.objects.get()


def test_the_desk_the_list_and_the_figure_show_the_same_the_longest_waiting_first(client):
    story, awards = awarded(LB, LB_SECOND, quotas={"LB": 2})
    for award in awards:
        story.sign(award.application)
    coordinator = story.cast.coordinators[0]
    log_in(client, coordinator)
    desk = client.get("/").content.decode()
    assert "Counter-sign agreements" in desk
    work = client.get(reverse("dashboards:work", args=["agreements"])).content.decode()
    places = [work.index(reverse("awards:countersign", args=[award.pk])) for award in awards]
    assert places == sorted(places)
    narrowed = reverse("dashboards:vouchers", query={"agreement": "waits"})
    assert narrowed.replace("&", "&amp;") in desk
    listed = client.get(narrowed).content.decode()
    assert all(str(award.voucher.get_absolute_url()) in listed for award in awards)
    actions.countersign(awards[0], signing=countersigned(awards[0], coordinator), by=coordinator)
    listed = client.get(narrowed).content.decode()
    assert awards[0].voucher.get_absolute_url() not in listed
    assert awards[1].voucher.get_absolute_url() in listed


def test_the_page_of_the_voucher_says_whose_turn_it_is_and_then_who_signed(client):
    told = voucher_story(by_both=False)
    coordinator = told.cast.coordinators[0]
    address = reverse("awards:countersign", args=[told.voucher.award_id])
    log_in(client, told.manager)
    page = client.get(told.voucher.get_absolute_url()).content.decode()
    assert WAITS in page
    assert address not in page
    log_in(client, coordinator)
    assert address in client.get(told.voucher.get_absolute_url()).content.decode()
    assert address in client.get(told.voucher.award.get_absolute_url()).content.decode()
    signed_for_the_programme(told)
    log_in(client, told.manager)
    page = client.get(told.voucher.get_absolute_url()).content.decode()
    assert WAITS not in page
    assert str(coordinator) in page
    assert "Agreement counter-signed" in page


def test_the_page_asks_for_as_much_however_long_the_agreement_is(client):
    told = voucher_story(by_both=False)
    log_in(client, told.cast.coordinators[0])
    address = reverse("awards:countersign", args=[told.voucher.award_id])
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    assert len(asked) <= 30


def test_an_unused_voucher_that_ended_waits_for_nobody(client):
    told = voucher_story(by_both=False)
    by, award = told.cast.coordinators[0], told.voucher.award
    signing = countersigned(award, by)
    ended(told.voucher)
    assert not agreements_to_countersign(by).exists()
    with pytest.raises(OutOfOrder, match="binds nobody"):
        actions.countersign(award, signing=signing, by=by)
    log_in(client, by)
    for page in (told.voucher, award):
        shown = client.get(page.get_absolute_url()).content.decode()
        assert WAITS not in shown
        assert "waits for the second signature" not in shown
        assert reverse("awards:countersign", args=[award.pk]) not in shown


def test_one_that_ended_with_accepted_work_is_signed_so_that_it_can_be_paid():
    told = voucher_story("verified 0", by_both=False)
    ended(told.voucher)
    assert agreements_to_countersign(told.cast.coordinators[0]).get() == told.voucher
    signed_for_the_programme(told)
    approve_claim(Claim.objects.get(), by=told.cast.coordinators[0])
