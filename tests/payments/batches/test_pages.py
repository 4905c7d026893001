"""The pages of batches and of bank profiles."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from conduct.queries.days import today
from demonstration.content.banks import bank_profile
from demonstration.story.paying import authorised, exported, paying_profile, proposed
from tests.payments.making import approved
from tests.people import log_in, person
from vouchers.payments.batches.models import BankProfile, PaymentBatch
from vouchers.payments.batches.rules.days import next_bank_day
from vouchers.payments.models import Claim

pytestmark = pytest.mark.django_db


@pytest.fixture
def claims(twice):
    """Two approved claims, of 3,000 and 2,000 EUR."""
    return [
        approved(twice, twice._milestone(0)),
        approved(twice, twice._milestone(1), amount="2000.00", number="F-2"),
    ]


def page(client, who, name, *args):
    return log_in(client, who).get(reverse(f"batches:{name}", args=args))


def html(client, who, name, *args):
    return page(client, who, name, *args).content.decode()


def typed(**changed):
    """What a finance officer types of a bank."""
    profile = {**bank_profile(), "version": "pain.001.001.09", "currency": "EUR", **changed}
    profile["holidays"] = changed.get("holidays", "2026-12-25\n25/12/2027")
    return {name: value for name, value in profile.items() if value not in (False, None)}


# --- Profiles -------------------------------------------------------------------------------------
def test_another_bank_is_a_form(client, delivered):
    first, second = delivered.cast.finance
    log_in(client, first)
    answer = client.post(reverse("batches:enter_profile"), typed(), follow=True)
    profile = BankProfile.objects.get()
    assert "A second person verifies it next" in answer.content.decode()
    assert (profile.country, len(profile.holidays), profile.weekend) == ("NL", 2, [6, 7])
    verify = reverse("batches:verify_profile", args=[profile.pk])
    assert client.post(verify).status_code == 403
    assert verify not in html(client, first, "profile", profile.pk)
    assert verify in html(client, second, "profile", profile.pk)
    client.post(verify)
    profile.refresh_from_db()
    assert profile.is_in_use


def test_a_change_takes_the_place_of_the_profile_once_it_is_verified(client, delivered):
    first, second = delivered.cast.finance
    before = paying_profile(delivered.cast)
    log_in(client, first)
    change = reverse("batches:change_profile", args=[before.pk])
    assert "Why is it changed?" in client.get(change).content.decode()
    client.post(change, typed(purpose="SUPP", reason="The bank asks for it."))
    before.refresh_from_db()
    assert before.is_in_use
    after = BankProfile.objects.exclude(pk=before.pk).get()
    assert (after.name, after.purpose, after.reason) == (
        before.name,
        "SUPP",
        "The bank asks for it.",
    )
    log_in(client, second).post(reverse("batches:verify_profile", args=[after.pk]))
    before.refresh_from_db()
    after.refresh_from_db()
    assert (before.is_in_use, after.is_in_use) == (False, True)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"debtor_account": "NL41MOCK0000000002"}, "debtor_account"),
        ({"debtor_account": "what"}, "debtor_account"),
        ({"debtor_bic": "BLOMLBBX"}, "debtor_bic"),
        ({"debtor_name": "البرنامج"}, "debtor_name"),
        ({"charge_bearer": "SLEV"}, "charge_bearer"),
        ({"holidays": "Christmas"}, "holidays"),
        ({"longest_name": "0"}, "longest_name"),
        ({"largest_sum": "-1"}, "largest_sum"),
        ({"purpose": "ZZZZ"}, "purpose"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(client, delivered, changed, field):
    log_in(client, delivered.cast.finance[0])
    answer = client.post(reverse("batches:enter_profile"), typed(**changed))
    assert f"error_1_id_{field}" in answer.content.decode()
    assert 'value="THE NEXT SOCIETY"' in answer.content.decode() or field == "debtor_name"
    assert not BankProfile.objects.exists()


# --- Batches --------------------------------------------------------------------------------------
def test_what_is_to_be_paid_stands_on_one_page(client, twice, claims):
    profile = paying_profile(twice.cast)
    finance = twice.cast.finance[0]
    home = log_in(client, finance).get(reverse("dashboards:home")).content.decode()
    assert reverse("batches:propose") in home
    shown = html(client, finance, "propose")
    assert all(claim.get_absolute_url() in shown for claim in claims)
    day = next_bank_day(today(), profile.weekend, profile.holidays).isoformat()
    chosen = {"profile": profile.pk, "execution_on": day, "claims": [one.pk for one in claims]}
    empty = client.post(reverse("batches:propose"), {**chosen, "claims": []}).content.decode()
    assert "Choose at least one claim" in empty
    client.post(reverse("batches:propose"), chosen)
    assert PaymentBatch.objects.get().count == 2
    assert "Nothing is to be paid" in html(client, finance, "propose")


def test_a_payee_without_a_town_is_said_with_where_to_mend_it(client, twice, claims):
    paying_profile(twice.cast)
    twice.provider.town = ""
    twice.provider.save()
    shown = html(client, twice.cast.finance[0], "propose")
    assert "The town of Cedar Consulting is missing" in shown
    assert reverse("providers:describe", args=[twice.provider.pk]) in shown
    assert "disabled" in shown


def test_each_person_finds_the_button_of_their_turn(client, twice, claims):
    cast = twice.cast
    batch = proposed(claims, cast)
    people = {
        "proposer": cast.finance[0],
        "other": cast.finance[1],
        "coordinator": cast.coordinators[0],
        "auditor": person(role="auditor"),
    }
    names = ("authorise", "export", "acknowledge")

    def offered():
        found = {}
        for who, somebody in people.items():
            shown = html(client, somebody, "batch", batch.pk)
            urls = [one for one in names if reverse(f"batches:{one}", args=[batch.pk]) in shown]
            if urls:
                found[who] = urls
        return found

    assert offered() == {"other": ["authorise"], "coordinator": ["authorise"]}
    for signatory in cast.coordinators:
        log_in(client, signatory).post(reverse("batches:authorise", args=[batch.pk]))
    assert offered() == {"proposer": ["export"], "other": ["export"]}
    log_in(client, cast.finance[0]).post(reverse("batches:export", args=[batch.pk]))
    assert offered() == {"proposer": ["acknowledge"], "other": ["acknowledge"]}
    log_in(client, cast.finance[1])
    client.post(reverse("batches:acknowledge", args=[batch.pk]), {"bank_reference": "MB 1"})
    assert "MB 1" in html(client, cast.finance[1], "batch", batch.pk)
    assert offered() == {}


def test_the_file_is_the_same_each_time_and_for_nobody_else(client, twice, claims):
    batch = authorised(claims, twice.cast)
    finance = twice.cast.finance[1]
    assert page(client, finance, "file", batch.pk).status_code == 404
    log_in(client, finance).post(reverse("batches:export", args=[batch.pk]))
    first, again = (page(client, finance, "file", batch.pk) for _time in range(2))
    assert first.content == again.content == batch.file.content.encode()
    assert f'filename="{batch.reference}.xml"' in first["Content-Disposition"]
    for stranger in (twice.officer, twice.manager):
        for name in ("file", "batch"):
            assert page(client, stranger, name, batch.pk).status_code == 404
        assert page(client, stranger, "list").status_code == 404


def test_after_the_export_the_page_asks_for_the_banks_word(client, twice, claims):
    batch = exported(claims, twice.cast)
    log_in(client, twice.cast.finance[1])
    address = reverse("batches:cancel", args=[batch.pk])
    asked = client.post(address, {"reason": "Closed."}).content.decode()
    assert "error_1_id_bank_reference" in asked
    assert "Closed." in asked
    payment = batch.payments.first()
    client.post(
        reverse("batches:return", args=[payment.pk]),
        {"reason": "Closed account", "bank_reference": "AC04", "told_on": today().isoformat()},
    )
    assert Claim.objects.get(pk=payment.claim_id).state == "approved"
    word = {"reason": "All.", "bank_reference": "AC05", "told_on": today().isoformat()}
    client.post(address, word)
    batch.refresh_from_db()
    assert batch.state == "cancelled"


@pytest.mark.parametrize("who", ["coordinators", "finance"])
def test_the_list_says_whose_turn_it_is_in_a_constant_number_of_queries(client, twice, claims, who):
    log_in(client, getattr(twice.cast, who)[1])
    costs = []
    for of_one in (claims[:1], claims[1:]):
        proposed(of_one, twice.cast)
        client.get(reverse("batches:list"))
        with CaptureQueriesContext(connection) as asked:
            shown = client.get(reverse("batches:list")).content.decode()
        costs.append(len(asked))
        assert shown.count("Your turn") == len(costs)
    assert costs[0] == costs[1] <= 10
