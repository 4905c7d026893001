"""Offering an award, and what the cluster answers: accepted, declined, or nothing in time."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from clusters.queries import writers_for
from conduct.actions import TooLate, action, constraints_of, judged, locked, move
from conduct.queries.days import today
from documents.actions import issue_in_every_language
from jobs.actions.trouble import for_each
from notices.actions import notify_each
from vouchers.applications.letters import application_facts
from vouchers.applications.models import Application
from vouchers.applications.queries import officers_told_of
from vouchers.awards.actions.signing import SigningInput, require_as_signed, sign
from vouchers.awards.letters import AGREEMENT, AWARD_LETTER, award_facts
from vouchers.awards.letters.reading import whole_facts
from vouchers.awards.models import Award, Decision, Voucher
from vouchers.awards.permissions import may_answer_award, who_may_countersign
from vouchers.books.actions import grant_budget, post
from vouchers.books.models import LedgerEntry
from vouchers.calls.models import Call, CountryQuota


def offer_award(
    decision: Decision,
    application: Application,
    *,
    by: User | None,
    in_place_of: Award | None = None,
    from_reserve: bool = False,
) -> Award:
    """Offer a voucher on a decision, as a part of the action that decides it.

    Letters and notices go with it. Raises Refused when quota, budget or the ceiling of the
    legal entity would be exceeded.
    """
    with constraints_of(CountryQuota, Call, Award):
        award = Award.objects.create(
            application=application,
            decision=decision,
            amount=application.call.voucher_amount,
            accept_by=today_there(application) + timedelta(days=application.call.days_to_accept),
            in_place_of=in_place_of,
        )
        grant_budget(application.call, by=by)
        post(LedgerEntry.Kind.AWARD, award, application=application, amount=award.amount, by=by)
    letters = issue_in_every_language(
        AWARD_LETTER,
        award,
        lambda: award_facts(award),
        by=by,
        reference=application.reference or "",
        reads_first=application.language,
    )
    notify_each(
        writers_for(application.cluster),
        "award-offered",
        facts={
            **application_facts(application),
            "amount": str(award.amount),
            "accept_by": award.accept_by.isoformat(),
            "from_reserve": from_reserve,
        },
        about=award,
        documents=[letters[application.language]],
        key=f"award-{award.pk}",
    )
    return award


def today_there(application: Application) -> date:
    """The date on the calendar of the applicant's country."""
    return today(application.country.zone)


@action(gettext_lazy("Award accepted"))
def accept_award(award: Award, *, signing: SigningInput, by: User) -> Voucher | None:
    """The cluster signs the agreement: its voucher is issued and the agreement written.

    Where the call asks for it, coordinators are told that it waits for their signature
    (`countersign`); until then nothing of the voucher is contracted or approved.

    None where the code that was typed confirms nothing: it is counted, and nothing else happens.
    Raises TooLate after the last day for accepting (in the cluster's own time zone), Refused while a
    condition blocks (the check against the list of sanctions, the account of a cluster that is paid
    itself), where the agreement says something else than what was shown, or where name, function or
    affirmation are missing; the code stays good then.
    """
    award = _open_offer(award, by)
    _require_in_time(award)
    signature = sign(award, signing, by=by)
    if signature is None:
        return None
    voucher = _issued(award, by=by)
    letters = issue_in_every_language(
        AGREEMENT,
        voucher,
        lambda: whole_facts(voucher),
        by=by,
        reference=voucher.reference,
    )
    require_as_signed(letters[signature.language], signature)
    application = award.application
    facts = application_facts(application)
    notify_each(
        writers_for(application.cluster),
        "voucher-issued",
        facts={**facts, "amount": str(voucher.amount)},
        about=voucher,
        documents=[letters[application.language]],
    )
    notify_each(officers_told_of(application), "award-accepted", facts=facts, about=voucher)
    if signature.needs_countersignature:
        notify_each(
            who_may_countersign(award), "voucher-to-countersign", facts=facts, about=voucher
        )
    return voucher


def _issued(award: Award, *, by: User) -> Voucher:
    call = award.application.call
    move(award, Award.State.ACCEPTED)
    award.answered_by, award.answered_at = by, timezone.now()
    award.save()
    with constraints_of(Voucher):
        return Voucher.objects.create(
            award=award,
            amount=award.amount,
            valid_from=call.assistance_starts,
            valid_until=call.assistance_ends,
        )


def _require_in_time(award: Award) -> None:
    """Raise TooLate after the last day for accepting, on the calendar of the cluster's country."""
    if today_there(award.application) > award.accept_by:
        raise TooLate(_("The last day for accepting this award has passed."))


@action(gettext_lazy("Award declined"))
def decline_award(award: Award, *, reason: str, by: User) -> Award:
    """The cluster declines: its voucher is free for the next on the reserve list (`reserving`)."""
    award = _open_offer(award, by)
    move(award, Award.State.DECLINED)
    award.answered_by, award.answered_at = by, timezone.now()
    award.decline_reason = reason
    award.save()
    _take_back(award, by=by)
    notify_each(
        officers_told_of(award.application),
        "award-declined",
        facts={**application_facts(award.application), "reason": reason},
        about=award,
    )
    return award


@action(gettext_lazy("Award lapsed"))
def lapse_award(award: Award, *, by: User | None) -> bool:
    """Close an offer that nobody answered in time; whether this call did.

    The cluster and its country partner are told; the voucher is free for the next on the reserve
    list (`reserving`).
    """
    award = locked(award)
    application = award.application
    if award.state != Award.State.OFFERED or today_there(application) <= award.accept_by:
        return False
    move(award, Award.State.LAPSED)
    award.save()
    _take_back(award, by=by)
    facts = {**application_facts(application), "accept_by": award.accept_by.isoformat()}
    people = [*writers_for(application.cluster), *officers_told_of(application)]
    notify_each(
        people,
        "award-lapsed",
        facts=facts,
        about=award,
        key=f"award-lapsed-{award.pk}",
    )
    return True


def _take_back(award: Award, *, by: User | None) -> None:
    """Enter that the call has the money of an award again that nobody takes."""
    post(
        LedgerEntry.Kind.WITHDRAWAL,
        award,
        application=award.application,
        amount=award.amount,
        by=by,
    )


def lapse_unanswered_awards() -> int:
    """Close every offer whose last day is over in its country; how many. One error stops no other."""
    # Nowhere is it more than a day later than here; the action looks at the country's own calendar.
    tomorrow = today() + timedelta(days=1)
    open_offers = Award.objects.filter(state=Award.State.OFFERED, accept_by__lt=tomorrow)
    return for_each(
        "offers", open_offers.order_by("accept_by", "pk"), lambda award: lapse_award(award, by=None)
    )


def _open_offer(award: Award, by: User) -> Award:
    return judged(
        award,
        may_answer_award,
        by=by,
        otherwise=_("Only a manager of the cluster can answer the award."),
        states=[Award.State.OFFERED],
    )
