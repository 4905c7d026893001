"""Amounts in words in three languages, as they were reviewed: no library’s guess goes to a bank."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
from django.template import engines
from django.utils.translation import override

from documents.rules.amounts import money_in_words
from documents.wording import amount_in_words

LANGUAGES = ("en", "fr", "ar")
TABLE = Path(__file__).with_name("amounts_in_words.txt").read_text().splitlines()[1:]
REVIEWED = [
    (amount, language, TABLE[at + place].strip())
    for at, amount in enumerate(TABLE)
    if not amount.startswith(" ")
    for place, language in enumerate(LANGUAGES, 1)
]


def test_sixty_amounts_were_reviewed():
    assert len(REVIEWED) == 180
    assert len(set(REVIEWED)) == 180


@pytest.mark.parametrize(("amount", "language", "words"), REVIEWED)
def test_an_amount_is_written_as_it_was_reviewed(amount, language, words):
    value, currency = amount.split()
    assert money_in_words(Decimal(value), currency, language) == words
    with override(language):
        assert amount_in_words(value, currency) == words


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_amounts_are_written_alike_and_no_digit_is_left(language):
    amounts = [Decimal(cents) / 100 for cents in [*range(1200), *range(9_800, 130_100, 97)]]
    written = {money_in_words(amount, "EUR", language) for amount in amounts}
    assert len(written) == len(amounts)
    assert not any(re.search(r"\d|ريال|rial|  ", words) for words in written)


@pytest.mark.parametrize(
    ("value", "currency"), [("-1", "EUR"), ("0.005", "EUR"), ("0.0001", "TND"), ("1e12", "EUR")]
)
def test_what_cannot_be_said_exactly_is_not_said(value, currency):
    with pytest.raises(ValueError, match="not written in words"):
        money_in_words(Decimal(value), currency, "ar")


def test_a_letter_names_another_currency_by_its_code():
    template = engines["django"].from_string("{% load wording %}{{ it|in_words:'TND' }}")
    with override("fr"):
        assert template.render({"it": "37.5"}) == (
            "trente-sept dinars tunisiens et cinq cents millimes"
        )
