"""From the proposal of a batch to the bank's last word."""

import hashlib
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from conduct.actions import NotAllowed, OutOfOrder, Refused
from conduct.queries.days import today
from demonstration.content.accounts import bank_account
from demonstration.story.paying import authorised, exported, paying_profile, proposed
from documents.models import Document
from notices.models import Notice
from tests.payments.batches.holding import held
from tests.payments.ledger.making import the_books_hold
from tests.payments.paying import record
from tests.people import person
from vouchers.books.models import LedgerEntry
from vouchers.payments.actions import reverse_approval
from vouchers.payments.batches import actions
from vouchers.payments.batches.models import BatchFile, PaymentBatch
from vouchers.payments.batches.rules.building import breaks_the_schema, read
from vouchers.payments.models import Claim, PaymentOrder
from vouchers.providers.actions.accounts import change_provider_account, verify_provider_account
from vouchers.providers.models import Provider

pytestmark = pytest.mark.django_db


# --- Out ------------------------------------------------------------------------------------------
def test_a_batch_goes_from_the_proposal_to_the_last_payment(twice, both):
    cast, voucher = twice.cast, twice.voucher
    batch = proposed(both, cast)
    assert (batch.state, batch.count, batch.total) == ("proposed", 2, Decimal("5000.00"))
    assert batch.reference == f"PAY-{today().year}-0001"
    assert set(Claim.objects.values_list("state", flat=True)) == {"approved"}
    assert held(voucher, "payable") == Decimal("5000.00")
    batch = actions.authorise_batch(batch, by=cast.coordinators[0])
    assert batch.state == "proposed"
    batch = actions.authorise_batch(batch, by=cast.coordinators[1])
    assert (batch.state, held(voucher, "in_transit")) == ("authorised", 0)
    batch = actions.export_batch(batch, by=cast.finance[0])
    assert (batch.state, held(voucher, "in_transit")) == ("exported", Decimal("5000.00"))
    assert set(Claim.objects.values_list("state", "ordered_by")) == {
        ("ordered", cast.finance[0].pk)
    }
    batch = actions.acknowledge_batch(batch, bank_reference="MB-1", by=cast.finance[0])
    first, second = PaymentOrder.objects.order_by("pk")
    record(first, twice)
    assert PaymentBatch.objects.get().state == "partly"
    record(second, twice, bank_reference="BK 2")
    assert PaymentBatch.objects.get().state == "settled"
    assert held(voucher, "bank") == Decimal("5000.00")
    the_books_hold()


def test_the_file_says_what_was_proposed_and_never_changes(twice, both):
    batch = exported(both, twice.cast)
    file = BatchFile.objects.get()
    content = file.content.encode()
    assert (breaks_the_schema(content), hashlib.sha256(content).hexdigest()) == ("", file.sha256)
    message = read(content)
    assert (message.message_id, message.count, message.control_sum) == (
        batch.reference,
        2,
        Decimal("5000.00"),
    )
    first = message.payments[0]
    assert (first.end_to_end_id, first.amount, first.account, first.bic, first.name) == (
        f"{twice.voucher.reference}-P1",
        Decimal("3000.00"),
        bank_account("LB", 77),
        "BLOMLBBX",
        "Cedar Consulting",
    )
    assert (first.address.town, first.address.country) == ("Beirut", "LB")
    with pytest.raises(OutOfOrder):
        actions.export_batch(batch, by=twice.cast.finance[1])
    assert BatchFile.objects.get().content == file.content


def test_the_papers_of_a_batch_state_the_file_and_the_ledger(twice, both):
    batch = exported(both, twice.cast)
    papers = Document.objects.filter(kind="batch-order")
    assert sorted(papers.values_list("language", flat=True)) == ["ar", "en", "fr"]
    facts = papers.get(language="en").facts
    assert (facts["sha256"], facts["total"]) == (BatchFile.objects.get().sha256, "5000.00")
    assert [step["step"] for step in facts["steps"]] == ["proposed", "first", "second", "exported"]
    head = LedgerEntry.objects.order_by("-number").first()
    assert [(one["entries"], one["seal"]) for one in facts["ledgers"]] == [(head.number, head.seal)]
    assert Document.objects.filter(kind="order", language="en").count() == 2
    assert batch.reference in str(facts)


