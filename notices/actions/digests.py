"""Gathering what is held for a person into one e-mail: once, whatever dies in between.

The e-mail is a notice of its own and goes the way of all notices. What it gathers is marked in the
transaction that writes it, under row locks that a second worker passes by.
"""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from conduct.actions import action
from jobs.actions.trouble import for_each
from notices.models import DIGEST_KIND, Notice
from notices.queries import people_with_due_digests


def gather_due_digests(now: datetime | None = None) -> list[Notice]:
    """Write the e-mails whose time has come; they are pending, and still to be queued."""
    now = now or timezone.now()
    written: list[Notice] = []

    def gather(person: User) -> None:
        digest = gather_digest(person, now=now)
        written.extend([digest] if digest else [])

    for_each("gathering", User.objects.in_bulk(people_with_due_digests(now)).values(), gather)
    return written


@action(_("Notices gathered"))
def gather_digest(person: User, *, now: datetime) -> Notice | None:
    """One e-mail of what is held for the person and due; None where nothing is left.

    What they have read in the portal meanwhile needs no e-mail any more.
    """
    due = Notice.objects.select_for_update(skip_locked=True, of=("self",)).filter(
        recipient=person, state=Notice.State.HELD, gathered_in=None, hold_until__lte=now
    )
    held = list(due.order_by("created_at"))
    unread = [notice for notice in held if not notice.is_seen]
    read = [notice.pk for notice in held if notice.is_seen]
    Notice.objects.filter(pk__in=read).update(state=Notice.State.KEPT)
    if not unread:
        return None
    digest = Notice.objects.create(
        recipient=person,
        kind=DIGEST_KIND,
        language=person.language,
        facts=_facts(unread),
        url=reverse("notices:inbox"),
        next_attempt_at=Notice.first_turn(),
    )
    Notice.objects.filter(pk__in=[notice.pk for notice in unread]).update(gathered_in=digest)
    return digest


def _facts(notices: list[Notice]) -> dict[str, object]:
    return {
        "number": len(notices),
        "topics": sorted({notice.topic for notice in notices}),
        "entries": [
            {
                "subject": notice.subject,
                "language": notice.language,
                "url": notice.get_absolute_url(),
            }
            for notice in notices
        ],
    }
