"""A contract follows the confirmed choice: its provider, at most its price, within the voucher."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, InternalError, connection, transaction

from conduct.actions import NotAllowed, OutOfOrder, Refused
from tests.making import pdf, today_there
from tests.providers.quotes.asking import NAMES, judged, quote_of
from vouchers.providers.contracts.actions import conclude_contract
from vouchers.providers.contracts.models import Contract, ContractLine
from vouchers.providers.contracts.queries import contract_of
from vouchers.providers.quotes import actions
from vouchers.providers.quotes.actions import OfferedLine

pytestmark = pytest.mark.django_db


def confirmed(told=None):
    asked = judged(told=told)
    choice = actions.choose_quote(
        asked.terms, quote_of(asked, NAMES[1]), by=asked.told.manager, reason="It knows the fairs."
    )
    actions.answer_choice(choice, is_confirmed=True, answer="", by=asked.told.officer)
    return asked


def conclude(asked, rate="450.00", **more):
    today = today_there()
    return conclude_contract(
        asked.told.voucher,
        **{
            "number": "C-2026-1",
            "signed_on": today,
            "starts_on": today,
            "ends_on": today + timedelta(days=30),
            "signed_for_provider": "Rana",
            "signed_for_client": "Nadine",
            "lines": [OfferedLine("days", "Advice", Decimal(10), Decimal(rate))],
            "upload": pdf("contract.pdf"),
            "by": asked.told.officer,
            **more,
        },
    )


def test_the_contract_names_who_delivers_and_is_paid():
    asked = confirmed()
    assert contract_of(asked.told.voucher) is None
    contract = conclude(asked)
    assert (contract.amount, contract.use) == (Decimal("4500.00"), "b")
    assert contract_of(asked.told.voucher).provider.name == NAMES[1]
    with pytest.raises(OutOfOrder, match="entered already"):
        conclude(asked)
    with pytest.raises(InternalError, match="Cannot update"), transaction.atomic():
        Contract.objects.update(amount=Decimal(1))


def test_no_contract_without_a_confirmed_choice_nor_by_a_stranger():
    asked = judged()
    with pytest.raises(OutOfOrder, match="follows a quote"):
        conclude(asked)
    with pytest.raises(NotAllowed):
        conclude(asked, by=asked.told.cast.coordinators[0])


def test_at_most_the_quote_and_within_the_voucher():
    asked = confirmed()
    voucher = asked.told.voucher
    with pytest.raises(Refused, match="chosen quote was"):
        conclude(asked, rate="450.01")
    with pytest.raises(Refused, match="within the voucher"):
        conclude(asked, ends_on=voucher.valid_until + timedelta(days=1))
    with pytest.raises(Refused, match="signed, then it starts"):
        conclude(asked, signed_on=today_there() + timedelta(days=1))
    with pytest.raises(Refused, match="no line"):
        conclude(asked, lines=[])


def test_the_database_holds_the_contract_to_the_choice_and_to_its_lines():
    asked = confirmed()
    contract = conclude(asked)
    facts = {
        field.attname: getattr(contract, field.attname)
        for field in Contract._meta.concrete_fields
        if field.name != "id"
    }
    for change in ({"amount": Decimal("4500.01")}, {"provider_id": asked.told.provider.pk}):
        with (
            pytest.raises(IntegrityError, match="follows a confirmed choice"),
            transaction.atomic(),
        ):
            Contract.objects.create(**{**facts, **change})
    ContractLine.objects.create(
        contract=contract, position=2, kind="fixed", text="More", amount=Decimal(1)
    )
    with connection.cursor() as cursor, pytest.raises(IntegrityError, match="add up"):
        # As at the end of the transaction.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
