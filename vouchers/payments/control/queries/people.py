"""Who did what for a claim, and from what that keeps whom: the one reading of the policy."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.db.models import Q

from accounts.models import User
from conduct.queries.scoping import for_system
from vouchers.payments.control.rules.separations import USUAL, Duty, kept_from, pair
from vouchers.payments.models.claims import Claim

from .policies import policy_in_force


def done_for(claim: Claim) -> dict[Duty, set[int]]:
    """Who (ids) did which duty for a claim so far; one query."""
    one = {
        Duty.SUBMITTER: claim.submitted_by_id,
        Duty.CONTROLLER: claim.verified_by_id,
        Duty.PROPOSER: claim.ordered_by_id,
        Duty.BOOKER: claim.paid_by_id,
    }
    done = {duty: {person} for duty, person in one.items() if person is not None}
    if claim.verified_by_id is not None:
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

    `also` says who did what for its payment (proposer, signatories), where that is asked.
    """
    return kept_from(duty, user.pk, {**done_for(claim), **(also or {})}, apart_of(claim))


@for_system("a condition on claims that the caller has chosen")
def keeping_from(duty: Duty, user: User) -> Q:
    """The claims that keep the person from a duty of their payment, as a condition."""
    did = {
        Duty.SUBMITTER: Q(submitted_by=user),
        Duty.CONTROLLER: Q(verified_by=user),
        Duty.APPROVER: Q(approvals__person=user),
    }
    kept = Q()
    for earlier, by_them in did.items():
        kept |= Q(policy__apart__contains=[pair(earlier, duty)]) & by_them
    return kept
