"""Possible duplicates, applications that resemble each other: looked at by a person, never a verdict."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.middleware import PersonRequest
from conduct.actions import require
from conduct.views import refusal_beside
from vouchers.applications.queries import applications_visible_to
from vouchers.eligibility import actions, queries
from vouchers.eligibility.forms import RemarkForm
from vouchers.eligibility.models import PossibleDuplicate
from vouchers.eligibility.panels import alike_passages
from vouchers.eligibility.permissions import may_look_at_duplicates, may_read_check
from vouchers.eligibility.queries import duplicates_shown_to


@login_required
def duplicate(request: PersonRequest, pk: int) -> HttpResponse:
    """Both applications to who may read both, otherwise only that there is another."""
    found = get_object_or_404(duplicates_shown_to(request.user), pk=pk)
    if not may_read_check.test(request.user, found.application):
        raise Http404
    both = queries.duplicates_visible_to(request.user).filter(pk=pk).first()
    form = RemarkForm(request.POST or None, initial={"remark": found.remark})
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            actions.look_at_duplicate(found, by=request.user, **form.cleaned_data)
            messages.success(request, _("Your remark is kept beside the hint."))
            return redirect(found.application)
    context = {
        "duplicate": found,
        "both": both,
        "passages": alike_passages(both)
        if both and both.kind == PossibleDuplicate.Kind.TEXT
        else None,
        "form": form,
        "may_look": may_look_at_duplicates.test(request.user, found.application),
    }
    return render(request, "eligibility/duplicate.html", context)


@login_required
@require_POST
def compare(request: PersonRequest, pk: int) -> HttpResponse:
    """Compare an application with the others again."""
    application = get_object_or_404(applications_visible_to(request.user), pk=pk)
    require(may_look_at_duplicates, request.user, application)
    actions.compare_application(application, by=request.user)
    messages.success(request, _("The application was compared with the others again."))
    return redirect(application)
