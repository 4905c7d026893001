"""Whose screening is to be made, or made anew."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from conduct.queries.scoping import for_system
from vouchers.screening.kinds import PayeeKind, every_kind
from vouchers.screening.models import Screening

from .lists import list_in_force


@for_system("background work screens whoever is to be paid")
def payees_due() -> list[tuple[PayeeKind, list[int]]]:
    """By kind, the keys of those who stand unscreened against the list in force; none without a list.

    Screened anew is also whose names have changed, and whose screening is some weeks old
    (SCREENING_RENEWED_AFTER_DAYS), long before a call lets it lapse.
    """
    current = list_in_force()
    if current is None:
        return []
    fresh = timezone.now() - timedelta(days=settings.SCREENING_RENEWED_AFTER_DAYS)
    due = []
    for kind in every_kind():
        standing = dict(
            Screening.objects.filter(ended_at=None, sanctions_list=current, screened_at__gt=fresh)
            .exclude(**{kind.slug: None})
            .values_list(kind.slug, "names")
        )
        borne = kind.names(None)
        lacking = [
            pk for pk, names in borne.items() if standing.get(pk) != sorted({*filter(None, names)})
        ]
        due.append((kind, sorted(lacking)))
    return due


def number_due() -> int:
    """How many are still to be screened against the list in force."""
    return sum(len(keys) for _kind, keys in payees_due())
