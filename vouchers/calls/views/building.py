"""Building a call step by step: its terms, countries, rules, criteria, declaration and themes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accounts.middleware import PersonRequest
from conduct.forms import RowFormSet, saves_rows, typed_rows
from conduct.views import refusal_beside
from vouchers.calls import actions, queries
from vouchers.calls.forms.plans import IndicatorFormSet, PlanTermsForm
from vouchers.calls.forms.purchasing import GroundFormSet, PurchaseRulesForm
from vouchers.calls.forms.scoring import (
    ClauseFormSet,
    CriterionFormSet,
    RuleFormSet,
    ScaleForm,
    ThemeFormSet,
    initial_rows,
)
from vouchers.calls.forms.terms import CallForm, MoneyForm, QuotaForm, TextsForm, TimetableForm
from vouchers.calls.models import Call, PurchaseRules
from vouchers.calls.queries.checklist import steps, total_weight

from .finding import draft_of, require_builder


@login_required
def create(request: PersonRequest) -> HttpResponse:
    """Draft a call."""
    require_builder(request)
    form = CallForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            call = actions.create_call(by=request.user, **form.cleaned_data)
            messages.success(request, _("The draft is saved. Go on with the next step."))
            return redirect("calls:build", call.slug)
    return render(request, "calls/form.html", {"form": form})


@login_required
def copy(request: PersonRequest, slug: str) -> HttpResponse:
    """Draft a call like an earlier one; its dates are typed anew."""
    require_builder(request)
    source = get_object_or_404(queries.calls_visible_to(request.user), slug=slug)
    form = CallForm(request.POST or None, initial=_suggested(source))
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            call = actions.copy_call(source, by=request.user, **form.cleaned_data)
            messages.success(
                request, _("The copy is a draft: look through its steps before you open it.")
            )
            return redirect("calls:build", call.slug)
    return render(request, "calls/form.html", {"form": form, "source": source})


def _suggested(source: Call) -> dict[str, Any]:
    """The terms that a copy takes over, but for its dates; the next year and an address for it."""
    names = set(CallForm.base_fields) & set(actions.COPIED)
    return {
        **{name: getattr(source, name) for name in names},
        "year": source.year + 1,
        "slug": f"{source.slug}-{source.year + 1}"[:80],
    }


@login_required
def build(request: PersonRequest, slug: str) -> HttpResponse:
    """The steps of a draft: which are done, and what is still missing in the others."""
    call = draft_of(request, slug)
    listed = steps(call)
    done = sum(step.is_done for step in listed)
    return render(
        request,
        "calls/build.html",
        {
            "call": call,
            "steps": listed,
            "done": done,
            "may_open": done == len(listed),
            "next_step": next((step for step in listed if not step.is_done), None),
        },
    )


@login_required
def edit(request: PersonRequest, slug: str) -> HttpResponse:
    """Name, purpose and address of a draft."""
    return _terms_step(request, slug, "edit", TextsForm)


@login_required
def timetable(request: PersonRequest, slug: str) -> HttpResponse:
    """When a draft opens, closes and is decided."""
    return _terms_step(request, slug, "timetable", TimetableForm)


@login_required
def money(request: PersonRequest, slug: str) -> HttpResponse:
    """Budget and value of the vouchers of a draft."""
    return _terms_step(request, slug, "money", MoneyForm)


@login_required
def quotas(request: PersonRequest, slug: str) -> HttpResponse:
    """How many vouchers each country has in a draft."""
    call = draft_of(request, slug)
    form = QuotaForm(request.POST or None, quotas=list(call.quotas.all()))
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            actions.set_quotas(call, form.quotas(), by=request.user)
            return _saved(request, call)
    return _step(request, call, "quotas", form=form, label=_("Save the quotas"))


@login_required
def rules(request: PersonRequest, slug: str) -> HttpResponse:
    """The rules by which a partner checks who is eligible."""
    call = draft_of(request, slug)
    return _rows_step(
        request,
        call,
        "rules",
        RuleFormSet(
            typed_rows(request),
            initial=initial_rows(call.eligibility_rules.all(), "kind", "text", "year"),
        ),
        lambda rows: actions.set_eligibility_rules(call, rows, by=request.user),
    )


@login_required
def criteria(request: PersonRequest, slug: str) -> HttpResponse:
    """Scale, thresholds and criteria of a draft."""
    call = draft_of(request, slug)
    standing = initial_rows(call.criteria.all(), "pk", *actions.CRITERION_FACTS)
    for row in standing:
        row["standing"] = row.pop("pk")
    typed = typed_rows(request)
    scale = ScaleForm(typed, instance=Call.objects.get(pk=call.pk))
    formset = CriterionFormSet(typed, initial=standing, scale=scale)
    return _rows_step(
        request,
        call,
        "criteria",
        formset,
        lambda rows: actions.set_scoring(call, rows, by=request.user, **scale.cleaned_data),
        form=scale,
        weight=total_weight(call.criteria.all()),
    )


@login_required
def declaration(request: PersonRequest, slug: str) -> HttpResponse:
    """The clauses that every applicant declares on honour."""
    call = draft_of(request, slug)
    return _rows_step(
        request,
        call,
        "declaration",
        ClauseFormSet(
            typed_rows(request), initial=initial_rows(call.declaration_clauses.all(), "text")
        ),
        lambda rows: actions.set_declaration(call, [row["text"] for row in rows], by=request.user),
    )


@login_required
def themes(request: PersonRequest, slug: str) -> HttpResponse:
    """The themes by which the needs of the selected clusters are found."""
    call = draft_of(request, slug)
    return _rows_step(
        request,
        call,
        "themes",
        ThemeFormSet(
            typed_rows(request), initial=initial_rows(call.need_themes.all(), "code", "name")
        ),
        lambda rows: actions.set_need_themes(call, rows, by=request.user),
    )


@login_required
def plans(request: PersonRequest, slug: str) -> HttpResponse:
    """Who approves plans of assistance, rates, limits of days, counts of sessions, indicators."""
    call = draft_of(request, slug)
    typed = typed_rows(request)
    terms = PlanTermsForm(typed, instance=Call.objects.get(pk=call.pk))
    standing = initial_rows(call.indicators.all(), *actions.INDICATOR_FACTS)
    return _rows_step(
        request,
        call,
        "plans",
        IndicatorFormSet(typed, initial=standing),
        lambda rows: actions.set_plan_terms(call, rows, by=request.user, **terms.cleaned_data),
        form=terms,
    )


@login_required
def purchases(request: PersonRequest, slug: str) -> HttpResponse:
    """Who contracts and pays, how many providers are asked, and the grounds of the choice."""
    call = draft_of(request, slug)
    typed = typed_rows(request)
    rules = PurchaseRulesForm(typed, instance=PurchaseRules.objects.get(call=call))
    standing = initial_rows(call.quote_grounds.all(), *actions.GROUND_FACTS)
    return _rows_step(
        request,
        call,
        "purchases",
        GroundFormSet(typed, initial=standing),
        lambda rows: actions.set_purchase_rules(call, rows, by=request.user, **rules.cleaned_data),
        form=rules,
        weight=total_weight(call.quote_grounds.all()),
    )


@login_required
@require_POST
def open_call(request: PersonRequest, slug: str) -> HttpResponse:
    """Publish a draft."""
    call = get_object_or_404(queries.calls_visible_to(request.user), slug=slug)
    actions.open_call(call, by=request.user)
    messages.success(
        request, _("The call is open. What applicants were told is fixed from now on.")
    )
    return redirect(call)


def _terms_step(
    request: PersonRequest, slug: str, name: str, form_class: type[forms.ModelForm]
) -> HttpResponse:
    call = draft_of(request, slug)
    # The form writes into its instance even where it is refused: the page shows the call as it is.
    form = form_class(request.POST or None, instance=Call.objects.get(pk=call.pk))
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            return _saved(request, actions.update_call(call, by=request.user, **form.cleaned_data))
    return _step(request, call, name, form=form, label=_("Save the draft"))


# What the rows of a step are called, and the label of the button that saves them.
_ROWS: dict[str, tuple[str | Promise, str | Promise]] = {
    "rules": (gettext_lazy("Rule"), gettext_lazy("Save the rules")),
    "criteria": (gettext_lazy("Criterion"), gettext_lazy("Save the criteria")),
    "declaration": (gettext_lazy("Clause"), gettext_lazy("Save the declaration")),
    "themes": (gettext_lazy("Theme"), gettext_lazy("Save the themes")),
    "plans": (gettext_lazy("Indicator"), gettext_lazy("Save the rules of plans")),
    "purchases": (gettext_lazy("Ground of choice"), gettext_lazy("Save the rules of purchase")),
}


def _rows_step(
    request: HttpRequest,
    call: Call,
    name: str,
    formset: RowFormSet,
    conduct: Callable[[list[dict[str, Any]]], object],
    form: forms.BaseForm | None = None,
    **context: Any,
) -> HttpResponse:
    row_name, label = _ROWS[name]
    refused = forms.Form() if form is None else form
    typed_well = saves_rows(request) and formset.is_valid() and (form is None or form.is_valid())
    if typed_well:
        with refusal_beside(refused):
            conduct(formset.rows())
            return _saved(request, call)
    return _step(
        request, call, name, formset=formset, form=form, label=label, row_name=row_name, **context
    )


def _step(request: HttpRequest, call: Call, name: str, **context: Any) -> HttpResponse:
    listed = steps(call)
    here = next(step for step in listed if step.name == name)
    return render(
        request, f"calls/{name}.html", {"call": call, "steps": listed, "here": here, **context}
    )


def _saved(request: HttpRequest, call: Call) -> HttpResponse:
    messages.success(request, _("The draft is saved."))
    return redirect("calls:build", call.slug)
