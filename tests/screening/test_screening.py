"""Payees are screened against the list in force: who is alike stops payments until people decide."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from conduct.actions import NotAllowed, OutOfOrder, Refused
from demonstration.clock import noon, on
from demonstration.content.sanctions import MADE_UP
from demonstration.plot.sanctions import screen_everybody
from demonstration.story.paying import proposed
from notices.models import Notice
from tests.making import voucher_story
from tests.payments.making import approved, claim, order_of
from tests.people import log_in, person
from tests.screening.making import CEDAR, in_force
from vouchers.payments import actions
from vouchers.payments.models import Claim
from vouchers.providers.actions.facts import describe_provider
from vouchers.screening.actions.deciding import decide_hit
from vouchers.screening.actions.screening import screen_due, screen_payee
from vouchers.screening.models import HitDecision, SanctionsHit, Screening
from vouchers.screening.queries import clearance_of, hits_to_decide, what_stops_payment
from vouchers.screening.queries.due import number_due

pytestmark = pytest.mark.django_db


@pytest.fixture
def delivered():
    """A voucher whose first milestone (3,000 of 5,000 EUR) is delivered and accepted."""
    return voucher_story("accepted 0")


@pytest.fixture
def verified(delivered):
    """A claim that waits for a coordinator."""
    found = claim(delivered._milestone(0), delivered.manager)
    return actions.verify_claim(found, by=delivered.officer)


def approve(told, found):
    return actions.approve_claim(found, by=told.cast.coordinators[0])


def decide(hit, by, verdict="other", reason="Born in another year."):
    return decide_hit(hit, verdict=verdict, reason=reason, by=by)


# --- Before, and with, a list in force ----------------------------------------------------------
def test_before_there_is_a_list_nothing_is_stopped_and_the_pages_say_that_nobody_is_screened(
    client, delivered, verified
):
    coordinator = delivered.cast.coordinators[0]
    page = log_in(client, coordinator).get(verified.get_absolute_url()).content.decode()
    assert "Nobody is screened" in page
    assert reverse("screening:sanctions_lists") in page
    assert reverse("screening:sanctions_lists") in client.get("/").content.decode()
    assert approve(delivered, verified).state == "approved"


def test_with_a_list_in_force_a_payee_is_screened_before_approval(client, delivered, verified):
    coordinator = delivered.cast.coordinators[0]
    in_force(coordinator, screened=False)
    with pytest.raises(Refused, match="Not screened yet"):
        approve(delivered, verified)
    log_in(client, coordinator)
    page = client.get(verified.get_absolute_url()).content.decode()
    assert "Not screened yet" in page
    made = client.post(reverse("screening:screen", args=["provider", delivered.provider.pk]))
    screening = Screening.objects.get(provider=delivered.provider)
    assert made["Location"] == screening.get_absolute_url()
    assert (screening.screened_by, screening.names) == (coordinator, ["Cedar Consulting"])
    assert approve(delivered, verified).state == "approved"
    assert "Cleared against" in client.get(verified.get_absolute_url()).content.decode()


def test_a_worker_screens_everybody_who_is_due_and_clusters_with_an_award(delivered):
    assert number_due() == 0
    in_force(delivered.cast.coordinators[0], screened=False)
    assert number_due() == Screening.objects.count() + number_due() > 0
    assert screen_due()
    cluster = delivered.voucher.award.application.cluster
    assert number_due() == 0
    made = Screening.objects.get(cluster=cluster, ended_at=None)
    assert made.screened_by is None
    assert cluster.name in made.names
    assert screen_due()
    assert Screening.objects.filter(cluster=cluster).count() == 1


def test_a_newer_list_a_new_name_and_time_end_what_a_screening_says(delivered):
    told, provider = delivered, delivered.provider
    coordinator = told.cast.coordinators[0]
    days = told.voucher.award.application.call.screening_days
    in_force(coordinator)
    assert what_stops_payment(provider, days=days) == ""
    in_force(coordinator, days=1, entries=MADE_UP[:3], screened=False)
    assert clearance_of(provider, days=days).stand == "outdated"
    screen_due()
    describe_provider(provider, by=told.officer, owners=[("Nadia Haddad", 60)])
    assert clearance_of(provider, days=days).stand == "renamed"
    screen_due()
    screening = Screening.objects.get(provider=provider, ended_at=None)
    assert screening.names == ["Cedar Consulting", "Nadia Haddad"]
    with on(noon(days + 1)):
        assert clearance_of(provider, days=days).stand == "expired"


@pytest.mark.parametrize("broken", ["never", "outdated", "renamed", "expired", "undecided"])
def test_the_database_refuses_approval_and_order_whoever_writes(delivered, verified, broken):
    told, coordinator = delivered, delivered.cast.coordinators[0]
    entries = (*MADE_UP, CEDAR) if broken == "undecided" else MADE_UP
    in_force(coordinator, screened=broken != "never", entries=entries)
    if broken == "outdated":
        in_force(coordinator, days=1, entries=MADE_UP[:3], screened=False)
    elif broken == "renamed":
        type(told.provider).objects.filter(pk=told.provider.pk).update(own_name="أرز")
    elif broken == "expired":
        call = told.voucher.award.application.call
        type(call).objects.filter(pk=call.pk).update(screening_days=1)
        with on(noon(-3)):
            screen_payee(told.provider, by=None)
    with pytest.raises(IntegrityError, match="is screened before"), transaction.atomic():
        Claim.objects.filter(pk=verified.pk).update(
            state="approved", approved_by=coordinator, approved_at=timezone.now()
        )


# --- Who is alike -------------------------------------------------------------------------------
@pytest.fixture
def alike(delivered):
    """The provider is called like an entry of the list in force."""
    in_force(delivered.cast.coordinators[0], entries=(*MADE_UP, CEDAR))
    return SanctionsHit.objects.get(screening__provider=delivered.provider)


def test_a_likeness_stops_and_is_told_to_coordinators_and_finance(delivered, verified, alike):
    with pytest.raises(Refused, match="people must decide"):
        approve(delivered, verified)
    told = Notice.objects.filter(kind="payment-likeness")
    assert {one.recipient for one in told} == {
        *delivered.cast.coordinators,
        *delivered.cast.finance,
    }
    assert (alike.state, alike.score >= 85, alike.compared_by) == ("open", True, "letters")
    assert alike.alias.name == CEDAR[4][0]


def test_one_person_decides_for_a_reason_and_the_payment_goes_on(
    client, delivered, verified, alike
):
    assert alike.score < alike.screening.two_people_from
    finance = delivered.cast.finance[0]
    log_in(client, finance)
    assert alike in hits_to_decide(finance)
    url = alike.get_absolute_url()
    page = client.get(url).content.decode()
    assert "EU.9100.00" in page
    assert "0000/2026 (made up)" in page
    empty = client.post(url, {"verdict": "", "reason": "It is a firm of Zahlé."})
    assert "Choose one of the two." in empty.content.decode()
    assert "It is a firm of Zahlé." in empty.content.decode()
    client.post(url, {"verdict": "other", "reason": "Registered in Zahlé since 1998."})
    alike.refresh_from_db()
    assert alike.state == "cleared"
    assert "Registered in Zahlé" in client.get(url).content.decode()
    assert approve(delivered, verified).state == "approved"


def test_a_strong_likeness_wants_two_people(delivered):
    entry = ("EU.9200.00", "person", "ZZA", "1950", ("Consulting Cedar",))
    in_force(delivered.cast.coordinators[0], entries=(entry,))
    hit = SanctionsHit.objects.get(screening__provider=delivered.provider)
    first, second = delivered.cast.finance
    assert hit.score == 100
    assert decide(hit, first).state == "half"
    with pytest.raises(NotAllowed, match="second person"):
        decide(hit, first)
    assert hit not in hits_to_decide(first)
    assert hit in hits_to_decide(second)
    with pytest.raises(IntegrityError, match="decided by people"), transaction.atomic():
        SanctionsHit.objects.filter(pk=hit.pk).update(state="cleared")
    assert decide(hit, second).state == "cleared"


def test_held_for_the_same_stops_for_good_and_two_people_find_out_a_mistake(
    delivered, verified, alike
):
    one, other, third = *delivered.cast.finance, delivered.cast.coordinators[1]
    assert decide(alike, one, "same", "The same registration.").state == "same"
    assert Notice.objects.filter(kind="payment-listed", recipient=other).exists()
    with pytest.raises(Refused, match="nothing is paid"):
        approve(delivered, verified)
    assert decide(alike, other).state == "half"
    with pytest.raises(Refused, match="people must decide"):
        approve(delivered, verified)
    assert decide(alike, third).state == "cleared"
    with pytest.raises(OutOfOrder, match="decided already"):
        decide(alike, one, "same")


def test_what_was_decided_stands_when_a_new_list_says_the_same(delivered, verified, alike):
    finance, coordinator = delivered.cast.finance[0], delivered.cast.coordinators[0]
    decide(alike, finance)
    in_force(coordinator, days=1, entries=(CEDAR, *MADE_UP[:2]))
    again = SanctionsHit.objects.get(
        screening__provider=delivered.provider, screening__ended_at=None
    )
    assert (again.state, again.carried_from) == ("cleared", alike)
    assert approve(delivered, verified).state == "approved"
    # Another year of birth, another name: looked at anew.
    changed = (*CEDAR[:3], "1970", CEDAR[4])
    in_force(coordinator, days=2, entries=(changed,))
    last = SanctionsHit.objects.get(
        screening__provider=delivered.provider, screening__ended_at=None
    )
    assert (last.state, last.carried_from) == ("open", None)


def test_a_list_that_names_somebody_who_is_being_paid_alerts_and_stops_the_order(delivered):
    told, coordinator = delivered, delivered.cast.coordinators[0]
    in_force(coordinator)
    found = approved(told, told._milestone(0))
    in_force(coordinator, days=1, entries=(CEDAR,))
    notice = Notice.objects.filter(kind="payment-likeness", recipient=told.cast.finance[0]).get()
    assert found.voucher.reference in notice.facts["under_way"]
    with pytest.raises(Refused, match="cannot be paid now"):
        proposed([found], told.cast)
    decide(
        SanctionsHit.objects.get(screening__ended_at=None, screening__provider=told.provider),
        told.cast.finance[1],
    )
    assert order_of(found, told.cast).amount == found.amount


def test_nobody_decides_on_a_screening_that_was_made_anew(delivered, alike):
    screen_payee(delivered.provider, by=delivered.cast.finance[0])
    with pytest.raises(OutOfOrder, match="screened anew"):
        decide(alike, delivered.cast.finance[0])


def test_arabic_names_are_found_by_the_arabic_names_of_the_list(delivered):
    in_force(delivered.cast.coordinators[0], entries=(*MADE_UP,), screened=False)
    describe_provider(delivered.provider, by=delivered.officer, owners=[("فريد المدرّس", 50)])
    screening = screen_payee(delivered.provider, by=None)
    assert [(hit.name, hit.entity.reference) for hit in screening.hits.all()] == [
        ("فريد المدرّس", "EU.9001.01")
    ]


def test_who_reads_and_who_decides(client, delivered, alike):
    auditor = log_in(client, person(role="auditor"))
    for address in ("screening:list", "screening:hits", "screening:sanctions_lists"):
        assert auditor.get(reverse(address)).status_code == 200
    page = auditor.get(alike.get_absolute_url()).content.decode()
    assert "How do you know?" not in page
    with pytest.raises(NotAllowed):
        decide(alike, person(role="auditor"))
    log_in(client, delivered.officer)
    assert client.get(alike.get_absolute_url()).status_code == 404
    assert client.get(delivered.provider.get_absolute_url()).status_code == 200
    log_in(client, delivered.manager)
    assert client.get(reverse("screening:list")).status_code == 404
    assert HitDecision.objects.count() == 0


def test_the_demonstration_tells_one_owner_apart_from_an_entry(delivered):
    screen_everybody(delivered.cast, {"LB": [delivered.provider]})
    hit = SanctionsHit.objects.get(screening__provider=delivered.provider)
    assert (hit.state, hit.decisions.count()) == ("cleared", 2)
    assert number_due() == 0
