"""Contracts after quotes in dinars: in that money, and in euro at the rate by which was chosen."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from conduct.actions import Refused
from documents.models import Document
from tests.providers.quotes.asking import marked, quote_of
from tests.providers.quotes.in_dinars import (
    DAILY,
    IN_DINARS,
    UNITS,
    WORTH,
    answered,
    chosen_in_dinars,
    of_its_month,
    opened,
)
from tests.providers.quotes.test_contracts import conclude
from vouchers.providers.contracts.models import Contract, ContractLine
from vouchers.providers.quotes import actions

pytestmark = pytest.mark.django_db


def test_the_contract_is_in_the_money_of_the_quote_and_counts_in_euro():
    asked = chosen_in_dinars()
    with pytest.raises(Refused, match=r"the chosen quote was 13,333\.33"):
        conclude(asked, rate="1333.334")
    contract = conclude(asked, rate=DAILY)
    assert (contract.currency, contract.total, contract.amount) == (
        "TND",
        Decimal("13333.330"),
        WORTH,
    )
    minutes = Document.objects.get(kind="minutes-of-quotes", language="fr").facts
    assert [one["units_per_euro"] for one in minutes["rates"]] == [UNITS]
    assert minutes["quotes"][0]["quoted"] == "13333.330"


def test_a_contract_in_more_lines_than_its_quote_comes_to_no_more_in_euro():
    asked = answered(daily="400.000")
    of_its_month(asked)
    opened(asked)
    marked(asked, best=IN_DINARS)
    choice = actions.choose_quote(asked.terms, quote_of(asked, IN_DINARS), by=asked.told.manager)
    # 4,000 dinars; twice 2,000 are 587.91 EUR each.
    assert choice.amount == Decimal("1175.81")
    actions.answer_choice(choice, is_confirmed=True, answer="", by=asked.told.officer)
    halves = [
        actions.OfferedLine("days", who, Decimal(5), Decimal("400.000")) for who in ("One", "Other")
    ]
    with pytest.raises(Refused, match=r"the chosen quote was 4,000\.00 TND"):
        conclude(asked, lines=[*halves, actions.OfferedLine("other", "x", amount=Decimal("0.001"))])
    contract = conclude(asked, lines=halves)
    assert (contract.total, contract.amount) == (Decimal(4000), Decimal("1175.81"))
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_the_database_holds_a_contract_to_its_currency_and_its_rate():
    asked = chosen_in_dinars()
    contract = conclude(asked, rate=DAILY)
    facts = {
        field.attname: getattr(contract, field.attname)
        for field in Contract._meta.concrete_fields
        if field.name != "id"
    }
    for change in ({"currency": "EUR"}, {"total": Decimal("13333.331")}):
        with (
            pytest.raises(IntegrityError, match="follows a confirmed choice"),
            transaction.atomic(),
        ):
            Contract.objects.create(**{**facts, **change})
    with pytest.raises(IntegrityError, match="in the decimals"), transaction.atomic():
        ContractLine.objects.create(
            contract=contract,
            position=2,
            kind="days",
            text="More",
            days=Decimal("2.25"),
            rate=Decimal("0.003"),
            amount=Decimal("0.006"),
        )
