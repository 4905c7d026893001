"""Scoring without a line: a workbook to download, and what came back, row by row."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.middleware import PersonRequest
from clusters.queries.tables import file_name_of
from conduct.views import refusal_beside
from files.wording.kinds import XLSX
from inputs.rules.numbers import sent_number
from vouchers.calls.models import Call
from vouchers.scoring.assessing.queries.assignments import assignments_of
from vouchers.scoring.offline.letters.returned import read_workbook
from vouchers.scoring.offline.letters.workbook import workbook_of
from vouchers.scoring.offline.queries import workbooks_of
from vouchers.scoring.rounds.models import ScoringRound

from . import actions
from .forms import WorkbookForm
from .models import ReturnedWorkbook
from .queries import amended_since, assignments_offline, checked, missing_from


@login_required
def workbook(request: PersonRequest, slug: str) -> HttpResponse:
    """How to score without a line; a POST uploads a workbook, and saves no score yet."""
    call = _own_call(request, slug)
    posted = request.method == "POST"
    form = WorkbookForm(request.POST, request.FILES) if posted else WorkbookForm()
    if form.is_valid():
        with refusal_beside(form):
            file = form.cleaned_data["file"]
            issued, rows = read_workbook(file, call, request.user)
            returned = actions.keep_workbook(
                call, file_name=file_name_of(file), issued=issued, rows=rows, by=request.user
            )
            return redirect(returned)
    context = {
        "call": call,
        "form": form,
        "assignments": assignments_offline(request.user, call),
        "is_closed": ScoringRound.objects.filter(
            call=call, state=ScoringRound.State.CLOSED
        ).exists(),
        "waiting": workbooks_of(request.user).filter(call=call).first(),
    }
    return render(request, "scoring/workbook.html", context)


@login_required
@require_safe
def download(request: PersonRequest, slug: str) -> HttpResponse:
    """The workbook as it is now: only what the person has declared no conflict with."""
    call = _own_call(request, slug)
    if not assignments_offline(request.user, call).exists():
        messages.info(request, _("There is nothing to score in this call just now."))
        return redirect("scoring:workbook", slug)
    response = HttpResponse(workbook_of(request.user, call), content_type=XLSX.content_type)
    name = f"{call.reference}-scores.xlsx"
    response["Content-Disposition"] = str(content_disposition_header(True, name))
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@login_required
@require_safe
def returned(request: PersonRequest, pk: int) -> HttpResponse:
    """Every row that would change something, with what is saved on the portal and what is wrong."""
    found = _own_workbook(request, pk)
    rows = checked(found)
    context = {
        "returned": found,
        "rows": [row for row in rows if row.is_worth_a_look],
        "valid": sum(row.is_valid and not row.clashes for row in rows),
        "clashing": sum(row.is_valid and row.clashes for row in rows),
        "faulty": sum(bool(row.problems) for row in rows),
        "same": sum(not row.is_worth_a_look for row in rows),
        "missing": missing_from(found),
        "amended": amended_since(found),
        "seen": {
            row.assignment.pk: row.assignment.assessment.version
            for row in rows
            if row.is_valid and row.assignment
        },
    }
    return render(request, "scoring/workbook_returned.html", context)


@login_required
@require_POST
def take_over(request: PersonRequest, pk: int) -> HttpResponse:
    """Save the valid rows as drafts; nothing is submitted."""
    found = _own_workbook(request, pk)
    number = actions.take_workbook_over(
        found,
        seen=_versions(request.POST),
        preferred=request.POST.getlist("take"),
        by=request.user,
    )
    messages.success(
        request,
        ngettext(
            "%(number)s row is saved as a draft. Nothing is submitted yet.",
            "%(number)s rows are saved as drafts. Nothing is submitted yet.",
            number,
        )
        % {"number": number},
    )
    return redirect("scoring:mine")


@login_required
@require_POST
def discard(request: PersonRequest, pk: int) -> HttpResponse:
    """Forget the file."""
    found = _own_workbook(request, pk)
    actions.discard_workbook(found, by=request.user)
    messages.success(request, _("The workbook is discarded; no score was changed."))
    return redirect("scoring:workbook", found.call.slug)


def _own_call(request: PersonRequest, slug: str) -> Call:
    """A call in which the person scores; 404 for any other."""
    calls = assignments_of(request.user).filter(application__call__slug=slug)
    found = calls.first()
    if found is None:
        raise Http404
    return found.application.call


def _own_workbook(request: PersonRequest, pk: int) -> ReturnedWorkbook:
    return get_object_or_404(workbooks_of(request.user), pk=pk)


def _versions(posted: QueryDict) -> dict[int, int]:
    """The versions of the assessments that the page showed: `seen-12=3`."""
    return {
        pk: sent_number(values[-1])
        for name, values in posted.lists()
        if name.startswith("seen-") and (pk := sent_number(name.removeprefix("seen-")))
    }