# --- Who ------------------------------------------------------------------------------------------
def test_neither_the_proposer_nor_one_person_twice_authorises(twice, both):
    batch = proposed(both, twice.cast)
    with pytest.raises(NotAllowed, match="Two others"):
        actions.authorise_batch(batch, by=twice.cast.finance[0])
    actions.authorise_batch(batch, by=twice.cast.coordinators[0])
    with pytest.raises(NotAllowed, match="Two others"):
        actions.authorise_batch(batch, by=twice.cast.coordinators[0])
    for stranger in (twice.officer, twice.manager, person(role="auditor")):
        with pytest.raises(NotAllowed):
            actions.authorise_batch(batch, by=stranger)


def test_who_authorised_does_not_book(twice, both):
    batch = proposed(both, twice.cast)
    signatory = person(role="finance")
    actions.authorise_batch(batch, by=signatory)
    actions.authorise_batch(batch, by=twice.cast.coordinators[0])
    actions.export_batch(batch, by=twice.cast.finance[0])
    order = PaymentOrder.objects.first()
    for hand in (signatory, twice.cast.finance[0]):
        with pytest.raises(NotAllowed, match="neither proposed nor authorised"):
            record(order, twice, by=hand)
    with pytest.raises(IntegrityError, match="books what they authorised"), transaction.atomic():
        _book_behind_the_back(order, signatory)
    record(order, twice)


def _book_behind_the_back(order, hand):
    Claim.objects.filter(pk=order.claim_id).update(
        state="paid", paid_by=hand, paid_at=order.ordered_at
    )
    PaymentOrder.objects.filter(pk=order.pk).update(
        state="paid",
        paid_on=today(),
        bank_reference="x",
        bank_reference_key="x",
        paying_account="y",
    )


def test_those_whose_turn_it_is_are_told(twice, both):
    cast = twice.cast

    def told(kind):
        return {one.recipient for one in Notice.objects.filter(kind=kind)}

    batch = proposed(both, cast)
    assert told("batch-proposed") == {cast.finance[1], *cast.coordinators}
    for signatory in cast.coordinators:
        actions.authorise_batch(batch, by=signatory)
    assert told("batch-authorised") == set(cast.finance)
    actions.export_batch(batch, by=cast.finance[0])
    assert told("batch-exported") == {cast.finance[1]}


# --- What stands against it -------------------------------------------------------------------------
def test_a_claim_is_in_one_standing_batch(twice, both):
    proposed(both[:1], twice.cast)
    with pytest.raises(Refused, match="in a payment batch already"):
        proposed(both, twice.cast)
    assert PaymentBatch.objects.count() == 1


def test_a_claim_in_a_batch_keeps_its_approval(twice, both):
    batch = proposed(both, twice.cast)
    with pytest.raises(OutOfOrder, match="cancel that first"):
        reverse_approval(both[0], reason="Wrong.", by=twice.cast.coordinators[0])
    actions.cancel_batch(batch, reason="Wrong.", by=twice.cast.finance[0])
    reverse_approval(both[0], reason="Wrong.", by=twice.cast.coordinators[0])
    the_books_hold()


