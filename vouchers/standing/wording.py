"""Where a voucher stands, in words of the active language."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import npgettext

from documents.wording import day
from vouchers.awards.models import Voucher
from vouchers.standing.models import Party, Standing
from vouchers.standing.rules import AwaitedTask, LightCause


def whose_turn(standing: Standing) -> str:
    """Who is waited for, for what, and since when; for a day ahead, until when there is time."""
    if not standing.party or standing.since is None:
        return ""
    if standing.since > standing.judged_for:
        return _("Next: %(task)s, by %(day)s (%(party)s).") % {
            "party": who(standing.party, standing.voucher),
            "task": task_in_words(standing.task, standing.about),
            "day": day(standing.since),
        }
    party = who(standing.party, standing.voucher)
    return waiting_for(party, standing.task, standing.since, standing.about)


def who(party: str, voucher: Voucher) -> str:
    """The party as its readers call it: a country partner by its name."""
    if party == Party.PARTNER:
        return str(voucher.country.partner)
    return str(Party(party).label)


def waiting_for(party: str, task: str, since: date | str, about: str = "") -> str:
    """Who (in words) is waited for, for what, and since which day (or its ISO text)."""
    return _("Waiting for %(party)s since %(day)s: %(task)s.") % {
        "party": party,
        "task": task_in_words(task, about),
        "day": day(since),
    }


def since_when(standing: Standing) -> str:
    """Since which day somebody is waited for, and for how long; for a day ahead, until when there is
    time; empty where nobody is waited for.
    """
    if not standing.party or standing.since is None:
        return ""
    if standing.since > standing.judged_for:
        return _("by %(day)s") % {"day": day(standing.since)}
    days = (standing.judged_for - standing.since).days
    return _("since %(day)s (%(days)s)") % {"day": day(standing.since), "days": in_days(days)}


def reasons_in_words(standing: Standing) -> list[str]:
    """Why the light of the facts is not green, the worst first."""
    return [reason_in_words(reason, standing.voucher) for reason in standing.reasons]


def reason_in_words(reason: dict[str, Any], voucher: Voucher) -> str:
    """One reason (an entry of `Standing.reasons` of the voucher) as a sentence."""
    days, about = int(reason["days"]), {"days": in_days(int(reason["days"]))}
    match LightCause(reason["cause"]):
        case LightCause.MILESTONE_LATE:
            return _("“%(milestone)s” was due %(days)s ago.") % {
                **about,
                "milestone": reason["about"],
            }
        case LightCause.WAITING:
            return _("Waiting for %(party)s for %(days)s: %(task)s.") % {
                **about,
                "party": who(reason["party"], voucher),
                "task": task_in_words(reason["task"], reason["about"]),
            }
        case LightCause.SILENT:
            return _("Nothing was heard for %(days)s.") % about
        case LightCause.OVER_PLAN:
            return _("More is agreed or used than the plan foresees.")
        case LightCause.PAST_ITS_END:
            return _("The voucher ended %(days)s ago.") % about
        case LightCause.ENDING:
            if not days:
                return _("The voucher ends today, and not everything is delivered.")
            return _("The voucher ends in %(days)s, and not everything is delivered.") % about


def in_days(count: int) -> str:
    """A number of days with its noun."""
    return npgettext("for so long", "%(count)s day", "%(count)s days", count) % {"count": count}


def by_hand_in_words(until: date) -> str:
    """Until when a light that was set by hand is shown."""
    return _("Set by hand until %(day)s") % {"day": day(until)}


def task_in_words(task: str, about: str) -> str:
    """What is waited for, as the end of a sentence."""
    words = {
        AwaitedTask.COUNTERSIGN: _("to counter-sign the agreement"),
        AwaitedTask.SIGN_AMENDMENT: _("to sign the amendment of the agreement"),
        AwaitedTask.COMPLETE_AMENDMENT: _("to counter-sign the amendment of the agreement"),
        AwaitedTask.RECORD_NEEDS: _("to meet and to record the needs"),
        AwaitedTask.CONFIRM_NEEDS: _("to confirm the record of the needs"),
        AwaitedTask.WRITE_PLAN: _("to write the plan and to send it"),
        AwaitedTask.APPROVE_PLAN: _("to approve the plan, or to return it"),
        AwaitedTask.ASK_FOR_QUOTES: _("to ask providers for quotes"),
        AwaitedTask.OPEN_QUOTES: _("to open the quotes, or to extend their deadline"),
        AwaitedTask.ENTER_RATE: _("to enter the exchange rate at which quotes are compared"),
        AwaitedTask.CHOOSE_QUOTE: _("to compare the quotes and to choose one"),
        AwaitedTask.CONFIRM_CHOICE: _("to confirm the choice of a quote"),
        AwaitedTask.ENTER_CONTRACT: _("to enter the contract with the provider"),
        AwaitedTask.DELIVER: _("to hand in “%(about)s”"),
        AwaitedTask.ACCEPT: _("to accept “%(about)s”, or to return it"),
        AwaitedTask.CLAIM: _("to claim the invoice for “%(about)s”"),
        AwaitedTask.VERIFY_CLAIM: _("to verify the claim for “%(about)s”"),
        AwaitedTask.CONTROL_ANEW: _("to control the claim for “%(about)s” anew"),
        AwaitedTask.APPROVE_CLAIM: _("to approve the claim for “%(about)s”"),
        AwaitedTask.ORDER_PAYMENT: _("to order the payment for “%(about)s”"),
        AwaitedTask.RECORD_PAYMENT: _("to record what the bank paid for “%(about)s”"),
        AwaitedTask.WRITE_REPORT: _("to write the final report and to send it"),
        AwaitedTask.ACCEPT_REPORT: _("to read the final report"),
        AwaitedTask.ANSWER_SURVEY: _("to answer the survey after %(about)s months"),
    }[AwaitedTask(task)]
    return words % {"about": about} if "%(about)s" in words else words
