"""What the page of an application shows of its decision, once that is published."""

from __future__ import annotations

from documents.models import Document
from documents.queries import documents_about
from vouchers.applications.models import Application
from vouchers.awards.letters import AWARD_LETTER, REFUSAL_LETTER, RESERVE_LETTER
from vouchers.awards.models import Award
from vouchers.awards.queries.selection import published_decision

DECIDED = (
    Application.State.SELECTED,
    Application.State.RESERVE,
    Application.State.REFUSED,
)


def letter_on_decision(application: Application, language: str) -> Document | None:
    """The letter on a published decision that holds today, in one language.

    No query while the application is not decided; three after that.
    """
    if application.state not in DECIDED:
        return None
    decision = published_decision(application)
    if decision is None:
        return None
    award = Award.objects.filter(application=application).first()
    kinds = [kind.slug for kind in (AWARD_LETTER, RESERVE_LETTER, REFUSAL_LETTER)]
    return (
        documents_about(decision, *([award] if award else []))
        .filter(kind__in=kinds, language=language, validity=Document.Validity.CURRENT)
        .first()
    )
