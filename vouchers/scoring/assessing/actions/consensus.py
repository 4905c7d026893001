"""Whether a consensus is asked for: looked at whenever the scores of an application change."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.utils import timezone

from conduct.actions import locked, move
from notices.actions import notify_each
from vouchers.applications.letters import application_facts
from vouchers.applications.models import Application
from vouchers.scoring.assessing.models import Consensus
from vouchers.scoring.assessing.queries.assessments import submitted_sheets
from vouchers.scoring.assessing.queries.consensus import concerned_by, may_lead
from vouchers.scoring.rounds.queries import scoring_rules
from vouchers.scoring.rules.discrepancy import Cause, causes_of

_SETTLED = (Consensus.State.AGREED, Consensus.State.BY_THIRD)


def review_consensus(application: Application) -> None:
    """Ask for a consensus, ask again, or let it lapse, as the submitted assessments call for it.

    Part of the action that changed the scores, within its transaction. The application is locked,
    so that of two assessors who submit at the same instant the second sees what the first gave.
    """
    application = locked(application)
    sheets = submitted_sheets(application)
    consensus = Consensus.objects.select_for_update().filter(application=application).first()
    if consensus is not None:
        _forget_lost_rapporteur(consensus)
    if len(sheets) < application.call.assessors_required:
        _wait(consensus)
        return
    causes = causes_of(scoring_rules(application.call), sheets)
    if causes:
        _ask(application, consensus, causes)
    elif consensus is not None:
        _settle(consensus, by_third=any(sheet.is_third for sheet in sheets))


def _wait(consensus: Consensus | None) -> None:
    """Too few assessments are left: what was settled on others no longer holds."""
    if consensus is not None and consensus.state in _SETTLED:
        _move(consensus, Consensus.State.ASKED)


def _ask(application: Application, consensus: Consensus | None, causes: list[Cause]) -> None:
    listed = [_as_json(cause) for cause in causes]
    if consensus is None:
        consensus = Consensus.objects.create(application=application, causes=listed)
        _tell(consensus)
        return
    was_settled = consensus.state != Consensus.State.ASKED
    consensus.causes = listed
    if was_settled:
        _move(consensus, Consensus.State.ASKED)
        _tell(consensus)
    else:
        consensus.save()


def _settle(consensus: Consensus, *, by_third: bool) -> None:
    """Nothing differs any more: since a third opinion was given, or since scores were corrected."""
    target = Consensus.State.BY_THIRD if by_third else Consensus.State.LAPSED
    if consensus.state == target:
        return
    if consensus.state != Consensus.State.ASKED:
        _move(consensus, Consensus.State.ASKED)
    _move(consensus, target)


def _move(consensus: Consensus, target: str) -> None:
    move(consensus, target)
    consensus.settled_at = None if target == Consensus.State.ASKED else timezone.now()
    consensus.save()


def _forget_lost_rapporteur(consensus: Consensus) -> None:
    """Whoever is shut out by a conflict of interest no longer leads to the consensus."""
    if consensus.rapporteur is None or may_lead(consensus.rapporteur, consensus.application):
        return
    if consensus.state == Consensus.State.AGREED:
        _move(consensus, Consensus.State.ASKED)
    consensus.rapporteur = None
    consensus.save()


def _tell(consensus: Consensus) -> None:
    notify_each(
        concerned_by(consensus),
        "consensus-asked",
        facts=application_facts(consensus.application),
        about=consensus,
    )


def _as_json(cause: Cause) -> dict[str, Any]:
    """A cause as it is kept: numbers as texts, so that none is rounded."""
    return {
        name: str(value) if name in ("low", "high", "limit") else value
        for name, value in asdict(cause).items()
    }
