"""What every step of a claim shares: its state, its person, and who is told."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from clusters.queries import writers_for
from conduct.actions import Refused, constraints_of, move
from notices.actions import notify
from vouchers.payments.letters import claim_facts
from vouchers.payments.models import Claim

EARLIER_STEP = gettext_lazy("Somebody who took no earlier step of this claim must do this.")


def take_step(claim: Claim, target: str, *, by: User) -> None:
    """Move the locked claim on and note who did it; four eyes are the database's to check."""
    move(claim, target)
    setattr(claim, f"{target}_by", by)
    setattr(claim, f"{target}_at", timezone.now())
    with constraints_of(Claim):
        claim.save()


def require_reason(reason: str) -> None:
    """Raise Refused for a reason that says nothing."""
    if not reason.strip():
        raise Refused(_("Say why you return it."))


def give_back(claim: Claim, reason: str) -> Claim:
    """Return the locked claim to its cluster, which is told why. Raises Refused without a reason."""
    require_reason(reason)
    move(claim, Claim.State.RETURNED)
    claim.return_reason = reason
    claim.save()
    application = claim.voucher.award.application
    tell(writers_for(application.cluster), "claim-returned", claim, reason=reason)
    return claim


def tell(
    people: QuerySet[User], kind: str, claim: Claim, *, documents: Any = (), **more: str
) -> None:
    """Tell `people` about the claim, with its facts and `more`."""
    for person in people:
        notify(
            person,
            kind,
            facts={**claim_facts(claim), **more},
            about=claim,
            documents=documents,
        )
