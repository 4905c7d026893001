"""Messages and answers where they belong: on the pages of application, voucher and call.

Those rooms lie below the correspondence and do not know it; their templates name these tags.
"""

from __future__ import annotations

from typing import Any

from django import template
from django.template.context import Context

from vouchers.applications.models import Application
from vouchers.applications.permissions import may_read_application
from vouchers.calls.models import Call
from vouchers.correspondence.models import About, Thread
from vouchers.correspondence.panels import latest_answers, shown_thread

register = template.Library()


@register.inclusion_tag("correspondence/_thread.html", takes_context=True)
def thread(context: Context, application: Application) -> dict[str, Any]:
    """The last messages about the application, with the box in which to answer."""
    return shown_thread(context["request"], Thread(application), form=None, short=True)


@register.inclusion_tag("correspondence/_folded_thread.html", takes_context=True)
def voucher_thread(context: Context, application: Application) -> dict[str, Any]:
    """The last messages about the voucher of the application, folded, with how many are new.

    Nothing for who reads the voucher by a role that reads no messages.
    """
    request = context["request"]
    if not may_read_application.test(request.user, application):
        return {"thread": None}
    return shown_thread(request, Thread(application, About.VOUCHER), form=None, short=True)


@register.inclusion_tag("correspondence/_latest_answers.html", takes_context=True)
def questions_and_answers(context: Context, call: Call) -> dict[str, Any]:
    """The newest answers about the call, and the way to ask."""
    return latest_answers(context["request"], call)
