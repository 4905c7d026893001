"""Drafting a call like an earlier one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy

from accounts.models import User
from conduct.actions import action, judged
from vouchers.calls.models import Call, CountryQuota, Criterion, Section
from vouchers.calls.models.terms.claiming import CLAIM_TERMS
from vouchers.calls.models.terms.control import CONTROL_TERMS
from vouchers.calls.models.terms.counting import COUNTS
from vouchers.calls.models.terms.endings import ENDING_TERMS
from vouchers.calls.models.terms.rates import RATE_TERMS
from vouchers.calls.models.terms.receipts import RECEIPT_TERMS
from vouchers.calls.models.terms.screening import SCREENING_TERMS
from vouchers.calls.models.terms.signing import SIGNING_TERMS
from vouchers.calls.models.terms.surveys import SURVEY_TERMS
from vouchers.calls.models.terms.watching import WATCHING
from vouchers.calls.models.terms.ways import WAY_TERMS
from vouchers.calls.permissions import may_manage_calls

from .building import (
    create_call,
    set_criteria,
    set_declaration,
    set_eligibility_rules,
    set_form,
    set_need_themes,
    set_plan_terms,
    set_quotas,
)
from .purchasing import set_purchase_rules

# What a copy takes over from the earlier call.
COPIED = (
    "programme_code",
    "name",
    "purpose",
    "voucher_amount",
    "budget",
    "score_min",
    "score_max",
    "score_step",
    "total_threshold",
    "assessors_required",
    "discrepancy_limit",
    "unfilled_quota",
    "days_to_accept",
    "days_on_reserve",
    "days_to_appeal",
    "third_party_ceiling",
    "max_file_size",
    "max_files",
    "plans_to_coordinator",
    "day_rate_low",
    "day_rate_high",
    *WATCHING,
    *ENDING_TERMS,
    *WAY_TERMS,
    *CLAIM_TERMS,
    *CONTROL_TERMS,
    *RATE_TERMS,
    *SURVEY_TERMS,
    *SCREENING_TERMS,
    *RECEIPT_TERMS,
    *SIGNING_TERMS,
    *COUNTS,
    "session_tolerance",
)
CRITERION_FACTS = ("name", "guidance", "anchors", "weight", "threshold", "tie_break_position")
INDICATOR_FACTS = ("code", "name", "unit")
PURCHASE_RULES = ("use", "quotes_required", "quote_currencies")
GROUND_FACTS = ("kind", "name", "weight")
QUESTION_FACTS = (
    "key",
    "kind",
    "text",
    "help_text",
    "required",
    "max_words",
    "min_value",
    "max_value",
    "options",
    "max_files",
    "depends_value",
)


@action(gettext_lazy("Call copied"))
def copy_call(source: Call, *, by: User, **terms: Any) -> Call:
    """Draft a call like an earlier one: all but dates and state, and what `terms` say otherwise.

    The keys of the questions stay, so that clusters can copy their answers between the two.
    """
    source = judged(source, may_manage_calls, by=by)
    kept = {name: getattr(source, name) for name in COPIED}
    call = create_call(by=by, **{**kept, **terms})
    set_quotas(call, [(quota.country, quota.vouchers) for quota in _quotas_of(source)], by=by)
    criteria = set_criteria(call, _rows_of(source.criteria.all(), CRITERION_FACTS), by=by)
    twins = dict(zip(source.criteria.values_list("pk", flat=True), criteria, strict=True))
    set_form(call, [_section_facts(section, twins) for section in _sections_of(source)], by=by)
    set_eligibility_rules(
        call, _rows_of(source.eligibility_rules.all(), ("kind", "text", "year")), by=by
    )
    set_declaration(call, [clause.text for clause in source.declaration_clauses.all()], by=by)
    set_need_themes(call, _rows_of(source.need_themes.all(), ("code", "name")), by=by)
    set_plan_terms(call, _rows_of(source.indicators.all(), INDICATOR_FACTS), by=by)
    set_purchase_rules(
        call,
        _rows_of(source.quote_grounds.all(), GROUND_FACTS),
        by=by,
        **{name: getattr(source.purchase_rules, name) for name in PURCHASE_RULES},
    )
    return call


def _quotas_of(source: Call) -> Iterable[CountryQuota]:
    return source.quotas.select_related("country")


def _sections_of(source: Call) -> Iterable[Section]:
    return source.sections.prefetch_related("questions__depends_on")


def _rows_of(records: Iterable[Any], names: Iterable[str]) -> list[dict[str, Any]]:
    return [{name: getattr(record, name) for name in names} for record in records]


def _section_facts(section: Section, criteria: dict[int, Criterion]) -> dict[str, Any]:
    """A section as set_form takes it; `criteria` are those of the copy by the ids of the first."""
    questions = list(section.questions.all())
    rows = _rows_of(questions, QUESTION_FACTS)
    for question, row in zip(questions, rows, strict=True):
        row["criterion"] = criteria.get(question.criterion_id or 0)
        row["depends_on"] = question.depends_on.key if question.depends_on else None
    return {"title": section.title, "help_text": section.help_text, "questions": rows}
