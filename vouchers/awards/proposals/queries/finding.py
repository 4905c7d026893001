"""Reads of large proposals, scoped to who asks."""

from __future__ import annotations

from django.db.models import QuerySet

from accounts.models import User
from conduct.queries.scoping import for_system
from vouchers.applications.queries import calls_shut_to
from vouchers.awards.permissions import may_read_selection
from vouchers.awards.proposals.models import Proposal
from vouchers.calls.models import Call


def proposals_visible_to(user: User) -> QuerySet[Proposal]:
    """Proposals, for who reads selections: none of a call in which they are recused."""
    if not may_read_selection.test(user):
        return Proposal.objects.none()
    recused = calls_shut_to(user)
    return Proposal.objects.exclude(call__in=recused).select_related(
        "call", "asked_by", "selection_round"
    )


@for_system("on the page that proposes the selection of the call, for who may")
def proposal_under_way(call: Call) -> Proposal | None:
    """The proposal of the call that a worker has yet to write."""
    return Proposal.objects.filter(Proposal.WAITING, call=call).first()
