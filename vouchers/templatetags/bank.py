"""What pages and messages about a bank's word need besides."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template

from vouchers.payments.bank.queries import last_words, matches_of
from vouchers.payments.batches.wording import reason_told, status_told
from vouchers.payments.models import PaymentOrder

register = template.Library()


@register.filter
def bank_reason(code: str, words: str = "") -> str:
    """Why a bank did not pay, as a sentence with its code, and the bank's own words behind it."""
    return reason_told(code, words)


@register.filter
def bank_status(status: str) -> str:
    """What a bank says of a payment, in words with its code."""
    return status_told(status)


@register.simple_tag
def words_of_the_bank(payments: Iterable[PaymentOrder]) -> dict[int, dict[str, Any]]:
    """The bank's last word on each payment that a page shows, and its lines that are matched."""
    shown = list(payments)
    words, matches = last_words(shown), matches_of(shown)
    return {
        one.pk: {"word": words.get(one.pk), "matches": matches.get(one.pk, [])} for one in shown
    }


@register.filter
def said_of(words: dict[int, dict[str, Any]], payment: PaymentOrder) -> dict[str, Any]:
    """What the bank said of one of the payments."""
    return words.get(payment.pk, {})
