"""The page on which a report is written: it saves itself, and works without JavaScript too."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.middleware import PersonRequest
from conduct.actions import Refused, require
from drafts.actions import OvertakenPart, note_presence
from drafts.models import RawRow
from drafts.rules import versions_seen
from drafts.views import Draft, Saved, StandingText, draft_session, save_draft
from vouchers.assistance.reports import actions, queries
from vouchers.assistance.reports.forms.editing import sections_to_fill
from vouchers.assistance.reports.forms.typed import typed_parts
from vouchers.assistance.reports.models import DraftedReportPart, FinalReport, ReportPart
from vouchers.assistance.reports.permissions import may_submit_report, may_write_report
from vouchers.assistance.reports.rules.parts import ReportProblem
from vouchers.assistance.reports.wording import placed_sentence
from vouchers.awards.models import Voucher
from vouchers.awards.queries import vouchers_visible_to

from .finding import found_voucher

# What is not there yet is no mistake while somebody writes; it is told before the report is sent.
_NOT_YET = frozenset({"missing", "no_value", "no_evidence", "no_rating"})


@login_required
@never_cache
def report(request: PersonRequest, pk: int) -> HttpResponse:
    """The report of a voucher: the draft where the person writes it, else what was sent last."""
    voucher = found_voucher(request, pk)
    standing = queries.report_of(voucher)
    is_draft = standing is None or standing.state == FinalReport.State.DRAFT
    if not (is_draft and may_write_report.test(request.user, voucher)):
        sent = queries.versions_visible_to(request.user).filter(report__voucher=pk).first()
        if sent is not None:
            return redirect(sent)
        require(may_write_report, request.user, voucher)
    if request.method == "POST":
        return _saved_page(request, voucher)
    note_presence(voucher, request.user, 1)
    return _page(request, voucher, standing, queries.raw_rows(standing))


@require_POST
@never_cache
def save(request: HttpRequest, pk: int) -> JsonResponse:
    """Save the parts that were typed, and tell what others did."""
    return save_draft(_WritingReport(request), pk)


@never_cache
def session(request: HttpRequest, pk: int) -> JsonResponse:
    """Whose session this is, for a page that was left open."""
    return draft_session(_WritingReport(request), pk)


class _WritingReport(Draft[Voucher]):
    """Parts of a report, found by its voucher: the report begins with the first that is saved.

    The page is told besides: `others` (who else is here).
    """

    request: PersonRequest

    def records(self) -> QuerySet[Voucher]:
        return vouchers_visible_to(self.request.user)

    def closed(self, record: Voucher) -> str:
        standing = queries.report_of(record)
        if standing is None or standing.state == FinalReport.State.DRAFT:
            return ""
        return _("The report is sent: nothing of it changes any more.")

    def saved(self, record: Voucher) -> Saved:
        request = self.request
        typed = typed_parts(request.POST)
        overtaken: list[OvertakenPart[DraftedReportPart]] = []
        if typed:
            seen = self.seen(list(ReportPart.values))
            overtaken = actions.save_report_parts(record, typed, seen=seen, by=request.user)
        else:
            require(may_write_report, request.user, record)
        others = note_presence(record, request.user, 1)
        standing = queries.report_of(record)
        drafted = queries.drafted_rows(standing)
        return Saved(
            typed=typed.keys(),
            overtaken={item.part for item in overtaken},
            versions={
                part: drafted[part].seen_as if part in drafted else 0 for part in ReportPart.values
            },
            standing=lambda part: _standing(drafted.get(part)),
            problems=_problems(standing),
            more={"others": [other.name for other in others]},
        )


def by_part(problems: Iterable[ReportProblem], sheet: queries.ReportSheet) -> dict[int, list[str]]:
    """Problems as sentences, by part, each with the number of its row."""
    rows = {aim.key: place for place, aim in enumerate(sheet.aims, 1)}
    rows |= {key: place for place, key in enumerate(sheet.picture_keys, 1)}
    told: dict[int, list[str]] = defaultdict(list)
    for problem in problems:
        told[int(problem.part)].append(placed_sentence(problem, rows))
    return dict(told)


def _problems(standing: FinalReport | None) -> dict[int, list[str]]:
    """What is wrong with a draft, but for what is merely not there yet."""
    if standing is None:
        return {}
    found = queries.problems_of_report(standing)
    sheet = queries.sheet_of(standing.voucher, standing)
    return by_part((one for one in found if one.code not in _NOT_YET), sheet)


def _saved_page(request: PersonRequest, voucher: Voucher) -> HttpResponse:
    """Save all of it, then lead on, or show it again with what prevents it from being saved."""
    typed = typed_parts(request.POST)
    seen = versions_seen(request.POST, typed)
    refused, overtaken = "", []
    try:
        overtaken = actions.save_report_parts(voucher, typed, seen=seen, by=request.user)
    except Refused as refusal:
        refused = str(refusal)
    standing = queries.report_of(voucher)
    if refused or overtaken:
        # Saving once more, with what others wrote before one's eyes, replaces it.
        now_seen = {**seen, **{item.part: item.theirs.seen_as for item in overtaken}}
        shown = {**queries.raw_rows(standing), **typed}
        told = [_told(item) for item in overtaken]
        return _page(
            request, voucher, standing, shown, seen=now_seen, refused=refused, overtaken=told
        )
    go, _dash, about = request.POST.get("go", "").partition("-")
    if go == "evidence" and about in {aim.key for aim in queries.aims_of(voucher)}:
        return redirect("final_reports:evidence", voucher.pk, about)
    if go in ("review", "pictures"):
        return redirect(f"final_reports:{go}", voucher.pk)
    messages.success(request, _("Saved."))
    return redirect("final_reports:report", voucher.pk)


def _page(
    request: PersonRequest,
    voucher: Voucher,
    standing: FinalReport | None,
    typed: Mapping[int, list[RawRow]],
    *,
    seen: Mapping[int, int] | None = None,
    **extra: Any,
) -> HttpResponse:
    returned = queries.returned_version(standing) if standing is not None else None
    known = {part: one.seen_as for part, one in queries.drafted_rows(standing).items()}
    sections = sections_to_fill(
        typed,
        queries.sheet_of(voucher, standing),
        seen={**known, **(seen or {})},
        problems=_problems(standing),
        remarks=queries.remarks_of(returned),
    )
    context = {
        "voucher": voucher,
        "sections": sections,
        "returned_for": standing.return_reason if standing is not None else "",
        "may_submit": may_submit_report.test(request.user, voucher),
        **extra,
    }
    return render(request, "final_reports/edit.html", context)


def _told(item: OvertakenPart[DraftedReportPart]) -> Mapping[str, Any]:
    """What somebody else wrote meanwhile, for a page without scripts."""
    return {
        "label": ReportPart(item.part).label,
        "person": item.theirs.changed_by,
        "rows": [
            " · ".join(filter(None, (text for name, text in row.items() if name != "key")))
            for row in item.theirs.rows
        ],
    }


def _standing(drafted: DraftedReportPart | None) -> StandingText:
    if drafted is None:
        return StandingText()
    return StandingText(rows=drafted.rows, by=str(drafted.changed_by), at=drafted.changed_at)
