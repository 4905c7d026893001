"""What waits of payments: to pay, to sign, to hand over to the bank, and what it has not confirmed."""

from __future__ import annotations

from collections.abc import Iterator
from operator import attrgetter

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import is_finance_officer
from dashboards.queries.waiting import Kind, WaitingWork
from documents.wording import day
from vouchers.books.queries import waiting_proposals
from vouchers.payments.bank.models import BankFile, StatementLine
from vouchers.payments.bank.queries import files_visible_to, lines_to_confirm
from vouchers.payments.batches.models import BankProfile, PaymentBatch
from vouchers.payments.batches.queries import (
    batches_to_authorise,
    batches_to_export,
    claims_to_pay,
    payments_to_record,
    profiles_to_verify,
)
from vouchers.payments.control.models import SeparationPolicy
from vouchers.payments.control.queries import policies_to_confirm
from vouchers.payments.models import Claim
from vouchers.payments.queries import (
    claims_sent_back,
    claims_to_approve,
    claims_to_verify,
    parked_claims,
)
from vouchers.payments.receipts.models import Receipt
from vouchers.payments.receipts.queries import late_receipts, receipts_to_settle
from vouchers.payments.recoveries.models import Correction
from vouchers.payments.recoveries.queries import (
    corrections_to_decide,
    overdue_corrections,
    parts_to_confirm,
)


def control_work() -> Iterator[Kind]:
    """What an officer controls, also anew, and what was set aside and waits for a decision."""
    claims = reverse("payments:claim_list")
    yield WaitingWork(
        "claims-to-verify",
        _("Verify claims"),
        claims_to_verify,
        f"{claims}?state=submitted",
        Claim.get_absolute_url,
        amount=attrgetter("amount"),
    )
    yield WaitingWork(
        "claims-sent-back",
        _("Control claims anew that were sent back"),
        claims_sent_back,
        f"{claims}?state=sent_back",
        Claim.get_absolute_url,
        amount=attrgetter("amount"),
    )
    yield WaitingWork(
        "set-aside",
        _("Decide on what was set aside of claims"),
        parked_claims,
        f"{claims}?parked=yes",
        lambda claim: reverse("control:parked", args=[claim.pk]),
        amount=attrgetter("amount"),
    )


def approval_work() -> Iterator[Kind]:
    """The controlled claims that a coordinator may approve."""
    yield WaitingWork(
        "claims-to-approve",
        _("Approve claims"),
        claims_to_approve,
        f"{reverse('payments:claim_list')}?state=verified",
        Claim.get_absolute_url,
        amount=attrgetter("amount"),
    )


def payments_work(user: User) -> Iterator[Kind]:
    """What a finance officer does, and what coordinators sign as well."""
    batches = reverse("batches:list")
    if is_finance_officer.test(user):
        yield WaitingWork(
            "claims-to-pay",
            _("Pay approved claims"),
            claims_to_pay,
            reverse("batches:propose"),
            Claim.get_absolute_url,
            amount=attrgetter("amount"),
            together=_("Propose a batch"),
        )
    yield WaitingWork(
        "batches-to-authorise",
        _("Authorise payment batches"),
        batches_to_authorise,
        f"{batches}?state=proposed",
        PaymentBatch.get_absolute_url,
        amount=attrgetter("total"),
    )
    yield WaitingWork(
        "policies",
        _("Put a policy of separations in force"),
        policies_to_confirm,
        reverse("control:policies"),
        SeparationPolicy.get_absolute_url,
    )
    yield WaitingWork(
        "bank-profiles",
        _("Verify bank profiles"),
        profiles_to_verify,
        reverse("batches:profiles"),
        BankProfile.get_absolute_url,
    )
    if is_finance_officer.test(user):
        yield WaitingWork(
            "batches-to-export",
            _("Make the file of authorised payments"),
            batches_to_export,
            f"{batches}?state=authorised",
            PaymentBatch.get_absolute_url,
            amount=attrgetter("total"),
        )
        yield WaitingWork(
            "bank-lines",
            _("Confirm what the bank’s statements say"),
            lines_to_confirm,
            reverse("bank:statements"),
            StatementLine.get_absolute_url,
            amount=attrgetter("amount"),
        )
        yield WaitingWork(
            "bank-files",
            _("Take in files of the bank"),
            lambda user: files_visible_to(user).filter(taken_at=None).order_by("uploaded_at"),
            f"{reverse('bank:files')}?waiting=yes",
            BankFile.get_absolute_url,
        )
        yield WaitingWork(
            "payments-to-record",
            _("Record what the bank paid"),
            payments_to_record,
            reverse("bank:unconfirmed"),
            lambda payment: reverse("batches:record", args=[payment.pk]),
            amount=attrgetter("amount"),
            together=_("What the bank has not confirmed"),
        )
    receipts = reverse("receipts:list")
    yield WaitingWork(
        "receipts-disputed",
        _("Look into payments that did not arrive as paid"),
        receipts_to_settle,
        f"{receipts}?state=disputed",
        Receipt.get_absolute_url,
    )
    yield WaitingWork(
        "receipts-late",
        _("Ask payees who do not say whether the money has arrived"),
        late_receipts,
        f"{receipts}?state=asked&order=oldest",
        Receipt.get_absolute_url,
    )
    yield from _afterwards()


def _afterwards() -> Iterator[Kind]:
    """What audits found, and periods: to be decided, confirmed or closed, and what is late."""
    corrections = reverse("recoveries:list")
    yield WaitingWork(
        "corrections",
        _("Decide corrections after audit"),
        corrections_to_decide,
        f"{corrections}?state=proposed",
        Correction.get_absolute_url,
    )
    yield WaitingWork(
        "corrections-to-confirm",
        _("Confirm what came back of corrections, or is waived"),
        parts_to_confirm,
        corrections,
        lambda part: part.correction.get_absolute_url(),
    )
    yield WaitingWork(
        "corrections-overdue",
        _("Recover what was not paid back in time"),
        overdue_corrections,
        f"{corrections}?overdue=yes",
        Correction.get_absolute_url,
    )
    yield WaitingWork(
        "periods",
        _("Close accounting periods that somebody proposed"),
        lambda user: waiting_proposals(user).exclude(proposed_by=user),
        reverse("ledger:periods"),
        lambda _proposal: reverse("ledger:periods"),
        label=lambda proposal: day(proposal.ends_on),
    )
