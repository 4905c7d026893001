"""Building a call: its terms, quotas, criteria, form, rules, declaration and themes of needs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy

from accounts.models import User
from clusters.models import Country
from conduct.actions import action, require
from vouchers.calls.models import (
    Call,
    CallIndicator,
    CountryQuota,
    Criterion,
    DeclarationClause,
    EligibilityRule,
    NeedTheme,
    Question,
    Section,
)
from vouchers.calls.permissions import may_manage_calls
from vouchers.calls.wording.purchasing import usual_grounds
from vouchers.calls.wording.themes import usual_themes

from .drafts import cleaned, locked_draft
from .purchasing import set_purchase_rules


@action(gettext_lazy("Call drafted"))
def create_call(*, by: User, **terms: Any) -> Call:
    """Make a draft of a call with the usual themes of needs and grounds of choice.

    `terms` are the fields of Call (amounts in EUR, instants in UTC).
    """
    require(may_manage_calls, by)
    call = Call(**terms)
    call.full_clean()
    call.save()
    set_need_themes(call, usual_themes(), by=by)
    set_purchase_rules(call, usual_grounds(), by=by)
    return call


@action(gettext_lazy("Call changed"))
def update_call(call: Call, *, by: User, **terms: Any) -> Call:
    """Change the terms of a draft. Raises OutOfOrder once the call is open."""
    call = locked_draft(call, by)
    for name, value in terms.items():
        setattr(call, name, value)
    call.full_clean()
    call.save()
    return call


@action(gettext_lazy("Quotas set"))
def set_quotas(call: Call, vouchers: Iterable[tuple[Country, int]], *, by: User) -> None:
    """Give each country so many vouchers in the draft; 0 takes it out of the call."""
    call = locked_draft(call, by)
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

    Each holds name, guidance, anchors, weight (points of 100), threshold (per cent of the highest score)
    and tie_break_position. With `standing`, the id of a criterion of the draft, it takes over the
    questions that fed that one; questions of criteria that are gone are untied.
    """
    call = locked_draft(call, by)
    fed: dict[int, list[int]] = {}
    for question in call.questions.exclude(criterion=None):
        fed.setdefault(question.criterion_id or 0, []).append(question.pk)
    call.questions.update(criterion=None)
    call.criteria.all().delete()
    made = []
    for position, terms in enumerate(criteria, start=1):
        facts = {name: value for name, value in terms.items() if name != "standing"}
        criterion = cleaned(Criterion(call=call, position=position, **facts))
        fed_by = fed.get(terms.get("standing") or 0, [])
        call.questions.filter(pk__in=fed_by).update(criterion=criterion)
        made.append(criterion)
    return made


@action(gettext_lazy("Scoring set"))
def set_scoring(
    call: Call, criteria: list[dict[str, Any]], *, by: User, **scale: Any
) -> list[Criterion]:
    """Set scale, thresholds and criteria of a draft together: all of it, or nothing."""
    return set_criteria(update_call(call, by=by, **scale), criteria, by=by)


@action(gettext_lazy("Form set"))
def set_form(call: Call, sections: list[dict[str, Any]], *, by: User) -> list[Question]:
    """Replace the form of a draft: sections with their questions, in the order given.

    Each section holds title, help_text and `questions`, dicts of the fields of Question. A question
    without a `key` gets one; `depends_on` is the key of an earlier question of the form.
    """
    call = locked_draft(call, by)
    _clear_form(call)
    made: dict[str, Question] = {}
    for place, terms in enumerate(sections, start=1):
        facts = {name: value for name, value in terms.items() if name != "questions"}
        section = cleaned(Section(call=call, position=place, **facts))
        for position, question in enumerate(terms.get("questions", []), start=1):
            key = question.get("key") or f"question-{len(made) + 1}"
            earlier = made.get(question.get("depends_on") or "")
            terms_of = {**question, "key": key, "depends_on": earlier}
            made[key] = cleaned(Question(call=call, section=section, position=position, **terms_of))
    return list(made.values())


@action(gettext_lazy("Eligibility rules set"))
def set_eligibility_rules(
    call: Call, rules: list[dict[str, Any]], *, by: User
) -> list[EligibilityRule]:
    """Replace the checklist of a draft, in the order given; each holds kind, text and year."""
    call = locked_draft(call, by)
    call.eligibility_rules.all().delete()
    return [
        cleaned(EligibilityRule(call=call, position=position, **rule))
        for position, rule in enumerate(rules, start=1)
    ]


@action(gettext_lazy("Declaration set"))
def set_declaration(call: Call, clauses: list[Any], *, by: User) -> list[DeclarationClause]:
    """Replace the declaration on honour of a draft: one text in three languages for each clause."""
    call = locked_draft(call, by)
    call.declaration_clauses.all().delete()
    return [
        cleaned(DeclarationClause(call=call, position=position, text=text))
        for position, text in enumerate(clauses, start=1)
    ]


@action(gettext_lazy("Themes of needs set"))
def set_need_themes(call: Call, themes: list[dict[str, Any]], *, by: User) -> list[NeedTheme]:
    """Replace the themes of the needs assessment in a draft, in the order given: code and name."""
    call = locked_draft(call, by)
    call.need_themes.all().delete()
    return [
        cleaned(NeedTheme(call=call, position=position, **theme))
        for position, theme in enumerate(themes, start=1)
    ]


@action(gettext_lazy("Rules of plans set"))
def set_plan_terms(
    call: Call, indicators: list[dict[str, Any]], *, by: User, **terms: Any
) -> list[CallIndicator]:
    """Set who approves plans of a draft, usual rates (EUR a day), limits (days), what sessions count.

    The common indicators replace those that were, in the order given; each holds code, name and unit.
    """
    call = update_call(call, by=by, **terms)
    call.indicators.all().delete()
    return [
        cleaned(CallIndicator(call=call, position=position, **facts))
        for position, facts in enumerate(indicators, start=1)
    ]


def _clear_form(call: Call) -> None:
    call.questions.update(depends_on=None, depends_value="")
    call.questions.all().delete()
    call.sections.all().delete()
