"""Where the screening of a payee stands, and whether it stops what is to be paid."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from conduct.models.states import Tone
from conduct.queries.scoping import for_system
from vouchers.screening.kinds import kind_of, names_of, screened_names
from vouchers.screening.models import SanctionsHit, SanctionsList, Screening

from .lists import list_in_force


class Stand(StrEnum):
    """How a payee stands to the list in force."""

    NO_LIST = "no_list"
    NEVER = "never"
    OUTDATED = "outdated"
    RENAMED = "renamed"
    EXPIRED = "expired"
    UNDECIDED = "undecided"
    SAME = "same"
    CLEAR = "clear"


TONES = {
    Stand.NO_LIST: Tone.QUIET,
    Stand.UNDECIDED: Tone.BAD,
    Stand.SAME: Tone.BAD,
    Stand.CLEAR: Tone.GOOD,
}
SENTENCES: dict[Stand, str | Promise] = {
    Stand.NO_LIST: _(
        "Nobody is screened: no list of sanctions was ever put in force in this portal."
    ),
    Stand.NEVER: _("Not screened yet against the list of sanctions in force."),
    Stand.OUTDATED: _(
        "Screened against an earlier list; a newer one is in force, and the screening is made anew."
    ),
    Stand.RENAMED: _("The names, or the owners, have changed since: the screening is made anew."),
    Stand.EXPIRED: _("The screening is older than the call allows: screen again."),
    Stand.UNDECIDED: _(
        "Somebody on the list has a like name: people must decide whether it is the same."
    ),
    Stand.SAME: _("Held for the same as somebody on the list of sanctions: nothing is paid."),
    Stand.CLEAR: _("Cleared against the list of sanctions in force."),
}


@dataclass(frozen=True)
class Clearance:
    """How a payee stands, on which screening that rests, and against which list."""

    stand: Stand
    screening: Screening | None = None
    sanctions_list: SanctionsList | None = None

    @property
    def stops(self) -> bool:
        """Whether nothing is approved or paid meanwhile."""
        return self.stand not in (Stand.NO_LIST, Stand.CLEAR)

    @property
    def told(self) -> str:
        """The sentence of it, in the active language."""
        return str(SENTENCES[self.stand])

    @property
    def tone(self) -> Tone:
        return TONES.get(self.stand, Tone.WAITING)

    def until(self, days: int) -> datetime | None:
        """Until when (UTC) the screening counts for a call that allows so many days."""
        return self.screening.screened_at + timedelta(days=days) if self.screening else None


@for_system("whoever decides on money asks about its payee, whom they may see")
def clearance_of(payee: models.Model, *, days: int | None = None) -> Clearance:
    """How a payee stands to the list in force, where a screening counts for `days`; None: for ever."""
    current = list_in_force()
    if current is None:
        return Clearance(Stand.NO_LIST)
    found = (
        Screening.objects.filter(**{kind_of(payee).slug: payee}, ended_at=None)
        .select_related("sanctions_list", "screened_by")
        .first()
    )
    stand = _judged(found, current, lambda: names_of(payee), days)
    return Clearance(stand, found, current)


@for_system("whoever decides on money asks about its payees, whom they may see")
def refusals_of_payments(asked: Collection[tuple[models.Model, int]]) -> dict[Any, str]:
    """What `refusal_of_payment` says of each payee with the term of a call, by the two together.

    Five queries for each kind of payee, however many there are.
    """
    current = list_in_force()
    if current is None:
        return dict.fromkeys(asked, "")
    by_kind: dict[str, list[models.Model]] = {}
    for payee in {payee for payee, _days in asked}:
        by_kind.setdefault(kind_of(payee).slug, []).append(payee)
    found: dict[Any, tuple[Screening | None, list[str]]] = {}
    for slug, payees in by_kind.items():
        keys = [payee.pk for payee in payees]
        screenings = {
            getattr(one, f"{slug}_id"): one
            for one in Screening.objects.filter(**{f"{slug}__in": keys}, ended_at=None)
            .select_related("sanctions_list")
            .prefetch_related("hits")
        }
        names = kind_of(payees[0]).names(keys)
        for payee in payees:
            found[payee] = screenings.get(payee.pk), screened_names(names.get(payee.pk, []))
    told = {}
    for payee, days in asked:
        screening, names_now = found[payee]
        stand = _judged(screening, current, lambda now=names_now: now, days)  # type: ignore[misc]
        told[payee, days] = _refused(payee, Clearance(stand, screening, current))
    return told


def what_stops_payment(payee: models.Model, *, days: int) -> str:
    """The sentence that says why nothing may be paid to the payee now; empty where nothing stops it.

    `days` is the term of the call (`screening_days`). The same holds in PostgreSQL
    (`models.enforced.needs_clear_screening`).
    """
    standing = clearance_of(payee, days=days)
    return standing.told if standing.stops else ""


def refusal_of_payment(payee: models.Model, *, days: int) -> str:
    """The same as a sentence that names the payee; empty where nothing stops the payment."""
    return _refused(payee, clearance_of(payee, days=days))


def _refused(payee: models.Model, standing: Clearance) -> str:
    if not standing.stops:
        return ""
    return str(_("%(payee)s cannot be paid now. %(why)s")) % {"payee": payee, "why": standing.told}


def _judged(
    found: Screening | None,
    current: SanctionsList,
    names: Callable[[], list[str]],
    days: int | None,
) -> Stand:
    if found is None:
        return Stand.NEVER
    if found.sanctions_list_id != current.pk:
        return Stand.OUTDATED
    if found.names != names():
        return Stand.RENAMED
    states = {hit.state for hit in found.hits.all()}
    if SanctionsHit.State.SAME in states:
        return Stand.SAME
    if states - {SanctionsHit.State.CLEARED}:
        return Stand.UNDECIDED
    if days is not None and found.screened_at <= timezone.now() - timedelta(days=days):
        return Stand.EXPIRED
    return Stand.CLEAR
