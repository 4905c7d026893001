"""Vouchers that nobody uses, and clusters that nobody acts for."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Exists, Max, OuterRef, QuerySet

from accounts.models import User
from clusters.models import Representative, RepresentativeLevel
from conduct.queries.days import day_of, now, today
from conduct.queries.scoping import for_system
from vouchers.assistance.needs.models import Meeting, NeedsRecord
from vouchers.assistance.plans.models import PlanVersion
from vouchers.awards.models import Voucher
from vouchers.awards.queries import vouchers_visible_to
from vouchers.correspondence.models import Message
from vouchers.endings.models import UnusedWarning


@for_system("vouchers are watched whoever asks; people are told of those they may read")
def unused_vouchers() -> QuerySet[Voucher]:
    """The active vouchers without a plan that was sent, of calls in which such a voucher lapses."""
    sent = PlanVersion.objects.filter(plan__voucher=OuterRef("pk"), submitted_at__isnull=False)
    return (
        Voucher.objects.filter(
            ~Exists(sent),
            state=Voucher.State.ACTIVE,
            award__application__call__unused_days__isnull=False,
        )
        .select_related("award__application__call", "award__application__country")
        .order_by("pk")
    )


def is_unused(voucher: Voucher) -> bool:
    """Whether the voucher is one of them; no query where its call lets none lapse."""
    if voucher.award.application.call.unused_days is None or voucher.state != Voucher.State.ACTIVE:
        return False
    return unused_vouchers().filter(pk=voucher.pk).exists()


@for_system("vouchers are watched whoever asks; people are told of those they may read")
def quiet_since(voucher: Voucher) -> date:
    """The day, in the country, on which something was last done with a voucher without a plan."""
    application = voucher.award.application
    instants: list[datetime | None] = [voucher.issued_at]
    for latest in (
        NeedsRecord.objects.filter(voucher=voucher).aggregate(
            *map(Max, ("written_at", "shared_at", "cluster_confirmed_at", "partner_confirmed_at"))
        ),
        Meeting.objects.filter(voucher=voucher).aggregate(Max("proposed_at")),
        PlanVersion.objects.filter(plan__voucher=voucher).aggregate(Max("begun_at")),
        Message.objects.filter(application=application).aggregate(Max("sent_at")),
        voucher.suspensions.aggregate(Max("resumed_at")),
        voucher.extensions.aggregate(Max("asked_at"), Max("decided_at")),
    ):
        instants += latest.values()
    return day_of(max(filter(None, instants), default=now()), voucher.country.zone)


def warnings_of(voucher: Voucher) -> list[UnusedWarning]:
    """The warnings that still hold: nothing was done with the voucher since."""
    return list(voucher.unused_warnings.filter(quiet_since=quiet_since(voucher)).order_by("number"))


def vouchers_to_lapse(user: User) -> list[Voucher]:
    """The vouchers that were warned twice in vain, and whose last day is over, as the person may read.

    Few are warned twice, so that each is looked at; one query where none is.
    """
    warned = UnusedWarning.objects.filter(
        number=2,
        answer_by__lte=today(),
        voucher__in=unused_vouchers().select_related(None).order_by().values("pk"),
    )
    keys = set(warned.order_by().values_list("voucher", flat=True))
    if not keys:
        return []
    found = vouchers_visible_to(user).filter(pk__in=keys).order_by("pk")
    return [one for one in found if len(warnings_of(one)) == 2]


def vouchers_without_manager(user: User) -> QuerySet[Voucher]:
    """The open vouchers in an officer's countries whose cluster has nobody who may sign for it."""
    return without_manager(vouchers_visible_to(user)).filter(
        award__application__country_id__in=user.officer_countries
    )


def without_manager(vouchers: QuerySet[Voucher]) -> QuerySet[Voucher]:
    """Those of the vouchers that are open and whose cluster has nobody who may sign for it."""
    managers = Representative.objects.filter(
        cluster=OuterRef("award__application__cluster"),
        level=RepresentativeLevel.MANAGER,
        user__is_active=True,
    )
    open_ = [Voucher.State.ACTIVE, Voucher.State.SUSPENDED]
    return vouchers.filter(~Exists(managers), state__in=open_)
