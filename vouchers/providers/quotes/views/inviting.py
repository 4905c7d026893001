"""Who is asked for a quote, and with how few one may do."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.middleware import PersonRequest
from conduct.actions import require, require_state
from conduct.views import ask_why, refusal_beside
from vouchers.providers.queries import providers_for
from vouchers.providers.quotes import actions, queries
from vouchers.providers.quotes.forms.terms import AskedProviderForm, DecisionForm, DerogationForm
from vouchers.providers.quotes.models import TermsOfReference
from vouchers.providers.quotes.permissions import may_answer_derogation, may_ask, may_write_terms

from .finding import found_invitation, found_terms


@login_required
def invite(request: PersonRequest, pk: int) -> HttpResponse:
    """Put a provider on the list."""
    found = found_terms(request, pk)
    require(may_write_terms, request.user, found)
    if request.method == "GET":
        require_state(found, TermsOfReference.State.DRAFT, TermsOfReference.State.ASKING)
    asked = found.invitations.filter(state="invited").values("provider")
    providers = providers_for(found.voucher.award.application.country_id).exclude(pk__in=asked)
    form = AskedProviderForm(request.POST or None, providers=providers)
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            actions.invite_provider(found, by=request.user, **form.cleaned_data)
            messages.success(request, _("The provider is on the list."))
            return redirect(found)
    return render(
        request, "quotes/invite.html", {"form": form, "terms": found, "voucher": found.voucher}
    )


@login_required
def withdraw(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask a provider no more."""
    found = found_invitation(request, pk)
    require(may_ask, request.user, found.terms)
    return ask_why(
        request,
        lambda reason: actions.withdraw_quote_invitation(found, reason=reason, by=request.user),
        about=found.provider,
        heading=_("Ask this provider no more"),
        label=_("Ask it no more"),
        told=_("The provider is asked no more; its link has ended."),
        back=found.terms,
        hint=_("The provider reads it. What it has sent is never read."),
    )


@login_required
@require_POST
def send_again(request: PersonRequest, pk: int) -> HttpResponse:
    """Send a provider another link."""
    found = found_invitation(request, pk)
    actions.send_link_again(found, by=request.user)
    messages.success(request, _("Another link is on its way; the one before has ended."))
    return redirect(found.terms)


@login_required
def ask_for_derogation(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask the country partner to do with fewer."""
    found = found_terms(request, pk)
    require(may_write_terms, request.user, found)
    form = DerogationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            actions.ask_for_derogation(found, by=request.user, **form.cleaned_data)
            messages.success(request, _("Asked. Somebody of the country partner answers."))
            return redirect(found)
    return render(
        request, "quotes/derogation.html", {"form": form, "terms": found, "voucher": found.voucher}
    )


@login_required
def answer_derogation(request: PersonRequest, pk: int) -> HttpResponse:
    """Approve or refuse a derogation, for the country partner."""
    found = get_object_or_404(queries.derogations_visible_to(request.user), pk=pk)
    require(may_answer_derogation, request.user, found)
    form = DecisionForm(request.POST or None, yes=_("Approve"), no=_("Refuse"))
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            actions.answer_derogation(
                found,
                is_approved=form.cleaned_data["decision"],
                answer=form.cleaned_data["answer"],
                by=request.user,
            )
            messages.success(request, _("Answered, and the cluster is told."))
            return redirect(found.terms)
    return render(
        request,
        "quotes/answer_derogation.html",
        {"form": form, "derogation": found, "terms": found.terms, "voucher": found.terms.voucher},
    )
