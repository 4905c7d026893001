"""Messages for the tests of this room, and reports of mail servers about them."""

from __future__ import annotations

from email.message import EmailMessage, Message
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

FACTS = {"cluster": "QOOT Cluster", "reference": "SUV-2026-LB-0001"}


def events_of(notice):
    """What servers said of a message: the kind and the words of each event, in their order."""
    return list(notice.delivery_events.order_by("pk").values_list("kind", "words"))


def report(
    message_id,
    to="nadine@example.org",
    *,
    action="failed",
    status="5.1.1",
    words="smtp; 550 5.1.1 <nadine@example.org>: user unknown",
    original="",
    headers_only=False,
):
    """What a mail server reports of a message (RFC 3464), as it arrives in the mailbox."""
    whole = MIMEMultipart("report", boundary="=_report", **{"report-type": "delivery-status"})
    whole["From"] = "MAILER-DAEMON@mx.example.org (Mail Delivery System)"
    whole["To"] = "bounces@portal.example.org"
    whole["Date"] = "Sun, 29 Nov 2026 09:12:44 +0200"
    whole["Subject"] = "Undelivered Mail Returned to Sender"
    whole.attach(MIMEText("This is the mail system at host mx.example.org."))
    told = Message()
    told["Content-Type"] = "message/delivery-status"
    of_server, of_address = Message(), Message()
    of_server["Reporting-MTA"] = "dns; mx.example.org"
    if original:
        of_address["Original-Recipient"] = f"rfc822; {original}"
    of_address["Final-Recipient"] = f"rfc822; {to}"
    of_address["Action"] = action
    of_address["Status"] = status
    of_address["Diagnostic-Code"] = words
    told.set_payload([of_server, of_address])
    whole.attach(told)
    returned = EmailMessage()
    returned["From"] = "portal@example.org"
    returned["To"] = to
    returned["Subject"] = "The plan is approved"
    if message_id:
        returned["Message-ID"] = message_id
    part = Message()
    part["Content-Type"] = "text/rfc822-headers" if headers_only else "message/rfc822"
    part.set_payload(returned.as_string() if headers_only else [returned])
    whole.attach(part)
    return whole.as_bytes()
