"""The letter by which a payee is asked to pay back, and the facts it states; amounts in EUR as text."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from conduct.queries.days import iso_day_of
from documents.kinds import ADDRESSEE, DocumentKind, Manner, Told, register
from vouchers.assistance.letters import voucher_facts
from vouchers.books.queries import head_facts
from vouchers.payments.queries import payee_of

from .models import Correction
from .permissions import may_read_correction
from .queries import open_of

RECOVERY_DEMAND = register(
    DocumentKind(
        slug="recovery",
        title=_("Request to pay back"),
        template="letters/recovery.html",
        may_read=may_read_correction,
        told=(
            ADDRESSEE,
            Told(_("Payee"), "payee", Manner.PERSON),
            Told(_("Still to come back"), "open", Manner.MONEY),
            Told(_("To be paid back by"), "due_on", Manner.DAY),
        ),
    )
)


def demand_facts(correction: Correction) -> dict[str, Any]:
    """Whom it asks for how much, by when, and why: the body, its letter, and each corrected line."""
    claim = correction.claim
    lines = correction.lines.select_related("line__invoice", "line__milestone")
    return {
        **voucher_facts(claim.voucher),
        "date": iso_day_of(correction.demanded_at, claim.voucher.country.zone),
        "correction": correction.reference,
        "payee": payee_of(claim).name,
        "payee_town": payee_of(claim).town,
        "body": correction.body,
        "letter": correction.letter,
        "letter_on": correction.letter_on.isoformat(),
        "reason": correction.reason,
        "corrected": str(correction.amount),
        "open": str(open_of(correction)),
        "due_on": correction.due_on.isoformat() if correction.due_on else "",
        "set_off": correction.set_off_at is not None,
        "lines": [
            {
                "invoice_number": one.line.invoice.number,
                "milestone": one.line.milestone.title,
                "claimed": str(one.line.amount),
                "amount": str(one.amount),
            }
            for one in lines
        ],
        "ledger": head_facts(claim.voucher.award.application.call),
    }
