"""What can be claimed, what the cluster sees before it sends, and what it can take back."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.actions import lift_exclusion
from accounts.models import RoleExclusion
from conduct.actions import NotAllowed, OutOfOrder, Refused
from notices.models import Notice
from tests.making import pdf, today_there
from tests.payments.making import claim, paid, rate
from tests.people import log_in, person
from vouchers.awards.models import Voucher
from vouchers.payments import actions
from vouchers.payments.models import Claim
from vouchers.payments.queries import last_of_milestone

pytestmark = pytest.mark.django_db


# --- Amounts ------------------------------------------------------------------------------------
AMOUNTS = [
    ("EUR", "0", "more than zero"),
    ("LBP", "0.00", "more than zero"),
    ("EUR", "-5", "more than zero"),
    ("LBP", "100", "100.00 LBP come to less than one cent"),
    ("LBP", "519", "less than one cent"),
    ("MAD", "10.001", "An amount in MAD has at most 2 decimals."),
    ("USD", "10.001", "An amount in USD has at most 2 decimals."),
    ("LBP", "1000000.001", "An amount in LBP has at most 2 decimals."),
    ("EUR", "10.005", "An amount in EUR has at most 2 decimals."),
    ("TND", "10.0001", "An amount in TND has at most 3 decimals."),
    ("EUR", "NaN", "no amount of money"),
    ("EUR", "Infinity", "no amount of money"),
    ("EUR", "1e30", "no amount of money"),
    ("EUR", "1000000000000000", "no amount of money"),
]


def test_an_amount_that_is_none_is_refused_in_words(delivered, milestone):
    for code, units in (("LBP", "104000"), ("MAD", "10.8"), ("USD", "1.08"), ("TND", "3.35")):
        rate(delivered, code, units)
    for currency, amount, sentence in AMOUNTS:
        with pytest.raises(Refused) as refused:
            claim(milestone, delivered.manager, amount=amount, currency=currency)
        assert sentence in str(refused.value)
        assert refused.value.field == "currency_amount"
        assert "constraint" not in str(refused.value).lower()
    assert not Claim.objects.exists()


def test_the_least_that_can_be_claimed_is_a_cent(delivered, milestone):
    rate(delivered, "LBP", "104000")
    rate(delivered, "TND", "3.35")
    for currency, amount, euro in (
        ("TND", "33.501", "10.00"),
        ("LBP", "520", "0.01"),
        ("EUR", "0.01", "0.01"),
    ):
        found = claim(milestone, delivered.manager, amount=amount, currency=currency)
        assert (found.amount, found.currency_amount) == (Decimal(euro), Decimal(amount))
        actions.withdraw_claim(found, by=delivered.manager)


def test_a_milestone_can_be_claimed_to_the_last_cent(delivered, milestone):
    with pytest.raises(Refused, match=r"3,000\.01 EUR; the milestone is worth 3,000\.00 EUR"):
        claim(milestone, delivered.manager, amount="3000.01")
    assert claim(milestone, delivered.manager, amount="3000.00").amount == milestone.amount


# --- Days ---------------------------------------------------------------------------------------
def test_an_invoice_of_tomorrow_is_refused(delivered, milestone):
    tomorrow = today_there() + timedelta(days=1)
    with pytest.raises(Refused, match="lies in the future") as refused:
        claim(milestone, delivered.manager, day=tomorrow)
    assert refused.value.field == "invoice_date"


@pytest.mark.parametrize(("end", "days"), [("valid_from", -1), ("valid_until", 1)])
def test_an_invoice_outside_the_voucher_is_refused(delivered, milestone, end, days):
    Voucher.objects.filter(pk=delivered.voucher.pk).update(
        valid_until=today_there() - timedelta(days=2)
    )
    voucher = Voucher.objects.get(pk=delivered.voucher.pk)
    milestone = type(milestone).objects.get(pk=milestone.pk)
    edge = getattr(voucher, end)
    with pytest.raises(Refused, match="outside the validity") as refused:
        claim(milestone, delivered.manager, day=edge + timedelta(days=days))
    assert refused.value.field == "invoice_date"
    assert claim(milestone, delivered.manager, day=edge).invoice_date == edge


@pytest.mark.parametrize("state", ["closed", "terminated"])
def test_nothing_is_claimed_on_a_voucher_that_ended(delivered, milestone, state):
    Voucher.objects.filter(pk=delivered.voucher.pk).update(state=state)
    with pytest.raises(OutOfOrder):
        claim(milestone, delivered.manager)
    assert not Claim.objects.exists()


# --- Who ----------------------------------------------------------------------------------------
def test_only_a_manager_of_the_cluster_claims(delivered, milestone):
    for somebody in (delivered.officer, delivered.cast.coordinators[0], person()):
        with pytest.raises(NotAllowed):
            claim(milestone, somebody)


# --- The euro before sending ----------------------------------------------------------------------
def typed(**changed):
    return {
        "invoice_number": "F-77",
        "invoice_date": today_there().isoformat(),
        "currency": "TND",
        "currency_amount": "33.50",
        "upload": pdf(),
        **changed,
    }


def test_the_euro_and_the_rate_are_shown_before_a_foreign_claim_is_sent(
    client, delivered, milestone
):
    rate(delivered, "TND", "3.35")
    log_in(client, delivered.manager)
    address = reverse("payments:submit", args=[milestone.pk])
    page = client.post(address, typed()).content.decode()
    assert not Claim.objects.exists()
    assert "10.00" in page
    assert "1 EUR = 3.35 TND" in page
    assert 'name="seen" value="10.00"' in page
    assert 'value="F-77"' in page
    answer = client.post(address, typed(seen="10.00"))
    assert answer.url == Claim.objects.get().get_absolute_url()


def test_another_amount_than_the_one_that_was_seen_is_shown_first(client, delivered, milestone):
    rate(delivered, "TND", "3.35")
    log_in(client, delivered.manager)
    address = reverse("payments:submit", args=[milestone.pk])
    page = client.post(address, typed(seen="9.99")).content.decode()
    assert 'name="seen" value="10.00"' in page
    assert not Claim.objects.exists()


def test_an_invoice_in_euro_is_sent_at_once(client, delivered, milestone):
    log_in(client, delivered.manager)
    address = reverse("payments:submit", args=[milestone.pk])
    client.post(address, typed(currency="EUR", currency_amount="12.50"))
    assert Claim.objects.get().amount == Decimal("12.50")


def test_looking_needs_no_file_and_sends_nothing(client, delivered, milestone):
    rate(delivered, "TND", "3.35")
    log_in(client, delivered.manager)
    address = reverse("payments:submit", args=[milestone.pk])
    page = client.post(address, typed(look="1", upload="", seen="10.00")).content.decode()
    assert "1 EUR = 3.35 TND" in page
    assert "error_1_id_upload" not in page
    assert not Claim.objects.exists()
    page = client.post(address, typed(upload="", seen="10.00")).content.decode()
    assert "error_1_id_upload" in page


def test_the_euro_are_shown_while_typing(client, delivered, milestone):
    rate(delivered, "TND", "3.35")
    log_in(client, delivered.manager)
    address = reverse("payments:worth", args=[milestone.pk])
    query = typed()
    del query["upload"]
    assert "1 EUR = 3.35 TND" in client.get(address, query).content.decode()
    dirhams = {**query, "currency": "MAD", "currency_amount": "33.5"}
    without = client.get(address, dirhams).content.decode()
    assert "exchange rate of MAD" in without
    assert "seen" not in without
    above = client.get(address, {**query, "currency_amount": "99999"}).content.decode()
    assert "the milestone is worth" in above
    unfinished = client.get(address, {"currency": "TND"}).content.decode()
    assert "seen" not in unfinished


def test_nobody_else_asks_for_the_euro(client, delivered, milestone):
    address = reverse("payments:worth", args=[milestone.pk])
    log_in(client, delivered.officer)
    assert client.get(address, typed(upload="")).status_code == 403
    log_in(client, person())
    assert client.get(address, typed(upload="")).status_code == 404


def test_refusals_stand_beside_the_amount_in_every_language(client, delivered, milestone):
    rate(delivered, "LBP", "104000")
    rate(delivered, "MAD", "10.8")
    log_in(client, delivered.manager)
    address = reverse("payments:submit", args=[milestone.pk])
    for language in ("en", "fr", "ar"):
        delivered.manager.language = language
        delivered.manager.save(update_fields=["language"])
        for currency, amount in (("LBP", "100"), ("EUR", "0"), ("MAD", "1.001"), ("EUR", "")):
            page = client.post(
                address,
                typed(currency=currency, currency_amount=amount),
                headers={"accept-language": language},
            ).content.decode()
            assert "error_1_id_currency_amount" in page
            assert "a_claim_is_worth_something" not in page
    assert not Claim.objects.exists()


# --- Taking back ----------------------------------------------------------------------------------
def test_a_claim_is_withdrawn_until_it_is_verified(client, delivered, milestone):
    found = claim(milestone, delivered.manager)
    log_in(client, delivered.manager)
    assert "Withdraw the claim" in client.get(found.get_absolute_url()).content.decode()
    client.post(reverse("payments:withdraw", args=[found.pk]))
    found.refresh_from_db()
    assert (found.state, found.withdrawn_by, found.withdrawn_at is not None) == (
        "withdrawn",
        delivered.manager,
        True,
    )
    assert [n.recipient for n in Notice.objects.filter(kind="claim-withdrawn")] == [
        delivered.officer
    ]
    assert "Withdraw the claim" not in client.get(found.get_absolute_url()).content.decode()
    with pytest.raises(OutOfOrder):
        actions.verify_claim(found, by=delivered.officer)


def test_a_verified_claim_is_not_withdrawn(client, delivered, milestone):
    found = claim(milestone, delivered.manager)
    actions.verify_claim(found, by=delivered.officer)
    # The row as it was read before: the state is judged under the lock.
    with pytest.raises(OutOfOrder):
        actions.withdraw_claim(found, by=delivered.manager)
    log_in(client, delivered.manager)
    assert "Withdraw the claim" not in client.get(found.get_absolute_url()).content.decode()
    assert Claim.objects.get().state == "verified"


def test_only_the_cluster_withdraws(delivered, milestone):
    found = claim(milestone, delivered.manager)
    for somebody in (delivered.officer, delivered.cast.coordinators[0], person()):
        with pytest.raises(NotAllowed):
            actions.withdraw_claim(found, by=somebody)


# --- Giving back ----------------------------------------------------------------------------------
def test_nothing_is_given_back_without_a_reason(delivered, milestone):
    found = claim(milestone, delivered.manager)
    for reason in ("", "   ", "\n"):
        with pytest.raises(Refused, match="Say why"):
            actions.return_claim(found, reason=reason, by=delivered.officer)
    actions.verify_claim(found, by=delivered.officer)
    actions.approve_claim(found, by=delivered.cast.coordinators[0])
    with pytest.raises(Refused, match="Say why"):
        actions.reverse_approval(found, reason=" ", by=delivered.cast.coordinators[0])
    assert Claim.objects.get().state == "approved"


def test_who_has_the_turn_gives_back(delivered, milestone):
    coordinator = delivered.cast.coordinators[0]
    found = claim(milestone, delivered.manager)
    with pytest.raises(NotAllowed):
        actions.return_claim(found, reason="x", by=coordinator)
    actions.verify_claim(found, by=delivered.officer)
    found.refresh_from_db()
    with pytest.raises(NotAllowed):
        actions.return_claim(found, reason="x", by=delivered.officer)
    actions.return_claim(found, reason="The stamp is missing.", by=coordinator)
    (notice,) = Notice.objects.filter(kind="claim-returned")
    assert (notice.recipient, notice.facts["reason"]) == (
        delivered.manager,
        "The stamp is missing.",
    )


def test_after_a_return_the_step_names_the_reason_and_the_form_comes_back_filled(
    client, delivered, milestone
):
    rate(delivered, "TND", "3.35")
    found = claim(
        milestone,
        delivered.manager,
        number="F-9",
        amount="33.501",
        currency="TND",
        invoice_total=Decimal("50.000"),
    )
    actions.return_claim(found, reason="The stamp is missing.", by=delivered.officer)
    log_in(client, delivered.manager)
    address = reverse("payments:submit", args=[milestone.pk])
    for page in (found.get_absolute_url(), delivered.voucher.get_absolute_url()):
        html = client.get(page).content.decode()
        assert "was returned: “The stamp is missing.”" in html
        assert address in html
    form = client.get(address).content.decode()
    assert "The stamp is missing." in form
    for value in (
        'value="F-9"',
        'value="33.5010"',
        'value="50"',
        f'value="{found.invoice_date}"',
    ):
        assert value in form
    assert '<option value="TND" selected>' in form
    again = claim(milestone, delivered.manager, number="F-9")
    assert "claimed anew" in client.get(found.get_absolute_url()).content.decode()
    assert last_of_milestone(milestone) is None
    actions.withdraw_claim(again, by=delivered.manager)
    html = client.get(delivered.voucher.get_absolute_url()).content.decode()
    assert "was withdrawn. You can claim it anew" in html
    assert 'value="F-9"' in client.get(address).content.decode()


def test_the_form_of_a_first_claim_is_empty(client, delivered, milestone):
    log_in(client, delivered.manager)
    form = client.get(reverse("payments:submit", args=[milestone.pk])).content.decode()
    assert "Returned" not in form
    (field,) = re.findall(r'<input[^>]*name="invoice_number"[^>]*>', form)
    assert "value=" not in field


def test_others_read_whose_turn_it_is_after_a_return(client, delivered, milestone):
    found = claim(milestone, delivered.manager)
    actions.return_claim(found, reason="The stamp is missing.", by=delivered.officer)
    log_in(client, delivered.officer)
    html = client.get(found.get_absolute_url()).content.decode()
    assert "was returned: “The stamp is missing.”" in html
    assert reverse("payments:submit", args=[milestone.pk]) not in html


# --- The page -----------------------------------------------------------------------------------
def test_each_person_finds_the_button_of_their_turn_and_no_other(client, delivered, milestone):
    cast = delivered.cast
    people = {
        "manager": delivered.manager,
        "officer": delivered.officer,
        "coordinator": cast.coordinators[0],
        "other coordinator": cast.coordinators[1],
        "finance": cast.finance[0],
        "other finance": cast.finance[1],
        "auditor": person(role="auditor"),
    }
    names = ("verify", "approve", "order", "record", "return", "reverse", "withdraw")
    found = claim(milestone, delivered.manager)

    def buttons():
        offered = {}
        for who, somebody in people.items():
            log_in(client, somebody)
            html = client.get(found.get_absolute_url()).content.decode()
            urls = [name for name in names if reverse(f"payments:{name}", args=[found.pk]) in html]
            if urls:
                offered[who] = urls
        return offered

    assert buttons() == {"manager": ["withdraw"], "officer": ["verify", "return"]}
    actions.verify_claim(found, by=delivered.officer)
    both = ["approve", "return"]
    assert buttons() == {"coordinator": both, "other coordinator": both}
    actions.approve_claim(found, by=cast.coordinators[0])
    assert buttons() == {
        "coordinator": ["reverse"],
        "other coordinator": ["reverse"],
        "finance": ["order"],
        "other finance": ["order"],
    }
    order = actions.order_payment(found, by=cast.finance[0])
    assert buttons() == {"other finance": ["record"]}
    actions.record_payment(order, paid_on=today_there(), bank_reference="B", by=cast.finance[1])
    assert buttons() == {}


def test_a_whole_claim_is_conducted_by_its_buttons(client, delivered, milestone):
    cast = delivered.cast
    found = claim(milestone, delivered.manager)

    def press(name, somebody, **data):
        log_in(client, somebody)
        answer = client.post(reverse(f"payments:{name}", args=[found.pk]), data, follow=True)
        found.refresh_from_db()
        return answer.content.decode()

    assert "A coordinator approves next" in press("verify", delivered.officer)
    assert "A finance officer orders" in press("approve", cast.coordinators[0])
    assert "disbursement order is being made" in press("order", cast.finance[0])
    assert "The payment is recorded" in press(
        "record", cast.finance[1], paid_on=today_there().isoformat(), bank_reference="BK 5"
    )
    assert (found.state, found.paid_by) == ("paid", cast.finance[1])


def test_giving_back_and_reversing_ask_why(client, delivered, milestone):
    found = claim(milestone, delivered.manager)
    log_in(client, delivered.officer)
    address = reverse("payments:return", args=[found.pk])
    assert "Why?" in client.get(address).content.decode()
    client.post(address, {"reason": "Wrong file."})
    found.refresh_from_db()
    assert (found.state, found.return_reason) == ("returned", "Wrong file.")
    again = claim(milestone, delivered.manager, number="F-2")
    actions.verify_claim(again, by=delivered.officer)
    actions.approve_claim(again, by=delivered.cast.coordinators[0])
    log_in(client, delivered.cast.coordinators[1])
    client.post(reverse("payments:reverse", args=[again.pk]), {"reason": "Too early."})
    again.refresh_from_db()
    assert (again.state, again.return_reason) == ("returned", "Too early.")


def test_buttons_answer_to_post_only_and_to_nobody_without_a_log_in(client, delivered, milestone):
    found = claim(milestone, delivered.manager)
    addresses = [
        reverse(f"payments:{name}", args=[found.pk])
        for name in ("verify", "approve", "order", "withdraw")
    ]
    assert all("/accounts/" in client.post(address).url for address in addresses)
    log_in(client, delivered.officer)
    assert [client.get(address).status_code for address in addresses] == [405] * 4


@pytest.mark.parametrize("name", ["claim_list", "orders", "rates"])
def test_lists_ask_for_a_log_in(client, name):
    assert "/accounts/" in client.get(reverse(f"payments:{name}")).url


def test_pages_of_a_claim_ask_for_a_log_in(client, delivered, milestone):
    found = claim(milestone, delivered.manager)
    for name in ("claim", "invoice", "return", "reverse", "record", "share"):
        assert "/accounts/" in client.get(reverse(f"payments:{name}", args=[found.pk])).url
    for name in ("submit", "worth"):
        assert "/accounts/" in client.get(reverse(f"payments:{name}", args=[milestone.pk])).url


def test_the_list_is_narrowed_by_its_state(client, delivered, milestone):
    found = claim(milestone, delivered.manager)
    log_in(client, delivered.officer)
    address = reverse("payments:claim_list")
    for query, is_there in (({}, True), ({"state": "submitted"}, True), ({"state": "paid"}, False)):
        assert (found.get_absolute_url() in client.get(address, query).content.decode()) is is_there


def test_the_invoice_goes_to_who_may_read_the_claim(client, delivered, milestone):
    found = claim(milestone, delivered.manager)
    address = reverse("payments:invoice", args=[found.pk])
    log_in(client, delivered.officer)
    answer = client.get(address)
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content).startswith(b"%PDF")
    log_in(client, person(role="officer", country="TN"))
    assert client.get(address).status_code == 404


def test_the_page_says_who_took_which_step(client, delivered, milestone):
    found = paid(delivered, milestone).claim
    log_in(client, delivered.cast.coordinators[0])
    steps = client.get(found.get_absolute_url()).context["people"]
    cast = delivered.cast
    assert [(label, somebody) for label, somebody, _at in steps] == [
        ("submitted by", delivered.manager),
        ("verified by", delivered.officer),
        ("approved by", cast.coordinators[0]),
        ("ordered by", cast.finance[0]),
        ("paid by", cast.finance[1]),
    ]
    assert "The claim is paid." in client.get(found.get_absolute_url()).content.decode()


def test_nobody_takes_two_steps_even_with_two_roles(delivered, milestone):
    found = claim(milestone, delivered.manager)
    coordinator = delivered.cast.coordinators[0]
    # A programme that lets one person hold both roles.
    policy = RoleExclusion.objects.get(lifted_at=None)
    lift_exclusion(policy, by=delivered.cast.coordinators[1], reason="A small team.")
    coordinator.role_grants.create(role="finance")
    coordinator = type(coordinator).objects.get(pk=coordinator.pk)
    actions.verify_claim(found, by=delivered.officer)
    actions.approve_claim(found, by=coordinator)
    with pytest.raises(NotAllowed, match="no earlier step"):
        actions.order_payment(found, by=coordinator)


def test_the_facts_of_a_claim_are_those_of_its_invoice(delivered, milestone):
    rate(delivered, "TND", "3.3512")
    found = claim(milestone, delivered.manager, amount="33.512", currency="TND", number="F-9")
    notice = Notice.objects.get(kind="claim-submitted")
    assert {name: notice.facts[name] for name in (
        "invoice_number", "invoice_date", "milestone", "currency", "currency_amount", "rate",
        "rate_month", "claimed",
    )} == {
        "invoice_number": "F-9",
        "invoice_date": found.invoice_date.isoformat(),
        "milestone": milestone.title,
        "currency": "TND",
        "currency_amount": "33.512",
        "rate": "3.3512",
        "rate_month": f"{found.invoice_date:%Y-%m}",
        "claimed": "10.00",
    }  # fmt: skip
