"""The letters of a round: what it tells each applicant, as a batch makes them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from django.utils.translation import gettext as _

from conduct.actions import OutOfOrder
from documents.actions import Issue
from documents.kinds import DocumentKind, LetterSource, register_letters
from vouchers.awards.batches.queries import addressed_awards, addressed_decisions
from vouchers.awards.letters import (
    AWARD_LETTER,
    REFUSAL_LETTER,
    RESERVE_LETTER,
    award_facts,
    decision_facts,
)
from vouchers.awards.models import Award, SelectionRound
from vouchers.awards.permissions import may_steer_round

_READ_AT_ONCE = 300
OF_ROUNDS = (AWARD_LETTER, RESERVE_LETTER, REFUSAL_LETTER)


def _issues(selection_round: SelectionRound, kind: DocumentKind) -> Iterator[Issue]:
    """What a kind of letter states to each addressee of the round, by country and rank.

    An offer that was declined or has lapsed is not written out once more.
    """
    if kind == AWARD_LETTER:
        open_offers = [Award.State.OFFERED, Award.State.ACCEPTED]
        awards = addressed_awards(selection_round).filter(state__in=open_offers)
        for award in awards.iterator(_READ_AT_ONCE):
            reference = award.application.reference or ""
            yield Issue(award, partial(award_facts, award), reference)
        return
    for decision in addressed_decisions(selection_round, kind.slug).iterator(_READ_AT_ONCE):
        reference = decision.application.reference or ""
        yield Issue(decision, partial(decision_facts, decision), reference)


def _require_published(selection_round: SelectionRound) -> None:
    if not selection_round.is_published:
        raise OutOfOrder(_("A round has its letters once it is published."))


register_letters(
    LetterSource(
        model=SelectionRound,
        kinds=OF_ROUNDS,
        may_steer=may_steer_round,
        require_ready=_require_published,
        issues=_issues,
    )
)
