"""Why a bank did not pay, in words of the active language.

The codes are those of ISO 20022 (External Code Sets: ExternalStatusReason1Code and
ExternalReturnReason1Code, published quarterly on iso20022.org), each held against its definition there
as of the first quarter of 2025 (github.com/TransactionAuthorizationProtocol/iso20022-external-code-sets).
A code that means two things in the two sets says both. Those that do not stand here are shown as the
bank gave them.
"""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

REASONS: dict[str, str | Promise] = {
    "AC01": gettext_lazy("The number of the account is wrong."),
    "AC03": gettext_lazy("The number of the payee’s account is wrong."),
    "AC04": gettext_lazy("The account of the payee is closed."),
    "AC06": gettext_lazy("The account of the payee is blocked."),
    "AC13": gettext_lazy("The account to pay from is of a kind that the bank does not take."),
    "AC14": gettext_lazy(
        "The account of the payee is of a kind that takes no transfers, or one of the banks is wrong."
    ),
    "AG01": gettext_lazy("Transfers are forbidden on the account of the payee."),
    "AG02": gettext_lazy("The bank does not know this kind of transfer."),
    "AM01": gettext_lazy("The amount is zero."),
    "AM02": gettext_lazy("The amount is higher than the bank allows."),
    "AM03": gettext_lazy("The bank does not pay in this currency."),
    "AM04": gettext_lazy("There is not enough money on the account to pay from."),
    "AM05": gettext_lazy("The bank holds it for a duplicate of what it has already."),
    "AM06": gettext_lazy("The amount is lower than the bank allows."),
    "AM07": gettext_lazy("The amount is blocked by an authority."),
    "AM09": gettext_lazy("The amount is not the one that was agreed."),
    "AM10": gettext_lazy("The control sum of the file is wrong."),
    "AM21": gettext_lazy("The limit of the account is exceeded."),
    "BE01": gettext_lazy("The name does not belong to the account."),
    "BE04": gettext_lazy("The address of the payee is missing or incomplete."),
    "BE05": gettext_lazy("The payee does not recognise who sent the payment."),
    "BE06": gettext_lazy("The bank does not know the payee."),
    "BE07": gettext_lazy("The address of the programme is missing or incomplete."),
    "CUST": gettext_lazy("The programme asked for the payment back."),
    "DS0H": gettext_lazy("Whoever signed the file at the bank is not entitled to."),
    "DT01": gettext_lazy("The day of the payment is one that the bank does not take."),
    "DUPL": gettext_lazy("The bank has this payment, or this file, already."),
    "DU01": gettext_lazy("The bank has a file with this reference already."),
    "DU02": gettext_lazy("The bank has payments with this reference already."),
    "DU03": gettext_lazy("The bank has this payment already."),
    "DU04": gettext_lazy("The bank has a payment with this EndToEndId already."),
    "DU05": gettext_lazy("The bank has a payment with this number already."),
    "ED05": gettext_lazy("The settlement between the banks failed."),
    "FF01": gettext_lazy("The bank cannot read the form of the file."),
    "FF03": gettext_lazy("The kind of the payment is one that the bank does not take."),
    "FF07": gettext_lazy("The purpose of the payment is one that the bank does not take."),
    "FOCR": gettext_lazy("The payment was cancelled, and came back for that."),
    "FR01": gettext_lazy("The bank suspects fraud."),
    "MD07": gettext_lazy("The holder of the account has died."),
    "MS02": gettext_lazy("The payee’s side refused it, and gave no reason."),
    "MS03": gettext_lazy("The bank refused it, and gave no reason."),
    "NARR": gettext_lazy("The bank gives its reason in words."),
    "NOAS": gettext_lazy("The payee did not answer the bank."),
    "NOCM": gettext_lazy(
        "The account does not meet what the law asks of it, and takes no payments until it does."
    ),
    "RC01": gettext_lazy("The identifier of the payee’s bank (BIC) is wrong."),
    "RC03": gettext_lazy("The identifier of the paying bank is wrong."),
    "RC04": gettext_lazy("The identifier of the payee’s bank is wrong."),
    "RC07": gettext_lazy("The BIC of the payee’s bank is wrong."),
    "RC11": gettext_lazy("A bank on the way to the payee’s is wrong."),
    "RF01": gettext_lazy("The reference of the payment stands twice in the file."),
    "RR01": gettext_lazy("The account or the identity of the programme is missing, by law."),
    "RR02": gettext_lazy("Name or address of the programme is missing, by law."),
    "RR03": gettext_lazy("Name or address of the payee is missing, by law."),
    "RR04": gettext_lazy("An authority does not let it pass."),
    "RUTA": gettext_lazy(
        "It came back after the banks had looked into it: nothing could be put right."
    ),
    "TM01": gettext_lazy("The file came after the hour until which the bank takes it."),
    "UPAY": gettext_lazy("The payment is not justified, in the eyes of the payee’s bank."),
}


def reason_told(code: str, words: str = "") -> str:
    """The reason as a sentence with its code, and the bank's own words behind it where it gave some."""
    parts = []
    if code in REASONS:
        parts.append(_("%(sentence)s (%(code)s)") % {"sentence": str(REASONS[code]), "code": code})
    elif code:
        parts.append(code)
    if words and words != code:
        parts.append(words)
    return " · ".join(parts)
