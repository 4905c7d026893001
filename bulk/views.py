"""Choosing rows, what will happen to them, the press, what became of each; and every press."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import django_filters
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from accounts.middleware import PersonRequest
from conduct.actions import Refused
from conduct.views import refusal_beside
from lists.forms import ListFilters
from lists.queries import key_of, ordered
from lists.views import ListPage, Order

from . import actions
from .forms import PressForm
from .kinds import BulkList, NotOffered, every_list, list_and_action, list_called
from .models import MOST_ROWS, BulkRun
from .queries import (
    afterwards,
    beforehand,
    pressed_by,
    records_of,
    runs_visible_to,
    with_outcomes,
)


@require_POST
@login_required
def choose(request: PersonRequest, of: str) -> HttpResponse:
    """Freeze the ticked rows, or all of the view that the address narrows; leads to what will happen."""
    with _only_what_is_offered():
        among, chosen = list_and_action(of, request.POST.get("action", ""))
    if not chosen.may.test(request.user):
        raise Http404
    back = _back(among, request.GET)
    try:
        records, ticked = _meant(among.at(request), request)
        run = actions.choose_rows(among, chosen, records, ticked=ticked, back=back, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(back)
    return redirect(run)


@require_GET
@never_cache
@login_required
def run(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Before the press: what will happen to how many. Afterwards: what became of each."""
    job = get_object_or_404(runs_visible_to(request.user), pk=pk)
    return _after(request, job) if job.is_pressed else _before(request, job)


@require_POST
@login_required
def press(request: PersonRequest, pk: UUID) -> HttpResponse:
    """Do it, once: whoever presses again, or comes back later, is led to the result."""
    job = get_object_or_404(runs_visible_to(request.user), pk=pk)
    if job.is_pressed:
        return redirect(job)
    with _only_what_is_offered():
        _among, chosen = list_and_action(job.of, job.slug)
    form = PressForm(request.POST, chosen=chosen)
    if form.is_valid():
        words, seen = form.cleaned_data.get("words", ""), request.POST.get("seen", "")
        with refusal_beside(form):
            return redirect(actions.press(job, words=words, seen=seen, by=request.user))
    return _before(request, job, form)


@contextmanager
def _only_what_is_offered() -> Iterator[None]:
    """Answer 404 where the list or the action is not offered (any more)."""
    try:
        yield
    except NotOffered as gone:
        raise Http404 from gone


def _before(request: PersonRequest, job: BulkRun, form: PressForm | None = None) -> HttpResponse:
    with _only_what_is_offered():
        among, chosen = list_and_action(job.of, job.slug)
    items = list(job.items.all())
    records = list(records_of(items, among, request.user))
    context: dict[str, Any] = {
        "job": job,
        "chosen": chosen,
        "number": len(items),
        "told": beforehand(items, records, chosen, request.user),
        "form": form or PressForm(chosen=chosen),
    }
    return render(request, "bulk/before.html", context)


def _after(request: PersonRequest, job: BulkRun) -> HttpResponse:
    """What became of it, which stands whether or not it is offered still."""
    among, items = list_called(job.of), list(job.items.all())
    context: dict[str, Any] = {
        "job": job,
        "chosen": among.action(job.slug) if among else None,
        "number": len(items),
        "told": afterwards(items, among, request.user),
    }
    return render(request, "bulk/after.html", context)


def _meant(page: ListPage, request: PersonRequest) -> tuple[QuerySet[Any], int | None]:
    """The records that are meant, and how many rows were ticked (None for the whole view).

    What nobody of this list could have ticked is none of it, whether it exists or not. Raises Refused
    for the whole of a view that the list does not know entirely: it would be more than was seen.
    """
    if request.POST.get("all"):
        if page.filters.left_out:
            raise Refused(
                _("A filter of this view cannot be read, so that “all” would be more than you saw.")
            )
        return page.with_facts(ordered(page.filters.qs, page.order)), None
    # One more than go at once tells that there are too many.
    typed = list(dict.fromkeys(request.POST.getlist("key")))[: MOST_ROWS + 1]
    keys = [key for key in (key_of(page.readable, text) for text in typed) if key is not None]
    ticked = page.readable.filter(pk__in=keys)
    return page.with_facts(ordered(ticked, page.order)), len(typed)


def _back(among: BulkList, address: QueryDict) -> str:
    """The list as it was narrowed."""
    query = address.urlencode()
    return f"{among.address}?{query}" if query else among.address


@dataclass(frozen=True)
class EarlierRun:
    """A run as the list shows it: what was done, and to the rows of which list."""

    run: BulkRun
    what: str
    where: str


def _title(slug: str) -> str:
    """What the list is called; its slug where nothing is offered on it any more."""
    among = list_called(slug)
    return str(import_string(among.page).title) if among else slug


class _EarlierFilters(ListFilters):
    """Of which list."""

    of = django_filters.ChoiceFilter(
        label=gettext_lazy("List"), empty_label=gettext_lazy("All lists")
    )


class EarlierRuns(ListPage):
    """What the person has pressed, the newest first."""

    request: PersonRequest

    name = "earlier-bulks"
    title = gettext_lazy("What you did to several rows")
    template = "bulk/earlier.html"
    filter_class = _EarlierFilters
    orders: Mapping[str, Order] = {
        "newest": Order(gettext_lazy("Newest first"), ("-pressed_at", "pk"))
    }

    def records(self) -> QuerySet[BulkRun]:
        return pressed_by(self.request.user)

    def with_facts(self, records: QuerySet[BulkRun]) -> QuerySet[BulkRun]:
        return with_outcomes(records)

    def offered(self) -> Mapping[str, list[tuple[str, str]]]:
        return {"of": [(one.slug, _title(one.slug)) for one in every_list()]}

    def rows(self) -> list[EarlierRun]:
        found = []
        for run in self.page:
            among = list_called(run.of)
            chosen = among.action(run.slug) if among else None
            what = str(chosen.label) if chosen else _("No longer offered")
            found.append(EarlierRun(run, what, _title(run.of)))
        return found


@login_required
def earlier(request: PersonRequest) -> HttpResponseBase:
    """What the person did to several rows at once, each with its result."""
    return EarlierRuns(request).answer()
