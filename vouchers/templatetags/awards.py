"""What the page of an application shows of its decision; pages below know the tag, not the room."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.context import Context
from django.utils.translation import get_language

from documents.permissions import may_read_document
from vouchers.applications.models import Application
from vouchers.awards.queries.letters import letter_on_decision

register = template.Library()


@register.inclusion_tag("awards/_result_panel.html", takes_context=True)
def result_panel(context: Context, application: Application) -> dict[str, Any]:
    """Scores by criterion, reasons and released comments, as the letter states them.

    Empty until the decision is published, and for whoever may not read the letter.
    """
    letter = letter_on_decision(application, (get_language() or "en")[:2])
    if letter is None or not may_read_document.test(context["request"].user, letter):
        return {"letter": None}
    return {"letter": letter, "facts": letter.facts}
