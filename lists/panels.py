"""The filters of a list as its page shows them: plain facts, since a page of filters that crispy
renders costs a third of the whole.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.forms import BoundField, CheckboxInput, Select
from django.utils.translation import gettext as _

SELECT, CHECK, TEXT = "select", "check", "text"


@dataclass(frozen=True)
class Option:
    """One choice of a filter."""

    value: str
    label: object
    is_chosen: bool


@dataclass(frozen=True)
class ShownFilter:
    """One filter: how it is asked for (`select`, `check` or `text`), and what was typed."""

    name: str
    label: object
    kind: str
    value: str = ""
    is_ticked: bool = False
    # Of a field for text: search, date …
    type: str = "text"
    max_length: int | None = None
    options: list[Option] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    @property
    def id(self) -> str:
        return f"id_{self.name}"

    @property
    def words(self) -> object:
        """What was chosen, as people read it: the label of a choice, or what was typed."""
        if self.kind == CHECK:
            return _("Yes")
        if self.kind == SELECT:
            return next((one.label for one in self.options if one.is_chosen), "")
        return self.value

    @property
    def problems_id(self) -> str:
        """Of the place below the field, which is there whether anything is wrong or not."""
        return f"problems_{self.name}"


def shown_filter(bound: BoundField) -> ShownFilter:
    """A field of a filter form, ready for a template that computes nothing."""
    widget, typed = bound.field.widget, bound.value()
    facts: dict[str, Any] = {
        "name": bound.name,
        "label": bound.label,
        "problems": [str(problem) for problem in bound.errors],
    }
    if isinstance(widget, CheckboxInput):
        return ShownFilter(kind=CHECK, is_ticked=bool(bound.data), **facts)
    if isinstance(widget, Select):
        chosen = "" if typed is None else str(typed)
        options = [
            Option(str(value), label, str(value) == chosen)
            for value, label in _choices(widget.choices)
        ]
        return ShownFilter(kind=SELECT, options=options, **facts)
    value = widget.format_value(typed)
    return ShownFilter(
        kind=TEXT,
        value="" if value is None else str(value),
        type=str(widget.attrs.get("type") or widget.input_type),
        max_length=getattr(bound.field, "max_length", None),
        **facts,
    )


def places_of(shown: Iterable[ShownFilter]) -> str:
    """What htmx renews beside a list: what is wrong with each field, and what paper says was chosen."""
    return ",".join([*(f"#{field.problems_id}" for field in shown), "#filters-said"])


def _choices(choices: Any) -> list[tuple[Any, Any]]:
    """The choices one by one; those in groups follow one another."""
    flat: list[tuple[Any, Any]] = []
    for value, label in choices:
        if isinstance(label, list | tuple):
            flat += label
        else:
            flat.append((value, label))
    return flat
