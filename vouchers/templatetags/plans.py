"""What pages and documents of plans need besides."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import template

from charts.layouts import Picture
from vouchers.assistance.plans.panels import plan_gantt
from vouchers.assistance.plans.wording import kind_of_line as word_of_kind

register = template.Library()


@register.filter
def kind_of_line(kind: str) -> str:
    """What a kind of budget line is called."""
    return word_of_kind(kind)


@register.simple_tag
def plan_picture(facts: Mapping[str, Any]) -> Picture | None:
    """The Gantt chart of a plan document, from its frozen facts."""
    steps = [
        (f"{place}. {step['title']}", date.fromisoformat(step["due_on"]))
        for place, step in enumerate(facts["milestones"], 1)
    ]
    return plan_gantt(steps, starts=date.fromisoformat(facts["valid_from"]))
