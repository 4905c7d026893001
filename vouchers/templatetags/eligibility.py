"""What the page of an application shows of its eligibility; pages below know the tag, not the room."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.context import Context

from vouchers.applications.models import Application
from vouchers.eligibility.permissions import may_check_eligibility
from vouchers.eligibility.queries import check_of, may_be_reopened

register = template.Library()


@register.inclusion_tag("eligibility/_panel.html", takes_context=True)
def eligibility_panel(context: Context, application: Application) -> dict[str, Any]:
    """The check that holds, rule by rule, and the way to open it again."""
    user = context["request"].user
    check = check_of(application)
    return {
        "request": context["request"],
        "application": application,
        "check": check,
        "may_reopen": check is not None
        and may_check_eligibility.test(user, application)
        and may_be_reopened(application),
    }
