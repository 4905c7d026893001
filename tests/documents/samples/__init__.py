"""Facts as the rooms freeze them, one set for each kind of letter and language.

To look at every letter: `python -m tests.documents.samples FOLDER` writes them all as PDFs.
"""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import Any

from .applying import (
    acknowledgement_facts,
    call_form_facts,
    copy_facts,
    draft_facts,
    ineligibility_facts,
)
from .batches import batch_order_facts
from .deciding import (
    award_facts,
    decision_facts,
    minutes_facts,
    review_facts,
    score_draft_facts,
    score_grid_facts,
    score_sheet_facts,
)
from .endings import (
    amendment_facts,
    ending_facts,
    ending_notice_facts,
    extension_facts,
    resumption_facts,
    succession_facts,
    suspension_facts,
)
from .ledger import (
    HEAD,
    account_sheet_facts,
    trial_balance_facts,
    voucher_statement_facts,
)
from .paying import control_facts, order_facts, payment_facts
from .quotes import quote_minutes_facts, terms_facts
from .recoveries import recovery_facts
from .reporting import financial_facts, progress_facts
from .vouchers import (
    agreement_facts,
    completion_facts,
    final_report_facts,
    needs_facts,
    plan_facts,
    programme_facts,
)

FACTS = {
    "trial-balance": trial_balance_facts,
    "account-sheet": account_sheet_facts,
    "voucher-statement": voucher_statement_facts,
    "programme-report": programme_facts,
    "financial-report": financial_facts,
    "progress-report": progress_facts,
    "acknowledgement": acknowledgement_facts,
    "call-form": call_form_facts,
    "application-draft": draft_facts,
    "application-copy": copy_facts,
    "ineligibility": ineligibility_facts,
    "score-sheet": score_sheet_facts,
    "score-draft": score_draft_facts,
    "score-grid": score_grid_facts,
    "award": award_facts,
    "reserve": decision_facts,
    "refusal": decision_facts,
    "minutes": minutes_facts,
    "review": review_facts,
    "agreement": agreement_facts,
    "needs-assessment": needs_facts,
    "plan": plan_facts,
    "terms-of-reference": terms_facts,
    "minutes-of-quotes": quote_minutes_facts,
    "order": order_facts,
    "control": control_facts,
    "recovery": recovery_facts,
    "batch-order": batch_order_facts,
    "payment": payment_facts,
    "completion": completion_facts,
    "final-report": final_report_facts,
    "extension": extension_facts,
    "suspension": suspension_facts,
    "resumption": resumption_facts,
    "ending-notice": ending_notice_facts,
    "ending": ending_facts,
    "amendment": amendment_facts,
    "succession": succession_facts,
}

# What states the ledger of its call.
WITH_ITS_HEAD = {
    "programme-report",
    "control",
    "order",
    "recovery",
    "completion",
    "ending",
    "ending-notice",
}


def sample_facts(kind: str, language: str = "en") -> dict[str, Any]:
    """The facts that a document of this kind could state."""
    facts = FACTS[kind](language)
    if kind in WITH_ITS_HEAD:
        facts["ledger"] = HEAD
    return facts


def sample_document(kind: str, language: str = "en", **fields: Any) -> Any:
    """A document that is not saved, always the same, ready to be rendered."""
    from documents.models import Document

    facts = fields.pop("facts", None) or sample_facts(kind, language)
    return Document(
        **{
            "id": uuid.UUID("0f1e2d3c-4b5a-4678-8a9b-acbdcedfe0f1"),
            "kind": kind,
            "language": language,
            "reference": facts.get("order") or facts["reference"],
            "facts": facts,
            "code": "7Q4K01ZXM8R2C5T9VBHA",
            "issued_at": datetime(2026, 5, 20, 9, 30, tzinfo=UTC),
            **fields,
        }
    )
