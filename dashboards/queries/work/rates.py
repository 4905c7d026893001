"""What waits of exchange rates, and what waits for them."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from dashboards.queries.waiting import WaitingWork
from documents.wording import month as month_in_words
from vouchers.payments.queries import rates_to_confirm
from vouchers.providers.quotes.models import TermsOfReference
from vouchers.providers.quotes.queries.rates import rates_to_enter


def rates_work() -> WaitingWork:
    """What somebody else typed waits for a second person; one list holds them all."""
    url = f"{reverse('payments:rates')}?waiting=yes"
    return WaitingWork(
        "rates", _("Confirm exchange rates"), rates_to_confirm, url, lambda _rate: url
    )


def missing_rates_work() -> WaitingWork:
    """What quotes were opened and cannot be compared: each leads to the form that takes the rate."""
    return WaitingWork(
        "missing-rates",
        _("Enter exchange rates that comparisons of quotes wait for"),
        rates_to_enter,
        reverse("payments:rates"),
        lambda _terms: reverse("payments:rates"),
        label=_awaited,
        since="opening__opened_at",
    )


def _awaited(terms: TermsOfReference) -> str:
    currencies = " · ".join(terms.awaited)  # type: ignore[attr-defined]
    return f"{currencies} · {month_in_words(terms.rate_month)} · {terms.voucher.reference}"
