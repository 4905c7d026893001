"""The Commission's files of accounting rates: read first, looked at, then taken over."""

from __future__ import annotations

import hashlib
from typing import IO

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from conduct.actions import (
    OutOfOrder,
    Refused,
    action,
    constraints_of,
    judged,
    locked,
    require,
)
from files.rules.names import safe_name
from vouchers.payments.models import Currency, ExchangeRate, RateFile
from vouchers.payments.permissions import may_enter_rates
from vouchers.payments.queries import compared, filed_rates
from vouchers.payments.queries.rates import RateChange, RateComparison
from vouchers.payments.rules.rate_files import NotARateFile, RateFault, read_rates
from vouchers.payments.wording import sentence_of
from vouchers.providers.quotes.actions.telling import tell_compared_by

from .rates import Doubtful, replace_rate, require_known_month

# All currencies since 1999 come to less than half of it.
MOST_BYTES = 5 * 2**20
_FOREIGN = [currency for currency in Currency.values if currency != Currency.EUR]


@action(gettext_lazy("File of exchange rates read"))
def read_rate_file(upload: IO[bytes], *, name: str, by: User, month: str = "") -> RateFile:
    """Keep an uploaded file (JSON or CSV) and what it says; the table stays as it is.

    `month` (YYYY-MM) is that of a file that does not say one. Raises Refused, beside the field
    `upload` or `month`, with what is wrong with the file and where.
    """
    require(may_enter_rates, by)
    content = upload.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise _beside(_("A file of rates has at most 5 MB. Is this the right one?"))
    if month:
        require_known_month(month)
    try:
        found = read_rates(_text(content), _FOREIGN, month=month)
    except NotARateFile as fault:
        field = "month" if fault.why == RateFault.WHICH_MONTH else "upload"
        raise Refused(sentence_of(fault), field=field) from fault
    for said in {one.month for one in found}:
        require_known_month(said)
    file = RateFile(
        name=safe_name(name),
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        month=month,
        entries=[
            {"currency": one.currency, "month": one.month, "units": f"{one.units:.6f}"}
            for one in found
        ],
        uploaded_by=by,
    )
    file.save()
    return file


@action(gettext_lazy("Exchange rates taken over from a file"))
def take_rates_over(file: RateFile, *, by: User, confirmed: bool = False) -> list[RateComparison]:
    """Write what the file says into the table; returns what was written.

    A rate that differs corrects the one that stands, unless claims rest on that. Raises OutOfOrder for
    a file that was taken over already, and Doubtful, unless `confirmed`, where rates differ from the
    month before by more than a fifth.
    """
    file = judged(file, may_enter_rates, by=by)
    if file.taken_at is not None:
        raise OutOfOrder(_("This file was taken over already."))
    written = [one for one in compared(filed_rates(file)) if one.writes]
    if not confirmed and any(one.is_unusual for one in written):
        raise Doubtful(
            _(
                "Rates that are marked differ by more than a fifth from the month before. Are they right?"
            )
        )
    file.taken_by, file.taken_at = by, timezone.now()
    with constraints_of(RateFile):
        file.save(update_fields=["taken_by", "taken_at"])
    for one in written:
        _write(one, file, by)
    return written


def _write(comparison: RateComparison, file: RateFile, by: User) -> None:
    filed = comparison.filed
    rate = ExchangeRate(
        currency=filed.currency,
        month=filed.month,
        units_per_euro=filed.units,
        entered_by=by,
        source=ExchangeRate.Source.FILE,
        file=file,
    )
    if comparison.change == RateChange.NEW or comparison.standing is None:
        with constraints_of(ExchangeRate):
            rate.save()
        tell_compared_by(rate.pk)
        return
    rate.corrects = standing = locked(comparison.standing)
    if standing.replaced_at is not None:
        raise OutOfOrder(_("Somebody has just corrected a rate: look at the file again."))
    replace_rate(standing, rate)


def _text(content: bytes) -> str:
    """The file's text: UTF-8 or UTF-16 by its mark, otherwise as Western European programs save it."""
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _beside(sentence: str) -> Refused:
    return Refused(sentence, field="upload")
