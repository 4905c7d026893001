"""What the way of use of a call means: who is paid, and what is handed in for it (docs/ways.md)."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from vouchers.calls.models.terms.ways import WayOfUse

_WHO_IS_PAID: dict[str, str | Promise] = {
    WayOfUse.PARTNER: _(
        "The country partner contracts the provider and pays its invoices; the programme pays the "
        "partner back. The cluster pays nothing, and gets the assistance in kind."
    ),
    WayOfUse.PROVIDER: _(
        "The programme pays the provider’s invoices, once what was delivered is accepted. Nothing is "
        "paid to the cluster."
    ),
    WayOfUse.CLUSTER: _(
        "The cluster pays the provider’s invoices, and the programme reimburses the cluster."
    ),
}
_WHAT_TO_HAND_IN: dict[str, str | Promise] = {
    WayOfUse.PARTNER: _(
        "An officer of the partner claims: with the contract and the accepted deliverable on the "
        "portal, the invoice, and the proof that the partner paid it."
    ),
    WayOfUse.PROVIDER: _(
        "The cluster claims: with the contract and the accepted deliverable on the portal, and the "
        "invoice."
    ),
    WayOfUse.CLUSTER: _(
        "The cluster claims: with the contract and the accepted deliverable on the portal, the "
        "invoice, and the proof that the cluster paid it."
    ),
}


def who_is_paid(way: str) -> str:
    """Who pays the provider and whom the programme pays, in a sentence or two."""
    return str(_WHO_IS_PAID.get(way or WayOfUse.PROVIDER, ""))


def what_to_hand_in(way: str) -> str:
    """Who claims, and with which evidence."""
    return str(_WHAT_TO_HAND_IN.get(way or WayOfUse.PROVIDER, ""))
