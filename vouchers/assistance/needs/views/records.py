"""A record of needs: read, remarked on, confirmed, corrected."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.middleware import PersonRequest
from conduct.actions import Refused, require
from conduct.queries.history import timeline
from conduct.views import ask_why, refusal_beside
from documents.queries import documents_about
from inputs.rules.numbers import sent_number
from vouchers.assistance.needs import actions, queries
from vouchers.assistance.needs.forms.records import typed_remarks
from vouchers.assistance.needs.letters.records import NEEDS_RECORD
from vouchers.assistance.needs.models import NeedsRecord
from vouchers.assistance.needs.panels import rights_on_record
from vouchers.assistance.needs.permissions import may_revise_record

from .finding import found_record, found_voucher, shows_draft


@login_required
@require_POST
def begin(request: PersonRequest, pk: int) -> HttpResponse:
    """Begin the record of a voucher."""
    record = actions.begin_record(found_voucher(request, pk), by=request.user)
    return redirect("needs:write", record.pk)


@login_required
def record(request: PersonRequest, pk: int) -> HttpResponse:
    """A version of the record; both sides remark on it and confirm it here.

    The buttons send `go`, and `seen`, the sharing that stood on the page.
    """
    found = found_record(request, pk)
    form = Form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            _answer(request, found)
            return redirect(found.get_absolute_url())
        found = found_record(request, pk)
    rights = rights_on_record(found, request.user)
    remarks = queries.remarks_on(found)
    reading = queries.reading_of(
        found, remarks, _typed(request, found), shows_draft=shows_draft(request, found)
    )
    papers = documents_about(found.voucher).filter(
        kind=NEEDS_RECORD.slug, facts__version=found.number
    )
    return render(
        request,
        "needs/record.html",
        {
            "record": found,
            "voucher": found.voucher,
            "form": form,
            "reading": reading,
            "may": rights,
            "waiting": queries.waiting_for(found, remarks),
            "meetings": queries.meetings_held_before(found),
            "versions": queries.records_of(found.voucher, request.user),
            "documents": papers if found.confirmed_at else [],
            "entries": timeline(found) if reading.is_current else [],
        },
    )


def _answer(request: PersonRequest, found: NeedsRecord) -> None:
    seen = sent_number(request.POST.get("seen", ""), 9)
    typed = _typed(request, found)
    if request.POST.get("go") == "remark":
        actions.send_remarks(found, typed, seen=seen, by=request.user)
        messages.success(request, _("Your remarks are sent; the other side is told."))
        return
    if any(typed.values()):
        raise Refused(_("You wrote remarks: send them, or empty them before you confirm."))
    confirmed = actions.confirm_record(found, seen=seen, by=request.user)
    if confirmed.state == NeedsRecord.State.CONFIRMED:
        messages.success(request, _("Confirmed by both sides: the record is in force."))
    else:
        messages.success(request, _("Confirmed. The other side is told."))


def _typed(request: PersonRequest, found: NeedsRecord) -> dict[UUID | None, str]:
    if request.method != "POST":
        return {}
    return typed_remarks(request.POST, found.needs.all())


@login_required
@require_POST
def revise(request: PersonRequest, pk: int) -> HttpResponse:
    """Take a shared record back to change it."""
    found = actions.revise_record(found_record(request, pk), by=request.user)
    messages.success(request, _("It is a draft again: change it, and share it anew."))
    return redirect("needs:write", found.pk)


@login_required
def correct(request: PersonRequest, pk: int) -> HttpResponse:
    """Begin a new version of the record in force."""
    found = found_record(request, pk)
    require(may_revise_record, request.user, found)
    return ask_why(
        request,
        lambda reason: actions.correct_record(found, reason=reason, by=request.user),
        about=found.voucher,
        heading=_("Correct the record of needs"),
        label=_("Begin the correction"),
        told=_("The correction is a draft. The record stays in force until both sides confirm it."),
        back=found,
        hint=_("Both sides read the reason, and it stands in the document."),
        onward=lambda version: reverse("needs:write", args=[version.pk]),
    )


@login_required
@require_POST
def discard(request: PersonRequest, pk: int) -> HttpResponse:
    """Give up a correction that was never shared."""
    found = found_record(request, pk)
    actions.discard_correction(found, by=request.user)
    messages.success(request, _("The correction is given up."))
    return redirect(found.voucher)
