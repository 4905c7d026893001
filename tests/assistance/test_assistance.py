"""From the needs assessment to the final report: order and two acceptances."""

import pytest
from django.urls import reverse

from conduct.actions import NotAllowed, OutOfOrder, Refused
from tests.making import MA, voucher_story
from tests.people import log_in, person
from vouchers.assistance.deliverables import actions as deliverables
from vouchers.assistance.deliverables.models import Deliverable
from vouchers.assistance.reports.models import FinalReport

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("country", "account", "sentence"),
    [
        ("MA", "007780000000000000000000", "the key) do not fit"),
        ("MA", "00778000000000000000000", "exactly 24 digits"),
        ("LB", "LB11099900000001001901229114", "check digits do not fit"),
    ],
)
def test_a_slip_in_a_bank_account_is_shown_beside_it(client, country, account, sentence):
    voucher_story("needs")
    officer = person(role="officer", country=country)
    page = log_in(client, officer).post(
        reverse("providers:list"),
        {"country": country, "name": "X", "email": "", "bank_account": account},
    )
    html = page.content.decode()
    assert sentence in html
    assert f'value="{account}"' in html
    assert "error_1_id_bank_account" in html


def test_a_deliverable_is_accepted_by_cluster_then_partner():
    told = voucher_story("handed in 0")
    deliverable = Deliverable.objects.get()
    with pytest.raises(OutOfOrder):
        deliverables.accept_deliverable(deliverable, by=told.officer)
    with pytest.raises(NotAllowed):
        deliverables.accept_deliverable_for_cluster(deliverable, by=told.officer)
    deliverables.accept_deliverable_for_cluster(deliverable, by=told.manager)
    deliverables.accept_deliverable(deliverable, by=told.officer)
    assert Deliverable.objects.get().state == Deliverable.State.ACCEPTED


def test_a_milestone_has_one_standing_deliverable_and_a_better_one_after_a_return():
    told = voucher_story("handed in 0")
    with pytest.raises(Refused, match="handed in already"):
        told._hand_in(0)
    deliverables.return_deliverable(Deliverable.objects.get(), reason="Empty.", by=told.manager)
    told._hand_in(0)
    assert sorted(Deliverable.objects.values_list("state", flat=True)) == ["returned", "submitted"]


def test_the_report_waits_until_everything_is_delivered():
    told = voucher_story("accepted 0")
    with pytest.raises(OutOfOrder, match="not delivered and accepted"):
        told._report()
    assert FinalReport.objects.get().state == FinalReport.State.DRAFT


def test_another_country_finds_neither_voucher_nor_file(client):
    told = voucher_story("handed in 0")
    deliverable = Deliverable.objects.get()
    pages = [
        told.voucher.get_absolute_url(),
        deliverable.get_absolute_url(),
        reverse("deliverables:file", args=[deliverable.files.get().pk]),
        told.voucher.needs_records.get().get_absolute_url(),
    ]
    log_in(client, told.cast.officer("LB"))
    assert [client.get(page).status_code for page in pages] == [200, 200, 200, 200]
    log_in(client, told.cast.officer(MA.country))
    assert [client.get(page).status_code for page in pages] == [404, 404, 404, 404]


def test_the_vouchers_page_says_whose_turn_it_is(client):
    told = voucher_story("plan submitted")
    address = told.voucher.get_absolute_url()
    page = log_in(client, told.manager).get(address).content.decode()
    assert "Next step · the country partner" in page
    assert "Read the plan, and decide" not in page
    page = log_in(client, told.officer).get(address).content.decode()
    assert "Your next step" in page
    assert "Read the plan, and decide" in page
