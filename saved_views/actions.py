"""Keeping a view, changing and deleting it, and beginning a list with it."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from conduct.actions import Refused, action, constraints_of, judged, require

from .models import FirstView, SavedView
from .permissions import NOBODY, Audience, may_open_view, may_share_with, owns_view

# As many as one can still choose from, for each person and list.
MOST_VIEWS = 30


@action(_("View of a list saved"))
def save_view(
    of: str,
    query: str,
    name: str,
    *,
    by: User,
    audience: Audience = NOBODY,
    is_first: bool = False,
    over: bool = False,
) -> SavedView:
    """Keep what a list `of` is narrowed to under a name; `over` replaces one's own of that name.

    Raises Refused (beside `name`) where the name is taken or there are too many, NotAllowed for an
    audience that the person may not reach.
    """
    # One after the other, so that the views of a person can be counted.
    person = User.objects.select_for_update(no_key=True).get(pk=by.pk)
    require(may_share_with, person, audience)
    own = SavedView.objects.select_for_update().filter(owner=person, of=of)
    view = own.filter(name__iexact=name).first() if over else None
    if view is None:
        if own.count() >= MOST_VIEWS:
            raise Refused(
                _("You keep %(number)d views of this list already: delete one of them first.")
                % {"number": MOST_VIEWS},
                field="name",
            )
        view = SavedView(owner=person, of=of)
    view.query, view.saved_at = query, timezone.now()
    _write(view, name, audience)
    _begin(view, person, is_first=is_first)
    return view


@action(_("View of a list changed"))
def change_view(
    view: SavedView, *, name: str, audience: Audience, is_first: bool, by: User
) -> SavedView:
    """Rename a view of one's own, share it or keep it to oneself, and begin the list with it or not.

    Raises Refused (beside `name`) where one's own view has that name, NotAllowed as `save_view`.
    """
    view = judged(view, owns_view, by=by)
    if audience != (view.role, view.country_code):
        require(may_share_with, by, audience)
    _write(view, name, audience)
    _begin(view, by, is_first=is_first)
    return view


@action(_("View of a list deleted"))
def delete_view(view: SavedView, *, by: User) -> None:
    """Delete a view of one's own; lists that began with it begin without one."""
    view = judged(view, owns_view, by=by)
    view.delete()


@action(_("First view of a list chosen"))
def begin_with(view: SavedView, *, by: User) -> None:
    """Begin the list with a view that the person may open, be it somebody else's."""
    view = judged(view, may_open_view, by=by)
    _begin(view, by, is_first=True)


@action(_("First view of a list left"))
def begin_without(view: SavedView, *, by: User) -> None:
    """Begin the list with this view no longer."""
    view = judged(view, may_open_view, by=by)
    _begin(view, by, is_first=False)


def _write(view: SavedView, name: str, audience: Audience) -> None:
    view.name, (view.role, view.country_code) = name, audience
    try:
        with constraints_of(SavedView):
            view.save()
    except Refused as refusal:
        raise Refused(refusal.message, field="name") from refusal


def _begin(view: SavedView, person: User, *, is_first: bool) -> None:
    if is_first:
        FirstView.objects.update_or_create(person=person, of=view.of, defaults={"view": view})
    else:
        FirstView.objects.filter(person=person, view=view).delete()
