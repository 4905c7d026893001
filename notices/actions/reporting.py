"""What servers report of messages, to the mailbox for bounces or by a webhook: kept or set aside."""

from __future__ import annotations

from hashlib import sha256

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from conduct.actions import action, judged
from notices.mails import FoundMail
from notices.models import (
    DeliveryEvent,
    EventKind,
    EventSource,
    MailEvent,
    Notice,
    ReportSeen,
    SetAsideReport,
    Unmatched,
)
from notices.models.delivery import BOUNCES
from notices.permissions import may_look_through_reports
from notices.queries.matching import message_named
from notices.rules.reports import (
    LONGEST_WORDS,
    AddressReport,
    MailOutcome,
    Report,
    key_of,
    read_report,
    whose_words,
)

from .delivering import Reported, note_event
from .notices import notify_each

Event = DeliveryEvent | MailEvent
_KINDS = {
    MailOutcome.DELIVERED: EventKind.DELIVERED,
    MailOutcome.DELAYED: EventKind.DELAYED,
    MailOutcome.SOFT: EventKind.SOFT,
    MailOutcome.HARD: EventKind.HARD,
}
# Why a report is set aside though it tells of a message of ours: what it says of it is kept.
_OF_OURS = (Unmatched.UNKNOWN, Unmatched.ELSEWHERE, Unmatched.NOT_SENT, Unmatched.OTHER_KIND)


def take_report(content: bytes) -> list[Event] | SetAsideReport | None:
    """Keep what a message from the mailbox for bounces says of messages of ours.

    The events that are new of it; what was set aside with a reason, where it counts for nothing; None
    where it was set aside before.
    """
    report = read_report(content)
    digest = sha256(content).hexdigest()
    if report is None:
        return set_aside_report(Unmatched.UNREADABLE, digest, words=whose_words(content))
    found = message_named(report.message_id)
    if not isinstance(found, Unmatched):
        address, why = address_of(found)
        about = [one for one in report.addresses if address.lower() in one.addresses]
        if why is None and about:
            noted = (note(found, _told(report, one, address)) for one in about)
            return [event for event in noted if event is not None]
        found = why or Unmatched.ELSEWHERE
    first = report.addresses[0]
    return set_aside_report(
        found,
        digest,
        message_id=report.message_id,
        reported_by=report.reported_by,
        address=first.addresses[0],
        status=first.status,
        words=first.words,
    )


def address_of(found: Notice | FoundMail) -> tuple[str, Unmatched | None]:
    """To whom a message went, and why nothing can be reported of it yet, if so."""
    if isinstance(found, FoundMail):
        return found.address, None if found.sent_at else Unmatched.NOT_SENT
    # While it is pending a worker may still be about to say that it was sent.
    left = found.sent_to and found.state in (Notice.State.SENT, Notice.State.UNSURE)
    return found.sent_to, None if left else Unmatched.NOT_SENT


def note(found: Notice | FoundMail, told: Reported) -> Event | None:
    """Keep what a server said of a message; None where that is known already."""
    return note_event(found, told) if isinstance(found, Notice) else note_mail_event(found, told)


@action(_("Delivery of an e-mail reported"))
def note_mail_event(mail: FoundMail, told: Reported) -> MailEvent | None:
    """Keep what a server said of an e-mail to somebody without an account; None where it is known.

    Whoever can mend the address hears of it once for each mail. The server's words are not in that
    message: they stand in the portal, as those of a stranger.
    """
    event, is_new = MailEvent.objects.get_or_create(
        name=mail.kind.name,
        row=str(mail.row.pk),
        key=told.key,
        defaults=told.as_kept(),
    )
    if is_new and event.kind in BOUNCES:
        notify_each(
            mail.kind.hearers(mail.row),
            "mail-returned",
            facts={
                "address": mail.address,
                "about": mail.kind.about(mail.row),
                "is_gone": event.kind == EventKind.HARD,
            },
            url=mail.kind.page(mail.row),
            # Sent again, it may come back again.
            key=f"mail-returned-{mail.kind.name}-{mail.row.pk}-{mail.sent_at:%Y%m%d%H%M%S}",
        )
    return event if is_new else None


@action(_("Report set aside"))
def set_aside_report(
    why: Unmatched,
    digest: str,
    *,
    message_id: str = "",
    reported_by: str = "",
    source: EventSource = EventSource.MAILBOX,
    address: str = "",
    status: str = "",
    words: str = "",
) -> SetAsideReport | None:
    """Keep that a report counts for nothing, and why; None where it was set aside before.

    What it says of an address is kept where the message is ours.
    """
    told = {"address": address[:254], "status": status[:12], "words": words[:LONGEST_WORDS]}
    if why == Unmatched.UNREADABLE:
        told = {"words": told["words"]}
    elif why not in _OF_OURS:
        told = {}
    found, is_new = SetAsideReport.objects.get_or_create(
        digest=digest,
        defaults={
            "why": why,
            "source": source,
            "message_id": message_id,
            "reported_by": reported_by,
            **told,
        },
    )
    return found if is_new else None


@action(_("Report looked at"))
def mark_report_seen(report: SetAsideReport, *, by: User) -> bool:
    """Say that somebody has looked at what was set aside; False where somebody had before.

    Raises NotAllowed.
    """
    report = judged(report, may_look_through_reports, by=by)
    _seen, is_new = ReportSeen.objects.get_or_create(report=report, defaults={"by": by})
    return is_new


def _told(report: Report, one: AddressReport, address: str) -> Reported:
    return Reported(
        kind=_KINDS[one.outcome],
        source=EventSource.MAILBOX,
        address=address,
        happened_at=report.written_at or timezone.now(),
        key=key_of(report, one),
        status=one.status,
        words=one.words,
    )
