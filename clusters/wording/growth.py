"""The growth of a cluster as bars: one set for each measure that has figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from charts.layouts import BarPicture, Value, bars
from clusters.models import GrowthFigures
from documents.wording import number


def charts(years: Iterable[Mapping[str, Any]]) -> list[BarPicture]:
    """A chart for each measure with a figure, from years as `figures_of` gives them."""
    years = list(years)
    made = []
    for name in GrowthFigures.MEASURES:
        known = [(year["year"], Decimal(year[name])) for year in years if year[name] is not None]
        if known:
            label = label_of(name)
            values = [Value(str(year), value, shown(value)) for year, value in known]
            made.append(bars(f"growth-{name}", label, values, headings=(_("Year"), label)))
    return made


def table_of(years: Iterable[Mapping[str, Any]]) -> list[tuple[int, list[tuple[str, str]]]]:
    """The rows of the table: each year with its figures in words, each under its heading."""
    return [
        (
            year["year"],
            [
                (label_of(name), shown(year[name]) if year[name] is not None else "")
                for name in _MEASURES
            ],
        )
        for year in years
    ]


def headings() -> list[str]:
    """What the measures are called."""
    return [label_of(name) for name in _MEASURES]


def figures_of(figures: Iterable[GrowthFigures]) -> list[dict[str, Any]]:
    """Years as plain values, as a public page keeps them."""
    return [{name: getattr(year, name) for name in ("year", *_MEASURES)} for year in figures]


def label_of(name: str) -> str:
    """What a measure is called, with a capital letter."""
    label = str(GrowthFigures._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    return label[:1].upper() + label[1:]


def shown(value: Any) -> str:
    """A figure as the reader writes numbers; cents where there are any."""
    exact = Decimal(value)
    return number(exact, 0 if exact == exact.to_integral_value() else 2)


_MEASURES = GrowthFigures.MEASURES
