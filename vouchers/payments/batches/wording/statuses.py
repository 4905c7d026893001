"""What a bank says of a payment by its status (ISO 20022), in words of the active language."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_STATUSES: dict[str, str | Promise] = {
    "ACCP": _("accepted"),
    "ACTC": _("accepted, its form checked"),
    "ACSP": _("accepted, on its way"),
    "ACWC": _("accepted with a change"),
    "ACWP": _("accepted, not credited yet"),
    "ACSC": _("carried out on the paying account"),
    "ACCC": _("credited to the payee"),
    "ACFC": _("accepted, the funds checked"),
    "PATC": _("authorised in part at the bank"),
    "PART": _("accepted in part"),
    "RCVD": _("received"),
    "PDNG": _("waits at the bank"),
    "PRES": _("presented"),
    "RJCT": _("rejected"),
    "CANC": _("cancelled"),
    "BLCK": _("blocked"),
}


def status_told(status: str) -> str:
    """The status in words, with its code."""
    return f"{_STATUSES[status]} ({status})" if status in _STATUSES else status
