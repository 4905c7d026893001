"""What a person decides about a likeness, and what follows."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Role, User
from accounts.queries import people_holding
from conduct.actions import (
    OutOfOrder,
    action,
    constraints_of,
    judged,
    move,
    require_words,
)
from notices.actions import notify_each
from vouchers.screening.kinds import payments_under_way
from vouchers.screening.models import HitDecision, SanctionsHit
from vouchers.screening.permissions import may_decide_hit

State, Verdict = SanctionsHit.State, HitDecision.Verdict


@action(gettext_lazy("Likeness decided"))
def decide_hit(hit: SanctionsHit, *, verdict: str, reason: str, by: User) -> SanctionsHit:
    """Say for a `reason` whether somebody who is paid is the one on the list (Verdict).

    The word of one person is enough for the same, which stops every payment; for not the same a
    strong likeness, and one that was held for the same, wants two. Raises NotAllowed for who has told
    them apart already, OutOfOrder once it is decided or the payee was screened anew.
    """
    hit = judged(
        hit,
        may_decide_hit,
        by=by,
        otherwise=_("You have decided on this likeness; now a second person does."),
    )
    require_words(reason, _("Say how you know."), field="reason")
    if hit.screening.ended_at is not None:
        raise OutOfOrder(_("The payee was screened anew: please decide on that screening."))
    target = _target(hit, verdict)
    with constraints_of(HitDecision):
        HitDecision.objects.create(hit=hit, verdict=verdict, reason=reason.strip(), decided_by=by)
    move(hit, target)
    with constraints_of(SanctionsHit):
        hit.save(update_fields=["state"])
    if target == State.SAME:
        _tell(hit, by)
    return hit


def two_people_decide(hit: SanctionsHit) -> bool:
    """Whether it takes two people to say that this is somebody else."""
    held_for_same = hit.decisions.filter(verdict=Verdict.SAME).exists()
    return hit.score >= hit.screening.two_people_from or held_for_same or hit.state == State.SAME


def _target(hit: SanctionsHit, verdict: str) -> str:
    if hit.state == State.CLEARED or hit.state == State.SAME == verdict:
        raise OutOfOrder(_("This likeness is decided already."))
    if verdict == Verdict.SAME:
        return State.SAME
    if hit.state != State.HALF and two_people_decide(hit):
        return State.HALF
    return State.CLEARED


def _tell(hit: SanctionsHit, by: User) -> None:
    payee = hit.screening.payee
    notify_each(
        [*people_holding(Role.COORDINATOR), *people_holding(Role.FINANCE)],
        "payment-listed",
        but=by,
        facts={"payee": str(payee), "under_way": ", ".join(payments_under_way(payee))},
        about=hit,
    )