@pytest.mark.parametrize("at", ["authorisation", "export"])
def test_an_account_that_changed_since_stops_the_batch(twice, both, settings, at):
    settings.ACCOUNT_COOLING_DAYS = 0
    batch = proposed(both, twice.cast) if at == "authorisation" else authorised(both, twice.cast)
    fresh = change_provider_account(
        twice.provider,
        bank_account=bank_account("LB", 4711),
        bic="BLOMLBBX",
        reason="They have moved.",
        by=twice.officer,
    )
    step, by = (
        (actions.authorise_batch, twice.cast.coordinators[0])
        if at == "authorisation"
        else (actions.export_batch, twice.cast.finance[0])
    )
    with pytest.raises(Refused, match="changed since"):
        step(batch, by=by)
    # Verified or not: it is another one than what was proposed.
    verify_provider_account(fresh, by=twice.cast.coordinators[1])
    with pytest.raises(Refused, match="changed since"):
        step(batch, by=by)
    assert not BatchFile.objects.exists()
    actions.cancel_batch(batch, reason="Another account.", by=twice.cast.finance[0])
    assert exported(both, twice.cast).payments.first().bank_account == bank_account("LB", 4711)


def test_the_database_stops_it_too(twice, both, settings):
    batch = authorised(both, twice.cast)
    change_provider_account(
        twice.provider, bank_account=bank_account("LB", 4711), reason="Moved.", by=twice.officer
    )
    BatchFile.objects.create(batch=batch, content="x", sha256=hashlib.sha256(b"x").hexdigest())
    with pytest.raises(IntegrityError, match="account was changed"), transaction.atomic():
        PaymentBatch.objects.filter(pk=batch.pk).update(
            state="exported", exported_by=twice.cast.finance[0], exported_at=batch.second_at
        )


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"town": ""}, "The town of Cedar Consulting is missing"),
        ({"town": "بيروت"}, "does not take these letters of the address"),
        ({"street": "شارع"}, "does not take these letters of the address"),
    ],
)
def test_an_address_that_no_bank_takes_is_said_at_the_proposal(twice, both, changed, sentence):
    Provider.objects.filter(pk=twice.provider.pk).update(**changed)
    with pytest.raises(Refused, match=sentence):
        proposed(both, twice.cast)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"holder": "شركة الأرز"}, "nobody’s name is rewritten"),
        ({"holder": "x" * 71}, "longer than the bank takes"),
        ({"bic": ""}, "asks for the BIC"),
    ],
)
def test_a_name_or_bank_that_it_does_not_take_is_said_too(twice, both, settings, changed, sentence):
    settings.ACCOUNT_COOLING_DAYS = 0
    account = {"bank_account": bank_account("LB", 4711), "bic": "BLOMLBBX"}
    fresh = change_provider_account(
        twice.provider, reason="Moved.", by=twice.officer, **{**account, **changed}
    )
    verify_provider_account(fresh, by=twice.cast.coordinators[1])
    with pytest.raises(Refused, match=sentence):
        proposed(both, twice.cast)


def test_a_batch_leaves_on_a_day_on_which_the_bank_works(twice, both):
    profile = paying_profile(twice.cast)
    saturday = today() + timedelta(days=(5 - today().weekday()) % 7)
    for day, sentence in (
        (today() - timedelta(days=1), "is over"),
        (saturday, "does not work on"),
    ):
        with pytest.raises(Refused, match=sentence) as refused:
            actions.propose_batch(profile, both, execution_on=day, by=twice.cast.finance[0])
        assert refused.value.field == "execution_on"


def test_a_batch_costs_the_same_number_of_queries_however_many_payments_it_has(twice, both):
    costs = {}
    paying_profile(twice.cast)
    for claims in (both[:1], both):
        with transaction.atomic():
            with CaptureQueriesContext(connection) as asked:
                batch = proposed(claims, twice.cast)
            costs.setdefault("proposed", []).append(len(asked))
            signing = twice.cast.coordinators[0]
            with CaptureQueriesContext(connection) as asked:
                actions.authorise_batch(batch, by=signing)
            costs.setdefault("authorised", []).append(len(asked))
            transaction.set_rollback(True)
    assert costs["proposed"][0] == costs["proposed"][1] <= 45
    assert costs["authorised"][0] == costs["authorised"][1] <= 40
