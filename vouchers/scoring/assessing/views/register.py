"""The register of conflicts of interest: every declaration, with what the data said that day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.middleware import PersonRequest
from accounts.permissions import is_auditor, is_coordinator, is_officer
from clusters.queries import countries_reached_by
from exports.rules.columns import Column, Kind
from lists.forms import several
from lists.views import CSV, ListPage, Order
from vouchers.calls.queries import call_choices
from vouchers.scoring.assessing.forms.register import RegisterFilters
from vouchers.scoring.assessing.models import Assignment, ConflictKind
from vouchers.scoring.assessing.queries.register import (
    declarations_visible_to,
    hints_in_words,
    with_facts,
)


def _outcome(found: Assignment) -> str:
    return "conflict" if found.state == Assignment.State.CONFLICTED else "none"


def _hints(found: Assignment) -> str:
    return "; ".join(f"{hint['kind']}: {hint['found']}" for hint in found.hints)


def _replacement(found: Assignment) -> str:
    replacement = getattr(found, "replacement", None)
    return str(replacement.assessor) if replacement else ""


class Register(ListPage):
    """Every declaration that the person may read."""

    request: PersonRequest

    name = "conflicts"
    title = _("Register of conflicts of interest")
    home = "scoring:register"
    template = "scoring/register.html"
    filter_class = RegisterFilters
    size = 30
    orders: Mapping[str, Order] = {
        "newest": Order(_("Newest first"), ("-declared_at",)),
        "oldest": Order(_("Oldest first"), ("declared_at",)),
    }
    # Whoever reads the file by program relies on names and order: add at the end, never change.
    columns = (
        Column("call", _("Call"), value=lambda one: one.application.call.reference),
        Column("reference", _("Application"), value=lambda one: one.application.reference),
        Column("country", _("Country"), value=lambda one: one.application.country_id),
        Column("assessor", _("Assessor"), kind=Kind.TEXT, value=lambda one: str(one.assessor)),
        Column(
            "declared_at",
            _("Declared (UTC)"),
            kind=Kind.MOMENT,
            value=lambda one: one.declared_at,
        ),
        Column(
            "outcome",
            _("Outcome"),
            kind=Kind.STATE,
            value=_outcome,
            words={"conflict": _("conflict of interest"), "none": _("no conflict declared")},
        ),
        Column(
            "kind",
            _("Kind"),
            kind=Kind.STATE,
            value=lambda one: one.conflict_kind,
            words=dict(ConflictKind.choices),
        ),
        Column("conflict", _("Conflict"), value=lambda one: one.conflict, width=60),
        Column("hints", _("Hints that day"), value=_hints, width=60),
        Column(
            "replaced_by",
            pgettext_lazy("of a conflicted assessor", "Replaced by"),
            kind=Kind.TEXT,
            value=_replacement,
        ),
    )

    def records(self) -> QuerySet[Assignment]:
        if not (is_officer | is_coordinator | is_auditor).test(self.request.user):
            raise Http404
        return declarations_visible_to(self.request.user)

    def with_facts(self, records: QuerySet[Assignment]) -> QuerySet[Assignment]:
        return with_facts(records)

    def offered(self) -> Mapping[str, Any]:
        user = self.request.user
        return {
            "call": call_choices(user).items(),
            "country": several(countries_reached_by(user).items()),
        }

    def rows(self) -> list[tuple[Assignment, list[str]]]:
        return [(one, hints_in_words(one)) for one in self.page]


@login_required
def conflicts(request: PersonRequest) -> HttpResponseBase:
    """Every declaration that the person may read, by the filters of the address."""
    return Register(request).answer()


@login_required
def export(request: PersonRequest) -> HttpResponseBase:
    """The same declarations as a file."""
    return Register(request).export(request.GET.get("export", CSV))
