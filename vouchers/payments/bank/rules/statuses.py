"""pain.002: what the bank says of a payment file and of its payments, of 2009 and of 2019.

The version of 2019 has no schema here (`schemas/README.md`); what is used of it is looked at below.
"""

from __future__ import annotations

from lxml import etree

from .answers import PAIN_002, BankAnswer, NotAnAnswer, StatusReport, Word, identifier
from .xml_form import Reader, day_in, ends_in

# The statuses of payments and groups (ISO 20022, ExternalPaymentTransactionStatus1Code and
# ExternalPaymentGroupStatus1Code, as of the first quarter of 2025); others, of cheques and of cash, are
# refused. Held against github.com/TransactionAuthorizationProtocol/iso20022-external-code-sets.
ACCEPTED = {
    *("ACCP", "ACTC", "ACSP", "ACWC", "ACWP", "ACSC", "ACCC", "ACFC", "ACPD", "PART", "PATC"),
}
# The bank has it, and neither pays nor gives back yet. Of what is blocked (BLCK) the money is neither
# credited nor returned: who paid it again would pay twice. The rest of the second line: whether names
# fit accounts, which banks of the euro area say before they pay (verification of payee).
WAITING = {
    *("RCVD", "PDNG", "PRES", "ACFW", "BLCK"),
    *("RVNC", "RCVC", "RVMC", "RVNM", "RVCM", "RVNA"),
}
REJECTED = {"RJCT", "CANC"}
STATUSES = ACCEPTED | WAITING | REJECTED
# As the standard has it; of this version no schema is here that says so.
_LONGEST_ID = 35
# Said of a group, these say nothing of a payment that is not named: some are so, others not.
MIXED = {"PART", "RVCM"}


def read_statuses(content: bytes, version: str) -> BankAnswer:
    """The report of a pain.002. Raises NotAnAnswer with what is wrong, and where."""
    reader, report = Reader(version), None
    for element in ends_in(content, reader.name("CstmrPmtStsRpt")):
        report = _report(reader, element)
    if report is None:
        raise NotAnAnswer("nothing")
    return BankAnswer(PAIN_002, version, report.message_id, report=report)


def _report(reader: Reader, element: etree._Element) -> StatusReport:
    group = reader.find(element, "OrgnlGrpInfAndSts")
    if group is None:
        raise NotAnAnswer("missing", "OrgnlGrpInfAndSts")
    groups, payments = [], []
    for one in reader.all(element, "OrgnlPmtInfAndSts"):
        groups.append((reader.text(one, "OrgnlPmtInfId"), _word(reader, one, "PmtInfSts")))
        payments += [_word(reader, each, "TxSts") for each in reader.all(one, "TxInfAndSts")]
    return StatusReport(
        message_id=_message_id(reader, element),
        said_on=day_in(reader.text(element, "GrpHdr/CreDtTm")),
        original_message=reader.text(group, "OrgnlMsgId"),
        of_all=_word(reader, group, "GrpSts"),
        of_groups=tuple(groups),
        of_payments=tuple(payments),
    )


def _message_id(reader: Reader, element: etree._Element) -> str:
    """By which the bank is asked about its message: it must have one, of which the beginning is kept."""
    found = reader.text(element, "GrpHdr/MsgId")
    if not found:
        raise NotAnAnswer("missing", "GrpHdr/MsgId")
    return found[:_LONGEST_ID]


def _word(reader: Reader, element: etree._Element, status: str) -> Word:
    said = reader.text(element, status)
    if said and said not in STATUSES:
        raise NotAnAnswer("status", said)
    reasons = reader.all(element, "StsRsnInf")
    codes = (reader.text(one, "Rsn/Cd", "Rsn/Prtry")[:35] for one in reasons)
    texts = (reader.text(one, "AddtlInf") for one in reasons)
    return Word(
        status=said,
        reasons=tuple(dict.fromkeys(filter(None, codes))),
        text=" ".join(filter(None, texts))[:500],
        end_to_end_id=identifier(reader.text(element, "OrgnlEndToEndId")),
        instruction_id=identifier(reader.text(element, "OrgnlInstrId")),
    )
