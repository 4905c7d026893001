"""What every reader of a claim is shown before anybody decides on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from conduct.queries.days import day_of
from documents.wording import day, figures, in_its_direction
from vouchers.assistance.deliverables.models import Deliverable
from vouchers.assistance.plans.models import Milestone
from vouchers.payments.models import Claim, ClaimLine, Invoice
from vouchers.payments.queries import PayeeAccount, payee_of

# An account that was entered this shortly before the claim, or after it, is looked at once more.
LATELY = timedelta(days=30)


@dataclass(frozen=True)
class Check:
    """One thing that was looked at: whether it is as it should be, in a sentence, and where to look."""

    is_good: bool
    text: str
    address: str = ""


def checks_on(
    claim: Claim,
    lines: Sequence[ClaimLine],
    account: PayeeAccount | None,
    delivered: Iterable[Deliverable] | None = None,
) -> list[Check]:
    """Validity, plan, deliverables and the payee’s account, what needs a look first.

    `delivered` is what was handed in for its milestones, where the caller has read it; else one query.
    """
    checks = [
        *_of_time(claim, {line.invoice: None for line in lines}),
        *_of_milestones(claim, list({line.milestone: None for line in lines}), delivered),
        *_of_proof(claim, {line.invoice: None for line in lines}),
        _of_account(claim, account),
    ]
    return sorted(checks, key=lambda check: check.is_good)


def _of_time(claim: Claim, invoices: dict[Invoice, None]) -> Iterator[Check]:
    voucher = claim.voucher
    last = min(filter(None, [voucher.valid_until, voucher.ended_on]))
    outside = [one for one in invoices if not voucher.valid_from <= one.invoiced_on <= last]
    for invoice in outside:
        yield Check(
            is_good=False,
            text=_("The invoice %(number)s of %(day)s lies outside the time of the voucher.")
            % {"number": invoice.number, "day": day(invoice.invoiced_on)},
        )
    if invoices and not outside:
        yield Check(is_good=True, text=_("Every invoice lies within the time of the voucher."))


def _of_milestones(
    claim: Claim, milestones: Sequence[Milestone], delivered: Iterable[Deliverable] | None
) -> Iterator[Check]:
    if delivered is None:
        delivered = Deliverable.objects.filter(milestone__in=milestones)
    accepted = {
        one.milestone_id: one for one in delivered if one.state == Deliverable.State.ACCEPTED
    }
    for milestone in milestones:
        told = {
            "title": in_its_direction(milestone.title),
            "claimed": figures(milestone.claimed),
            "planned": figures(milestone.amount),
        }
        if milestone.claimed > milestone.amount:
            text = _("“%(title)s”: %(claimed)s EUR are claimed, %(planned)s EUR are planned.")
        else:
            text = _("“%(title)s”: %(claimed)s EUR of the planned %(planned)s EUR are claimed.")
        yield Check(is_good=milestone.claimed <= milestone.amount, text=text % told)
        yield _of_deliverable(claim, milestone, accepted.get(milestone.pk))


def _of_deliverable(claim: Claim, milestone: Milestone, found: Deliverable | None) -> Check:
    title = in_its_direction(milestone.title)
    if found is None or found.accepted_at is None:
        return Check(
            is_good=False,
            text=_("“%(title)s”: nothing is delivered and accepted.") % {"title": title},
        )
    accepted = day_of(found.accepted_at, claim.voucher.country.zone)
    return Check(
        is_good=True,
        text=_("“%(title)s”: delivered, and accepted by cluster and partner on %(day)s.")
        % {"title": title, "day": day(accepted)},
        address=found.get_absolute_url(),
    )


def _of_proof(claim: Claim, invoices: dict[Invoice, None]) -> Iterator[Check]:
    """Where somebody paid the provider before: when, and whether that lies in the voucher's time."""
    for invoice in invoices:
        if invoice.paid_on is None:
            continue
        told = {
            "number": invoice.number,
            "day": day(invoice.paid_on),
            "payee": in_its_direction(payee_of(claim).name),
        }
        yield Check(
            is_good=True,
            text=_("%(payee)s paid the invoice %(number)s on %(day)s: compare it with the proof.")
            % told,
        )


def _of_account(claim: Claim, account: PayeeAccount | None) -> Check:
    if account is None or account.verified_at is None:
        return Check(is_good=False, text=_("The payee’s account is not verified yet."))
    if not account.is_usable:
        return Check(is_good=False, text=_("The payee’s account was verified, and cools down."))
    submitted = claim.submitted_at or timezone.now()
    if account.entered_at > submitted - LATELY:
        entered = day_of(account.entered_at, claim.voucher.country.zone)
        return Check(
            is_good=False,
            text=_("The payee’s account was changed lately, on %(day)s.") % {"day": day(entered)},
        )
    return Check(is_good=True, text=_("The payee’s account is verified."))
