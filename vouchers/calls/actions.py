"""Every write about calls."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from clusters.models import Country
from records.acting import Refused, action, require
from records.states import locked, move, require_state

from .models import (
    Call,
    CountryQuota,
    Criterion,
    DeclarationClause,
    EligibilityRule,
    Question,
    Section,
)
from .permissions import may_manage_calls
from .queries import total_weight

FULL_WEIGHT = Decimal(100)


@action(gettext_lazy("Call drafted"))
def create_call(*, by: User, **terms: Any) -> Call:
    """Make a draft of a call. `terms` are the fields of Call (amounts in EUR, instants in UTC)."""
    require(may_manage_calls, by)
    call = Call(**terms)
    call.full_clean()
    call.save()
    return call


@action(gettext_lazy("Call changed"))
def update_call(call: Call, *, by: User, **terms: Any) -> Call:
    """Change the terms of a draft. Raises OutOfOrder once the call is open."""
    call = _locked_draft(call, by)
    for name, value in terms.items():
        setattr(call, name, value)
    call.full_clean()
    call.save()
    return call


@action(gettext_lazy("Quotas set"))
def set_quotas(call: Call, vouchers: Iterable[tuple[Country, int]], *, by: User) -> None:
    """Give each country so many vouchers in the draft; 0 takes it out of the call."""
    call = _locked_draft(call, by)
    for country, number in vouchers:
        if number:
            CountryQuota.objects.update_or_create(
                call=call, country=country, defaults={"vouchers": number}
            )
        else:
            CountryQuota.objects.filter(call=call, country=country).delete()


@action(gettext_lazy("Criteria set"))
def set_criteria(call: Call, criteria: list[dict[str, Any]], *, by: User) -> list[Criterion]:
    """Replace the criteria of a draft, in the order given.

    Each holds name, guidance, weight (points of 100), threshold (per cent of the highest score)
    and tie_break_position. Questions that fed a criterion are untied from it.
    """
    call = _locked_draft(call, by)
    call.questions.update(criterion=None)
    call.criteria.all().delete()
    return [
        _cleaned(Criterion(call=call, position=position, **criterion))
        for position, criterion in enumerate(criteria, start=1)
    ]


@action(gettext_lazy("Form set"))
def set_form(call: Call, sections: list[dict[str, Any]], *, by: User) -> list[Question]:
    """Replace the form of a draft: sections with their questions, in the order given.

    Each section holds title, help_text and `questions`, dicts of the fields of Question. A question
    without a `key` gets one; `depends_on` is the key of an earlier question of the form.
    """
    call = _locked_draft(call, by)
    _clear_form(call)
    made: dict[str, Question] = {}
    for place, terms in enumerate(sections, start=1):
        facts = {name: value for name, value in terms.items() if name != "questions"}
        section = _cleaned(Section(call=call, position=place, **facts))
        for position, question in enumerate(terms.get("questions", []), start=1):
            key = question.get("key") or f"question-{len(made) + 1}"
            earlier = made.get(question.get("depends_on") or "")
            terms_of = {**question, "key": key, "depends_on": earlier}
            made[key] = _cleaned(
                Question(call=call, section=section, position=position, **terms_of)
            )
    return list(made.values())


@action(gettext_lazy("Eligibility rules set"))
def set_eligibility_rules(
    call: Call, rules: list[dict[str, Any]], *, by: User
) -> list[EligibilityRule]:
    """Replace the checklist of a draft, in the order given; each holds kind, text and year."""
    call = _locked_draft(call, by)
    call.eligibility_rules.all().delete()
    return [
        _cleaned(EligibilityRule(call=call, position=position, **rule))
        for position, rule in enumerate(rules, start=1)
    ]


@action(gettext_lazy("Declaration set"))
def set_declaration(call: Call, clauses: list[Any], *, by: User) -> list[DeclarationClause]:
    """Replace the declaration on honour of a draft: one text in three languages for each clause."""
    call = _locked_draft(call, by)
    call.declaration_clauses.all().delete()
    return [
        _cleaned(DeclarationClause(call=call, position=position, text=text))
        for position, text in enumerate(clauses, start=1)
    ]


@action(gettext_lazy("Call opened"))
def open_call(call: Call, *, by: User) -> Call:
    """Publish the call; from here on, what scoring depends on is fixed (design, rule 6).

    Raises Refused with the first thing that is missing.
    """
    call = _locked_draft(call, by)
    for problem in problems_before_opening(call):
        raise Refused(problem)
    move(call, Call.State.OPEN)
    call.opened_at = timezone.now()
    call.save()
    return call


def problems_before_opening(call: Call) -> list[str]:
    """What still keeps a draft from opening, in sentences."""
    problems = []
    weight = total_weight(call)
    if weight != FULL_WEIGHT:
        problems.append(
            _("The weights of the criteria add up to %(sum)s, not to 100.") % {"sum": weight}
        )
    if not call.questions.exists():
        problems.append(_("The application form has no question."))
    vouchers = sum(quota.vouchers for quota in call.quotas.all())
    if not vouchers:
        problems.append(_("No country has a voucher."))
    if vouchers * call.voucher_amount > call.budget:
        problems.append(_("The budget does not cover the vouchers of all countries."))
    if call.is_past_deadline:
        problems.append(_("The deadline has passed already."))
    return problems


def _clear_form(call: Call) -> None:
    call.questions.update(depends_on=None, depends_value="")
    call.questions.all().delete()
    call.sections.all().delete()


def _locked_draft(call: Call, by: User) -> Call:
    require(may_manage_calls, by)
    call = locked(call)
    require_state(call, Call.State.DRAFT)
    return call


def _cleaned(record: Any) -> Any:
    record.full_clean()
    record.save()
    return record
