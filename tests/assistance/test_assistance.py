"""From the needs assessment to the final report: order, amounts, two acceptances."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from conduct.actions import NotAllowed, OutOfOrder, Refused
from notices.models import Notice
from tests.making import MA, pdf, today_there, voucher_story
from tests.people import log_in, person
from vouchers.assistance import actions
from vouchers.assistance.actions import MilestoneInput
from vouchers.assistance.models import Deliverable, FinalReport, Plan
from vouchers.awards.models import Voucher
from vouchers.providers.models import Provider

pytestmark = pytest.mark.django_db


def save_plan(told, *milestones):
    return actions.save_plan(
        told.voucher,
        objective="Export",
        expected_results="New markets",
        provider=told.provider,
        milestones=milestones,
        by=told.manager,
    )


def milestone(amount="1000.00", days=10, title="Export plan"):
    due = today_there() + timedelta(days=days)
    return MilestoneInput(title, due, Decimal("5.0"), Decimal(amount))


def test_the_plan_follows_the_needs_assessment():
    told = voucher_story()
    with pytest.raises(OutOfOrder, match="record of needs"):
        save_plan(told, milestone())
    assert not Plan.objects.exists()


@pytest.mark.parametrize(
    ("milestones", "sentence"),
    [
        ([], "no milestone"),
        (
            [milestone("3000.00"), milestone("2000.01")],
            r"add up to 5,000\.01 EUR",
        ),
        ([milestone(days=2000)], "outside the validity"),
    ],
)
def test_a_plan_that_the_voucher_cannot_bear_stays_a_draft(milestones, sentence):
    told = voucher_story("needs")
    plan = save_plan(told, *milestones)
    with pytest.raises(Refused, match=sentence):
        actions.submit_plan(plan, by=told.manager)
    assert Plan.objects.get().state == Plan.State.DRAFT


def test_a_returned_plan_can_be_improved_and_tells_why():
    told = voucher_story("plan submitted")
    actions.return_plan(Plan.objects.get(), reason="Name the people.", by=told.officer)
    assert Notice.objects.get(kind="plan-returned").facts["reason"] == "Name the people."
    save_plan(told, milestone("4000.00"))
    assert actions.submit_plan(Plan.objects.get(), by=told.manager).state == Plan.State.SUBMITTED


def test_a_provider_of_another_country_is_refused():
    told = voucher_story("needs")
    foreign = voucher_provider("MA")
    with pytest.raises(Refused, match="registered"):
        actions.save_plan(
            told.voucher,
            objective="x",
            expected_results="y",
            provider=foreign,
            milestones=[milestone()],
            by=told.manager,
        )


def voucher_provider(country):
    return Provider.objects.create(name="Atlas Conseil", country_id=country)


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
        actions.accept_deliverable(deliverable, by=told.officer)
    with pytest.raises(NotAllowed):
        actions.accept_deliverable_for_cluster(deliverable, by=told.officer)
    actions.accept_deliverable_for_cluster(deliverable, by=told.manager)
    actions.accept_deliverable(deliverable, by=told.officer)
    assert Deliverable.objects.get().state == Deliverable.State.ACCEPTED


def test_a_milestone_has_one_standing_deliverable_and_a_better_one_after_a_return():
    told = voucher_story("handed in 0")
    with pytest.raises(Refused, match="handed in already"):
        told._hand_in(0)
    actions.return_deliverable(Deliverable.objects.get(), reason="Empty.", by=told.manager)
    told._hand_in(0)
    assert sorted(Deliverable.objects.values_list("state", flat=True)) == ["returned", "submitted"]


def test_nothing_is_handed_in_before_the_plan_is_approved(client):
    told = voucher_story("plan submitted")
    first = told._milestone(0)
    with pytest.raises(OutOfOrder):
        actions.hand_in_deliverable(first, summary="x", upload=pdf(), by=told.manager)
    address = reverse("assistance:hand_in", args=[first.pk])
    assert log_in(client, told.manager).get(address).status_code == 404


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
        reverse("assistance:deliverable", args=[deliverable.pk]),
        told.voucher.needs_records.get().get_absolute_url(),
    ]
    log_in(client, told.cast.officer("LB"))
    assert [client.get(page).status_code for page in pages] == [200, 200, 200]
    log_in(client, told.cast.officer(MA.country))
    assert [client.get(page).status_code for page in pages] == [404, 404, 404]


def test_the_plan_is_written_on_its_page_row_by_row(client):
    told = voucher_story("needs")
    address = reverse("assistance:plan", args=[told.voucher.pk])
    typed = {
        "objective": "Export",
        "expected_results": "Markets",
        "provider": told.provider.pk,
        "form-TOTAL_FORMS": "1",
        "form-INITIAL_FORMS": "0",
        "form-MIN_NUM_FORMS": "1",
        "form-MAX_NUM_FORMS": "30",
        "form-0-title": "Export plan",
        "form-0-due_on": (today_there() + timedelta(days=9)).isoformat(),
        "form-0-days": "5",
        "form-0-amount": "-3",
    }
    log_in(client, told.manager)
    page = client.post(address, typed)
    assert "error_1_id_form-0-amount" in page.content.decode()
    assert 'value="Export plan"' in page.content.decode()
    page = client.post(address, {**typed, "add_row": "1"})
    assert 'name="form-1-title"' in page.content.decode()
    answer = client.post(address, {**typed, "form-0-amount": "3000"})
    assert answer["Location"] == told.voucher.get_absolute_url()
    assert Plan.objects.get().total == Decimal("3000.00")


def test_the_vouchers_page_says_whose_turn_it_is(client):
    told = voucher_story("plan submitted")
    address = told.voucher.get_absolute_url()
    page = log_in(client, told.manager).get(address).content.decode()
    assert "Next step · the country partner" in page
    assert "Approve the plan" not in page
    page = log_in(client, told.officer).get(address).content.decode()
    assert "Your next step" in page
    assert "Approve the plan" in page


def test_the_cluster_keeps_its_draft_of_a_plan_to_itself(client):
    told = voucher_story("plan drafted")
    address = told.voucher.get_absolute_url()
    assert told.facts.milestones[0] in log_in(client, told.manager).get(address).content.decode()
    page = log_in(client, told.officer).get(address).content.decode()
    assert told.facts.milestones[0] not in page
    assert Voucher.objects.exists()
