"""Reminders of offers that nobody has answered, each once."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from clusters.queries import writers_for
from conduct.actions import action, locked
from jobs.actions.trouble import for_each
from notices.actions import notify_each
from vouchers.applications.letters import application_facts
from vouchers.awards.models import Award
from vouchers.awards.queries.reminders import offers_to_remind, reminder_key_of


def remind_of_offers() -> int:
    """Write the reminders that are due; how many. One that fails does not stop the rest."""
    return for_each("offer_reminders", offers_to_remind(), remind_of_offer)


@action(_("Reminder of the award"))
def remind_of_offer(award: Award) -> bool:
    """Tell those who write for the cluster by when it answers; whether it still had to.

    The key bears the last day: after an extension the reminders come again.
    """
    award = locked(award)
    key = reminder_key_of(award) if award.state == Award.State.OFFERED else ""
    if not key:
        return False
    notify_each(
        writers_for(award.application.cluster),
        "award-reminder",
        facts={
            **application_facts(award.application),
            "amount": str(award.amount),
            "accept_by": award.accept_by.isoformat(),
        },
        url=reverse("awards:award", args=[award.pk]),
        about=award,
        key=key,
    )
    return True
