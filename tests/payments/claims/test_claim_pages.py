"""The pages of a claim: the button of one's turn, and for whom they are."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.actions import lift_exclusion
from accounts.models import RoleExclusion
from conduct.actions import NotAllowed
from conduct.queries.days import today
from demonstration.story.paying import paying_profile
from notices.models import Notice
from tests.making import today_there
from tests.payments.making import claim, order_of, paid, rate
from tests.people import log_in, person
from vouchers.payments import actions
from vouchers.payments.batches.actions import propose_batch, record_payment
from vouchers.payments.batches.rules.days import next_bank_day

pytestmark = pytest.mark.django_db


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
    names = ("verify", "approve", "return", "reverse", "withdraw")
    found = claim(milestone, delivered.manager)

    def addresses():
        order = found.payment_orders.first()
        yield "propose", f"{reverse('batches:propose')}?claim={found.pk}"
        yield "record", reverse("batches:record", args=[order.pk]) if order else "-"
        yield from ((name, reverse(f"payments:{name}", args=[found.pk])) for name in names)

    def buttons():
        offered = {}
        for who, somebody in people.items():
            log_in(client, somebody)
            html = client.get(found.get_absolute_url()).content.decode()
            # What bears a mark of what was read has it behind its address.
            ends = ('"', "?seen=", "&amp;seen=")
            urls = [
                name
                for name, address in addresses()
                if any(f'"{address}{end}' in html for end in ends)
            ]
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
        "finance": ["propose"],
        "other finance": ["propose"],
    }
    order = order_of(found, cast)
    assert buttons() == {"other finance": ["record"]}
    record_payment(order, paid_on=today_there(), bank_reference="B", by=cast.finance[1])
    assert buttons() == {}


def test_a_whole_claim_is_conducted_by_its_buttons(client, delivered, milestone):
    cast = delivered.cast
    found = claim(milestone, delivered.manager)

    def press(name, somebody, about=found.pk, **data):
        log_in(client, somebody)
        address = reverse(name, args=[about] if about else [])
        answer = client.post(address, data, follow=True)
        found.refresh_from_db()
        return answer.content.decode()

    assert "A coordinator approves next" in press("payments:verify", delivered.officer)
    assert "A finance officer pays it next" in press(
        "payments:approve", cast.coordinators[0], seen=found.control_id
    )
    profile = paying_profile(cast)
    day = next_bank_day(today(), profile.weekend, profile.holidays)
    typed = {"profile": profile.pk, "execution_on": day.isoformat(), "claims": [found.pk]}
    assert "Two others authorise" in press("batches:propose", cast.finance[0], None, **typed)
    order = found.payment_orders.get()
    assert "A second person" in press("batches:authorise", cast.coordinators[0], order.batch_id)
    assert "makes the file" in press("batches:authorise", cast.coordinators[1], order.batch_id)
    assert "The file is made" in press("batches:export", cast.finance[0], order.batch_id)
    assert "The payment is recorded" in press(
        "batches:record",
        cast.finance[1],
        order.pk,
        paid_on=today_there().isoformat(),
        bank_reference="BK 5",
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
        reverse(f"payments:{name}", args=[found.pk]) for name in ("verify", "approve", "withdraw")
    ]
    assert all("/accounts/" in client.post(address).url for address in addresses)
    log_in(client, delivered.officer)
    assert [client.get(address).status_code for address in addresses] == [200, 405, 405]


@pytest.mark.parametrize("name", ["claim_list", "orders", "rates"])
def test_lists_ask_for_a_log_in(client, name):
    assert "/accounts/" in client.get(reverse(f"payments:{name}")).url


def test_pages_of_a_claim_ask_for_a_log_in(client, delivered, milestone):
    found = claim(milestone, delivered.manager)
    for name in ("claim", "submit", "file", "return", "reject", "reverse", "share"):
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
    address = reverse("payments:file", args=[found.invoices.get().file_id])
    log_in(client, delivered.officer)
    answer = client.get(address)
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content).startswith(b"%PDF")
    log_in(client, person(role="officer", country="TN"))
    assert client.get(address).status_code == 404


def test_the_page_says_who_took_which_step(client, delivered, milestone):
    found = paid(delivered, milestone).claim
    log_in(client, delivered.cast.coordinators[0])
    shown = client.get(found.get_absolute_url()).context["separations"]
    cast = delivered.cast
    assert [(duty.text, duty.person) for duty in shown.duties] == [
        ("submits the claim", delivered.manager),
        ("controls the claim", delivered.officer),
        ("approves the claim", cast.coordinators[0]),
        ("proposes the payment", cast.finance[0]),
        ("records the bank’s word", cast.finance[1]),
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
        propose_batch(paying_profile(delivered.cast), [found], execution_on=today(), by=coordinator)


def test_the_facts_of_a_claim_are_those_of_its_invoice(delivered, milestone):
    rate(delivered, "TND", "3.3512")
    found = claim(milestone, delivered.manager, amount="33.512", currency="TND", number="F-9")
    notice = Notice.objects.get(kind="claim-submitted")
    day = found.invoices.get().invoiced_on
    named = ("invoice_number", "milestone", "claimed", "lines")
    assert {name: notice.facts[name] for name in named} == {
        "invoice_number": "F-9",
        "milestone": milestone.title,
        "claimed": "10.00",
        "lines": [
            {
                "invoice_number": "F-9",
                "invoice_date": day.isoformat(),
                "milestone": milestone.title,
                "purpose": "",
                "currency": "TND",
                "declared": "33.512",
                "rate": "3.3512",
                "rate_month": f"{day:%Y-%m}",
                "amount": "10.00",
            }
        ],
    }


def test_the_page_of_a_claim_costs_the_same_however_many_others_there_are(client, twice):
    """All that it shows, of a paid claim: who, what, history, bank, receipt, corrections, papers."""
    found = paid(twice, twice._milestone(0)).claim
    other, costs = claim(twice._milestone(1), twice.manager, amount="2000.00", number="F-2"), []
    log_in(client, twice.cast.coordinators[0])
    for number in range(2):
        client.get(found.get_absolute_url())
        with CaptureQueriesContext(connection) as asked:
            client.get(found.get_absolute_url())
        costs.append(len(asked))
        actions.return_claim(other, reason="Again.", by=twice.officer)
        other = claim(twice._milestone(1), twice.manager, amount="2000.00", number=f"G-{number}")
    assert costs[0] == costs[1] <= 32
