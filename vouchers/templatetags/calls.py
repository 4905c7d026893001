"""How pages and messages show a call: its clocks, what was changed, a question of its form."""

from __future__ import annotations

from datetime import datetime

from django import template
from django.utils import timezone
from i18nfield.strings import LazyI18nString

from vouchers.calls.models import Call, Question
from vouchers.calls.models.tables import COLUMNS, TableColumn
from vouchers.calls.wording import clocks
from vouchers.calls.wording.amendments import readable_changes
from vouchers.calls.wording.questions import anchors_of, condition_of, limits_of

register = template.Library()
register.filter("readable_changes", readable_changes)
register.filter("clocks", clocks.clocks)
register.filter("anchors", anchors_of)


@register.filter
def time_left(moment: datetime) -> str:
    """How long it is until an instant: 12 days; empty once it has passed."""
    return clocks.time_left(moment, timezone.now())


@register.filter
def in_language(texts: dict[str, str]) -> str:
    """A text kept by language, in the active one where it is written."""
    return str(LazyI18nString(texts))


@register.filter
def limits(question: Question, call: Call) -> list[str]:
    """What an answer may hold, as short sentences: words, values, files."""
    return limits_of(question, call)


@register.filter
def condition(question: Question) -> str:
    """When the question is shown, as a sentence; empty for one that always is."""
    return condition_of(question)


@register.filter
def columns(question: Question) -> tuple[TableColumn, ...]:
    """The columns of a question that is answered with a table."""
    return COLUMNS.get(question.kind, ())
