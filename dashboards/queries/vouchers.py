"""Vouchers as lists show them, scoped to who asks."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import User
from vouchers.assistance.needs.models import NeedsRecord
from vouchers.awards.models import Voucher
from vouchers.awards.queries import vouchers_visible_to


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
