"""The list of questions about calls, with who asked them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.middleware import PersonRequest
from exports.rules.columns import Column, Kind
from lists.views import ListPage, Order
from vouchers.calls.queries import call_choices
from vouchers.correspondence.forms import QuestionFilters
from vouchers.correspondence.models import PublicQuestion
from vouchers.correspondence.permissions import may_read_all_questions
from vouchers.correspondence.queries import questions_visible_to


class QuestionList(ListPage):
    """Every question, for those who answer and for auditors."""

    request: PersonRequest

    name = "questions"
    title = _("Questions about calls")
    template = "correspondence/everything.html"
    filter_class = QuestionFilters
    orders: Mapping[str, Order] = {
        "newest": Order(_("Newest first"), ("-asked_at",)),
        "oldest": Order(_("Oldest first"), ("asked_at",)),
    }
    columns = (
        Column("question", _("Question"), value=lambda one: one.asked, width=60),
        Column("call", _("Call"), kind=Kind.TEXT, value=lambda one: str(one.call)),
        Column("asked_by", _("Asked by"), kind=Kind.TEXT, value=lambda one: str(one.asked_by)),
        Column(
            "asked_at",
            pgettext_lazy("question", "Asked (UTC)"),
            kind=Kind.MOMENT,
            value=lambda one: one.asked_at,
        ),
        Column(
            "state",
            _("State"),
            kind=Kind.STATE,
            value=lambda one: one.state,
            words=dict(PublicQuestion.State.choices),
        ),
        Column("answer", _("Answer"), value=lambda one: str(one.answer or ""), width=60),
    )

    def records(self) -> QuerySet[PublicQuestion]:
        if not may_read_all_questions.test(self.request.user):
            raise Http404
        return questions_visible_to(self.request.user)

    def with_facts(self, records: QuerySet[PublicQuestion]) -> QuerySet[PublicQuestion]:
        return records.select_related("call", "asked_by")

    def offered(self) -> Mapping[str, Any]:
        return {"call": call_choices(self.request.user).items()}
