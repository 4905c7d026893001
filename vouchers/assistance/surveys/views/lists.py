"""The surveys that a person may read, with what was answered."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import partial
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.utils.translation import gettext_lazy as _

from accounts.middleware import PersonRequest
from bulk.panels import offered
from clusters.queries import countries_reached_by
from exports.rules.columns import Column, Kind
from lists.forms import several
from lists.views import ListPage, Order
from vouchers.assistance.surveys import queries
from vouchers.assistance.surveys.forms.lists import SurveyFilters
from vouchers.assistance.surveys.models import Survey, SurveyAnswer
from vouchers.assistance.surveys.rules.asking import QUESTIONS, WORDS
from vouchers.assistance.surveys.wording import LABELS, STANDINGS
from vouchers.calls.queries import call_choices


def _newest(survey: Survey) -> SurveyAnswer | None:
    return max(survey.answers.all(), key=lambda one: one.number, default=None)


def _answered(survey: Survey, name: str) -> Decimal | int | str | None:
    value: Decimal | int | str | None = getattr(_newest(survey), name, None)
    return value


def _rows(survey: Survey) -> list[Any]:
    newest = _newest(survey)
    return list(newest.indicators.all()) if newest is not None else []


class SurveyList(ListPage):
    """Surveys with the newest of what was answered."""

    request: PersonRequest

    name = "surveys"
    title = _("Follow-up surveys")
    template = "surveys/list.html"
    filter_class = SurveyFilters
    orders: Mapping[str, Order] = {
        "newest": Order(_("Newest first"), ("-due_on",)),
        "ending": Order(_("Ending next"), ("ends_at",)),
        "answered": Order(_("Answered last"), ("-answered_at",)),
    }
    columns = (
        Column("voucher", _("Voucher"), kind=Kind.TEXT, value=lambda one: one.voucher.reference),
        Column(
            "cluster",
            _("Cluster"),
            kind=Kind.TEXT,
            value=lambda one: one.voucher.award.application.cluster.name,
            width=36,
        ),
        Column("country", _("Country"), value=lambda one: one.voucher.country.pk),
        Column(
            "months",
            _("Months after the closing"),
            kind=Kind.NUMBER,
            value=lambda one: one.months,
        ),
        Column("due", _("Due"), kind=Kind.DAY, value=lambda one: one.due_on),
        Column("ends", _("Ends"), kind=Kind.DAY, value=lambda one: one.ends_on),
        Column(
            "state",
            _("State"),
            kind=Kind.STATE,
            value=lambda one: one.standing,
            words=STANDINGS,
        ),
        Column(
            "answered_at", _("Answered (UTC)"), kind=Kind.MOMENT, value=lambda one: one.answered_at
        ),
        Column("versions", _("Versions"), kind=Kind.NUMBER, value=lambda one: one.versions),
        *(
            Column(
                name,
                LABELS[name],
                kind=Kind.NUMBER,
                value=partial(_answered, name=name),
            )
            for name in QUESTIONS
        ),
        Column(
            "indicators",
            _("Indicators"),
            kind=Kind.TEXT,
            value=lambda one: "; ".join(
                f"{row.code or row.name}: {row.baseline} / {row.target} / {row.reported} / {row.value}"
                for row in _rows(one)
            ),
            width=60,
        ),
        Column(WORDS, LABELS[WORDS], kind=Kind.TEXT, value=lambda one: _answered(one, WORDS) or ""),
    )

    def records(self) -> QuerySet[Survey]:
        return queries.surveys_visible_to(self.request.user)

    def with_facts(self, records: QuerySet[Survey]) -> QuerySet[Survey]:
        return queries.with_facts(records)

    def with_cells(self, records: QuerySet[Survey]) -> QuerySet[Survey]:
        return queries.with_answers(self.with_facts(records))

    def offered(self) -> Mapping[str, Any]:
        countries = countries_reached_by(self.request.user)
        return {
            "call": several(call_choices(self.request.user).items()),
            "country": several(countries.items()),
        }


@login_required
def surveys(request: PersonRequest) -> HttpResponseBase:
    """The surveys, narrowed by the filters in the address, or as a file."""
    return SurveyList(request).answer(bulk=offered("surveys", request.user, request.GET))
