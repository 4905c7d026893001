"""Screening payees against the list in force: one at a word, all that are due by a worker."""

from __future__ import annotations

from time import monotonic

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Role, User
from accounts.queries import people_holding
from conduct.actions import OutOfOrder, Refused, action, constraints_of, locked, move, require
from jobs.actions.trouble import for_each
from notices.actions import notify_each
from vouchers.screening.kinds import kind_of, names_of, payments_under_way
from vouchers.screening.models import ListedName, SanctionsHit, SanctionsList, Screening
from vouchers.screening.permissions import may_screen
from vouchers.screening.queries.due import payees_due
from vouchers.screening.queries.index import index_of
from vouchers.screening.queries.lists import UNDECIDED, list_in_force
from vouchers.screening.queries.standing import refusal_of_payment

# One run of the worker ends well before its limit; the next goes on.
_SECONDS = 120.0


def require_cleared(payee: models.Model, *, days: int) -> None:
    """Raise Refused, with what is to be done, while the screening of a payee stops its payment."""
    if refusal := refusal_of_payment(payee, days=days):
        raise Refused(refusal)


@action(gettext_lazy("Payee screened"))
def screen_payee(payee: models.Model, *, by: User | None) -> Screening:
    """Compare all names of a payee with the list in force; the screening before it ends.

    What was decided about the same name and the same entry stands. Coordinators and finance officers
    are told of likenesses that are new. Raises OutOfOrder while no list is in force.
    """
    payee = locked(payee)
    if by is not None:
        require(may_screen, by)
    current = list_in_force()
    if current is None:
        raise OutOfOrder(_("No list of sanctions is in force: upload one first."))
    slug = kind_of(payee).slug
    before = Screening.objects.filter(**{slug: payee}, ended_at=None).first()
    decided = _decided_before(slug, payee)
    if before is not None:
        before.ended_at = timezone.now()
        before.save(update_fields=["ended_at"])
    with constraints_of(Screening):
        screening = Screening.objects.create(
            **{slug: payee},
            sanctions_list=current,
            names=names_of(payee),
            threshold=settings.SCREENING_THRESHOLD,
            two_people_from=settings.SCREENING_TWO_PEOPLE_FROM,
            screened_by=by,
        )
    known = _undecided(before)
    hits = _hits_of(screening, current, decided)
    new = [hit for hit in hits if not hit.is_decided and _fact(hit) not in known]
    if new:
        _alert(screening, len(new))
    return screening


def screen_due() -> bool:
    """Screen whoever is due, for some minutes at most; whether all of them were."""
    ends = monotonic() + _SECONDS
    for kind, keys in payees_due():
        for payee in kind.model._default_manager.filter(pk__in=keys).order_by("pk").iterator(200):
            if monotonic() > ends:
                return False
            for_each(f"screenings-{kind.slug}", [payee], _screened)
    return True


def _screened(payee: models.Model) -> int:
    screen_payee(payee, by=None)
    return 1


def _hits_of(
    screening: Screening, current: SanctionsList, decided: dict[tuple[str, ...], SanctionsHit]
) -> list[SanctionsHit]:
    """The likenesses of all names; what people said of the same name and the same entry goes on."""
    index = index_of(current)
    found = [
        (name, match) for name in screening.names for match in index.like(name, screening.threshold)
    ]
    aliases = ListedName.objects.select_related("entity").in_bulk(
        [match.alias for _name, match in found]
    )
    hits = [
        SanctionsHit(
            screening=screening,
            name=name,
            entity=aliases[match.alias].entity,
            alias=aliases[match.alias],
            score=match.score,
            compared_by=match.by,
        )
        for name, match in found
    ]
    for hit in hits:
        hit.carried_from = decided.get(_fact(hit))
    hits = SanctionsHit.objects.bulk_create(hits)
    for hit in hits:
        if hit.carried_from is not None:
            move(hit, hit.carried_from.state)
            hit.save(update_fields=["state"])
    return hits


def _decided_before(slug: str, payee: models.Model) -> dict[tuple[str, ...], SanctionsHit]:
    """What people decided last about a name of the payee and an entry, in all its screenings."""
    hits = SanctionsHit.objects.filter(
        **{f"screening__{slug}": payee},
        state__in=[SanctionsHit.State.CLEARED, SanctionsHit.State.SAME],
    )
    return {_fact(hit): hit for hit in hits.select_related("entity", "alias").order_by("pk")}


def _undecided(before: Screening | None) -> set[tuple[str, ...]]:
    if before is None:
        return set()
    waiting = before.hits.filter(state__in=UNDECIDED).select_related("entity", "alias")
    return {_fact(hit) for hit in waiting}


def _fact(hit: SanctionsHit) -> tuple[str, ...]:
    """What must be as it was for a decision to stand (as models.enforced.AS_DECIDED compares)."""
    return (hit.name, hit.entity.reference, hit.alias.name, *hit.entity.births)


def _alert(screening: Screening, number: int) -> None:
    people = [*people_holding(Role.COORDINATOR), *people_holding(Role.FINANCE)]
    notify_each(
        people,
        "payment-likeness",
        facts={
            "payee": str(screening.payee),
            "number": number,
            "under_way": ", ".join(payments_under_way(screening.payee)),
        },
        about=screening,
        key=f"screening-{screening.pk}",
    )
