"""What pages of providers, and of what the bank says of their payments, need besides."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django import template
from django.db import models

from vouchers.payments.bank.models import LineMatch
from vouchers.payments.bank.queries import last_words, matches_of
from vouchers.payments.batches.wording import reason_told, status_told
from vouchers.payments.models import PaymentOrder
from vouchers.providers.panels import countries_named as named
from vouchers.screening.kinds import kind_of
from vouchers.screening.permissions import may_read_screenings, may_screen
from vouchers.screening.queries.standing import Stand, clearance_of

register = template.Library()


@register.filter
def countries_named(codes: Collection[str]) -> str:
    """The countries of some codes, in words of the active language."""
    return named(codes)


@register.inclusion_tag("screening/_standing.html", takes_context=True)
def screening_standing(
    context: template.Context, payee: models.Model, days: int | None = None
) -> dict[str, Any]:
    """One panel: how the payee stands to the list in force, and what is to be done about it.

    `days` is the term of the call (`screening_days`), where a call is meant. Clusters are shown none.
    """
    request = context["request"]
    if not request.user.is_staff_member:
        return {}
    standing = clearance_of(payee, days=days)
    has_list = standing.stand is not Stand.NO_LIST
    return {
        "request": request,
        "csrf_token": context.get("csrf_token"),
        "payee": payee,
        "payee_kind": kind_of(payee).slug,
        "standing": standing,
        "until": standing.until(days) if days else None,
        "may_read": may_read_screenings.test(request.user),
        "may_screen": has_list and may_screen.test(request.user),
        "may_upload": not has_list and may_screen.test(request.user),
    }


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


@register.simple_tag
def bank_lines_of(payment: PaymentOrder) -> list[LineMatch]:
    """The lines of the bank that are matched with a payment, for those who read its order."""
    if payment.state in (PaymentOrder.State.PROPOSED, PaymentOrder.State.CANCELLED):
        return []
    return matches_of([payment]).get(payment.pk, [])


@register.filter
def said_of(words: dict[int, dict[str, Any]], payment: PaymentOrder) -> dict[str, Any]:
    """What the bank said of one of the payments."""
    return words.get(payment.pk, {})
