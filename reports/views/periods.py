"""The report of a period: chosen, looked at, and issued."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rules.predicates import Predicate

from accounts.middleware import PersonRequest
from conduct.actions import require
from conduct.views import refusal_beside
from documents.kinds import DocumentKind
from reports import actions
from reports.actions.periods import require_reportable
from reports.forms import ReportedPeriodForm
from reports.letters import (
    FINANCIAL_REPORT,
    PROGRESS_REPORT,
    financial_facts,
    previewed,
    progress_facts,
)
from reports.models import PeriodReport
from reports.permissions import (
    may_issue_period_report,
    may_issue_some_financial_report,
    may_issue_some_progress_report,
)
from texts.permissions import may_write_texts
from vouchers.standing.actions import judge_the_few


@dataclass(frozen=True)
class _Kind:
    """What the page of one kind of report needs: who has it, its facts, its issuing, its words."""

    kind: PeriodReport.Kind
    document: DocumentKind
    has_page: Predicate
    facts: Callable[[PeriodReport], dict[str, Any]]
    issue: Callable[..., Any]
    body: str
    label: Any


_FINANCIAL = _Kind(
    PeriodReport.Kind.FINANCIAL,
    FINANCIAL_REPORT,
    may_issue_some_financial_report,
    financial_facts,
    actions.issue_financial_report,
    "letters/_financial_report.html",
    gettext_lazy("Make the financial report"),
)


_PROGRESS = _Kind(
    PeriodReport.Kind.PROGRESS,
    PROGRESS_REPORT,
    may_issue_some_progress_report,
    progress_facts,
    actions.issue_progress_report,
    "letters/_progress_report.html",
    gettext_lazy("Make the progress report"),
)


@login_required
def financial(request: PersonRequest) -> HttpResponse:
    """The financial report of a call or a country in it: looked at (GET), and issued (POST)."""
    return _page(request, _FINANCIAL)


@login_required
def progress(request: PersonRequest) -> HttpResponse:
    """The progress report of a country: looked at (GET), and issued (POST)."""
    judge_the_few()
    return _page(request, _PROGRESS)


def _page(request: PersonRequest, of: _Kind) -> HttpResponse:
    if not of.has_page.test(request.user):
        raise Http404
    typed = request.POST or request.GET or None
    form = ReportedPeriodForm(typed, user=request.user, kind=of.kind)
    if request.method != "POST":
        _require_call(form)
    shown: dict[str, Any] = {"may_write": may_write_texts.test(request.user)}
    if form.is_valid():
        with refusal_beside(form):
            if request.method == "POST":
                of.issue(by=request.user, **form.cleaned_data)
                messages.success(request, _("The report is being made in every language."))
                return redirect("reports:list")
            asked = _asked(request, of, form.cleaned_data)
            shown |= previewed(of.document, asked.call, of.facts(asked))
    return render(request, "reports/new.html", {"form": form, "of": of, **shown})


def _asked(request: PersonRequest, of: _Kind, period: dict[str, Any]) -> PeriodReport:
    """The report that somebody looks at before it is issued; nothing of it is kept."""
    report = PeriodReport(kind=of.kind, made_by=request.user, **period)
    require(may_issue_period_report, request.user, report)
    require_reportable(report)
    return report


def _require_call(form: ReportedPeriodForm) -> None:
    """Answer 404 to an address with a call that does not exist, or that the person does not see."""
    slug = form.data.get("call") if form.is_bound else ""
    if not slug:
        return
    try:
        form.fields["call"].clean(slug)
    except ValidationError as no_such_call:
        raise Http404 from no_such_call
