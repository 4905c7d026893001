"""A bank that is none (mock-bank) answers our files: each behaviour ends with all sums equal."""

from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO

import pytest

from conduct.actions import Refused
from demonstration.clock import noon, on
from demonstration.story.paying import exported
from tests.payments.bank.in_a_box import open_bank
from tests.payments.bank.making import confirmed
from tests.payments.batches.holding import held
from tests.payments.ledger.making import the_books_hold
from tests.payments.test_orders import change_account
from vouchers.awards.models import Voucher
from vouchers.payments.bank import actions
from vouchers.payments.bank.models import BankStatement, LineMatch, PaymentStatus
from vouchers.payments.bank.queries import unconfirmed_by, why_unconfirmed
from vouchers.payments.ledger.queries import money_of, sums_by_kind
from vouchers.payments.models import Claim, PaymentOrder
from vouchers.providers.actions.accounts import verify_provider_account

pytestmark = pytest.mark.django_db


@pytest.fixture
def bank():
    with open_bank() as opened:
        yield opened


def take_in(messages, told):
    """Take each file in that is not taken in yet; what was refused, in words."""
    refused = []
    for number, content in enumerate(messages):
        try:
            file = actions.read_bank_file(
                BytesIO(content), name=f"{number}.xml", by=told.cast.finance[1]
            )
            actions.take_in(file, by=told.cast.finance[1])
        except Refused as refusal:
            refused.append(str(refusal))
    return refused


def agree(told, *, paid, payable=0, in_transit=0):
    """Ledger, claims, orders, the voucher, its statement and what is not confirmed say one thing."""
    voucher = Voucher.objects.get(pk=told.voucher.pk)
    money = {name: Decimal(value) for name, value in
             {"bank": paid, "payable": payable, "in_transit": in_transit}.items()}  # fmt: skip
    for kind, amount in money.items():
        assert held(voucher, kind) == amount, kind
        assert money_of(voucher)[kind] == amount
    assert (voucher.paid, voucher.approved) == (money["bank"], sum(money.values()))
    by_state = {"paid": "bank", "approved": "payable", "ordered": "in_transit"}
    for state, kind in by_state.items():
        claims = Claim.objects.filter(voucher=voucher, state=state)
        assert sum((one.amount for one in claims), Decimal(0)) == money[kind]
    open_ones = unconfirmed_by(told.cast.finance[1])
    assert sum((one.amount for one in open_ones), Decimal(0)) == money["in_transit"]
    assert sum(row["balance"] for row in sums_by_kind(_accounts(voucher))) == voucher.amount
    the_books_hold()


def _accounts(voucher):
    return voucher.award.application.ledger_accounts.all()


def test_accepted_and_paid(bank, twice, batch):
    assert bank.pay(batch)["status"] == "ACCP"
    take_in(bank.messages("pain.002"), twice)
    batch.refresh_from_db()
    assert batch.state == "acknowledged"
    agree(twice, paid=0, in_transit=5000)
    with on(noon(4)):
        take_in(bank.messages("camt.054", "camt.053"), twice)
        # Notification and statement bring the same lines: each counts once.
        assert len(confirmed(twice)) == 2
        batch.refresh_from_db()
        assert batch.state == "settled"
        agree(twice, paid=5000)


def test_a_closed_account(bank, twice, batch, settings):
    payee = batch.payments.first()
    bank.knows(payee, closed=True)
    bank.pay(batch)
    take_in(bank.messages("pain.002"), twice)
    assert set(PaymentOrder.objects.values_list("return_code", flat=True)) == {"AC04"}
    batch.refresh_from_db()
    assert batch.state == "cancelled"
    agree(twice, paid=0, payable=5000)
    # Nothing is sent to that account again; to another one, once a second person has verified it.
    claims = list(Claim.objects.filter(state="approved"))
    with pytest.raises(Refused, match="The account of the payee is closed"):
        exported(claims, twice.cast)
    settings.ACCOUNT_COOLING_DAYS = 0
    account = change_account(twice)
    with pytest.raises(Refused, match="not verified yet"):
        exported(claims, twice.cast)
    verify_provider_account(account, by=twice.cast.coordinators[1])
    again = exported(claims, twice.cast)
    bank.pay(again)
    take_in(bank.messages("pain.002"), twice)
    with on(noon(4)):
        take_in(bank.messages("camt.053"), twice)
        confirmed(twice)
        agree(twice, paid=5000)


