"""What the bank of the demonstration answers: camt.053 and pain.002 as banks write them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from xml.sax.saxutils import escape

_CAMT = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"
_PAIN = "urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"


@dataclass(frozen=True)
class Booked:
    """One entry of a statement: out or in, of a payment or of the bank itself."""

    reference: str
    amount: Decimal
    day: date
    end_to_end_id: str = ""
    is_credit: bool = False
    reason: str = ""
    payee: str = ""
    account: str = ""
    text: str = ""
    is_charge: bool = False


def statement(
    entries: Sequence[Booked],
    *,
    account: str,
    opening: Decimal,
    number: int,
    day: date,
    closing: Decimal | None = None,
) -> bytes:
    """A camt.053 of one day; its closing is what opening and entries come to, unless it is given."""
    moved = sum(((one.amount if one.is_credit else -one.amount) for one in entries), Decimal(0))
    end = opening + moved if closing is None else closing
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="{_CAMT}"><BkToCstmrStmt>'
        f"<GrpHdr><MsgId>C053-{number}</MsgId><CreDtTm>{day}T20:00:00Z</CreDtTm></GrpHdr>"
        f"<Stmt><Id>STATEMENT-{number}</Id><ElctrncSeqNb>{number}</ElctrncSeqNb>"
        f"<CreDtTm>{day}T20:00:00Z</CreDtTm>"
        f"<Acct><Id><IBAN>{account}</IBAN></Id><Ccy>EUR</Ccy></Acct>"
        f"{_balance('OPBD', opening, day)}{_balance('CLBD', end, day)}"
        f"{''.join(map(_entry, entries))}</Stmt></BkToCstmrStmt></Document>"
    ).encode()


def _side(amount: Decimal) -> str:
    return "CRDT" if amount >= 0 else "DBIT"


def _balance(code: str, amount: Decimal, day: date) -> str:
    return (
        f'<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">{abs(amount):.2f}</Amt>'
        f"<CdtDbtInd>{_side(amount)}</CdtDbtInd><Dt><Dt>{day}</Dt></Dt></Bal>"
    )


def _entry(one: Booked) -> str:
    side = "CRDT" if one.is_credit else "DBIT"
    code = "CHRG" if one.is_charge else "RRTN" if one.reason else "ESCT"
    family = "RCDT" if one.is_credit else "ICDT"
    return (
        f'<Ntry><Amt Ccy="EUR">{one.amount:.2f}</Amt><CdtDbtInd>{side}</CdtDbtInd>'
        f"<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>{one.day}</Dt></BookgDt>"
        f"<ValDt><Dt>{one.day}</Dt></ValDt><AcctSvcrRef>{one.reference}</AcctSvcrRef>"
        f"<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>{family}</Cd><SubFmlyCd>{code}</SubFmlyCd></Fmly></Domn>"
        f"</BkTxCd>{_details(one, side)}</Ntry>"
    )


def _details(one: Booked, side: str) -> str:
    if not (one.end_to_end_id or one.account):
        return f"<AddtlNtryInf>{escape(one.text)}</AddtlNtryInf>" if one.text else ""
    identifier = one.end_to_end_id or "NOTPROVIDED"
    payee = f"<Cdtr><Pty><Nm>{escape(one.payee)}</Nm></Pty></Cdtr>" if one.payee else ""
    account = f"<CdtrAcct><Id>{_account(one.account)}</Id></CdtrAcct>" if one.account else ""
    parties = f"<RltdPties>{payee}{account}</RltdPties>" if payee or account else ""
    reason = f"<RtrInf><Rsn><Cd>{one.reason}</Cd></Rsn></RtrInf>" if one.reason else ""
    told = f"<AddtlTxInf>{escape(one.text)}</AddtlTxInf>" if one.text else ""
    return (
        f"<NtryDtls><TxDtls><Refs><EndToEndId>{identifier}</EndToEndId></Refs>"
        f'<Amt Ccy="EUR">{one.amount:.2f}</Amt><CdtDbtInd>{side}</CdtDbtInd>{parties}{reason}{told}'
        "</TxDtls></NtryDtls>"
    )


def _account(number: str) -> str:
    if number[:2].isalpha():
        return f"<IBAN>{number}</IBAN>"
    return f"<Othr><Id>{number}</Id></Othr>"


def status_report(
    batch: str, group: str, words: Sequence[tuple[str, str, str]], *, number: int, day: date
) -> bytes:
    """A pain.002 on a batch: of each payment its EndToEndId, its status, and the reason if it has one."""
    rejected = sum(status == "RJCT" for _payment, status, _reason in words)
    of_all = "ACCP" if not rejected else "RJCT" if rejected == len(words) else "PART"
    payments = "".join(
        f"<TxInfAndSts><OrgnlEndToEndId>{payment}</OrgnlEndToEndId><TxSts>{status}</TxSts>"
        + (f"<StsRsnInf><Rsn><Cd>{reason}</Cd></Rsn></StsRsnInf>" if reason else "")
        + "</TxInfAndSts>"
        for payment, status, reason in words
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<Document xmlns="{_PAIN}"><CstmrPmtStsRpt>'
        f"<GrpHdr><MsgId>P002-{number}</MsgId><CreDtTm>{day}T09:00:00Z</CreDtTm></GrpHdr>"
        f"<OrgnlGrpInfAndSts><OrgnlMsgId>{batch}</OrgnlMsgId>"
        f"<OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId><GrpSts>{of_all}</GrpSts></OrgnlGrpInfAndSts>"
        f"<OrgnlPmtInfAndSts><OrgnlPmtInfId>{group}</OrgnlPmtInfId><PmtInfSts>{of_all}</PmtInfSts>"
        f"{payments}</OrgnlPmtInfAndSts></CstmrPmtStsRpt></Document>"
    ).encode()
