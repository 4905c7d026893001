"""Vouchers as lists show them, scoped to who asks."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import pgettext_lazy

from accounts.models import User
from conduct.queries.scoping import for_system
from vouchers.assistance.deliverables.models import Deliverable
from vouchers.assistance.delivery.models import Session
from vouchers.assistance.needs.models import NeedsRecord
from vouchers.awards.models import Voucher
from vouchers.awards.queries import vouchers_visible_to

PLANNED, DELIVERING, PAID, CLOSED = "planned", "delivering", "paid", "closed"
STEPS = [
    (PLANNED, pgettext_lazy("how far vouchers came", "a plan in force")),
    (DELIVERING, pgettext_lazy("how far vouchers came", "assistance under way")),
    (PAID, pgettext_lazy("how far vouchers came", "a first payment")),
    (CLOSED, pgettext_lazy("how far vouchers came", "closed")),
]


def vouchers_without_needs(user: User) -> QuerySet[Voucher]:
    """The active vouchers in an officer's countries whose needs were not shared with the cluster yet."""
    return vouchers_visible_to(user).filter(
        ~Exists(
            NeedsRecord.objects.filter(voucher=OuterRef("pk")).exclude(
                state=NeedsRecord.State.DRAFT, number=1
            )
        ),
        state=Voucher.State.ACTIVE,
        award__application__country_id__in=user.officer_countries,
    )


@for_system("a condition on one voucher; who may read it is the question of its list")
def having_reached(step: str) -> Q:
    """The condition on vouchers that came as far as a step, one of STEPS, wherever they are now."""
    if step == PLANNED:
        return Q(plan__in_force__isnull=False)
    if step == PAID:
        return Q(paid__gt=0)
    if step == CLOSED:
        return Q(state=Voucher.State.CLOSED)
    worked = Session.objects.filter(voucher=OuterRef("pk"), state__in=Session.STANDING)
    handed_in = Deliverable.objects.filter(milestone__plan__voucher=OuterRef("pk"))
    return Q(Exists(worked)) | Q(Exists(handed_in))
