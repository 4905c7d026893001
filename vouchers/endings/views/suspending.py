"""Letting a voucher rest and go on, and saying who acts for its cluster."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.middleware import PersonRequest
from conduct.actions import require, require_state
from conduct.views import refusal_beside
from documents.wording import day
from vouchers.awards.models import Voucher
from vouchers.awards.queries import acts_for
from vouchers.endings import actions
from vouchers.endings.forms import SuccessionForm, SuspensionForm
from vouchers.endings.permissions import may_name_representative, may_suspend

from .finding import voucher_or_404


@login_required
def suspend(request: PersonRequest, pk: int) -> HttpResponse:
    """Let the voucher `pk` rest."""
    voucher = voucher_or_404(request, pk)
    require(may_suspend, request.user, voucher)
    require_state(voucher, Voucher.State.ACTIVE)
    hint = _("On that day you are told again. The voucher ends on %(day)s.")
    form = SuspensionForm(
        request.POST or None, day="review_on", hint=hint % {"day": day(voucher.valid_until)}
    )
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            actions.suspend_voucher(voucher, by=request.user, **form.cleaned_data)
            messages.success(request, _("The voucher is suspended, and the cluster is told."))
            return redirect(voucher)
    return render(request, "endings/suspend.html", {"form": form, "voucher": voucher})


@login_required
@require_POST
def resume(request: PersonRequest, pk: int) -> HttpResponse:
    """Let a suspended voucher go on."""
    voucher = voucher_or_404(request, pk)
    actions.resume_voucher(voucher, by=request.user)
    messages.success(request, _("The voucher goes on from today, and the cluster is told."))
    return redirect(voucher)


@login_required
def representative(request: PersonRequest, pk: int) -> HttpResponse:
    """Say which manager acts for the cluster in the voucher `pk`."""
    voucher = voucher_or_404(request, pk)
    require(may_name_representative, request.user, voucher)
    require_state(voucher, Voucher.State.ACTIVE, Voucher.State.SUSPENDED)
    cluster = voucher.award.application.cluster
    form = SuccessionForm(request.POST or None, cluster=cluster)
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            actions.name_representative(voucher, by=request.user, **form.cleaned_data)
            messages.success(request, _("It is written down who acts for the cluster now."))
            return redirect(voucher)
    person, since = acts_for(voucher)
    context = {"form": form, "voucher": voucher, "person": person, "since": since}
    return render(request, "endings/representative.html", {**context, "cluster": cluster})
