"""What every step of a claim shares: its state, its person, and who is told."""

from __future__ import annotations

from datetime import UTC
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy

from accounts.models import User
from conduct.actions import Outdated, constraints_of, move, require_words
from notices.actions import notify_each
from vouchers.applications.queries import officers_told_of
from vouchers.payments.letters import claim_facts
from vouchers.payments.models import Claim
from vouchers.payments.queries import claimants_of

WHY_RETURNED = gettext_lazy("Say why you return it.")
EARLIER_STEP = gettext_lazy("Somebody who took no earlier step of this claim must do this.")


def mark_of(claim: Claim) -> str:
    """What of a claim a decision rests on, as a page carries it: its control, or its sending back.

    Empty for a claim of which nobody has found anything yet.
    """
    if claim.state == Claim.State.SENT_BACK and claim.sent_back_at is not None:
        return f"{claim.sent_back_at.astimezone(UTC):%Y%m%d%H%M%S%f}"
    return str(claim.control_id or "")


def require_read(claim: Claim, seen: str | int | None) -> None:
    """Raise Outdated unless the person has `seen` what stands of the locked claim, see mark_of.

    Between a page and its button, a verified claim may be sent back and verified anew. None where nothing
    was read on a page.
    """
    if seen is None or str(seen) == mark_of(claim):
        return
    if claim.state == Claim.State.SENT_BACK:
        raise Outdated(
            gettext_lazy("The control was sent back meanwhile: please read what is asked of it.")
        )
    raise Outdated(
        gettext_lazy("The claim was controlled anew meanwhile: please read the new control.")
    )


def take_step(claim: Claim, target: str, *, by: User) -> None:
    """Move the locked claim on and note who did it; four eyes are the database's to check."""
    move(claim, target)
    setattr(claim, f"{target}_by", by)
    setattr(claim, f"{target}_at", timezone.now())
    with constraints_of(Claim):
        claim.save()


def give_back(claim: Claim, reason: str) -> Claim:
    """Return the locked claim to its cluster, which is told why. Raises Refused without a reason."""
    require_words(reason, WHY_RETURNED)
    move(claim, Claim.State.RETURNED)
    claim.return_reason = reason
    with constraints_of(Claim):
        claim.save()
    application = claim.voucher.award.application
    if claim.continues_id is None:
        told, kind = claimants_of(claim.voucher), "claim-returned"
    else:
        # Set aside again: whoever controls decides anew, the cluster has nothing to mend.
        told, kind = officers_told_of(application), "claim-part-returned"
    tell(told, kind, claim, reason=reason)
    return claim


def tell(
    people: QuerySet[User], kind: str, claim: Claim, *, documents: Any = (), **more: str
) -> None:
    """Tell `people` about the claim, with its facts and `more`; of an advance in words of its own."""
    facts = {**claim_facts(claim), **more}
    if claim.is_advance:
        kind, facts = "claim-advance", {**facts, "step": kind.removeprefix("claim-")}
    notify_each(people, kind, facts=facts, about=claim, documents=documents)
