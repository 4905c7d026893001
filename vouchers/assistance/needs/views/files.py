"""The files that go with a record of needs: added, taken out, and given out."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.middleware import PersonRequest
from conduct.actions import require, require_state
from conduct.views import refusal_beside
from files.views.serving import kept_file
from vouchers.assistance.needs import actions, queries
from vouchers.assistance.needs.actions.attaching import MOST_FILES
from vouchers.assistance.needs.forms.files import NeedsFileForm
from vouchers.assistance.needs.models import NeedsRecord
from vouchers.assistance.needs.permissions import may_revise_record

from .finding import found_record, shows_draft


@login_required
def attach(request: PersonRequest, pk: int) -> HttpResponse:
    """Add files to the draft of a record (`pk`), and take them out."""
    found = found_record(request, pk)
    require(may_revise_record, request.user, found)
    if request.method == "GET":
        require_state(found, NeedsRecord.State.DRAFT)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = NeedsFileForm(
        *sent,
        largest=found.voucher.award.application.call.max_file_size,
    )
    if form.is_valid():
        with refusal_beside(form):
            added = actions.add_needs_file(found, form.cleaned_data["upload"], by=request.user)
            messages.success(request, _("“%(name)s” is added.") % {"name": added.name})
            return redirect(request.path)
    files = found.standing_files
    return render(
        request,
        "needs/files.html",
        {
            "record": found,
            "voucher": found.voucher,
            "files": files,
            "most": MOST_FILES,
            "is_full": len(files) >= MOST_FILES,
            "form": form,
        },
    )


@login_required
def file(request: PersonRequest, pk: int, key: UUID) -> HttpResponseBase:
    """A file of a record (`pk`) by its key, for whoever reads a text that it goes with."""
    found = found_record(request, pk)
    content = queries.content_read(found, shows_draft=shows_draft(request, found))
    if str(key) not in {one.key for one in content.files}:
        raise Http404
    return kept_file(request, get_object_or_404(found.files, key=key))


@login_required
@require_POST
def remove(request: PersonRequest, pk: int, key: UUID) -> HttpResponse:
    """Take a file, by its key, out of the draft of a record (`pk`)."""
    found = get_object_or_404(found_record(request, pk).files, key=key)
    actions.remove_needs_file(found, by=request.user)
    messages.success(request, _("“%(name)s” is taken out.") % {"name": found.name})
    return redirect("needs:files", pk)
