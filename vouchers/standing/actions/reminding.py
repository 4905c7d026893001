"""Reminders of what is due and of who lets others wait; each once."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from accounts.models import Role, User
from accounts.queries import people_holding
from clusters.queries import writers_for
from conduct.actions import action, locked
from jobs.actions.trouble import for_each
from notices.actions import notify
from vouchers.applications.queries import officers_told_of
from vouchers.assistance.letters import voucher_facts
from vouchers.awards.models import Voucher
from vouchers.awards.permissions import who_may_countersign
from vouchers.endings.amendments.permissions import who_may_countersign_amendment
from vouchers.endings.amendments.queries import amendments_of
from vouchers.standing.models import Standing
from vouchers.standing.queries.facts import facts_of
from vouchers.standing.queries.outdated import vouchers_to_remind_of
from vouchers.standing.rules import AwaitedParty, AwaitedTask, VoucherReminder, reminders_of

# So many are looked at in one run.
_IN_ONE_RUN = 1000


def remind_of_vouchers() -> int:
    """Write the reminders that are due; about how many vouchers. One that fails stops no other.

    Each voucher is looked at once on each day of its country, from the morning on.
    """
    found = vouchers_to_remind_of(_IN_ONE_RUN)
    facts = facts_of([voucher.pk for voucher in found])
    due = [voucher for voucher in found if reminders_of(facts[voucher.pk])]
    quiet = {voucher.pk for voucher in found} - {voucher.pk for voucher in due}
    Standing.objects.filter(voucher__in=quiet).update(reminded_for=F("judged_for"))
    return for_each("voucher_reminders", due, remind_of_voucher)


@action(_("Reminder about a voucher"))
def remind_of_voucher(voucher: Voucher) -> bool:
    """Tell whom each reminder of the voucher tells; whether anything was new."""
    voucher = locked(voucher)
    written = [
        _tell(person, voucher, reminder)
        for reminder in reminders_of(facts_of([voucher.pk])[voucher.pk])
        for person in _hearers(voucher, reminder)
    ]
    Standing.objects.filter(voucher=voucher).update(reminded_for=F("judged_for"))
    return any(written)


def _hearers(voucher: Voucher, reminder: VoucherReminder) -> Iterable[User]:
    application, party = voucher.award.application, reminder.tells
    if reminder.task == AwaitedTask.COUNTERSIGN:
        return who_may_countersign(voucher.award)
    if reminder.task == AwaitedTask.COMPLETE_AMENDMENT:
        signed = amendments_of(voucher)
        return who_may_countersign_amendment(signed[0]) if signed else ()
    if party == AwaitedParty.CLUSTER:
        return writers_for(application.cluster)
    if party == AwaitedParty.PARTNER:
        return officers_told_of(application)
    return people_holding(Role.FINANCE if party == AwaitedParty.FINANCE else Role.COORDINATOR)


def _tell(person: User, voucher: Voucher, reminder: VoucherReminder) -> bool:
    key = f"voucher-{voucher.pk}-{reminder.key}"
    if person.notices.filter(key=key).exists():
        return False
    notify(
        person,
        f"standing-{reminder.kind}",
        facts={
            **voucher_facts(voucher),
            "about": reminder.about,
            "day": reminder.day.isoformat(),
            "party": str(reminder.party),
            # A name reads the same in every language; the other parties are said in the reader's.
            "named": str(voucher.country.partner) if reminder.party == AwaitedParty.PARTNER else "",
            "task": str(reminder.task),
            "escalated": reminder.tells != reminder.party,
        },
        about=voucher,
        key=key,
    )
    return True
