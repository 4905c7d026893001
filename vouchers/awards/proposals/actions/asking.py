"""Asking for a large selection to be proposed; a worker does it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import astuple

from django.utils.translation import gettext_lazy

from accounts.models import User
from conduct.actions import action, constraints_of
from conduct.actions.queueing import queue_after_commit
from vouchers.awards.actions.selection import Choice, judged_for_selection
from vouchers.awards.proposals.models import Proposal
from vouchers.awards.proposals.tasks import write_proposal
from vouchers.calls.models import Call


@action(gettext_lazy("Proposal asked for"))
def ask_for_proposal(
    call: Call,
    choices: Mapping[int, Choice],
    *,
    participants: str,
    by: User,
    remarks: str = "",
    votes: Mapping[str, str] | None = None,
    typed: Mapping[str, str] | None = None,
) -> Proposal:
    """Have a worker propose the selection of a call, as `propose_selection` does.

    `typed` are the fields of the form, to be filled in again after a refusal. Raises NotAllowed for
    who is shut out of an application of the call, Refused while the call cannot be decided or a
    proposal is under way.
    """
    call = judged_for_selection(call, by=by)
    with constraints_of(Proposal):
        proposal = Proposal.objects.create(
            call=call,
            asked_by=by,
            participants=participants,
            remarks=remarks,
            votes=dict(votes or {}),
            choices={str(pk): [str(part) for part in astuple(one)] for pk, one in choices.items()},
            typed=dict(typed or {}),
            next_attempt_at=Proposal.first_turn(),
        )
    queue_after_commit(write_proposal, proposal.pk)
    return proposal
