"""Which open offers are still to be reminded of."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.contrib.contenttypes.models import ContentType
from django.db.models import Max

from conduct.queries.days import day_of, today
from conduct.queries.scoping import for_system
from notices.models import Notice
from vouchers.awards.models import Award
from vouchers.awards.rules.reminders import REMINDED, reminder_on


@for_system("background work reminds of offers")
def offers_to_remind() -> list[Award]:
    """Open offers whose reminder is due on the calendar of their country, and is not written yet.

    Two queries.
    """
    # No country is more than a day away from here; what counts is looked at below.
    soon = today() + timedelta(days=max(REMINDED) + 1)
    offers = (
        Award.objects.filter(state=Award.State.OFFERED, accept_by__lte=soon)
        .select_related("application__call", "application__cluster", "application__country")
        .annotate(extended_at=Max("extensions__granted_at"))
        .order_by("accept_by", "pk")
    )
    keys = {offer: key for offer in offers if (key := _key(offer, offer.extended_at))}
    told = set(
        Notice.objects.filter(
            content_type=ContentType.objects.get_for_model(Award), key__in=keys.values()
        ).values_list("key", flat=True)
    )
    return [offer for offer, key in keys.items() if key not in told]


def reminder_key_of(award: Award) -> str:
    """What tells the reminder that is due from any other, after an extension too; empty for none."""
    last = award.extensions.aggregate(at=Max("granted_at"))["at"]
    return _key(award, last)


def _key(award: Award, extended_at: datetime | None) -> str:
    zone = award.application.country.zone
    since: date = day_of(extended_at or award.offered_at, zone)
    step = reminder_on(today(zone), since=since, last=award.accept_by)
    return f"award-reminder-{award.pk}-{award.accept_by:%Y%m%d}-{step}" if step else ""
