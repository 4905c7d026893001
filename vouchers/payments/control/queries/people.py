"""Who did what for a claim, and from what that keeps whom: the one reading of the policy."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.db.models import Exists, Q, QuerySet

from accounts.models import User
from conduct.queries.scoping import for_system
from vouchers.payments.control.models import ClaimApproval, SentBack, SeparationPolicy
from vouchers.payments.control.rules.separations import FLOOR, USUAL, Duty, kept_from, pair
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
    """The claims of which something that was done keeps the person from a duty, as a condition.

    As kept_from_claim says it of one claim, but for approvals by themselves: another approval is asked
    of the control in force alone. What proposed or booked the payment keeps from control alone: a payment
    is proposed and booked anew where the bank gave it back.
    """
    sent_back = SentBack.objects.filter(control__made_by=user)
    approved = ClaimApproval.objects.filter(person=user)
    did = {
        Duty.SUBMITTER: Q(submitted_by=user),
        Duty.CONTROLLER: Q(verified_by=user) | Q(pk__in=sent_back.values("claim")),
        Duty.APPROVER: Q(pk__in=approved.values("claim")),
    }
    if duty == Duty.CONTROLLER:
        did |= {Duty.PROPOSER: Q(ordered_by=user), Duty.BOOKER: Q(paid_by=user)}
    kept = Q()
    for earlier, by_them in did.items():
        if earlier != duty:
            kept |= _keeps_apart(pair(earlier, duty)) & by_them
    return kept


@for_system("a condition on claims that the caller has chosen")
def _keeps_apart(name: str) -> Q:
    """The claims for which a pair of duties is kept apart: by the floor, or their policy."""
    if name in FLOOR:
        return Q()
    in_force = SeparationPolicy.objects.filter(confirmed_at__isnull=False).order_by("-number")
    undecided = Q(policy=None)
    says_so = Q(Exists(in_force.filter(pk=in_force.values("pk")[:1], apart__contains=[name])))
    if name in USUAL:
        says_so |= ~Q(Exists(in_force))
    decided = Q(policy__isnull=False, policy__apart__contains=[name])
    return decided | (undecided & says_so)
