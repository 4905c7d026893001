"""What pages of providers need besides."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import template
from django.db import models

from vouchers.providers.panels import countries_named as named
from vouchers.screening.kinds import kind_of
from vouchers.screening.permissions import may_read_screenings, may_screen
from vouchers.screening.queries.standing import Stand, clearance_of

register = template.Library()


@register.filter
def countries_named(codes: Collection[str]) -> str:
    """The countries of some codes, in words of the active language."""
    return named(codes)


@register.inclusion_tag("screening/_standing.html", takes_context=True)
def screening_standing(
    context: template.Context, payee: models.Model, days: int | None = None
) -> dict[str, Any]:
    """One panel: how the payee stands to the list in force, and what is to be done about it.

    `days` is the term of the call (`screening_days`), where a call is meant. Clusters are shown none.
    """
    request = context["request"]
    if not request.user.is_staff_member:
        return {}
    standing = clearance_of(payee, days=days)
    has_list = standing.stand is not Stand.NO_LIST
    return {
        "request": request,
        "csrf_token": context.get("csrf_token"),
        "payee": payee,
        "payee_kind": kind_of(payee).slug,
        "standing": standing,
        "until": standing.until(days) if days else None,
        "may_read": may_read_screenings.test(request.user),
        "may_screen": has_list and may_screen.test(request.user),
        "may_upload": not has_list and may_screen.test(request.user),
    }
