"""Whether a provider may still work by its link: a gate that actions of other rooms ask too."""

from __future__ import annotations

from django.utils.translation import gettext as _

from conduct.actions import NotAllowed, OutOfOrder, locked
from vouchers.assistance.plans.queries import provider_of
from vouchers.assistance.workroom.models import WorkLink
from vouchers.awards.models import Voucher


def require_at_work(link: WorkLink, voucher: Voucher) -> None:
    """Raise OutOfOrder unless the link is open and its provider is the one that delivers now.

    The link is read again under its lock: it may have been withdrawn while somebody typed. Raises
    NotAllowed for a link of another voucher.
    """
    link = locked(link)
    if link.contract.voucher_id != voucher.pk:
        raise NotAllowed(_("This link is for another voucher."))
    if not link.is_open:
        raise OutOfOrder(_("This link has ended: ask who sent it to you for a new one."))
    provider = provider_of(voucher)
    if provider is None or provider.pk != link.contract.provider_id:
        raise OutOfOrder(_("Another provider delivers now: nothing more is taken by this link."))
