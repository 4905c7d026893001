"""What every step shares: four eyes, and who is told."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from clusters.queries import writers_for
from conduct.actions import Refused
from notices.actions import notify_each
from vouchers.applications.queries import officers_told_of
from vouchers.assistance.letters import voucher_facts
from vouchers.awards.models import Voucher

WHY_RETURNED = gettext_lazy("Say why you return it.")


def require_other_person(by: User, earlier: int | None) -> None:
    """Raise Refused for the person (id) who took the step before."""
    if by.pk == earlier:
        raise Refused(_("A second person must do this: you took the step before."))


def tell_cluster(kind: str, voucher: Voucher, *, documents: Any = (), **more: str) -> None:
    """Tell everybody who writes for the voucher's cluster, with the voucher's facts and `more`."""
    notify_each(
        writers_for(voucher.award.application.cluster),
        kind,
        facts={**voucher_facts(voucher), **more},
        about=voucher,
        documents=documents,
    )


def tell_officers(kind: str, voucher: Voucher, **more: str) -> None:
    """Tell the officers of the voucher's country, with the voucher's facts and `more`."""
    notify_each(
        officers_told_of(voucher.award.application),
        kind,
        facts={**voucher_facts(voucher), **more},
        about=voucher,
    )
