"""What is said of a file of exchange rates."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from vouchers.payments.rules.rate_files import NotARateFile, RateFault

_SENTENCES: dict[RateFault, str | Promise] = {
    RateFault.WEB_PAGE: _(
        "This is a web page, not a file of rates. Download the JSON or CSV file itself."
    ),
    RateFault.UNREADABLE: _("The file is neither JSON nor CSV, or it is cut off."),
    RateFault.NO_COLUMNS: _(
        "The file needs a column with the code of the currency and one with its rate; it has: "
        "%(text)s."
    ),
    RateFault.LONG: _("The file has more lines than there are rates. Is this the right one?"),
    RateFault.NO_RATE: _("Line %(line)s: “%(text)s” is no rate of at most six decimals."),
    RateFault.NO_MONTH: _("Line %(line)s: “%(text)s” is no month."),
    RateFault.WHICH_MONTH: _("The file does not say its month: write it here."),
    RateFault.NOT_PER_EURO: _("Line %(line)s: the rate is not for 1 EUR, but for 1 %(text)s."),
    RateFault.TWICE: _("Line %(line)s: two different rates are there for %(text)s."),
    RateFault.NONE_OF_OURS: _(
        "The file has no rate of a currency in which providers may invoice (USD, LBP, MAD, TND)."
    ),
}


def sentence_of(fault: NotARateFile) -> str:
    """Why the file gives no rates, as a sentence for whoever uploaded it."""
    return str(_SENTENCES[fault.why]) % {"line": fault.line, "text": fault.text or "…"}
