"""What is looked at on a claim as a whole before it is sent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from conduct.actions import OutOfOrder, Refused, TooLate, require_state
from conduct.queries.days import today
from documents.wording import day
from vouchers.assistance.deliverables.queries import is_delivered
from vouchers.assistance.plans.actions import require_in_force
from vouchers.assistance.plans.models import Milestone
from vouchers.awards.models import Voucher
from vouchers.payments.claims.rules.content import MOST_LINES, prefix_of
from vouchers.payments.rules.invoices import key_of

if TYPE_CHECKING:
    from .submitting import InvoiceTyped, LineTyped


def places_of_lines(
    invoices: Sequence[InvoiceTyped],
) -> Iterator[tuple[int, int, InvoiceTyped, LineTyped]]:
    """Every line with its invoice, and the places of both."""
    for at, invoice in enumerate(invoices):
        for number, line in enumerate(invoice.lines):
            yield at, number, invoice, line


def require_claimable(voucher: Voucher) -> None:
    """Raise OutOfOrder unless the voucher is active, or ended early and its last day for claims is
    still to come: then TooLate tells that it is over.
    """
    if voucher.state != Voucher.State.TERMINATED or voucher.claims_until is None:
        require_state(voucher, Voucher.State.ACTIVE)
    elif today(voucher.country.zone) > voucher.claims_until:
        raise TooLate(
            _("This voucher ended early, and could be claimed until %(day)s.")
            % {"day": day(voucher.claims_until)}
        )


def require_lines(invoices: Sequence[InvoiceTyped]) -> None:
    count = sum(len(invoice.lines) for invoice in invoices)
    if not invoices or not all(invoice.lines for invoice in invoices):
        raise Refused(_("Each invoice needs a line that says for which milestone it is claimed."))
    if count > MOST_LINES:
        raise Refused(
            ngettext(
                "A claim has at most %(count)s line.",
                "A claim has at most %(count)s lines.",
                MOST_LINES,
            )
            % {"count": MOST_LINES}
        )


def require_accepted(voucher: Voucher, invoices: Sequence[InvoiceTyped]) -> None:
    """Every milestone is one of the voucher's plan in force, and what was due for it is accepted."""
    judged: set[int] = set()
    for at, number, _invoice, line in places_of_lines(invoices):
        if line.milestone.pk in judged:
            continue
        judged.add(line.milestone.pk)
        milestone = Milestone.objects.filter(
            pk=line.milestone.pk, plan__voucher=voucher
        ).select_related("removed_in", "plan").first()  # fmt: skip
        field = f"{prefix_of(at, number)}-milestone"
        if milestone is None:
            raise Refused(_("This milestone is not one of the voucher."), field=field)
        milestone.plan.voucher = voucher
        require_in_force(milestone)
        if not is_delivered(milestone):
            raise OutOfOrder(
                _(
                    "“%(title)s” can be claimed once cluster and partner have accepted its "
                    "deliverable."
                )
                % {"title": milestone.title},
                field=field,
            )


def require_each_once(invoices: Sequence[InvoiceTyped]) -> None:
    """One invoice for several milestones is written once, with several lines."""
    seen: set[str] = set()
    for at, invoice in enumerate(invoices):
        key = key_of(invoice.number)
        if key in seen:
            raise Refused(
                _(
                    "This invoice stands above already: write another line there, one for each "
                    "milestone."
                ),
                field=f"{prefix_of(at)}-number",
            )
        seen.add(key)
