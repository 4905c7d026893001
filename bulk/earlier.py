"""What somebody did to several rows at once: a list of their own presses, with what became of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import django_filters
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.middleware import PersonRequest
from lists.forms import ListFilters
from lists.views import ListPage, Order

from .kinds import every_list, list_called
from .models import BulkRun
from .queries import pressed_by, with_outcomes


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
