"""Messages and answers where they belong: on the pages of the application and of the call.

Those rooms lie below the correspondence and do not know it; their templates name these tags.
"""

from __future__ import annotations

from typing import Any

from django import template
from django.template.context import Context

from vouchers.applications.models import Application
from vouchers.calls.models import Call
from vouchers.correspondence.panels import latest_answers, shown_thread

register = template.Library()


@register.inclusion_tag("correspondence/_thread.html", takes_context=True)
def thread(context: Context, application: Application) -> dict[str, Any]:
    """The last messages about the application, with the box in which to answer."""
    return shown_thread(context["request"], application, form=None, short=True)


@register.inclusion_tag("correspondence/_latest_answers.html", takes_context=True)
def questions_and_answers(context: Context, call: Call) -> dict[str, Any]:
    """The newest answers about the call, and the way to ask."""
    return latest_answers(context["request"], call)
