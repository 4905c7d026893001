"""What the page of a ranking shows of its exports; the ranking knows the tag, not the room."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import template
from django.template.context import Context

from vouchers.calls.models import Call, CountryQuota
from vouchers.scoring.exports.permissions import may_export_for_research
from vouchers.scoring.exports.queries import exports_visible_to

register = template.Library()


@register.inclusion_tag("scoring/_ranking_exports.html", takes_context=True)
def ranking_exports(context: Context, call: Call, quotas: Sequence[CountryQuota]) -> dict[str, Any]:
    """The files that the reader may take of a call, and the exports that they may know of."""
    request = context["request"]
    return {
        "request": request,
        "call": call,
        "quotas": quotas,
        "may_export_for_research": may_export_for_research.test(request.user),
        "exports": exports_visible_to(request.user, call),
    }
