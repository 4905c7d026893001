"""What is said of a file that is not taken, of a line, and of what the bank has not confirmed."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.wording import amount_in_text

from .models import LineProposal, SetAside, StatementLine
from .rules.answers import NotAnAnswer

FAULTS: dict[str, str | Promise] = {
    "empty": gettext_lazy("The file is empty. Download it again, and choose it anew."),
    "large": gettext_lazy(
        "A file of a bank has at most 20 MB here. Ask the bank for a file of fewer days."
    ),
    "long": gettext_lazy("The file has more than %(detail)s lines: ask for a file of fewer days."),
    "pdf": gettext_lazy(
        "This is a PDF, which no program can rely on. Ask the bank for camt.053, or download a CSV."
    ),
    "packed": gettext_lazy("This is a packed file or a workbook. Unpack it, or save it as CSV."),
    "spreadsheet": gettext_lazy("This is an old workbook of Excel. Save it as CSV."),
    "web_page": gettext_lazy(
        "This is a page of a web site: the download probably led to where one logs in. Save the file "
        "itself."
    ),
    "mt940": gettext_lazy(
        "This is a statement in the old form MT940. Ask the bank for camt.053, which says which "
        "payment each line is."
    ),
    "mt942": gettext_lazy(
        "This is MT942, a report within the day, which is not final. Ask the bank for camt.053."
    ),
    "camt_052": gettext_lazy(
        "This is camt.052, a report within the day, which is not final: nothing is booked by it. Take "
        "the statement of the day (camt.053), or its notification (camt.054)."
    ),
    "pain_001": gettext_lazy(
        "This is a payment file, as the portal makes them for the bank; what is wanted is the bank’s "
        "answer to it."
    ),
    "pain_008": gettext_lazy("This is a file of direct debits; the programme makes none."),
    "pacs_004": gettext_lazy(
        "This is pacs.004, a message among banks. What came back stands in the statement "
        "(camt.053) or the notification (camt.054): take that."
    ),
    "other_version": gettext_lazy(
        "This is %(detail)s, a version that is not read. Ask the bank for camt.053 or camt.054 in "
        "version 001.08 or 001.02, pain.002 in 001.10 or 001.03."
    ),
    "other_message": gettext_lazy("This is %(detail)s, not an answer to payments."),
    "other_xml": gettext_lazy("This XML is no message of a bank (ISO 20022)."),
    "unknown": gettext_lazy(
        "This is no file of a bank that is read: camt.053, camt.054, pain.002, or a table (CSV)."
    ),
    "entities": gettext_lazy(
        "The file declares a DOCTYPE or entities of its own; no bank does. It is not read, for safety."
    ),
    "cut": gettext_lazy(
        "The file ends in the middle: the download was cut off. Download it again. (%(detail)s)"
    ),
    "broken": gettext_lazy("The file cannot be read as XML (%(detail)s). Download it again."),
    "schema": gettext_lazy(
        "The file does not fit the official schema of its message: %(detail)s Tell the bank."
    ),
    "missing": gettext_lazy("The bank leaves out what it must say (%(detail)s). Tell the bank."),
    "amount": gettext_lazy("“%(detail)s” is no amount. Tell the bank."),
    "decimals": gettext_lazy("%(detail)s has more decimals than its currency. Tell the bank."),
    "side": gettext_lazy("A line does not say whether money went out or came in. Tell the bank."),
    "day": gettext_lazy("“%(detail)s” is no day. Tell the bank."),
    "status": gettext_lazy("“%(detail)s” is no status that the standard knows. Tell the bank."),
    "mixed": gettext_lazy("One account has lines in two currencies: %(detail)s. Tell the bank."),
    "no_balance": gettext_lazy(
        "The statement does not say with how much the account begins and ends. Tell the bank."
    ),
    "sum": gettext_lazy(
        "The statement does not add up: beginning, movements and end are %(detail)s. A line is "
        "missing; ask the bank for the whole statement."
    ),
    "nothing": gettext_lazy("Nothing is told in this file."),
    "other_account": gettext_lazy(
        "This file is about the account that ends with %(detail)s, from which no verified profile of a "
        "bank pays. Take a file of the programme’s account alone."
    ),
    "not_ours": gettext_lazy(
        "The bank answers to a file “%(detail)s”, which did not leave from here."
    ),
    "stranger": gettext_lazy(
        "The bank speaks of a payment “%(detail)s”, which was not in the file that it answers to."
    ),
    "two_words": gettext_lazy(
        "The bank says two different things of the payment “%(detail)s” in one file: ask the bank which "
        "of them holds. Nothing of the file is taken in."
    ),
    "csv_columns": gettext_lazy("These columns are not in the table: %(detail)s."),
    "csv_needed": gettext_lazy("Say which columns have the day and the amount."),
    "csv_day": gettext_lazy("This is no day, in line %(detail)s."),
    "csv_amount": gettext_lazy("This is no amount, in line %(detail)s."),
    "which_account": gettext_lazy("A table does not say its account: choose it."),
}


def fault_told(fault: NotAnAnswer) -> str:
    """What is wrong with a file, and what to do about it."""
    return str(FAULTS[fault.fault]) % {"detail": fault.detail}


def proposal_told(proposal: LineProposal) -> str:
    """Why a line is held for a payment."""
    payment = proposal.payment
    facts = {
        "payment": payment.reference,
        "payee": payment.payee,
        "amount": amount_in_text(payment.amount),
    }
    if proposal.how == LineProposal.How.REFERENCE:
        if proposal.line.is_credit:
            return _("The bank names %(payment)s, and returns its %(amount)s to the cent.") % facts
        return _("The bank names %(payment)s, and paid its %(amount)s to the cent.") % facts
    return (
        _(
            "The bank names no payment. It paid %(amount)s to the account of %(payee)s some days after "
            "the file left, and of all payments %(payment)s alone fits."
        )
        % facts
    )


def set_aside_told(aside: SetAside) -> str:
    """Why a line is set aside: in the words of who did it, or of the rules, with their figures."""
    if aside.why == SetAside.Why.PERSON or not aside.words:
        return aside.words or str(aside.get_why_display())
    return _("%(why)s: %(words)s") % {"why": aside.get_why_display(), "words": aside.words}


def reference_of(line: StatementLine) -> str:
    """What the bank calls a line: a detail of several with its number, one without a name by its day."""
    named = line.reference or f"{line.booked_on:%Y%m%d}-{line.end_to_end_id or line.identity[:12]}"
    return f"{named}/{line.detail}" if line.detail > 1 else named
