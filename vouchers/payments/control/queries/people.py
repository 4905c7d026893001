"""Who did what for a claim, and from what that keeps whom: the one reading of the policy."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.db.models import Q, QuerySet

from accounts.models import User
from conduct.queries.scoping import for_system
from vouchers.payments.control.models import SentBack
from vouchers.payments.control.rules.separations import USUAL, Duty, kept_from, pair
from vouchers.payments.models.claims import Claim

from .policies import policy_in_force


def done_for(claim: Claim) -> dict[Duty, set[int]]:
    """Who (ids) did which duty for a claim so far, also by a control that was sent back; two queries."""
    one = {
        Duty.SUBMITTER: claim.submitted_by_id,
        Duty.CONTROLLER: claim.verified_by_id,
        Duty.PROPOSER: claim.ordered_by_id,
        Duty.BOOKER: claim.paid_by_id,
    }
    done = {duty: {person} for duty, person in one.items() if person is not None}
    if claim.sent_back_at is not None:
        earlier = {one.control.made_by_id for one in claim.sent_back.all()}
        done[Duty.CONTROLLER] = done.get(Duty.CONTROLLER, set()) | earlier
    if claim.verified_by_id is not None or claim.sent_back_at is not None:
        done[Duty.APPROVER] = {approval.person_id for approval in claim.approvals.all()}
    return done


def apart_of(claim: Claim) -> list[str]:
    """The pairs that are kept apart for a claim: by its own policy, or by the one in force until then."""
    policy = claim.policy or policy_in_force()
    return list(policy.apart) if policy is not None else list(USUAL)


def kept_from_claim(
    user: User, duty: Duty, claim: Claim, also: Mapping[Duty, Collection[int]] | None = None
) -> list[Duty]:
    """For which duties done earlier the person may not do this one for the claim, in order.

    `also` says who did what for its payment (proposer, signatories), where that is asked. An approval
    of a control that was sent back keeps nobody from approving the next one.
    """
    done = {**_done_before(duty, claim), **(also or {})}
    return kept_from(duty, user.pk, done, apart_of(claim))


@for_system("of people whom the caller has chosen")
def free_for(duty: Duty, claim: Claim, people: QuerySet[User]) -> QuerySet[User]:
    """Those of the people whom nothing that they did earlier keeps from the duty for the claim."""
    done, apart = _done_before(duty, claim), apart_of(claim)
    acted = {person for those in done.values() for person in those}
    kept = [person for person in acted if kept_from(duty, person, done, apart)]
    return people.exclude(pk__in=kept)


def _done_before(duty: Duty, claim: Claim) -> dict[Duty, set[int]]:
    """What was done for the claim and may keep somebody from the duty."""
    done = done_for(claim)
    if duty == Duty.APPROVER and Duty.APPROVER in done:
        done[Duty.APPROVER] = {approval.person_id for approval in claim.approvals_given}
    return done


@for_system("a condition on claims that the caller has chosen")
def keeping_from(duty: Duty, user: User) -> Q:
    """The claims that keep the person from a duty of their payment, as a condition."""
    sent_back = SentBack.objects.filter(control__made_by=user)
    did = {
        Duty.SUBMITTER: Q(submitted_by=user),
        Duty.CONTROLLER: Q(verified_by=user) | Q(pk__in=sent_back.values("claim")),
        Duty.APPROVER: Q(approvals__person=user),
    }
    kept = Q()
    for earlier, by_them in did.items():
        kept |= Q(policy__apart__contains=[pair(earlier, duty)]) & by_them
    return kept
