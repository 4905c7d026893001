"""Terms of reference, generated from the plan where there is one, and edited from then on."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.middleware import PersonRequest
from conduct.actions import require, require_state
from conduct.forms import saves_rows, typed_rows
from conduct.views import refusal_beside
from vouchers.assistance.queries import terms_from_plan
from vouchers.awards.models import Voucher
from vouchers.providers.quotes.actions import begin_terms
from vouchers.providers.quotes.forms.terms import AskedMilestoneFormSet, TermsForm
from vouchers.providers.quotes.permissions import may_begin_terms

from .finding import found_voucher


@login_required
def terms(request: PersonRequest, pk: int) -> HttpResponse:
    """Begin the terms of reference of a voucher with what its plan says."""
    voucher = found_voucher(request, pk)
    require(may_begin_terms, request.user, voucher)
    require_state(voucher, Voucher.State.ACTIVE)
    told, milestones = terms_from_plan(voucher)
    form = TermsForm(request.POST or None, initial=told)
    formset = AskedMilestoneFormSet(typed_rows(request), initial=milestones)
    if saves_rows(request) and form.is_valid() & formset.is_valid():
        with refusal_beside(form):
            begun = begin_terms(
                voucher, milestones=formset.milestones(), by=request.user, **form.cleaned_data
            )
            messages.success(
                request, _("The draft is there. Put providers on the list, then send.")
            )
            return redirect(begun)
    return render(
        request,
        "assistance/terms.html",
        {"form": form, "formset": formset, "voucher": voucher, "from_plan": bool(milestones)},
    )
