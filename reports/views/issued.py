"""An issued report: where it stands since, and its files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.middleware import PersonRequest
from documents.actions.facts import facts_sha256
from documents.models import Document
from documents.queries import document_in_force, document_visible_to
from exports.letters.lines import csv_lines
from exports.letters.spreadsheet import write_spreadsheet
from exports.views import CSV, XLSX, file_response
from files.wording.kinds import DOCX
from reports.letters import (
    PROGRESS_REPORT,
    REPORTS,
    financial_facts,
    progress_facts,
    word_report,
)
from reports.letters.tables import tables_of
from reports.models import PeriodReport
from reports.queries import annex_of, pin_of, totals
from vouchers.calls.models import Call


@login_required
@require_safe
def report(request: PersonRequest, document_id: UUID) -> HttpResponse:
    """Where an issued report stands in the books, and what they moved since."""
    document = _report(request, document_id)
    call = _call_of(document)
    context = {
        "report": document,
        "call": call,
        "period": document.about if isinstance(document.about, PeriodReport) else None,
        "pin": pin_of(document, call),
        "figures": _then_and_now(document),
        "is_unchanged": facts_sha256(document.facts) == document.facts_sha256,
        "in_force": None if document.is_current else document_in_force(document),
    }
    return render(request, "reports/report.html", context)


@login_required
@require_safe
def docx(request: PersonRequest, document_id: UUID) -> HttpResponse:
    """The issued report as a Word document to edit, of the same facts."""
    document = _report(request, document_id)
    response = HttpResponse(word_report(document), content_type=DOCX.content_type)
    name = _file_name(document, "docx")
    response["Content-Disposition"] = str(content_disposition_header(True, name))
    response["X-Content-Type-Options"] = "nosniff"
    return response


@login_required
@require_safe
def annex(request: PersonRequest, document_id: UUID, ending: str) -> HttpResponseBase:
    """The entries behind a financial report: as CSV, whose SHA-256 it states, or XLSX with its tables."""
    document = _report(request, document_id)
    if "annex" not in document.facts:
        raise Http404
    upto = document.facts["ledger"]["entries"]
    table = annex_of(_period_of(document), upto)
    name = _file_name(document, ending)
    if ending == "csv":
        return StreamingHttpResponse(
            (line.encode() for line in csv_lines(table)),
            content_type=CSV,
            headers={"Content-Disposition": str(content_disposition_header(True, name))},
        )
    sheets = [*tables_of(document.facts), (_("Entries"), table)]
    return file_response(
        lambda file: write_spreadsheet(sheets, file, title=str(document.title)), name, XLSX
    )


@dataclass(frozen=True)
class ComparedFigure:
    """A figure as the report states it, and as it would be stated now."""

    label: str
    then: Any
    now: Any
    is_money: bool = True


def _then_and_now(document: Document) -> list[ComparedFigure]:
    facts = document.facts
    if not isinstance(document.about, PeriodReport):
        now = totals(_call_of(document))
        return [
            ComparedFigure(_("Vouchers"), facts["vouchers"], now.vouchers, is_money=False),
            ComparedFigure(_("Worth, less what was released"), facts["amount"], str(now.amount)),
            ComparedFigure(_("Paid"), facts["paid"], str(now.paid)),
        ]
    if document.kind == PROGRESS_REPORT.slug:
        return _progress_then_and_now(facts, document.about)
    told = financial_facts(document.about)
    return [
        ComparedFigure(row["label"], was["closing"], row["closing"])
        for was, row in zip(facts["accounts"], told["accounts"], strict=True)
    ]


def _progress_then_and_now(facts: dict[str, Any], report: PeriodReport) -> list[ComparedFigure]:
    told = progress_facts(report)
    numbers = {
        "number": _("Vouchers"),
        "used": _("Days of expertise used"),
        "late": _("Milestones that were late at the end of the period"),
    }
    return [
        *(
            ComparedFigure(label, facts[key], told[key], is_money=False)
            for key, label in numbers.items()
        ),
        ComparedFigure(_("Booked by the bank"), facts["money"]["bank"], told["money"]["bank"]),
    ]


def _file_name(document: Document, ending: str) -> str:
    return f"{document.file_name.removesuffix('.pdf')}.{ending}"


def _period_of(document: Document) -> PeriodReport:
    """What a report of a period is about; 404 for another document."""
    if not isinstance(document.about, PeriodReport):
        raise Http404
    return document.about


def _call_of(document: Document) -> Call:
    """The call that a report is about, or that its period is of."""
    about: Any = document.about
    return about.call if isinstance(about, PeriodReport) else about


def _report(request: HttpRequest, document_id: UUID) -> Document:
    """The issued report, or 404 where there is none that the person may read."""
    document = document_visible_to(request.user, document_id)
    if document is None or document.kind not in REPORTS:
        raise Http404
    return document
