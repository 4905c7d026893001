"""The views that a person may open."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User

from .models import FirstView, SavedView
from .permissions import audiences_reaching

# More than anybody reads in one list.
SHOWN = 100


def views_visible_to(person: User) -> QuerySet[SavedView]:
    """The person's own views, and those that are shared with a role that they hold."""
    theirs = Q(owner=person)
    for audience in audiences_reaching(person):
        theirs |= Q(role=audience.role, country_code=audience.country_code)
    return SavedView.objects.filter(theirs)


def own_views_visible_to(person: User) -> QuerySet[SavedView]:
    """The views that the person made, which they alone change."""
    return SavedView.objects.filter(owner=person)


def views_of_list_visible_to(person: User, of: str) -> list[SavedView]:
    """The views of one list by name, one's own first; `is_first` says with which it begins."""
    first = FirstView.objects.filter(person=person, of=of, view=OuterRef("pk"))
    found = views_visible_to(person).filter(of=of).select_related("owner")
    found = found.annotate(is_first=Exists(first), is_own=Q(owner=person))
    return list(found.order_by("-is_own", "name", "pk")[:SHOWN])
