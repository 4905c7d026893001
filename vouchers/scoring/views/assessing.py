"""The pages of an assessor: what is theirs, the declaration, content and scores."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from files.serving import preview_picture
from records.views import refusal_beside
from vouchers.applications.models import Attachment
from vouchers.applications.views.attachments import attachment_file
from vouchers.scoring import actions, queries
from vouchers.scoring.conflicts import hints_between
from vouchers.scoring.forms import ConflictForm, DeclarationForm
from vouchers.scoring.models import Assignment
from vouchers.scoring.permissions import may_read_as_assessor
from vouchers.scoring.workbook import calls_offline
from vouchers.scoring.worklist import progress_by_call, worklist_of

from . import scoring

ROWS = 20


@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """What the person was asked to score: all of it, or what is to be done, or what is done."""
    what = request.GET.get("what", "")
    page = Paginator(worklist_of(request.user, what), ROWS).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "what": what,
        "progress": progress_by_call(request.user),
        "now": timezone.now(),
        "calls_offline": calls_offline(request.user),
    }
    return render(request, "scoring/mine.html", context)


@login_required
@never_cache
def assignment(request: HttpRequest, pk: int) -> HttpResponse:
    """An assessor's own page: the declaration first, then content and scores."""
    found = get_object_or_404(queries.assignments_of(request.user), pk=pk)
    if found.state == Assignment.State.ASSIGNED:
        return _declare(request, found)
    # A window that still shows the sheet gets back what it typed, and why that is not saved.
    if found.state == Assignment.State.SCORED and request.method != "POST":
        return scoring.read_own(request, found)
    return scoring.score(request, found)


@login_required
def conflict(request: HttpRequest, pk: int) -> HttpResponse:
    """Declare a conflict of interest that came to light while scoring."""
    found = get_object_or_404(queries.assignments_of(request.user), pk=pk)
    form = ConflictForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            actions.declare_conflict(found, by=request.user, **form.cleaned_data)
            messages.success(request, _conflict_declared())
            return redirect("scoring:mine")
    return render(request, "scoring/conflict.html", {"form": form, "assignment": found})


@login_required
@require_safe
def attachment(request: HttpRequest, pk: int, file_pk: int) -> HttpResponseBase:
    """A file of an application, to an assessor who declared to have no conflict."""
    return attachment_file(request, _file(request, pk, file_pk))


@login_required
@require_safe
def preview(request: HttpRequest, pk: int, file_pk: int, number: int) -> HttpResponseBase:
    """The picture of a page of such a file (0 for the thumbnail)."""
    file = _file(request, pk, file_pk)
    return preview_picture(request, file.file, number, sha256=file.sha256)


def _declare(request: HttpRequest, found: Assignment) -> HttpResponse:
    form = DeclarationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            if form.cleaned_data["has_conflict"] == "yes":
                actions.declare_conflict(
                    found,
                    kind=form.cleaned_data["kind"],
                    conflict=form.cleaned_data["conflict"],
                    by=request.user,
                )
                messages.success(request, _conflict_declared())
                return redirect("scoring:mine")
            actions.declare_no_conflict(found, by=request.user)
            return redirect(found)
    hints = hints_between([found.assessor], [found.application])
    context = {
        "form": form,
        "assignment": found,
        "hints": hints.get((found.application_id, found.assessor_id), []),
    }
    return render(request, "scoring/declare.html", context)


def _conflict_declared() -> str:
    return _("Thank you. The application is closed to you, and the partner asks somebody else.")


def _file(request: HttpRequest, pk: int, file_pk: int) -> Attachment:
    """A file of the application that the assessor may read; 404 before the declaration."""
    found = get_object_or_404(queries.assignments_of(request.user), pk=pk)
    if not may_read_as_assessor.test(request.user, found):
        raise Http404
    return get_object_or_404(found.application.attachments.all(), pk=file_pk)
