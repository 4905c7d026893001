"""What a bank says of a payment by its status (ISO 20022), in words of the active language.

The codes are those of ExternalPaymentTransactionStatus1Code and ExternalPaymentGroupStatus1Code, each
held against its definition (`bank/rules/statuses.py` says of when).
"""

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
    "ACFW": _("waits for a confirmation at the bank, the funds checked"),
    "ACPD": _("given on to the clearing between the banks"),
    "PATC": _("authorised in part at the bank"),
    "PART": _("accepted in part"),
    "RCVD": _("received"),
    "PDNG": _("waits at the bank"),
    "PRES": _("presented"),
    "RJCT": _("rejected"),
    "CANC": _("cancelled"),
    # What a bank found when it asked whose account it is (verification of payee), before it pays.
    "RVNC": _("received, the name of the payee being checked"),
    "RCVC": _("received, the name of the payee fits the account"),
    "RVMC": _("received, the name of the payee nearly fits the account"),
    "RVNM": _("received, the name of the payee does not fit the account"),
    "RVCM": _("received, names of payees do not fit their accounts"),
    "RVNA": _("received, the name of the payee could not be checked"),
    "BLCK": _("blocked: neither credited to the payee nor returned"),
}


def status_told(status: str) -> str:
    """The status in words, with its code."""
    return f"{_STATUSES[status]} ({status})" if status in _STATUSES else status
