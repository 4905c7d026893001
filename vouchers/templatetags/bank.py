"""What pages and messages about a bank's word need besides."""

from __future__ import annotations

from django import template

from vouchers.payments.batches.wording import reason_told

register = template.Library()


@register.filter
def bank_reason(code: str, words: str = "") -> str:
    """Why a bank did not pay, as a sentence with its code, and the bank's own words behind it."""
    return reason_told(code, words)
