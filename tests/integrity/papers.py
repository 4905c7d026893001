"""Letters, wordings and reports for the statements about them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from accounts.models import User
from conduct.queries.days import today
from documents.actions import start_batch
from reports.actions import issue_financial_report
from texts.actions import TextPlace, save_wording
from texts.kinds import Family, kinds_of
from vouchers.awards.models import Decision


def papers_of(decision: Decision, coordinator: User) -> dict[str, Any]:
    """A batch of letters of the decision's round, an own wording, and a report of its call."""
    call = decision.application.call
    batch = start_batch(decision.selection_round, ["award"], by=coordinator)
    own_text = save_wording(
        TextPlace(kinds_of(Family.MAIL)["award-offered"], "en", call),
        {"subject": "Good news"},
        seen=0,
        by=coordinator,
    )
    issued = issue_financial_report(
        call,
        country=decision.application.country,
        first=today() - timedelta(days=90),
        last=today(),
        by=coordinator,
    )
    return {
        "letter_batch": batch,
        "batched_letter": batch.letters.first(),
        "own_text": own_text.text,
        "text_version": own_text,
        "period_report": issued["en"].about,
    }
