"""Writing a large proposal: by one worker, once, whatever dies in between."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from django.db import connection
from django.utils import translation

from conduct.actions import NoSpace, Refused
from jobs.actions.conducting import LongConductor, Tell
from vouchers.awards.actions.selection import Choice, propose_selection
from vouchers.awards.models import SelectionRound
from vouchers.awards.proposals.models import Proposal


@dataclass(frozen=True)
class Written:
    """The round that was proposed, or the sentence that refuses it."""

    selection_round: SelectionRound | None
    refusal: str = ""


class WritingProposals(LongConductor[Proposal, Written]):
    """Proposes what was asked for, in one transaction, for whoever asked for it."""

    model = Proposal
    action = "write_proposal"
    along = ("call", "asked_by")

    def make(self, proposal: Proposal, tell: Tell) -> Written:
        # What a worker proposed that died before it could say so.
        proposed = SelectionRound.objects.filter(
            call=proposal.call,
            proposed_by=proposal.asked_by,
            proposed_at__gte=proposal.asked_at,
            proposal=None,
            state=SelectionRound.State.PROPOSED,
        ).first()
        if proposed is not None:
            return Written(proposed)
        try:
            with translation.override(proposal.asked_by.language):
                return Written(
                    propose_selection(
                        proposal.call,
                        {int(pk): Choice(*choice) for pk, choice in proposal.choices.items()},
                        participants=proposal.participants,
                        remarks=proposal.remarks,
                        votes=proposal.votes,
                        by=proposal.asked_by,
                        tell=_beside_the_transaction(tell),
                    )
                )
        except NoSpace:
            raise
        except Refused as refusal:
            return Written(None, str(refusal))

    def keep(self, proposal: Proposal, written: Written) -> list[str]:
        proposal.selection_round, proposal.refusal = written.selection_round, written.refusal
        return ["selection_round", "refusal"]


PROPOSALS = WritingProposals()


def _beside_the_transaction(tell: Tell) -> Tell:
    """Tells by a connection of its own: what is told inside a transaction nobody reads before its end."""

    def told(done: int, total: int) -> None:
        with ThreadPoolExecutor(max_workers=1) as beside:
            beside.submit(_and_hang_up, tell, done, total).result()

    return told


def _and_hang_up(tell: Tell, done: int, total: int) -> None:
    try:
        tell(done, total)
    finally:
        connection.close()
