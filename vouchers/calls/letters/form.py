"""The documents of a call: its application form, to be read before anybody registers."""

from __future__ import annotations

from typing import Any

import rules
from django.contrib.auth.models import AnonymousUser
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from conduct.queries.days import iso_day_of
from documents.kinds import DocumentKind, register
from vouchers.calls.models import Call, Criterion, Question
from vouchers.calls.models.tables import COLUMNS
from vouchers.calls.permissions import may_read_drafts
from vouchers.calls.wording.clocks import clocks
from vouchers.calls.wording.questions import condition_of, limits_of


@rules.predicate
def is_published(_user: User | AnonymousUser, call: Call) -> bool:
    return call.is_public


FORM = register(
    DocumentKind(
        slug="call-form",
        title=_("Application form"),
        template="letters/call_form.html",
        may_read=is_published | may_read_drafts,
    )
)


def form_facts(call: Call) -> dict[str, Any]:
    """The whole form of a call in the active language, with what one must know to fill it in.

    Take the call through `queries.with_terms`; the same as long as the call does not change.
    """
    return {
        "call": {
            "name": str(call.name),
            "year": call.year,
            "voucher_amount": str(call.voucher_amount),
        },
        "date": iso_day_of(call.opened_at or call.created_at),
        "version": call.version,
        "purpose": str(call.purpose),
        "deadline": [
            {"city": clock.city, "day": clock.day, "time": clock.time}
            for clock in clocks(call.deadline)
        ],
        "countries": [
            {"name": str(quota.country.name), "partner": quota.country.partner.name}
            for quota in call.quotas.all()
        ],
        "max_files": call.max_files,
        "max_file_size": filesizeformat(call.max_file_size),
        "rules": [str(rule.text) for rule in call.eligibility_rules.all()],
        "criteria": [_criterion_facts(criterion) for criterion in call.criteria.all()],
        "sections": [
            {
                "title": str(section.title),
                "help_text": str(section.help_text),
                "questions": [_question_facts(item, call) for item in section.questions.all()],
            }
            for section in call.sections.all()
        ],
        "clauses": [str(clause.text) for clause in call.declaration_clauses.all()],
    }


def _criterion_facts(criterion: Criterion) -> dict[str, Any]:
    return {
        "name": str(criterion.name),
        "guidance": str(criterion.guidance),
        "weight": str(criterion.weight),
        "threshold": str(criterion.threshold),
    }


def _question_facts(question: Question, call: Call) -> dict[str, Any]:
    return {
        "text": str(question.text),
        "help_text": str(question.help_text),
        "kind": question.kind,
        "kind_label": question.get_kind_display(),
        "required": question.required,
        "criterion": str(question.criterion.name) if question.criterion else "",
        "limits": limits_of(question, call),
        "condition": condition_of(question),
        "options": [label for _value, label in question.choices],
        "columns": [str(column.label) for column in COLUMNS.get(question.kind, ())],
    }
