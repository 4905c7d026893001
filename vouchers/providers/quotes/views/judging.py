"""Ties are declared, quotes compared side by side, marked, and one is chosen."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.middleware import PersonRequest
from conduct.actions import require, require_state
from conduct.forms import SEEN, carry_seen
from conduct.views import refusal_beside
from exports.views import xlsx_response
from files.views.serving import kept_file
from vouchers.providers.quotes import actions, queries
from vouchers.providers.quotes.forms.judging import ChooseForm, InterestsForm, MarksForm
from vouchers.providers.quotes.forms.terms import DecisionForm
from vouchers.providers.quotes.letters.tables import comparison_table
from vouchers.providers.quotes.models import QuoteInvitation, TermsOfReference
from vouchers.providers.quotes.panels import comparison_panel
from vouchers.providers.quotes.permissions import (
    has_declared_on,
    may_answer_choice,
    may_choose,
    may_compare,
    may_declare,
    may_judge,
    side_of,
)
from vouchers.providers.quotes.rules.points import needs_reason
from vouchers.providers.quotes.wording import awaited_sentence

from .finding import found_terms


@login_required
def interests(request: PersonRequest, pk: int) -> HttpResponse:
    """Say what ties one to each provider, before its quote is seen."""
    found = found_terms(request, pk)
    require(may_declare, request.user, found)
    if has_declared_on(request.user, found):
        messages.info(request, _("You have declared already."))
        return redirect(found)
    asked = list(
        queries.invitations_of(found)
        .filter(state=QuoteInvitation.State.INVITED)
        .exclude(declarations__person=request.user)
    )
    form = InterestsForm(request.POST or None, asked=asked)
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            made = actions.declare_interests(found, form.interests(), by=request.user)
            if any(one.has_conflict for one in made):
                messages.info(request, _("Thank you. Somebody else of your side judges."))
                return redirect(found)
            if found.are_open:
                messages.success(request, _("Thank you. Compare the quotes now."))
                return redirect("quotes:compare", pk)
            messages.success(
                request, _("Thank you. You can compare the quotes once they are open.")
            )
            return redirect(found)
    context = {"form": form, "terms": found, "voucher": found.voucher}
    return render(request, "quotes/interests.html", context)


@login_required
@never_cache
def compare(request: PersonRequest, pk: int) -> HttpResponse:
    """The quotes side by side; who judges marks them here."""
    found = found_terms(request, pk)
    if may_declare.test(request.user, found) and not has_declared_on(request.user, found):
        return redirect("quotes:interests", pk)
    require(may_compare, request.user, found)
    comparison = queries.compare(found)
    judges = may_judge.test(request.user, found) and found.state == TermsOfReference.State.OPENED
    side = side_of(request.user, found)
    form = MarksForm(request.POST or None, comparison=comparison, side=side) if judges else None
    if form is not None and request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            actions.mark_quotes(found, form.marks(), by=request.user)
            messages.success(request, _("The marks are saved."))
            return redirect("quotes:compare", pk)
    return render(
        request,
        "quotes/compare.html",
        {
            "terms": found,
            "voucher": found.voucher,
            "form": form,
            "choice": queries.choice_of(found),
            "awaited": awaited_sentence(found, comparison.awaited) if comparison.awaited else "",
            "may_choose": judges
            and not comparison.awaited
            and may_choose.test(request.user, found),
            **comparison_panel(comparison, form),
        },
    )


@login_required
@never_cache
def compare_xlsx(request: PersonRequest, pk: int) -> HttpResponseBase:
    """The comparison as a spreadsheet."""
    found = found_terms(request, pk)
    require(may_compare, request.user, found)
    return xlsx_response(
        comparison_table(found, queries.compare(found)), title=_("Comparison of quotes")
    )


@login_required
def choose(request: PersonRequest, pk: int, quote_pk: int) -> HttpResponse:
    """Choose a quote for the cluster, and say why where another is cheaper or ranks higher."""
    found = found_terms(request, pk)
    require(may_choose, request.user, found)
    quote = get_object_or_404(queries.quotes_visible_to(request.user), pk=quote_pk)
    comparison = queries.compare(found)
    if request.method == "GET":
        require_state(found, TermsOfReference.State.OPENED)
        actions.standing_in(comparison, quote.pk, found)
    chosen = next((one for one in comparison.quotes if one.quote.pk == quote.pk), None)
    form = ChooseForm(request.POST or None)
    explains = chosen is not None and needs_reason(chosen.place, comparison.places)
    form.fields["reason"].required = explains
    if chosen is not None:
        carry_seen(form, request, str(chosen.place.price), is_beside=True)
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            typed = {SEEN: "", **form.cleaned_data}
            actions.choose_quote(found, quote, by=request.user, **typed)
            messages.success(request, _("Chosen. The country partner confirms it next."))
            return redirect(found)
    return render(
        request,
        "quotes/choose.html",
        {
            "form": form,
            "chosen": chosen,
            "explains": explains,
            "terms": found,
            "voucher": found.voucher,
        },
    )


@login_required
def answer_choice(request: PersonRequest, pk: int) -> HttpResponse:
    """Confirm the choice of a quote for the country partner, or give it back."""
    found = found_terms(request, pk)
    choice = queries.choice_of(found)
    if choice is None:
        return redirect(found)
    require(may_answer_choice, request.user, choice)
    form = DecisionForm(request.POST or None, yes=_("Confirm the choice"), no=_("Return it"))
    carry_seen(form, request, str(choice.pk), is_beside=True)
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            actions.answer_choice(
                choice,
                is_confirmed=form.cleaned_data["decision"],
                answer=form.cleaned_data["answer"],
                by=request.user,
                seen=form.cleaned_data[SEEN],
            )
            messages.success(request, _("Answered, and the cluster is told."))
            return redirect(found)
    return render(
        request,
        "quotes/answer_choice.html",
        {"form": form, "choice": choice, "terms": found, "voucher": found.voucher},
    )


@login_required
@never_cache
def quote_file(request: PersonRequest, pk: int) -> HttpResponseBase:
    """A file of an opened quote, to who may compare."""
    found = get_object_or_404(queries.files_visible_to(request.user), pk=pk)
    return kept_file(request, found)
