"""What is said of the currencies of quotes, in words of the active language."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from documents.wording import month as month_in_words
from vouchers.providers.quotes.models import TermsOfReference


def sentence_on_currencies(asked: Sequence[str], currency: str) -> str:
    """Why a quote cannot be in a currency: in which others it may be."""
    if len(asked) == 1:
        return _(
            "The voucher is in euros, and so are quotes for it: write all amounts in EUR, not in "
            "%(currency)s. Convert them at the official rate of the day."
        ) % {"currency": currency}
    return _(
        "A quote for this voucher cannot be in %(currency)s: write all amounts in one of %(asked)s."
    ) % {"currency": currency, "asked": " · ".join(asked)}


def awaited_sentence(terms: TermsOfReference, awaited: Sequence[str]) -> str:
    """Which rates a comparison waits for, and who takes them in."""
    return _(
        "The quotes can be compared once the exchange rate of %(currencies)s for %(month)s is taken "
        "in. The finance officers and the coordinators are told."
    ) % {"currencies": " · ".join(awaited), "month": month_in_words(terms.rate_month)}
