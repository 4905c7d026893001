"""Vouchers that are late, as work for who looks after them."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from dashboards.queries.waiting import WaitingWork
from vouchers.awards.models import Voucher
from vouchers.standing.models import Light
from vouchers.standing.queries import late_vouchers
from vouchers.standing.wording import reasons_in_words

# Of all kinds the one that desks show apart.
LATE = "late"


def late_work() -> WaitingWork:
    """The late vouchers that the person may read, each with its cluster and why it is late."""
    return WaitingWork(
        LATE,
        _("Look after vouchers that are late"),
        late_vouchers,
        f"{reverse('dashboards:vouchers')}?light={Light.RED}",
        Voucher.get_absolute_url,
        label=_why_it_is_late,
        since="standing__since",
        is_apart=True,
    )


def _why_it_is_late(voucher: Voucher) -> str:
    # The name of the cluster and the reason may be in scripts of two directions.
    name = f"\u2068{voucher.award.application.cluster}\u2069"
    return " · ".join([name, *reasons_in_words(voucher.standing)[:1]])
