"""Writes of the figures by which a cluster shows its growth."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from clusters.models import Cluster, GrowthFigures
from clusters.permissions import may_edit_for
from conduct.actions import Refused, action, constraints_of, judged, locked, require


@action(_("Growth figures entered"))
def enter_figures(
    cluster: Cluster, *, year: int, by: User, **values: int | Decimal | None
) -> GrowthFigures:
    """Enter the figures of a year; Refused where the year has its figures, or nothing is given."""
    cluster = judged(cluster, may_edit_for, by=by)
    figures = GrowthFigures(cluster=cluster, year=year, **values)
    return _kept(figures)


@action(_("Growth figures corrected"))
def correct_figures(
    figures: GrowthFigures, *, year: int, by: User, **values: int | Decimal | None
) -> GrowthFigures:
    """Correct the figures of a year; what they were stays in the history."""
    figures = locked(figures)
    require(may_edit_for, by, figures.cluster)
    figures.year = year
    for name, value in values.items():
        setattr(figures, name, value)
    return _kept(figures)


def _kept(figures: GrowthFigures) -> GrowthFigures:
    if all(getattr(figures, name) is None for name in GrowthFigures.MEASURES):
        raise Refused(_("Enter one figure at least."))
    figures.full_clean()
    with constraints_of(GrowthFigures):
        figures.save()
    return figures
