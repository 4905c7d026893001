"""Messages for the statements about them: changed, held back, sent and returned."""

from __future__ import annotations

from typing import Any

from accounts.models import User
from notices.actions import hold_notice, notify, reword_notice, take_report
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
    }
