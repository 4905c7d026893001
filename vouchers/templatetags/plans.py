"""What pages and documents of plans need besides."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import template
from django.template.context import RequestContext
from django.utils.translation import get_language

from charts.layouts import Picture
from documents.queries import current_document
from vouchers.assistance.plans.letters import PLAN_DOCUMENT
from vouchers.assistance.plans.models import PlanVersion
from vouchers.assistance.plans.panels import plan_gantt
from vouchers.assistance.plans.queries import versions_visible_to
from vouchers.assistance.plans.wording import kind_of_line as word_of_kind
from vouchers.awards.models import Voucher

register = template.Library()


@register.filter
def kind_of_line(kind: str) -> str:
    """What a kind of budget line is called."""
    return word_of_kind(kind)


@register.inclusion_tag("plans/_of_agreement.html", takes_context=True)
def plan_of_agreement(context: RequestContext, voucher: Voucher | None) -> dict[str, Any]:
    """Which version of the plan holds under a voucher's agreement, as far as the reader may read it.

    With who approved it, and its document in the reader's language; two queries. Nothing where the
    award has not become a voucher.
    """
    if voucher is None:
        return {}
    readable = versions_visible_to(context["request"].user)
    version = readable.filter(plan__voucher=voucher, state=PlanVersion.State.IN_FORCE).first()
    document = (
        current_document(PLAN_DOCUMENT.slug, version.plan, get_language() or "en")
        if version
        else None
    )
    return {"voucher": voucher, "version": version, "document": document}


@register.simple_tag
def plan_picture(facts: Mapping[str, Any]) -> Picture | None:
    """The Gantt chart of a plan document, from its frozen facts."""
    steps = [
        (f"{place}. {step['title']}", date.fromisoformat(step["due_on"]))
        for place, step in enumerate(facts["milestones"], 1)
    ]
    return plan_gantt(steps, starts=date.fromisoformat(facts["valid_from"]))
