"""What waits of payments: to pay, to sign, to hand over to the bank, and what it has not confirmed."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import is_finance_officer
from documents.wording import day
from vouchers.books.queries import waiting_proposals
from vouchers.payments.batches.models import BankProfile, PaymentBatch
from vouchers.payments.batches.queries import (
    batches_to_authorise,
    batches_to_export,
    claims_to_pay,
    payments_to_record,
    profiles_to_verify,
)
from vouchers.payments.models import Claim
from vouchers.payments.receipts.models import Receipt
from vouchers.payments.receipts.queries import late_receipts, receipts_to_settle
from vouchers.payments.recoveries.models import Correction
from vouchers.payments.recoveries.queries import (
    corrections_to_decide,
    overdue_corrections,
    parts_to_confirm,
)

from .waiting import WorkItem, work_item


def payments_work(user: User) -> Iterator[WorkItem]:
    """What a finance officer does, and what coordinators sign as well."""
    batches = reverse("batches:list")
    if is_finance_officer.test(user):
        yield work_item(
            _("Pay approved claims"),
            claims_to_pay(user),
            reverse("batches:propose"),
            Claim.get_absolute_url,
        )
    yield work_item(
        _("Authorise payment batches"),
        batches_to_authorise(user),
        f"{batches}?state=proposed",
        PaymentBatch.get_absolute_url,
    )
    yield work_item(
        _("Verify bank profiles"),
        profiles_to_verify(user),
        reverse("batches:profiles"),
        BankProfile.get_absolute_url,
    )
    if is_finance_officer.test(user):
        yield work_item(
            _("Make the file of authorised payments"),
            batches_to_export(user),
            f"{batches}?state=authorised",
            PaymentBatch.get_absolute_url,
        )
        yield work_item(
            _("Record what the bank paid"),
            payments_to_record(user),
            f"{batches}?open=yes",
            lambda payment: reverse("batches:record", args=[payment.pk]),
        )
    receipts = reverse("receipts:list")
    yield work_item(
        _("Look into payments that did not arrive as paid"),
        receipts_to_settle(user),
        f"{receipts}?state=disputed",
        Receipt.get_absolute_url,
    )
    yield work_item(
        _("Ask payees who do not say whether the money has arrived"),
        late_receipts(user),
        f"{receipts}?state=asked&order=oldest",
        Receipt.get_absolute_url,
    )
    yield from _afterwards(user)


def _afterwards(user: User) -> Iterator[WorkItem]:
    """What audits found, and periods: to be decided, confirmed or closed, and what is late."""
    corrections = reverse("recoveries:list")
    yield work_item(
        _("Decide corrections after audit"),
        corrections_to_decide(user),
        f"{corrections}?state=proposed",
        Correction.get_absolute_url,
    )
    yield work_item(
        _("Confirm what came back of corrections, or is waived"),
        parts_to_confirm(user),
        corrections,
        lambda part: part.correction.get_absolute_url(),
    )
    yield work_item(
        _("Recover what was not paid back in time"),
        overdue_corrections(user),
        f"{corrections}?overdue=yes",
        Correction.get_absolute_url,
    )
    yield work_item(
        _("Close accounting periods that somebody proposed"),
        waiting_proposals(user).exclude(proposed_by=user),
        reverse("ledger:periods"),
        lambda _proposal: reverse("ledger:periods"),
        label=lambda proposal: day(proposal.ends_on),
    )
