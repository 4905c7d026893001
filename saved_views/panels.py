"""The saved views of the list that a request is about, as the list shows them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse

from inputs.rules.numbers import sent_number
from lists.forms import ListFilters
from lists.views import ListPage

from .models import ALL, LONGEST_LIST, LONGEST_QUERY, VIEW, SavedView, address_of
from .queries import views_of_list_visible_to

_SALT = "saved_views"


@dataclass(frozen=True)
class ToSave:
    """What a view keeps: of which list, its filters and order, and what these say in words."""

    of: str
    query: str
    said: list[tuple[str, str]] = field(default_factory=list)

    @property
    def address(self) -> str:
        """The list as it is now. Raises NoReverseMatch where there is none."""
        return address_of(self.of, self.query)

    def token(self) -> str:
        """As an address carries it: signed, so that only a list says what its view is."""
        return signing.dumps([self.of, self.query, self.said], salt=_SALT, compress=True)


def to_save(token: str) -> ToSave:
    """What a token says. Raises Http404 where no list of ours wrote it."""
    try:
        of, query, said = signing.loads(token, salt=_SALT)
    except signing.BadSignature as error:
        raise Http404 from error
    return ToSave(of, query, [(str(label), str(words)) for label, words in said])


@dataclass(frozen=True)
class Shelf:
    """The views of one list that the person may open, and which of them is open."""

    of: str
    views: list[Any]
    open: Any = None

    @property
    def first(self) -> SavedView | None:
        """The view with which the person begins the list."""
        return next((view for view in self.views if view.is_first), None)


def shelf_of(request: HttpRequest) -> Shelf:
    """The views of the list at this address, read once in a request: one query."""
    kept: Shelf | None = getattr(request, "saved_views", None)
    if kept is None:
        of, asked = _list_at(request), sent_number(request.GET.get(VIEW, ""))
        views = views_of_list_visible_to(request.user, of)  # type: ignore[arg-type]
        kept = Shelf(of, views, next((view for view in views if view.pk == asked), None))
        request.saved_views = kept  # type: ignore[attr-defined]
    return kept


def view_to_begin_with(page: ListPage) -> HttpResponse | None:
    """Where a list is opened without anything in its address, its first view.

    Raises Http404 for a view of another list, or one that the person may not open.
    """
    request = page.request
    asked = request.GET.get(VIEW, "")
    if asked == ALL or (request.GET and not asked):
        return None
    if not request.user.is_authenticated:
        if asked:
            raise Http404
        return None
    shelf = shelf_of(request)
    if asked:
        if shelf.open is None:
            raise Http404
        return None
    try:
        return redirect(shelf.first.address) if shelf.first else None
    except NoReverseMatch:
        return None


def saved_now(request: HttpRequest, filters: ListFilters) -> ToSave | None:
    """What a view of the page would keep; None where nothing is chosen, or too much to be kept."""
    chosen = filters.chosen
    query = urlencode({name: request.GET[name] for name in chosen if name in request.GET})
    of = _list_at(request)
    if not query or len(query) > LONGEST_QUERY or len(of) > LONGEST_LIST:
        return None
    return ToSave(of, query, [(str(label), str(words)) for label, words in filters.said])


def save_url(kept: ToSave) -> str:
    """The page that asks for the name."""
    return reverse("saved_views:save", query={"of": kept.token()})


def _list_at(request: HttpRequest) -> str:
    """The name of the list's address with what it is about."""
    match: Any = request.resolver_match
    about = urlencode(sorted((name, str(value)) for name, value in match.kwargs.items()))
    return f"{match.view_name}?{about}" if about else match.view_name
