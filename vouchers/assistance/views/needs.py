"""The record of a needs assessment."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.middleware import PersonRequest
from conduct.actions import require
from conduct.views import refusal_beside
from vouchers.assistance import actions
from vouchers.assistance.forms.needs import NeedsForm
from vouchers.assistance.permissions import may_record_needs

from .finding import found_voucher


@login_required
def needs(request: PersonRequest, pk: int) -> HttpResponse:
    """Record a needs-assessment meeting."""
    voucher = found_voucher(request, pk)
    require(may_record_needs, request.user, voucher)
    form = NeedsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            actions.record_needs_assessment(voucher, by=request.user, **form.cleaned_data)
            messages.success(request, _("Recorded. The cluster can now write its plan."))
            return redirect(voucher)
    return render(request, "assistance/needs.html", {"form": form, "voucher": voucher})
