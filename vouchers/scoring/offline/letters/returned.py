"""Reading a workbook that came back."""

from __future__ import annotations

from typing import Any

from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from accounts.models import User
from clusters.queries.tables import excel_workbook, sheet_rows
from conduct.actions import Refused, TooLate
from vouchers.calls.models import Call
from vouchers.scoring.rounds.models import ScoringRound

from .rows import CRITERION, HIDDEN, KEY, REFERENCE, SALT, SCORE, STRENGTHS, WEAKNESSES

MOST_BYTES = 5 * 1024**2
MOST_ROWS = 2000
_COLUMNS = {
    "key": KEY,
    "reference": REFERENCE,
    "criterion": CRITERION,
    "score": SCORE,
    "strengths": STRENGTHS,
    "weaknesses": WEAKNESSES,
}


def read_workbook(
    upload: UploadedFile, call: Call, reader: User
) -> tuple[dict[str, Any], list[dict[str, str]]]:
    """What was signed when the file was downloaded, and the rows that were filled in.

    Raises Refused for a file that is not one of ours, was tampered with, is another person's or
    another call's, or holds formulas or macros; TooLate once the scoring is closed.
    """
    book = excel_workbook(upload, max_size=MOST_BYTES, formulas=False)
    if HIDDEN not in book.sheet_names:
        raise Refused(
            _("This is no scoring workbook: download yours on this page, and fill it in.")
        )
    signature = "".join(row[0] for row in sheet_rows(book, HIDDEN) if row)
    issued = _issued(signature)
    if issued["assessor"] != reader.pk:
        raise Refused(_("This workbook was downloaded by somebody else. Only they can upload it."))
    if issued["call"] != call.pk:
        raise Refused(
            _("This workbook belongs to another call. Upload it on the page of that call.")
        )
    _require_open(call)
    rows = [
        {
            "number": str(number),
            **{name: row[at] if at < len(row) else "" for name, at in _COLUMNS.items()},
        }
        for number, row in enumerate(sheet_rows(book, issued["sheet"]), start=1)
        if number > 1 and any(row)
    ]
    if len(rows) > MOST_ROWS:
        raise Refused(
            _("The sheet has %(number)s rows; at most %(limit)s are read.")
            % {"number": len(rows), "limit": MOST_ROWS}
        )
    return issued, rows


def _issued(signature: str) -> dict[str, Any]:
    try:
        return signing.loads(signature, salt=SALT)
    except signing.BadSignature as error:
        raise Refused(
            _(
                "The hidden part of this workbook was changed, so it cannot be trusted. Download "
                "yours again, and copy your scores into it."
            )
        ) from error


def _require_open(call: Call) -> None:
    if ScoringRound.objects.filter(call=call, state=ScoringRound.State.CLOSED).exists():
        raise TooLate(_("The scoring of this call is closed."))
