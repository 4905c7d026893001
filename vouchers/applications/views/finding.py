"""Finding the draft of a page, for whoever may write in it."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from accounts.middleware import PersonRequest
from conduct.actions import require, require_state
from vouchers.applications import queries
from vouchers.applications.models import Application
from vouchers.applications.permissions import may_edit_application


def draft_for(request: PersonRequest, pk: int) -> Application:
    """The draft, to those who may write in it; others are led to where it can be read."""
    application = get_object_or_404(queries.applications_visible_to(request.user), pk=pk)
    require(may_edit_application, request.user, application)
    require_state(application, Application.State.DRAFT)
    return application
