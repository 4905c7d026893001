"""A message as the bytes of pain.001.001.09, read back, and held against the official schema."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path

from lxml import etree

from .accounts import is_iban
from .messages import Payment, PaymentMessage, PostalAddress

PAIN_001 = "pain.001.001.09"
_SPACE = f"urn:iso:std:iso:20022:tech:xsd:{PAIN_001}"
_IN = f"{{{_SPACE}}}"
_SCHEMAS = Path(__file__).parent / "schemas"
# No entity is resolved, nothing is fetched, and nobody's nesting is endless.
_PARSER = etree.XMLParser(
    resolve_entities=False, no_network=True, load_dtd=False, remove_blank_text=True
)


def build(message: PaymentMessage) -> bytes:
    """The message as UTF-8 XML; the same message gives the same bytes."""
    document = etree.Element(f"{_IN}Document", nsmap={None: _SPACE})
    top = _add(document, "CstmrCdtTrfInitn")
    header = _add(top, "GrpHdr")
    _add(header, "MsgId", message.message_id)
    _add(header, "CreDtTm", message.created_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
    _add(header, "NbOfTxs", str(message.count))
    _add(header, "CtrlSum", _amount(message.control_sum))
    _add(_add(header, "InitgPty"), "Nm", message.debtor_name)
    group = _add(top, "PmtInf")
    _add(group, "PmtInfId", message.group_id)
    _add(group, "PmtMtd", "TRF")
    _add(group, "BtchBookg", "true" if message.batch_booking else "false")
    _add(group, "NbOfTxs", str(message.group_count))
    _add(group, "CtrlSum", _amount(message.group_sum))
    if message.service_level:
        _add(_add(_add(group, "PmtTpInf"), "SvcLvl"), "Cd", message.service_level)
    _add(_add(group, "ReqdExctnDt"), "Dt", message.execution_on.isoformat())
    _party(group, "Dbtr", message.debtor_name, message.debtor_address)
    account = _account(group, "DbtrAcct", message.debtor_account)
    _add(account, "Ccy", message.debtor_currency)
    _bank(group, "DbtrAgt", message.debtor_bic)
    _add(group, "ChrgBr", message.charge_bearer)
    for payment in message.payments:
        _transfer(group, payment)
    return etree.tostring(document, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def read(content: bytes) -> PaymentMessage:
    """What a file of ours says. Raises ValueError for what is no such message with one group."""
    try:
        top = etree.fromstring(content, _PARSER).find(f"{_IN}CstmrCdtTrfInitn")
    except etree.XMLSyntaxError as error:
        raise ValueError(str(error)) from error
    if top is None or len(top.findall(f"{_IN}PmtInf")) != 1:
        raise ValueError(f"This is no {PAIN_001} with one group of payments.")
    group = top.find(f"{_IN}PmtInf")
    return PaymentMessage(
        message_id=_text(top, "GrpHdr/MsgId"),
        created_at=datetime.fromisoformat(_text(top, "GrpHdr/CreDtTm")),
        count=int(_text(top, "GrpHdr/NbOfTxs")),
        control_sum=Decimal(_text(top, "GrpHdr/CtrlSum")),
        group_id=_text(group, "PmtInfId"),
        batch_booking=_text(group, "BtchBookg") == "true",
        group_count=int(_text(group, "NbOfTxs")),
        group_sum=Decimal(_text(group, "CtrlSum")),
        service_level=_text(group, "PmtTpInf/SvcLvl/Cd"),
        execution_on=date.fromisoformat(_text(group, "ReqdExctnDt/Dt")),
        debtor_name=_text(group, "Dbtr/Nm"),
        debtor_address=_address_of(group, "Dbtr"),
        debtor_account=_account_of(group, "DbtrAcct"),
        debtor_currency=_text(group, "DbtrAcct/Ccy"),
        debtor_bic=_text(group, "DbtrAgt/FinInstnId/BICFI"),
        charge_bearer=_text(group, "ChrgBr"),
        payments=tuple(_payment_of(found) for found in group.findall(f"{_IN}CdtTrfTxInf")),
    )


def breaks_the_schema(content: bytes) -> str:
    """What the official schema says against a file; empty where it is valid."""
    schema = _schema(PAIN_001)
    try:
        document = etree.fromstring(content, _PARSER)
    except etree.XMLSyntaxError as error:
        return str(error)
    return "" if schema.validate(document) else str(schema.error_log.last_error.message)


@cache
def _schema(version: str) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(_SCHEMAS / f"{version}.xsd", _PARSER))


def _transfer(group: etree._Element, payment: Payment) -> None:
    transfer = _add(group, "CdtTrfTxInf")
    names = _add(transfer, "PmtId")
    _add(names, "InstrId", payment.instruction_id)
    _add(names, "EndToEndId", payment.end_to_end_id)
    amount = _add(_add(transfer, "Amt"), "InstdAmt", _amount(payment.amount))
    amount.set("Ccy", payment.currency)
    if payment.bic:
        _bank(transfer, "CdtrAgt", payment.bic)
    _party(transfer, "Cdtr", payment.name, payment.address)
    _account(transfer, "CdtrAcct", payment.account)
    _add(_add(transfer, "Purp"), "Cd", payment.purpose)
    _add(_add(transfer, "RmtInf"), "Ustrd", payment.text)


def _payment_of(transfer: etree._Element) -> Payment:
    amount = transfer.find(f"{_IN}Amt/{_IN}InstdAmt")
    return Payment(
        instruction_id=_text(transfer, "PmtId/InstrId"),
        end_to_end_id=_text(transfer, "PmtId/EndToEndId"),
        amount=Decimal(amount.text),
        currency=amount.get("Ccy"),
        name=_text(transfer, "Cdtr/Nm"),
        address=_address_of(transfer, "Cdtr"),
        account=_account_of(transfer, "CdtrAcct"),
        bic=_text(transfer, "CdtrAgt/FinInstnId/BICFI"),
        purpose=_text(transfer, "Purp/Cd"),
        text=_text(transfer, "RmtInf/Ustrd"),
    )


def _add(parent: etree._Element, name: str, text: str | None = None) -> etree._Element:
    child = etree.SubElement(parent, f"{_IN}{name}")
    child.text = text
    return child


def _party(parent: etree._Element, name: str, called: str, address: PostalAddress) -> None:
    party = _add(parent, name)
    _add(party, "Nm", called)
    place = _add(party, "PstlAdr")
    parts = (
        ("StrtNm", address.street),
        ("PstCd", address.post_code),
        ("TwnNm", address.town),
        ("Ctry", address.country),
        *(("AdrLine", line) for line in address.lines),
    )
    for part, text in parts:
        if text:
            _add(place, part, text)


def _account(parent: etree._Element, name: str, number: str) -> etree._Element:
    account = _add(parent, name)
    identification = _add(account, "Id")
    if is_iban(number):
        _add(identification, "IBAN", number)
    else:
        _add(_add(identification, "Othr"), "Id", number)
    return account


def _bank(parent: etree._Element, name: str, bic: str) -> None:
    _add(_add(_add(parent, name), "FinInstnId"), "BICFI", bic)


def _text(parent: etree._Element, path: str) -> str:
    found = parent.find("/".join(f"{_IN}{name}" for name in path.split("/")))
    return "" if found is None or found.text is None else str(found.text)


def _address_of(parent: etree._Element, party: str) -> PostalAddress:
    at = f"{party}/PstlAdr"
    lines = parent.findall(f"{_IN}{party}/{_IN}PstlAdr/{_IN}AdrLine")
    return PostalAddress(
        town=_text(parent, f"{at}/TwnNm"),
        country=_text(parent, f"{at}/Ctry"),
        street=_text(parent, f"{at}/StrtNm"),
        post_code=_text(parent, f"{at}/PstCd"),
        lines=tuple(str(line.text) for line in lines),
    )


def _account_of(parent: etree._Element, name: str) -> str:
    return _text(parent, f"{name}/Id/IBAN") or _text(parent, f"{name}/Id/Othr/Id")


def _amount(amount: Decimal) -> str:
    return f"{amount:f}"
