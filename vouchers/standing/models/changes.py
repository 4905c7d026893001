"""What tells that a standing is older than its facts: triggers on the tables they are read from."""

from __future__ import annotations

from typing import Any

import pgtrigger

from vouchers.assistance.deliverables.models import Deliverable
from vouchers.assistance.delivery.models import Session
from vouchers.assistance.needs.models import Meeting, NeedsRecord
from vouchers.assistance.plans.models import Milestone, PlanVersion
from vouchers.assistance.reports.models import FinalReport
from vouchers.assistance.surveys.models import Survey
from vouchers.awards.models import CounterSignature, Voucher
from vouchers.correspondence.models import Message
from vouchers.endings.amendments.models import Amendment
from vouchers.payments.models import Claim
from vouchers.providers.contracts.models import Contract
from vouchers.providers.quotes.models import QuoteRate, TermsOfReference

_WRITTEN = (("first", pgtrigger.Insert, "new"), ("again", pgtrigger.Update, "new"))
# Rates of comparisons are taken again: the old row goes, and a new one comes when another counts.
_TAKEN = (("first", pgtrigger.Insert, "new"), ("gone", pgtrigger.Delete, "old"))


def _notes_change(voucher: str, operations: Any = _WRITTEN) -> tuple[pgtrigger.Trigger, ...]:
    """Triggers that note, once a statement, the vouchers of changed rows.

    `voucher` is the SQL that finds the key of the voucher of the row `changed`.
    """
    note = (
        "INSERT INTO vouchers_outdatedstanding (voucher_id)"
        f" SELECT DISTINCT voucher FROM (SELECT {voucher} AS voucher FROM {{rows}}_rows AS changed) found"
        " WHERE voucher IS NOT NULL; RETURN NULL;"
    )
    return tuple(
        pgtrigger.Trigger(
            name=f"tells_the_standing_{name}",
            when=pgtrigger.After,
            operation=operation,
            level=pgtrigger.Statement,
            referencing=pgtrigger.Referencing(**{rows: f"{rows}_rows"}),
            func=note.format(rows=rows),
        )
        for name, operation, rows in operations
    )


_OF_PLAN = "(SELECT voucher_id FROM vouchers_plan WHERE id = changed.plan_id)"
_OF_MILESTONE = (
    "(SELECT plan.voucher_id FROM vouchers_milestone milestone"
    " JOIN vouchers_plan plan ON plan.id = milestone.plan_id"
    " WHERE milestone.id = changed.milestone_id)"
)
_OF_TERMS = "(SELECT voucher_id FROM vouchers_termsofreference WHERE id = changed.terms_id)"
_OF_APPLICATION = (
    "(SELECT voucher.id FROM vouchers_voucher voucher"
    " JOIN vouchers_award award ON award.id = voucher.award_id"
    " WHERE award.application_id = changed.application_id)"
)

pgtrigger.register(*_notes_change("changed.id"))(Voucher)
pgtrigger.register(*_notes_change(_OF_APPLICATION))(Message)
pgtrigger.register(*_notes_change(_OF_TERMS, _TAKEN))(QuoteRate)
pgtrigger.register(*_notes_change(_OF_PLAN))(PlanVersion)
pgtrigger.register(*_notes_change(_OF_PLAN))(Milestone)
pgtrigger.register(*_notes_change(_OF_MILESTONE))(Deliverable)
_ABOUT_A_VOUCHER = (
    *(Amendment, CounterSignature, Meeting, NeedsRecord, TermsOfReference, Contract),
    *(Session, Claim, FinalReport, Survey),
)
for _model in _ABOUT_A_VOUCHER:
    pgtrigger.register(*_notes_change("changed.voucher_id"))(_model)
