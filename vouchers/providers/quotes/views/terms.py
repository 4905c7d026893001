"""A request for quotes: read, edited, sent to providers, extended and ended."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.middleware import PersonRequest
from conduct.actions import require, require_state
from conduct.forms import saves_rows, typed_rows
from conduct.queries.history import timeline
from conduct.views import ask_why, refusal_beside
from documents.queries import documents_about
from vouchers.providers.quotes import actions, queries
from vouchers.providers.quotes.forms.terms import (
    TERMS_FIELDS,
    AskedMilestoneFormSet,
    DeadlineForm,
    ExtendForm,
    TermsForm,
)
from vouchers.providers.quotes.letters import MINUTES_OF_QUOTES
from vouchers.providers.quotes.models import TermsOfReference
from vouchers.providers.quotes.panels import rights_on
from vouchers.providers.quotes.permissions import may_ask, may_read_minutes, may_write_terms

from .finding import found_terms


@login_required
def terms(request: PersonRequest, pk: int) -> HttpResponse:
    """What is asked for, of whom, until when, and where it stands."""
    found = found_terms(request, pk)
    opening, choice = queries.opening_of(found), queries.choice_of(found)
    invitations = list(queries.invitations_of(found))
    may = rights_on(found, request.user)
    papers = [one for one in [found, *invitations, opening] if one is not None]
    documents = documents_about(found)
    if not may_read_minutes.test(request.user, found):
        documents = documents.exclude(kind=MINUTES_OF_QUOTES.slug)
    return render(
        request,
        "quotes/terms.html",
        {
            "terms": found,
            "voucher": found.voucher,
            "milestones": found.milestones.all(),
            "grounds": found.grounds.all(),
            "invitations": invitations,
            "least": queries.least_of(found),
            "derogations": found.derogations.select_related("asked_by", "answered_by"),
            "opening": opening,
            "opening_call": getattr(found, "opening_call", None),
            "choice": choice if may["compare"] else None,
            "may": may,
            "documents": documents,
            "entries": timeline(*papers),
        },
    )


@login_required
def edit(request: PersonRequest, pk: int) -> HttpResponse:
    """Edit what is asked for, while nobody was asked."""
    found = found_terms(request, pk)
    require(may_write_terms, request.user, found)
    if request.method == "GET":
        require_state(found, TermsOfReference.State.DRAFT)
    form = TermsForm(
        request.POST or None, initial={name: getattr(found, name) for name in TERMS_FIELDS}
    )
    formset = AskedMilestoneFormSet(
        typed_rows(request), initial=list(found.milestones.values("title", "days", "due_on"))
    )
    if saves_rows(request) and form.is_valid() & formset.is_valid():
        with refusal_beside(form):
            actions.save_terms(
                found, milestones=formset.milestones(), by=request.user, **form.cleaned_data
            )
            messages.success(request, _("The terms of reference are saved."))
            return redirect(found)
    context = {"form": form, "formset": formset, "terms": found, "voucher": found.voucher}
    return render(request, "quotes/edit.html", context)


@login_required
def ask(request: PersonRequest, pk: int) -> HttpResponse:
    """Send the terms to every provider on the list, until a deadline."""
    found = found_terms(request, pk)
    require(may_ask, request.user, found)
    if request.method == "GET":
        require_state(found, TermsOfReference.State.DRAFT)
    form = DeadlineForm(request.POST or None, terms=found)
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            actions.ask_for_quotes(found, by=request.user, **form.cleaned_data)
            messages.success(
                request, _("Sent. Each provider gets its personal link, and answers by it.")
            )
            return redirect(found)
    return render(
        request, "quotes/ask.html", {"form": form, "terms": found, "voucher": found.voucher}
    )


@login_required
def extend(request: PersonRequest, pk: int) -> HttpResponse:
    """Give every provider more time."""
    found = found_terms(request, pk)
    require(may_ask, request.user, found)
    if request.method == "GET":
        require_state(found, TermsOfReference.State.ASKING)
    form = ExtendForm(request.POST or None, terms=found)
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            actions.extend_deadline(found, by=request.user, **form.cleaned_data)
            messages.success(request, _("The deadline is extended, and every provider is told."))
            return redirect(found)
    return render(
        request, "quotes/extend.html", {"form": form, "terms": found, "voucher": found.voucher}
    )


@login_required
def end(request: PersonRequest, pk: int) -> HttpResponse:
    """End the request without a contract."""
    found = found_terms(request, pk)
    require(may_ask, request.user, found)
    return ask_why(
        request,
        lambda reason: actions.end_terms(found, reason=reason, by=request.user),
        about=found,
        heading=_("End the request for quotes"),
        label=_("End it"),
        told=_("The request has ended. Another one may begin."),
        back=found,
        hint=_("Every provider that was asked reads it. Sealed quotes stay sealed."),
    )
