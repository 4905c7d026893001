"""What is said of a payment that a bank would not take, in words of the active language."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from documents.wording import day, figures
from vouchers.payments.batches.rules.messages import BrokenRule

_SENTENCES: dict[str, str | Promise] = {
    "empty": _("A batch pays at least one claim."),
    "count": _("The file says another number of payments (%(found)s) than it has."),
    "group_count": _("The group says another number of payments (%(found)s) than it has."),
    "control_sum": _("The file says another sum (%(found)s) than its payments come to."),
    "group_sum": _("The group says another sum (%(found)s) than its payments come to."),
    "identifier": _(
        "“%(found)s” is no identifier that banks take: up to 35 plain letters and digits."
    ),
    "twice": _("“%(found)s” stands for two payments."),
    "past": _("%(found)s is over: choose a day from today on."),
    "bank_day": _("The bank does not work on %(found)s: choose another day."),
    "most_payments": _("The bank takes fewer payments in one file than these %(found)s."),
    "largest_sum": _("The bank takes less in one file than these %(found)s."),
    "debtor_account": _("The account to pay from is not right: check its number for a slip."),
    "debtor_bic": _("The BIC of the paying bank is not right: it has 8 or 11 letters and digits."),
    "debtor_address": _("Town and country of %(found)s are missing in the profile of the bank."),
    "charge_bearer": _("The charges (%(found)s) are not borne as the profile of the bank says."),
    "service_level": _("The service level “%(found)s” is not that of the profile of the bank."),
    "sepa": _(
        "“%(found)s” belongs to SEPA: one of these accounts lies outside of it, or is not in euro."
    ),
    "amount": _("A payment to %(payee)s is of nothing: an amount is more than zero."),
    "decimals": _("A payment to %(payee)s (%(found)s) has more decimals than its currency."),
    "account_form": _(
        "The account of %(payee)s is neither an IBAN nor a Moroccan RIB: enter it anew."
    ),
    "account_length": _(
        "The account of %(payee)s has not the length of an account of its country: enter it anew."
    ),
    "account_key": _(
        "The check digits of the account of %(payee)s do not fit the others: enter it anew."
    ),
    "no_bic": _(
        "The bank asks for the BIC of the bank of %(payee)s: add it to the account, as the paper of "
        "the bank says."
    ),
    "bic": _("The BIC %(found)s is not that of a bank in the country of the account of %(payee)s."),
    "no_name": _("The account of %(payee)s has no holder."),
    "letters_of_name": _(
        "The bank does not take these letters of the holder’s name: %(found)s. Write the holder of the "
        "account of %(payee)s in plain Latin letters, as the bank does; nobody’s name is rewritten "
        "by the portal."
    ),
    "long_name": _(
        "The holder’s name “%(found)s” is longer than the bank takes: write a shorter one."
    ),
    "no_town": _(
        "The town of %(payee)s is missing: no bank pays without it. Add it in the register."
    ),
    "no_country": _("The country of %(payee)s is missing. Add it in the register."),
    "letters_of_address": _(
        "The bank does not take these letters of the address of %(payee)s: %(found)s. Write it in "
        "plain Latin letters in the register."
    ),
    "address_form": _(
        "The address of %(payee)s is longer than the bank takes, or has another form: shorten it in "
        "the register."
    ),
    "purpose": _(
        "“%(found)s” is no purpose of the ISO list, or not that of the profile of the bank."
    ),
    "text": _(
        "The text on the transfer to %(payee)s is empty, too long, or has letters that the bank "
        "does not take."
    ),
}


def _euro(amount: str) -> str:
    return f"{figures(amount)} EUR"


_WRITTEN: dict[str, Callable[[str], str]] = {"past": day, "bank_day": day, "largest_sum": _euro}


def sentence_of(problem: BrokenRule, *, payee: str = "") -> str:
    """The problem as a sentence that says what to do; `payee` is who is paid, where it is about one."""
    found = _WRITTEN.get(problem.rule, str)(problem.found)
    return str(_SENTENCES[problem.rule]) % {"found": found, "payee": payee or problem.payment}
