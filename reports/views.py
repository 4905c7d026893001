"""The report of the programme: looked at before it is issued, issued, and where it stands since."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.middleware import PersonRequest
from documents.actions.facts import facts_sha256
from documents.models import Document
from documents.queries import document_in_force, document_visible_to
from files.wording.kinds import DOCX
from vouchers.calls.models import Call
from vouchers.calls.queries import calls_visible_to

from . import actions
from .letters import PROGRAMME_REPORT, programme_facts, word_report
from .permissions import may_issue_report, may_read_report
from .queries import pin_of, totals


@login_required
@require_POST
def issue_programme_report(request: PersonRequest, slug: str) -> HttpResponse:
    """Issue the programme report of a call as it is today."""
    call = _call(request, slug)
    actions.issue_programme_report(call, by=request.user)
    messages.success(request, _("The report is being made in every language."))
    return redirect(reverse("dashboards:overview", query={"call": call.slug}))


@login_required
@require_safe
def preview(request: PersonRequest, slug: str) -> HttpResponse:
    """What the report would say now, for who may issue it. Nothing is kept."""
    call = _call(request, slug)
    if not may_issue_report.test(request.user):
        raise Http404
    is_decided = call.state == Call.State.DECIDED
    context = {"call": call, "facts": programme_facts(call) if is_decided else None}
    return render(request, "reports/preview.html", context)


@login_required
@require_safe
def report(request: PersonRequest, document_id: UUID) -> HttpResponse:
    """Where an issued report stands in the books, and what they moved since."""
    document = _report(request, document_id)
    call = _call_of(document)
    context = {
        "report": document,
        "call": call,
        "pin": pin_of(document, call),
        "figures": _then_and_now(document.facts, call),
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
    name = document.file_name.removesuffix(".pdf") + ".docx"
    response["Content-Disposition"] = str(content_disposition_header(True, name))
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _then_and_now(facts: dict[str, Any], call: Call) -> dict[str, Any]:
    """What the report says was given and paid, beside what would be said now (EUR)."""
    now = totals(call)
    return {
        "vouchers": (facts["vouchers"], now.vouchers),
        "amount": (facts["amount"], str(now.amount)),
        "paid": (facts["paid"], str(now.paid)),
    }


def _call(request: PersonRequest, slug: str) -> Call:
    """The call, for who may read its report; 404 for everybody else."""
    call = get_object_or_404(calls_visible_to(request.user), slug=slug)
    if not may_read_report.test(request.user):
        raise Http404
    return call


def _call_of(report: Document) -> Call:
    """The call that a report is about."""
    return Call.objects.get(pk=report.object_id)


def _report(request: HttpRequest, document_id: UUID) -> Document:
    """The issued report, or 404 where there is none that the person may read."""
    document = document_visible_to(request.user, document_id)
    if document is None or document.kind != PROGRAMME_REPORT.slug:
        raise Http404
    return document
