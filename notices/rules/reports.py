"""Reading what mail servers report of a message (RFC 3464), and what of it says which message is meant.

A report is a message of the type multipart/report whose second part (message/delivery-status) holds a
block of fields about the server and one about each address. Which message is meant stands in the headers
of the returned message, in the third part, and nowhere else is looked for it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parsedate_to_datetime
from enum import StrEnum
from hashlib import sha256

# A server's words are kept up to so many characters, and a report is read up to so many bytes.
LONGEST_WORDS = 1000
LARGEST_REPORT = 2_000_000
_LARGEST_HEAD = 20_000
# As short a name as can be: the first letters of a key may look like more of it.
_OURS = re.compile(r"<?(?P<name>[a-z][a-z-]*?)-(?P<key>[0-9a-f-]{1,36})@(?P<host>[^>\s]+?)>?")
_SPACE = re.compile(r"\s+")
# What a stranger's words may not do to the page around them: end a text, or turn its direction.
_UNSEEN = re.compile("[\x00\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


class MailOutcome(StrEnum):
    """What a server says became of a message for one address."""

    DELIVERED = "delivered"
    DELAYED = "delayed"
    SOFT = "soft"
    HARD = "hard"


@dataclass(frozen=True)
class AddressReport:
    """What is said of one address; `addresses` are all that it is called by, in lower case."""

    addresses: tuple[str, ...]
    outcome: MailOutcome
    status: str
    words: str


@dataclass(frozen=True)
class Report:
    """A report as far as it was read; without a `message_id` it does not say what it is about."""

    message_id: str
    reported_by: str
    # When the server wrote it (UTC), where it says so.
    written_at: datetime | None
    addresses: tuple[AddressReport, ...]


@dataclass(frozen=True)
class OwnMail:
    """A message of ours, as its Message-ID names it: what kind of row, and its key as it was mailed."""

    name: str
    key: str


def read_report(content: bytes) -> Report | None:
    """The report that a message is; None where it is none, or too broken to be read."""
    if len(content) > LARGEST_REPORT:
        return None
    try:
        return _report_in(message_from_bytes(content, policy=policy.compat32))
    except (LookupError, TypeError, ValueError):
        # Whatever a stranger sends: it is no report that can be read.
        return None


def own_mail(message_id: str, host: str) -> OwnMail | None:
    """What a Message-ID of ours names; None for somebody else's."""
    found = _OURS.fullmatch(message_id.strip())
    if found is None or found["host"].lower() != host.lower():
        return None
    return OwnMail(found["name"], found["key"])


def named_mail(named: str) -> OwnMail | None:
    """What a delivery service was told of a mail (`name-key`); None for what is no name of ours."""
    found = _OURS.fullmatch(f"{named}@service")
    return OwnMail(found["name"], found["key"]) if found else None


def whose_words(content: bytes) -> str:
    """Sender and subject of a message that is no report, so that it is found again; empty without."""
    try:
        head = message_from_bytes(content[:_LARGEST_HEAD], policy=policy.compat32)
        found = [_decoded(head.get(name)) for name in ("From", "Subject")]
    except (LookupError, TypeError, ValueError):
        return ""
    return " · ".join(one[:250] for one in found if one)


def key_of(report: Report, found: AddressReport) -> str:
    """What tells one event from another, however often and by whichever way it is reported."""
    parts = (
        report.message_id,
        found.outcome,
        found.status,
        ",".join(sorted(found.addresses)),
        report.reported_by.lower(),
        report.written_at.isoformat() if report.written_at else "",
        found.words,
    )
    return sha256("\n".join(parts).encode()).hexdigest()


def _report_in(message: Message) -> Report | None:
    told = next((one for one in message.walk() if _is(one, "message/delivery-status")), None)
    # Some servers forget to say what the whole is; the part that counts is there all the same.
    if told is None or not isinstance(told.get_payload(), list):
        return None
    blocks = [block for block in told.get_payload() if isinstance(block, Message) and block.keys()]
    if not blocks:
        return None
    head, *each = blocks
    if not each and head.get("Final-Recipient"):
        each = [head]
    addresses = tuple(found for block in each if (found := _address_in(block)) is not None)
    if not addresses:
        return None
    return Report(
        message_id=_returned_id(message),
        reported_by=_typed(head.get("Reporting-MTA"))[:250],
        written_at=_day_of(message.get("Date")),
        addresses=addresses,
    )


def _address_in(block: Message) -> AddressReport | None:
    action = _plain(block.get("Action")).split("(")[0].strip().lower()
    status = _plain(block.get("Status")).split(" ")[0]
    if not re.fullmatch(r"[245]\.\d{1,3}\.\d{1,3}", status):
        status = ""
    outcome = _outcome(action, status)
    called = [_typed(block.get(name)) for name in ("Original-Recipient", "Final-Recipient")]
    named = tuple(dict.fromkeys(one.strip("<>").lower() for one in called if one))
    if outcome is None or not named:
        return None
    # Some servers encode what is not ASCII as a header of a message.
    words = _typed(_decoded(block.get("Diagnostic-Code")))[:LONGEST_WORDS]
    return AddressReport(named, outcome, status, words)


def _outcome(action: str, status: str) -> MailOutcome | None:
    if action in {"delivered", "relayed", "expanded"}:
        return MailOutcome.DELIVERED if action != "relayed" else None
    if action == "delayed":
        return MailOutcome.DELAYED
    if action != "failed":
        return None
    # What failed for good for want of room or time may succeed another day: 4.x.x, and a full mailbox.
    return MailOutcome.SOFT if status.startswith("4.") or status == "5.2.2" else MailOutcome.HARD


def _returned_id(message: Message) -> str:
    """The Message-ID of the message that is returned, whole or by its headers."""
    for part in message.walk():
        if _is(part, "message/rfc822"):
            inner = part.get_payload()
            if isinstance(inner, list) and inner and isinstance(inner[0], Message):
                return _plain(inner[0].get("Message-ID"))[:250]
        if _is(part, "text/rfc822-headers"):
            headers = part.get_payload(decode=True)
            if isinstance(headers, bytes):
                return _plain(message_from_bytes(headers).get("Message-ID"))[:250]
    return ""


def _decoded(value: object) -> str:
    return _plain(make_header(decode_header(_plain(value))))


def _is(part: Message, kind: str) -> bool:
    return part.get_content_type() == kind


def _typed(value: object) -> str:
    """The value of a field that is written `type; value`."""
    text = _plain(value)
    return text.split(";", 1)[1].strip() if ";" in text else text


def _plain(value: object) -> str:
    text = "" if value is None else str(value)
    return _SPACE.sub(" ", _UNSEEN.sub("", text).encode("utf-8", "replace").decode()).strip()


def _day_of(value: object) -> datetime | None:
    try:
        found = parsedate_to_datetime(_plain(value))
    except (TypeError, ValueError):
        return None
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
