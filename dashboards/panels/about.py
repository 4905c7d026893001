"""What a page of figures is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from clusters.models import Country
from dashboards.figures.kinds import Period
from dashboards.figures.queries import Scope
from dashboards.forms.about import AboutForm
from vouchers.calls.models import Call


@dataclass(frozen=True)
class PageSubject:
    """What a page of figures is about, and what it could be about."""

    form: AboutForm
    scope: Scope
    period: Period
    calls: list[Call]
    countries: Mapping[str, Country]
