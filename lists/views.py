"""The page of a list, and its export: exactly what the address narrows it to, in its order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from exports.rules.columns import Column, Table, table_of_records
from exports.views import csv_response, xlsx_response

from .forms import SORT, ListFilters
from .kinds import ListFile, file_called, files_of, register_file
from .queries import (
    ALL,
    COUNTING,
    Fields,
    Summed,
    Total,
    Window,
    edge_in,
    ordered,
    summed,
    window,
)

# What an address that is of nothing but a file leads to where it names none.
CSV = "csv"
_CHUNK = 2000
# The page without its frame, for a script that renews the list alone.
_WHOLE, _PIECE = "base.html", "lists/piece.html"


@dataclass(frozen=True)
class Order:
    """One order of a list: its label, and the fields ('-' for descending). The key follows them."""

    label: object
    fields: Fields


def before_answers(ask: Callable[[ListPage], HttpResponseBase | None]) -> None:
    """Have every list ask first: what is given back is answered instead, and Http404 refuses.

    For rooms above, which know what a list does not; they say so when the portal starts.
    """
    _BEFORE.append(ask)


_BEFORE: list[Callable[[ListPage], HttpResponseBase | None]] = []


class ListPage:
    """One list, as a room declares it; made for each request.

    A subclass gives the `records` that the person may read (Http404 for who has no such list), the
    filters, the orders, of which the first holds where none is chosen, and the columns of the export.
    """

    # Of exported files, in English; and of their sheet, in the reader's language.
    name: ClassVar[str] = ""
    title: ClassVar[object] = ""
    # The name of its page's address, where its files have an address of their own.
    home: ClassVar[str] = ""
    template: ClassVar[str] = ""
    filter_class: ClassVar[type[ListFilters]] = ListFilters
    orders: Mapping[str, Order] = {}
    columns: Sequence[Column] = ()
    # Sums of all that the list is narrowed to, below how many it shows.
    totals: Sequence[Total] = ()
    size: ClassVar[int] = 20
    # Whether it can be asked to count all that it holds, where that is more than a page can wait for.
    may_count_all: ClassVar[bool] = True
    # Whether its page asks for that by itself, as one with sums does; others have a link alone.
    counts_after: ClassVar[bool] = False

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def records(self) -> QuerySet[Any]:
        """All that the person may read, of this list."""
        raise NotImplementedError

    def with_facts(self, records: QuerySet[Any]) -> QuerySet[Any]:
        """The records with what a row shows of other tables."""
        return records

    def with_cells(self, records: QuerySet[Any]) -> QuerySet[Any]:
        """The records with what the columns of a file say: as a rule what a row shows."""
        return self.with_facts(records)

    def offered(self) -> Mapping[str, Any]:
        """The choices of filters that depend on who asks."""
        return {}

    def rows(self) -> Sequence[Any]:
        """What the template shows of the page, one for each record."""
        return self.page.rows

    @cached_property
    def readable(self) -> QuerySet[Any]:
        """The records, read once for filters, pages and edges."""
        return self.records()

    @cached_property
    def filters(self) -> ListFilters:
        return self.filter_class(
            self.request.GET,
            self.readable,
            request=self.request,
            offered=self.offered(),
            orders={name: order.label for name, order in self.orders.items()},
        )

    @property
    def order(self) -> Fields:
        """The fields of the order that was chosen, or of the first."""
        chosen = self.filters.chosen.get(SORT) or next(iter(self.orders))
        return self.orders[chosen].fields

    @cached_property
    def page(self) -> Window:
        """The page that the address names."""
        return window(
            self.filters.qs,
            self.order,
            edge_in(self.request.GET),
            among=self.readable,
            size=self.size,
            with_facts=self.with_facts,
            totals=self.totals,
            is_exact=self.may_count_all and self.request.GET.get(COUNTING) == ALL,
        )

    @cached_property
    def sums(self) -> list[Summed]:
        """The totals of all that the list is narrowed to, without its page, as paper tells them."""
        return summed(self.filters.qs, self.totals)

    @property
    def is_summed(self) -> bool:
        """Whether the page tells sums of all: those of a long list are asked for after it."""
        return self.page.is_counted

    def context(self) -> dict[str, Any]:
        """What the template reads besides what the view adds."""
        return {
            "page": self.page,
            "list_totals": self.page.sums,
            "counts_all": self.may_count_all and not self.page.is_counted,
            "all_follows": self._all_follows,
            "awaited": self.totals if self._all_follows else (),
            "rows": self.rows(),
            "filters": self.filters,
            "list_files": files_of(self),
            "layout": _PIECE if self._is_renewed else _WHOLE,
        }

    def answer(self, **more: Any) -> HttpResponseBase:
        """The page, or where the address says `export=csv`, `xlsx` or another ending, the file."""
        if wanted := self.request.GET.get("export"):
            return self.export(wanted)
        for asked in _BEFORE:
            if (instead := asked(self)) is not None:
                return instead
        return renewable(self.shown({**self.context(), **more}))

    def shown(self, context: dict[str, Any]) -> HttpResponse:
        """The page itself; lists within the frame of another page are shown by it."""
        return render(self.request, self.template, context)

    def export(self, ending: str = CSV) -> HttpResponseBase:
        """Every row of the list as it is filtered and ordered, in a file. Http404 for another ending.

        Who is not logged in is led there for a file that is for people of the programme alone. Where a
        filter cannot be read, which narrows nothing, the list is shown with a sentence instead.
        """
        kind = file_called(ending)
        if not self.columns or kind is None:
            raise Http404
        if not kind.is_offered(self):
            return redirect_to_login(self.request.get_full_path())
        if lost := self.filters.left_out:
            return self.as_it_is(_unread(lost))
        return kind.answer(self)

    def as_it_is(self, why: str) -> HttpResponse:
        """Instead of a file, the list as its address narrows it, with the sentence."""
        messages.error(self.request, why)
        kept = self.request.GET.copy()
        kept.pop("export", None)
        kept.setdefault("view", "all")
        return redirect(f"{self._address()}?{kept.urlencode()}")

    def _address(self) -> str:
        return reverse(self.home) if self.home else self.request.path

    def table(self, most: int | None = None) -> Table:
        """What is taken out: every row as filtered and ordered, or so many at `most`, read as written."""
        found = self.with_cells(ordered(self.filters.qs, self.order))
        if most is not None:
            found = found[:most]
        return table_of_records(self.name, self.columns, found.iterator(_CHUNK))

    @property
    def _all_follows(self) -> bool:
        """Whether the page asks for its exact number, and for its sums, once it is there."""
        follows = self.may_count_all and (self.counts_after or bool(self.totals))
        return follows and not self.page.is_counted

    @property
    def _is_renewed(self) -> bool:
        """Whether a script asks for the list alone; who goes back in history wants the whole page."""
        htmx: Any = getattr(self.request, "htmx", None)
        return bool(htmx) and not htmx.history_restore_request


def _unread(lost: list[str]) -> str:
    """Why there is no file: it would hold more than was meant."""
    told = gettext("The file would hold more than you meant. What cannot be read: %(filters)s.")
    return told % {"filters": " · ".join(lost)}


def renewable(response: HttpResponse) -> HttpResponse:
    """An answer that no cache mistakes for that to a script, or the other way round."""
    patch_vary_headers(response, ["HX-Request"])
    return response


register_file(ListFile(CSV, _("Download as CSV"), lambda page: csv_response(page.table())))
register_file(
    ListFile(
        "xlsx",
        _("Download for Excel"),
        lambda page: xlsx_response(page.table(), title=str(page.title)),
    )
)
