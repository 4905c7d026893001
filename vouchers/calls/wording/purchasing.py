"""The grounds on which quotes are compared in a call that says nothing else."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import pgettext_lazy
from i18nfield.strings import LazyI18nString

from vouchers.calls.models import GroundKind

_GROUNDS = (
    (GroundKind.PRICE, pgettext_lazy("ground of a choice", "Price"), Decimal(40)),
    (GroundKind.MARKED, pgettext_lazy("ground of a choice", "Experience"), Decimal(30)),
    (GroundKind.MARKED, pgettext_lazy("ground of a choice", "Approach"), Decimal(30)),
)


def usual_grounds() -> list[dict[str, object]]:
    """Kind, name (in every language) and weight (points of 100) of each ground, in order."""
    return [
        {"kind": kind, "name": LazyI18nString.from_gettext(name), "weight": weight}
        for kind, name, weight in _GROUNDS
    ]
