"""Messages for the statements about them: changed, held back, sent and returned."""

from __future__ import annotations

from typing import Any

from accounts.actions import invite_person
from accounts.actions.mailing import send_invitation
from accounts.models import Role, User
from jobs.letters.headers import automatic_headers
from notices.actions import (
    hold_notice,
    mark_report_seen,
    notify,
    reword_notice,
    take_report,
)
from notices.actions.sending import send_notice
from notices.models import Notice
from tests.notices.making import FACTS, report
from tests.people import person


def messages_of(coordinator: User) -> dict[str, Any]:
    """The ids of messages, by the names that the rules use; those of UUIDs in quotes."""
    reader = person("messages@example.org")

    def told() -> Notice:
        return notify(reader, "plan-approved", facts=FACTS)

    held = hold_notice(told(), reason="Is it right?", by=coordinator)
    changed = told()
    revision = reword_notice(
        changed, subject="Your plan", body="Good.", seen=0, reason="Kinder", by=coordinator
    )
    sent = told()
    send_notice(sent.pk)
    (bounce,) = take_report(report(f"<notice-{sent.pk}@localhost>", to=reader.email))  # type: ignore[misc]
    aside = take_report(report("<x@elsewhere.example.org>"))
    mark_report_seen(aside, by=coordinator)  # type: ignore[arg-type]
    offer = invite_person("no-account@example.org", Role.ASSESSOR, by=coordinator)
    send_invitation(offer.pk)
    named = automatic_headers("invitation", offer.pk)["Message-ID"]
    (returned,) = take_report(report(named, to=offer.email))  # type: ignore[misc]
    return {
        **{
            name: f"'{notice.pk}'"
            for name, notice in (
                ("held_notice", held),
                ("changed_notice", changed),
                ("sent_notice", sent),
            )
        },
        "revision": revision.pk,
        "delivery": bounce.pk,
        "set_aside_report": aside.pk,  # type: ignore[union-attr]
        "report_seen": aside.seen.pk,  # type: ignore[union-attr]
        "returned_mail": returned.pk,
    }
