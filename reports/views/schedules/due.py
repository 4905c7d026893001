"""A report that fell due: looked at and issued, passed over with a reason, or tried again."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.middleware import PersonRequest
from conduct.actions import Refused, require
from conduct.views import ask_why
from documents.models import Document
from documents.queries import documents_about
from inputs.rules.numbers import sent_number
from reports import actions
from reports.actions.periods import require_reportable
from reports.letters import PERIOD_LETTERS, previewed
from reports.models import ScheduledReport
from reports.permissions import may_set_schedule
from reports.queries import entries_since
from reports.wording import period_in_words
from texts.permissions import may_write_texts
from vouchers.standing.actions import judge_the_few

from .finding import run_or_404


@login_required
@require_safe
def due(request: PersonRequest, pk: int) -> HttpResponse:
    """A report that fell due, and what can be done with it.

    What it would say now is for those who may issue it: to others it is a report once it is issued.
    """
    run = run_or_404(request.user, pk)
    may_set = may_set_schedule.test(request.user, run.schedule)
    documents = documents_about(run.report) if run.report else Document.objects.none()
    context = {
        "run": run,
        "schedule": run.schedule,
        "may_set": may_set,
        "may_write": may_set and may_write_texts.test(request.user),
        "told": run.hearings.select_related("person"),
        "documents": documents,
        "lacks_files": run.is_issued and not any(one.is_current for one in documents),
        **(_what_it_says(run) if may_set else {}),
    }
    return render(request, "reports/schedules/due.html", context)


@login_required
@require_POST
def issue_due(request: PersonRequest, pk: int) -> HttpResponse:
    """Issue a report that waits for a look."""
    # Without a number the button was not pressed beside figures.
    seen = sent_number(request.POST.get("seen", "")) or None
    run = actions.issue_due_report(run_or_404(request.user, pk), by=request.user, seen=seen)
    messages.success(
        request, _("The report is being made in every language; who hears of it is told then.")
    )
    return redirect(run)


@login_required
def pass_over(request: PersonRequest, pk: int) -> HttpResponse:
    """Let a period be, with the reason."""
    run = run_or_404(request.user, pk)
    require(may_set_schedule, request.user, run.schedule)
    return ask_why(
        request,
        lambda reason: actions.pass_report_over(run, reason=reason, by=request.user),
        about=f"{run.schedule} · {period_in_words(run.first, run.last)}",
        heading=_("Pass this report over"),
        label=_("Pass it over"),
        told=_("The report is passed over: nobody is told of it."),
        back=run.schedule,
        hint=_("Everybody who may read the schedule reads the reason."),
    )


@login_required
@require_POST
def try_again(request: PersonRequest, pk: int) -> HttpResponse:
    """Prepare anew what could not be made."""
    run = actions.try_report_again(run_or_404(request.user, pk), by=request.user)
    messages.success(request, _("The report is being prepared."))
    return redirect(run)


def _what_it_says(run: ScheduledReport) -> dict[str, Any]:
    """What the report would say if it were issued now, or why there is nothing to report."""
    if not (run.is_waiting or run.is_failed):
        return {}
    try:
        require_reportable(run.asked)
    except Refused as refusal:
        return {"nothing": refusal.message}
    if run.is_failed:
        return {}
    judge_the_few()
    letter = PERIOD_LETTERS[run.schedule.kind]
    shown = previewed(letter.document, run.schedule.call, letter.facts(run.asked))
    return {**shown, "body": letter.body, "moved": entries_since(run)}
