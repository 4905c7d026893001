"""Writing a report, which saves itself part by part while somebody types."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy

from accounts.models import User
from conduct.actions import action, judged, locked, require_state
from drafts.actions import OvertakenPart, save_rows
from drafts.models import RawRow
from vouchers.assistance.reports.models import DraftedReportPart, FinalReport, ReportPart
from vouchers.assistance.reports.permissions import may_write_report
from vouchers.assistance.reports.queries import drafted_rows
from vouchers.assistance.reports.rules.parts import COLUMNS, KEYED
from vouchers.awards.models import Voucher


@action(gettext_lazy("Final report saved"))
def save_report_parts(
    voucher: Voucher,
    typed: Mapping[int, list[RawRow]],
    *,
    seen: Mapping[int, int],
    by: User,
) -> list[OvertakenPart[DraftedReportPart]]:
    """Save parts of the draft as they were typed, right or wrong; the report begins with the first.

    `seen` gives for each part the version that the person had before them (0 for none). A part that
    somebody else changed meanwhile is not overwritten but returned. Raises OutOfOrder once the
    report is sent, Refused for a part that is longer than any report.
    """
    return _save(voucher, typed, seen=seen, by=by)


@action(gettext_lazy("Final report saved"))
def save_report(voucher: Voucher, *, by: User, **content: Any) -> FinalReport:
    """Write columns of the draft (see `rules.parts.COLUMNS`), each as a text or a number.

    `indicators` and `pictures` are rows with the `key` of the expected result, or of the picture.
    """
    standing = drafted_rows(FinalReport.objects.filter(voucher=voucher).first())
    typed: dict[int, list[RawRow]] = {}
    for part, columns in COLUMNS.items():
        if part in KEYED:
            if (rows := content.get(part.name.lower())) is not None:
                typed[part] = list(rows)
        elif given := {name: _text(content[name]) for name in columns if name in content}:
            [before] = standing[part].rows if part in standing else [{}]
            typed[part] = [{**dict.fromkeys(columns, ""), **before, **given}]
    _save(voucher, typed, seen={part: one.seen_as for part, one in standing.items()}, by=by)
    return FinalReport.objects.get(voucher=voucher)


def drafted_report(voucher: Voucher, by: User) -> FinalReport:
    """The draft of the voucher's report under lock, begun where there is none; part of an action."""
    voucher = judged(voucher, may_write_report, by=by, states=[Voucher.State.ACTIVE])
    found = FinalReport.objects.filter(voucher=voucher).first()
    report = locked(found) if found else FinalReport.objects.create(voucher=voucher)
    require_state(report, FinalReport.State.DRAFT)
    return report


def _save(
    voucher: Voucher, typed: Mapping[int, list[RawRow]], *, seen: Mapping[int, int], by: User
) -> list[OvertakenPart[DraftedReportPart]]:
    report = drafted_report(voucher, by)
    return save_rows(
        drafted_rows(report),
        lambda part: DraftedReportPart(report=report, part=part, seen_as=0),
        typed,
        known=ReportPart.values,
        seen=seen,
        by=by,
    )


def _text(value: object) -> str:
    return "" if value is None else str(value)
