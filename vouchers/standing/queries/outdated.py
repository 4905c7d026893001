"""Which standings are older than the facts, and which light was set by hand."""

from __future__ import annotations

from django.db.models import F, Q
from django.utils import timezone

from clusters.models import Country
from conduct.queries.days import today
from conduct.queries.scoping import for_system
from vouchers.awards.models import Voucher
from vouchers.standing.models import LightOverride, OutdatedStanding, Standing, VoucherStage

# Where nobody is waited for any more, days change nothing.
_OVER = (VoucherStage.CLOSED, VoucherStage.ENDED)
# The hour of the country from which reminders are written.
_MORNING = 7


@for_system("every voucher is judged, whoever asks; lists show those the person may read")
def changed_vouchers(limit: int) -> list[int]:
    """The keys of at most `limit` vouchers of which something changed since they were judged."""
    changed = OutdatedStanding.objects.order_by("voucher").values_list("voucher", flat=True)
    return list(changed.distinct()[:limit])


@for_system("every voucher is judged, whoever asks; lists show those the person may read")
def outdated_vouchers(limit: int) -> list[int]:
    """The keys of at most `limit` vouchers to judge: those that changed, then those of another day."""
    changed = changed_vouchers(limit)
    if len(changed) == limit:
        return changed
    other = (
        Standing.objects.filter(_of_another_day())
        .exclude(stage__in=_OVER, party="")
        .exclude(voucher__in=changed)
        .order_by("voucher")
        .values_list("voucher", flat=True)
    )
    return [*changed, *other[: limit - len(changed)]]


def _of_another_day() -> Q:
    days = {country.pk: today(country.zone) for country in Country.objects.all()}
    found = Q(pk=None)
    for day in set(days.values()):
        there = [code for code, its_day in days.items() if its_day == day]
        found |= Q(voucher__award__application__country__in=there) & ~Q(judged_for=day)
    return found


@for_system("reminders are written for every voucher, to those who may read it")
def vouchers_to_remind_of(limit: int) -> list[Voucher]:
    """At most `limit` open vouchers that no reminder was looked for today, where it is morning yet."""
    now = timezone.now()
    awake = [
        country.pk
        for country in Country.objects.all()
        if now.astimezone(country.zone).hour >= _MORNING
    ]
    return list(
        Voucher.objects.filter(
            Q(standing__reminded_for=None) | ~Q(standing__reminded_for=F("standing__judged_for")),
            standing__isnull=False,
            state=Voucher.State.ACTIVE,
            award__application__country__in=awake,
        ).order_by("pk")[:limit]
    )


def light_by_hand(standing: Standing) -> LightOverride | None:
    """The light that was set by hand, while it is the one that is shown; one query."""
    override = (
        LightOverride.objects.filter(voucher=standing.voucher_id, lifted_at=None)
        .select_related("set_by")
        .first()
    )
    return override if override and standing.judged_for <= override.until else None
