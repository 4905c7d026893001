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
from inputs.rules.numbers import sent_number
from reports import actions
from reports.actions.periods import require_reportable
from reports.forms import ReportedPeriodForm
from reports.letters import PERIOD_LETTERS, PeriodLetter, previewed
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
    """What the page of one kind of report needs: who has it, its issuing, and the words of the button."""

    kind: PeriodReport.Kind
    has_page: Predicate
    issue: Callable[..., Any]
    label: Any

    @property
    def letter(self) -> PeriodLetter:
        return PERIOD_LETTERS[self.kind]


_FINANCIAL = _Kind(
    PeriodReport.Kind.FINANCIAL,
    may_issue_some_financial_report,
    actions.issue_financial_report,
    gettext_lazy("Make the financial report"),
)


_PROGRESS = _Kind(
    PeriodReport.Kind.PROGRESS,
    may_issue_some_progress_report,
    actions.issue_progress_report,
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
                # Without a number the button was not pressed beside figures.
                seen = sent_number(request.POST.get("seen", "")) or None
                of.issue(by=request.user, seen=seen, **form.cleaned_data)
                messages.success(request, _("The report is being made in every language."))
                return redirect("reports:list")
            asked = _asked(request, of, form.cleaned_data)
            shown |= previewed(of.letter.document, asked.call, of.letter.facts(asked))
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
