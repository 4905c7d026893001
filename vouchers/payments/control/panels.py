"""Parts that pages of a claim show: its controls, and who does what of it and who may not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import ngettext

from accounts.models import User
from accounts.permissions import is_coordinator, is_finance_officer
from vouchers.payments.control.queries import kept_from_claim, policy_in_force
from vouchers.payments.models import Claim
from vouchers.payments.permissions import is_officer_for_claim

from .models import SeparationPolicy
from .rules.separations import USUAL, Duty
from .wording import DUTIES, SaidPair, said_pairs, why_not


@dataclass(frozen=True)
class TakenDuty:
    """A duty of the claim: who did it and when; nobody yet where `person` is None."""

    text: str
    person: User | None
    at: datetime | None
    # Of the reader: why they may not do it, where it is still to be done.
    why_not: str = ""


@dataclass(frozen=True)
class SeparationsPanel:
    """Who has acted, what is missing, and which duties the policy of the claim keeps apart."""

    policy: SeparationPolicy | None
    duties: list[TakenDuty]
    missing: str
    pairs: list[SaidPair]


def separations_panel(claim: Claim, user: User) -> SeparationsPanel:
    """The duties of a claim in order, as the reader sees them; some queries, whatever its size."""
    policy = claim.policy or policy_in_force()
    return SeparationsPanel(
        policy=policy,
        duties=[
            _taken(Duty.SUBMITTER, claim.submitted_by, claim.submitted_at),
            _one(Duty.CONTROLLER, claim, claim.verified_by, claim.verified_at, user),
            *_approvals(claim, user),
            _one(Duty.PROPOSER, claim, claim.ordered_by, claim.ordered_at, user),
            _one(Duty.BOOKER, claim, claim.paid_by, claim.paid_at, user),
        ],
        missing=_missing(claim),
        pairs=[one for one in said_pairs(policy.apart if policy else USUAL) if one.is_apart],
    )


def _taken(duty: Duty, person: User | None, at: datetime | None, why: str = "") -> TakenDuty:
    return TakenDuty(str(DUTIES[duty]), person, at, why)


def _one(
    duty: Duty, claim: Claim, person: User | None, at: datetime | None, user: User
) -> TakenDuty:
    return _taken(duty, person, at, "" if person else _why_not(duty, claim, user))


def _approvals(claim: Claim, user: User) -> list[TakenDuty]:
    given = [_taken(Duty.APPROVER, one.person, one.at) for one in claim.approvals_given]
    missing = (claim.approvals_needed or 1) - len(given)
    why = _why_not(Duty.APPROVER, claim, user) if missing > 0 else ""
    return given + [_taken(Duty.APPROVER, None, None, why) for _at in range(missing)]


def _why_not(duty: Duty, claim: Claim, user: User) -> str:
    """Why the reader may not, where the policy keeps them from what their role would let them do."""
    has_role = {
        Duty.CONTROLLER: is_officer_for_claim.test(user, claim),
        Duty.APPROVER: is_coordinator.test(user),
        Duty.PROPOSER: is_finance_officer.test(user),
        Duty.BOOKER: is_finance_officer.test(user),
    }[duty]
    return why_not(duty, kept_from_claim(user, duty, claim)) if has_role else ""


def _missing(claim: Claim) -> str:
    """How many approvals are given of how many; empty before the control."""
    if claim.approvals_needed is None:
        return ""
    given = len(claim.approvals_given)
    told = {"given": given, "needed": claim.approvals_needed}
    return (
        ngettext(
            "%(given)s of %(needed)s approval is given.",
            "%(given)s of %(needed)s approvals are given.",
            claim.approvals_needed,
        )
        % told
    )
