"""Statements are taken in once, whatever file brings their lines; words of the bank are followed."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core import mail

from conduct.actions import NotAllowed, OutOfOrder, Refused
from conduct.queries.days import today
from demonstration.story.paying import exported
from notices.models import Notice
from tests.making import voucher_story
from tests.payments.bank.making import (
    booked,
    confirmed,
    read,
    returned,
    said,
    taken,
    word,
)
from tests.payments.batches.holding import held
from tests.payments.ledger.making import the_books_hold
from tests.payments.paying import record
from vouchers.awards.models import Voucher
from vouchers.books.models import LedgerAccount
from vouchers.payments.bank import actions
from vouchers.payments.bank.models import (
    BankStatement,
    LineMatch,
    PaymentStatus,
    SetAside,
    StatementLine,
)
from vouchers.payments.bank.queries import gap_before
from vouchers.payments.batches.models import PayeeMail, PaymentBatch
from vouchers.payments.batches.queries import blockers_of
from vouchers.payments.batches.tasks import mail_payee
from vouchers.payments.models import Claim, PaymentOrder

pytestmark = pytest.mark.django_db


def of(batch):
    """Its payments, in the order of its file."""
    return list(batch.payments.order_by("instruction"))


def whys():
    return list(SetAside.objects.order_by("pk").values_list("why", flat=True))


def test_a_statement_is_proposed_and_confirmed(twice, batch):
    first, second = of(batch)
    taken(said(booked(first, 1), booked(second, 2)), twice)
    # Nothing is booked before a person has confirmed it.
    assert held(twice.voucher, "in_transit") == Decimal("5000.00")
    confirmed(twice)
    assert held(twice.voucher, "bank") == Decimal("5000.00")
    batch.refresh_from_db()
    assert batch.state == PaymentBatch.State.SETTLED
    first.refresh_from_db()
    assert (first.paid_on, first.bank_reference) == (today(), "BK-1")
    the_books_hold()


def test_nobody_confirms_what_they_proposed_or_authorised(twice, batch):
    taken(said(booked(of(batch)[0])), twice)
    line = StatementLine.objects.get()
    for person in (twice.cast.finance[0], *twice.cast.coordinators):
        with pytest.raises(NotAllowed):
            actions.confirm_line(line, by=person)


def test_a_line_counts_once_whatever_file_brings_it(twice, batch):
    first, second = of(batch)
    content = said(booked(first, 1))
    file = taken(content, twice)
    with pytest.raises(Refused, match="taken in already"):
        read(content, twice)
    with pytest.raises(OutOfOrder):
        actions.take_in(file, by=twice.cast.finance[1])
    # An overlapping statement: one line again, one new.
    taken(said(booked(first, 1), booked(second, 2), number=2), twice)
    assert StatementLine.objects.count() == 2
    assert list(BankStatement.objects.order_by("pk").values_list("lines_new", flat=True)) == [1, 1]


def test_what_is_alike_in_all_is_told_apart_by_how_often_it_comes(twice, batch):
    fee = booked(
        of(batch)[0], amount=Decimal("2.50"), end_to_end_id="", account="", reference="",
        is_charge=True, text="Fee",
    )  # fmt: skip
    content = said(fee, fee).replace(b"<AcctSvcrRef></AcctSvcrRef>", b"")
    taken(content, twice)
    assert StatementLine.objects.count() == 2
    taken(content.replace(b"STATEMENT-1", b"STATEMENT-2"), twice)
    assert StatementLine.objects.count() == 2
    assert set(whys()) == {"charge"}


def test_what_does_not_fit_is_set_aside_with_a_reason(twice, batch):
    first, second = of(batch)
    taken(
        said(
            booked(first, 1, amount=Decimal("2999.99")),
            booked(first, 2, end_to_end_id="SOMEBODY-ELSE"),
            booked(second, 3, end_to_end_id="", account="", is_credit=True, text="Interest"),
            booked(second, 4),
            booked(second, 5),
        ),
        twice,
    )
    assert whys() == ["amount", "unknown", "money_in", "twice"]
    assert len(confirmed(twice)) == 1
    the_books_hold()


def test_without_an_identifier_amount_account_and_day_propose(twice, batch):
    first, _second = of(batch)
    taken(said(booked(first, end_to_end_id="")), twice)
    proposal = StatementLine.objects.get().proposal
    assert (proposal.payment, proposal.how) == (first, "amount")


def test_a_rejected_payment_is_payable_again_and_everybody_is_told(twice, batch):
    first, second = of(batch)
    provider = first.claim.provider
    provider.email = "accounts@cedar.example"
    provider.save(update_fields=["email"])
    taken(word(batch, (first, "ACCP", ""), (second, "RJCT", "AC04")), twice)
    batch.refresh_from_db()
    second.refresh_from_db()
    assert batch.state == PaymentBatch.State.ACKNOWLEDGED
    assert (second.state, second.return_code) == ("returned", "AC04")
    assert held(twice.voucher, "payable") == Decimal("2000.00")
    assert Notice.objects.filter(kind="claim-payment-returned").exists()
    (told,) = PayeeMail.objects.all()
    mail_payee(told.pk)
    mail_payee(told.pk)
    told.refresh_from_db()
    assert told.sent_at is not None
    (sent,) = [one for one in mail.outbox if one.to == [provider.email]]
    assert "The account of the payee is closed. (AC04)" in sent.body
    # It is not paid again to the account that the bank refused.
    (blocker, *_rest) = blockers_of(second, batch.profile)
    assert "The account of the payee is closed." in blocker.sentence
    the_books_hold()


def test_the_refusal_of_a_second_copy_gives_nothing_back(twice, batch):
    first, second = of(batch)
    taken(word(batch, (first, "RJCT", "DUPL"), (second, "RJCT", "DUPL")), twice)
    assert set(PaymentOrder.objects.values_list("state", flat=True)) == {"sent"}
    assert set(PaymentStatus.objects.values_list("outcome", flat=True)) == {"not_followed"}


def test_an_answer_to_another_file_is_refused(twice, batch):
    content = word(batch, (of(batch)[0], "ACCP", "")).replace(
        batch.reference.encode() + b"<", b"PAY-X<"
    )
    with pytest.raises(Refused, match="did not leave from here"):
        read(content, twice)


def test_what_was_paid_and_came_back_is_paid_again(twice, batch, both):
    first, second = of(batch)
    taken(said(booked(first, 1), booked(second, 2)), twice)
    confirmed(twice)
    taken(said(returned(second, 3), number=2, opening="95000.00"), twice)
    (match,) = confirmed(twice)
    assert match.kind == LineMatch.Kind.RETURN
    second.refresh_from_db()
    claim = Claim.objects.get(pk=second.claim_id)
    assert (second.state, claim.state, claim.paid_by) == ("returned", "approved", None)
    assert held(twice.voucher, "bank") == Decimal("3000.00")
    assert held(twice.voucher, "payable") == Decimal("2000.00")
    voucher = Voucher.objects.get(pk=twice.voucher.pk)
    assert (voucher.paid, voucher.approved) == (Decimal("3000.00"), Decimal("5000.00"))
    the_books_hold()


def test_debit_and_return_in_one_statement_end_alike_in_any_order(twice, batch):
    _first, second = of(batch)
    taken(said(booked(second, 1), returned(second, 2)), twice)
    debit, credit = StatementLine.objects.order_by("pk")
    actions.confirm_line(credit, by=twice.cast.finance[1])
    actions.confirm_line(debit, by=twice.cast.finance[1])
    assert held(twice.voucher, "payable") == Decimal("2000.00")
    the_books_hold()


def test_what_was_recorded_by_hand_is_tied_to_its_line(twice, batch):
    first, _second = of(batch)
    record(first, twice)
    taken(said(booked(first)), twice)
    confirmed(twice)
    assert LineMatch.objects.get().payment == first
    assert held(twice.voucher, "bank") == Decimal("3000.00")
    the_books_hold()


def test_a_charge_is_entered_on_the_call(twice, batch):
    fee = replace(
        booked(of(batch)[0], amount=Decimal("12.00"), end_to_end_id="", account=""), is_charge=True
    )
    taken(said(fee), twice)
    line = StatementLine.objects.get()
    call = twice.voucher.award.application.call
    actions.charge_line(line, call, by=twice.cast.finance[1])
    assert LedgerAccount.objects.get(call=call, kind="charges").balance == Decimal("12.00")
    with pytest.raises(OutOfOrder):
        actions.charge_line(line, call, by=twice.cast.finance[1])
    the_books_hold()


def test_a_gap_is_told_and_closes_when_the_statement_comes(twice, batch):
    _first, second = of(batch)
    days = [today() - timedelta(days=back) for back in (2, 1, 0)]
    taken(said(number=1, day=days[0]), twice)
    taken(said(number=3, opening="98000.00", day=days[2]), twice)
    last = BankStatement.objects.get(number="3")
    assert gap_before(last).number == "1"
    taken(said(booked(second, 2, day=days[1]), number=2, day=days[1]), twice)
    assert gap_before(last) is None


def test_a_statement_that_does_not_add_up_is_refused(twice, batch):
    with pytest.raises(Refused, match="does not add up"):
        read(said(booked(of(batch)[0]), closing=Decimal("1.00")), twice)


def test_a_statement_of_another_account_is_refused(twice, batch):
    with pytest.raises(Refused, match="0004"):
        read(said(account="NL57MOCK0000000004"), twice)


def test_a_sum_without_details_waits_for_them(twice, batch):
    first, second = of(batch)
    whole = booked(first, amount=Decimal("5000.00"), end_to_end_id="", account="")
    sum_alone = said(whole).replace(
        b"</BkTxCd></Ntry>",
        b"</BkTxCd><NtryDtls><Btch><NbOfTxs>2</NbOfTxs></Btch></NtryDtls></Ntry>",
    )
    taken(sum_alone, twice)
    assert whys() == ["no_details"]
    assert not confirmed(twice)
    details = b"".join(
        b'<TxDtls><Refs><EndToEndId>%s</EndToEndId></Refs><Amt Ccy="EUR">%s</Amt>'
        b"<CdtDbtInd>DBIT</CdtDbtInd></TxDtls>" % (one.reference.encode(), str(one.amount).encode())
        for one in (first, second)
    )
    taken(
        said(whole, number=2).replace(
            b"</BkTxCd></Ntry>", b"</BkTxCd><NtryDtls>" + details + b"</NtryDtls></Ntry>"
        ),
        twice,
    )
    assert "explained" in whys()
    confirmed(twice)
    assert held(twice.voucher, "bank") == Decimal("5000.00")
    assert sorted(PaymentOrder.objects.values_list("bank_reference", flat=True)) == [
        "BK-1",
        "BK-1/2",
    ]
    # The sum once more, in a statement that has no details: it is counted by them.
    taken(sum_alone.replace(b"STATEMENT-1", b"STATEMENT-9"), twice)
    assert StatementLine.objects.count() == 3
    the_books_hold()


def test_a_return_after_closing_is_payable_and_paid_again(db):
    told = voucher_story("closed")
    payment = PaymentOrder.objects.filter(state="paid").latest("pk")
    taken(said(returned(payment, reason="AC06")), told)
    confirmed(told)
    voucher = Voucher.objects.get(pk=told.voucher.pk)
    assert voucher.state == "closed"
    assert held(voucher, "payable") == payment.amount
    claim = Claim.objects.get(pk=payment.claim_id)
    again = exported([claim], told.cast).payments.get()
    taken(said(booked(again), number=2, opening=str(100000 + payment.amount)), told)
    confirmed(told)
    assert held(voucher, "payable") == 0
    the_books_hold()
