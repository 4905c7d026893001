"""The saved views of a list, above its rows."""

from __future__ import annotations

from typing import Any

from django import template

from saved_views.panels import save_url, saved_now, shelf_of

register = template.Library()


@register.inclusion_tag("saved_views/_bar.html", takes_context=True)
def saved_views(context: Any) -> dict[str, Any]:
    """The views that the person may open, the one that is open, and the way to save another.

    Nothing for visitors, and for lists that cannot be narrowed.
    """
    request, filters = context.get("request"), context.get("filters")
    if request is None or not request.user.is_authenticated or not getattr(filters, "shown", None):
        return {}
    shelf, kept = shelf_of(request), saved_now(request, filters)
    return {
        "shelf": shelf,
        "open": shelf.open,
        "left_out": filters.left_out if shelf.open else [],
        "save_url": save_url(kept) if kept else "",
        "csrf_token": context.get("csrf_token"),
    }
