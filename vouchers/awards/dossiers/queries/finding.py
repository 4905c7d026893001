"""Reads of decision dossiers, scoped to who asks."""

from __future__ import annotations

from django.db.models import QuerySet

from accounts.models import User
from conduct.queries.scoping import for_system
from vouchers.applications.models import SENT, Application
from vouchers.awards.dossiers.models import Dossier
from vouchers.awards.queries.selection import rounds_visible_to
from vouchers.calls.models import Call


def dossiers_visible_to(user: User) -> QuerySet[Dossier]:
    """The dossiers of the rounds that the person may read."""
    return Dossier.objects.filter(
        selection_round__in=rounds_visible_to(user).order_by().values("pk")
    ).select_related("selection_round__call", "asked_by")


@for_system("the dossier holds everything of a decided round; only who reads all of it may have it")
def applications_in(call: Call) -> QuerySet[Application]:
    """Every application that was sent to the call, in the order of its references."""
    return (
        Application.objects.filter(SENT, call=call)
        .select_related("cluster", "country")
        .order_by("reference")
    )
