"""What the page of an application shows of its eligibility; pages below know the tag, not the room."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.context import Context

from vouchers.applications.models import Application
from vouchers.eligibility.panels import duplicates_for
from vouchers.eligibility.permissions import may_check_eligibility, may_read_check
from vouchers.eligibility.queries import check_of, may_be_reopened

register = template.Library()


@register.inclusion_tag("eligibility/_panel.html", takes_context=True)
def eligibility_panel(context: Context, application: Application) -> dict[str, Any]:
    """The check that holds, rule by rule, what was asked, and for staff what resembles it."""
    user = context["request"].user
    check = check_of(application)
    staff = may_read_check.test(user, application)
    return {
        **(duplicates_for(application, user) if staff else {}),
        "is_staff": staff and application.submitted_at is not None,
        "clarifications": application.clarifications.all(),
        "request": context["request"],
        "application": application,
        "check": check,
        "may_reopen": check is not None
        and may_check_eligibility.test(user, application)
        and may_be_reopened(application),
    }