def test_no_funds(bank, twice, batch):
    bank.behaves("insufficient-funds")
    bank.holds(350000)
    bank.pay(batch)
    take_in(bank.messages("pain.002"), twice)
    codes = set(PaymentOrder.objects.values_list("return_code", flat=True))
    assert codes == {"", "AM04"}
    with on(noon(4)):
        take_in(bank.messages("camt.053"), twice)
        confirmed(twice)
        agree(twice, paid=3000, payable=2000)
        # Nothing is wrong with the account: it is paid again as it is.
        claim = Claim.objects.get(state="approved")
        bank.behaves("accept")
        again = exported([claim], twice.cast)
        bank.pay(again)
        take_in(bank.messages("pain.002"), twice)
    with on(noon(9)):
        take_in(bank.messages("camt.053"), twice)
        confirmed(twice)
        agree(twice, paid=5000)


def test_a_wrong_bank(bank, twice, batch):
    bank.knows(batch.payments.first(), behaviour="bad-bank-id")
    bank.pay(batch)
    take_in(bank.messages("pain.002"), twice)
    codes = set(PaymentOrder.objects.values_list("return_code", flat=True))
    assert codes == {"RC01"}
    batch.refresh_from_db()
    assert batch.state == "cancelled"
    agree(twice, paid=0, payable=5000)


def test_the_same_file_twice(bank, twice, batch):
    bank.pay(batch)
    assert bank.pay(batch)["status"] == "RJCT"
    take_in(bank.messages("pain.002"), twice)
    outcomes = list(PaymentStatus.objects.order_by("pk").values_list("outcome", flat=True))
    assert outcomes == ["noted", "noted", "not_followed", "not_followed"]
    agree(twice, paid=0, in_transit=5000)


def test_silence(bank, twice, batch):
    bank.behaves("silent")
    bank.pay(batch)
    assert not bank.messages("pain.002")
    with on(noon(3)):
        payments = list(unconfirmed_by(twice.cast.finance[1]))
        told = {one.sentence for one in why_unconfirmed(payments)}
        (sentence,) = told
        assert sentence.startswith("The bank has said nothing for")
        agree(twice, paid=0, in_transit=5000)


def test_a_return_three_days_later(bank, twice, batch):
    bank.behaves("return-later", days=3)
    bank.pay(batch)
    take_in(bank.messages("pain.002"), twice)
    # Once the day of execution is told of, and before that of the return.
    with on(datetime.combine(batch.execution_on + timedelta(days=2), time(12), UTC)):
        take_in(bank.messages("camt.053"), twice)
        confirmed(twice)
        agree(twice, paid=5000)
        bank.behaves("accept")
    with on(noon(12)):
        # The message among banks is called by its name; the statements say the same.
        assert any("pacs.004" in one for one in take_in(bank.messages("pacs.004"), twice))
        take_in(bank.messages("camt.054", "camt.053"), twice)
        assert {one.kind for one in confirmed(twice)} == {LineMatch.Kind.RETURN}
        batch.refresh_from_db()
        assert batch.state == "settled"
        agree(twice, paid=0, payable=5000)


def test_a_line_is_missing_in_a_statement(bank, twice, batch):
    bank.behaves("statement-gap")
    bank.pay(batch)
    take_in(bank.messages("pain.002"), twice)
    with on(noon(4)):
        notifications = bank.messages("camt.054")
        refused = take_in(bank.messages("camt.053"), twice)
        assert any("does not add up" in one for one in refused)
        assert not BankStatement.objects.filter(lines__isnull=False).exists()
        agree(twice, paid=0, in_transit=5000)
        assert not notifications or take_in(notifications, twice) == []
