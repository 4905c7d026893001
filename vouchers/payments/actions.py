"""Every write about money, and the closing of a voucher once all of it is paid."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Role, User
from accounts.queries import people_holding
from clusters.queries import officers_for, writers_for
from documents.actions import issue_in_every_language
from files.inspection import inspect_upload
from notices.actions import notify
from records.acting import OutOfOrder, Refused, action, constraints_of, require
from records.states import locked, move, require_state
from vouchers.assistance.models import FinalReport, Milestone
from vouchers.assistance.permissions import may_accept_report
from vouchers.assistance.queries import is_delivered
from vouchers.awards.models import Voucher

from .letters import (
    COMPLETION_CERTIFICATE,
    DISBURSEMENT_ORDER,
    PAYMENT_NOTICE,
    claim_facts,
    completion_facts,
    order_facts,
    payment_facts,
)
from .models import CENT, Claim, Currency, ExchangeRate, LedgerEntry, PaymentOrder
from .permissions import (
    may_approve_claim,
    may_enter_rates,
    may_order_payment,
    may_record_payment,
    may_return_claim,
    may_reverse_approval,
    may_submit_claim,
    may_verify_claim,
)
from .queries import approval_of, rate_for, unpaid_milestones

_EARLIER_STEP = gettext_lazy("Somebody who took no earlier step of this claim must do this.")


@action(gettext_lazy("Exchange rate entered"))
def enter_rate(*, currency: str, month: str, units_per_euro: Decimal, by: User) -> ExchangeRate:
    """Enter the European Commission's accounting rate (InforEuro) of a month.

    `month` is YYYY-MM, `units_per_euro` how many units of `currency` make 1 EUR. A rate on which
    claims may rest already is never changed: each claim keeps its own copy.
    """
    require(may_enter_rates, by)
    rate = ExchangeRate(
        currency=currency, month=month, units_per_euro=units_per_euro, entered_by=by
    )
    rate.full_clean()
    rate.save()
    return rate


@action(gettext_lazy("Claim submitted"))
def submit_claim(
    milestone: Milestone,
    *,
    invoice_number: str,
    invoice_date: date,
    currency: str,
    currency_amount: Decimal,
    upload: UploadedFile,
    by: User,
) -> Claim:
    """Ask for the payment of a provider's invoice for an accepted milestone.

    An invoice in another currency is turned into EUR at the accounting rate of its month, rounded
    half up to the cent; the claim keeps rate and month. Raises OutOfOrder before the deliverable
    is accepted, Refused for an invoice outside the voucher's time, above the milestone's amount,
    without a rate, or for a milestone that is claimed already.
    """
    voucher = milestone.plan.voucher
    require(may_submit_claim, by, voucher, otherwise=_("Only a manager of the cluster can claim."))
    voucher = locked(voucher)
    require_state(voucher, Voucher.State.ACTIVE)
    if not is_delivered(milestone):
        raise OutOfOrder(
            _("A milestone can be claimed once cluster and partner have accepted its deliverable.")
        )
    _require_within_validity(voucher, invoice_date)
    rate = _rate_of(currency, invoice_date)
    amount = in_euro(currency_amount, rate)
    if amount > milestone.amount:
        raise Refused(
            _("The invoice comes to %(amount)s EUR; the milestone is worth %(limit)s EUR.")
            % {"amount": amount, "limit": milestone.amount}
        )
    inspected = inspect_upload(upload, max_size=voucher.award.application.call.max_file_size)
    with constraints_of(Claim):
        claim = Claim.objects.create(
            voucher=voucher,
            milestone=milestone,
            invoice_number=invoice_number,
            invoice_date=invoice_date,
            currency=currency,
            currency_amount=currency_amount,
            rate=rate,
            rate_units_per_euro=rate.units_per_euro if rate else None,
            rate_month=rate.month if rate else "",
            amount=amount,
            invoice=upload,
            invoice_name=inspected.name,
            invoice_content_type=inspected.content_type,
            invoice_size=inspected.size,
            invoice_sha256=inspected.sha256,
            submitted_by=by,
        )
    _tell(officers_for(voucher.award.application.country_id), "claim-submitted", claim)
    return claim


def in_euro(amount: Decimal, rate: ExchangeRate | None) -> Decimal:
    """`amount` in EUR with two places: at `rate`, or as it is when it is in EUR already (None).

    Raises Refused for a fraction of a cent in EUR.
    """
    if rate is not None:
        return rate.to_euro(amount)
    if amount != amount.quantize(CENT):
        raise Refused(_("An amount in euro has two places after the point."))
    return amount.quantize(CENT)


@action(gettext_lazy("Claim verified"))
def verify_claim(claim: Claim, *, by: User) -> Claim:
    """The country partner confirms invoice and delivery; a coordinator is asked to approve."""
    require(may_verify_claim, by, claim, otherwise=_EARLIER_STEP)
    claim = _step(claim, Claim.State.VERIFIED, by=by)
    _tell(people_holding(Role.COORDINATOR), "claim-verified", claim)
    return claim


@action(gettext_lazy("Claim returned"))
def return_claim(claim: Claim, *, reason: str, by: User) -> Claim:
    """Give a claim back for the `reason`; the milestone can be claimed anew.

    An officer may before verifying it, a coordinator before approving it.
    """
    require(may_return_claim, by, claim)
    return _give_back(locked(claim), reason)


@action(gettext_lazy("Claim approved"))
def approve_claim(claim: Claim, *, by: User) -> Claim:
    """A coordinator approves: the amount is taken from the voucher, finance may order it.

    Raises Refused when the voucher cannot bear the amount, also when two claims are approved at
    the same instant: the second waits for the voucher's row and finds what is left.
    """
    require(may_approve_claim, by, claim, otherwise=_EARLIER_STEP)
    locked(claim.voucher)
    claim = _step(claim, Claim.State.APPROVED, by=by)
    _enter(claim, LedgerEntry.Kind.APPROVAL, by=by)
    _tell(people_holding(Role.FINANCE), "claim-approved", claim)
    return claim


@action(gettext_lazy("Approval reversed"))
def reverse_approval(claim: Claim, *, reason: str, by: User) -> Claim:
    """Take an approval back, before payment is ordered, by a counter-entry in the ledger.

    The claim is returned to the cluster for the `reason`.
    """
    require(may_reverse_approval, by, claim)
    locked(claim.voucher)
    claim = locked(claim)
    require_state(claim, Claim.State.APPROVED)
    approval = approval_of(claim)
    if approval is None:
        raise OutOfOrder(_("The approval of this claim is reversed already."))
    returned = _give_back(claim, reason)
    LedgerEntry.objects.create(
        voucher=claim.voucher,
        claim=claim,
        kind=LedgerEntry.Kind.APPROVAL,
        amount=-approval.amount,
        corrects=approval,
        note=reason,
        entered_by=by,
    )
    return returned


@action(gettext_lazy("Payment ordered"))
def order_payment(claim: Claim, *, by: User) -> PaymentOrder:
    """A finance officer orders the bank to pay the provider; the disbursement order is written.

    Payee and account are those of the plan's provider, kept as they are today.
    """
    require(may_order_payment, by, claim, otherwise=_EARLIER_STEP)
    claim = _step(claim, Claim.State.ORDERED, by=by)
    provider = claim.milestone.plan.provider
    order = PaymentOrder.objects.create(
        claim=claim,
        reference=f"{claim.voucher.reference}-P{claim.milestone.position}",
        payee=provider.name,
        bank_account=provider.bank_account,
        amount=claim.amount,
    )
    issue_in_every_language(
        DISBURSEMENT_ORDER, order, lambda: order_facts(order), by=by, reference=order.reference
    )
    _tell(people_holding(Role.FINANCE).exclude(pk=by.pk), "payment-ordered", claim)
    return order


@action(gettext_lazy("Payment recorded"))
def record_payment(
    order: PaymentOrder, *, paid_on: date, bank_reference: str, by: User
) -> PaymentOrder:
    """A second finance officer records what the bank paid, with its reference, once.

    The ledger gets its entry, the cluster its payment notice. Raises OutOfOrder when it is
    recorded already, Refused for a day that has not come.
    """
    require(may_record_payment, by, order.claim, otherwise=_EARLIER_STEP)
    locked(order.claim.voucher)
    claim = _step(order.claim, Claim.State.PAID, by=by)
    order = locked(order)
    if not order.ordered_at.date() <= paid_on <= timezone.localdate():
        raise Refused(_("The payment lies between the order and today."))
    order.paid_on, order.bank_reference = paid_on, bank_reference
    order.full_clean()
    order.save()
    _enter(claim, LedgerEntry.Kind.PAYMENT, by=by)
    order.claim.voucher.refresh_from_db()
    notices = issue_in_every_language(
        PAYMENT_NOTICE, claim, lambda: payment_facts(order), by=by, reference=order.reference
    )
    application = claim.voucher.award.application
    _tell(
        writers_for(application.cluster),
        "claim-paid",
        claim,
        documents=[notices[application.language]],
    )
    return order


@action(gettext_lazy("Final report accepted"))
def accept_report(report: FinalReport, *, by: User) -> FinalReport:
    """Accept the final report and close the voucher; the completion certificate is written.

    Raises OutOfOrder while a milestone is not paid.
    """
    require(may_accept_report, by, report.voucher)
    voucher = locked(report.voucher)
    report = locked(report)
    for milestone in unpaid_milestones(voucher):
        raise OutOfOrder(
            _("“%(title)s” is not paid yet: the voucher cannot be closed.")
            % {"title": milestone.title}
        )
    with constraints_of(FinalReport):
        move(report, FinalReport.State.ACCEPTED)
        report.accepted_by, report.accepted_at = by, timezone.now()
        report.save()
    move(voucher, Voucher.State.CLOSED)
    voucher.closed_at = timezone.now()
    voucher.save()
    certificates = issue_in_every_language(
        COMPLETION_CERTIFICATE,
        voucher,
        lambda: completion_facts(report),
        by=by,
        reference=voucher.reference,
    )
    application = voucher.award.application
    for person in writers_for(application.cluster):
        notify(
            person,
            "voucher-closed",
            facts={"reference": voucher.reference, "cluster": application.cluster.name},
            about=voucher,
            documents=[certificates[application.language]],
        )
    return report


def _step(claim: Claim, target: str, *, by: User) -> Claim:
    """Move the locked claim on and note who did it; four eyes are the database's to check."""
    claim = locked(claim)
    move(claim, target)
    setattr(claim, f"{target}_by", by)
    setattr(claim, f"{target}_at", timezone.now())
    with constraints_of(Claim):
        claim.save()
    return claim


def _give_back(claim: Claim, reason: str) -> Claim:
    if not reason.strip():
        raise Refused(_("Say why you give it back."))
    move(claim, Claim.State.RETURNED)
    claim.return_reason = reason
    claim.save()
    application = claim.voucher.award.application
    _tell(writers_for(application.cluster), "claim-returned", claim, reason=reason)
    return claim


def _enter(claim: Claim, kind: str, *, by: User) -> LedgerEntry:
    with constraints_of(LedgerEntry, Voucher):
        return LedgerEntry.objects.create(
            voucher=claim.voucher, claim=claim, kind=kind, amount=claim.amount, entered_by=by
        )


def _require_within_validity(voucher: Voucher, invoice_date: date) -> None:
    if invoice_date > timezone.localdate():
        raise Refused(_("The date of the invoice lies in the future."))
    if not voucher.valid_from <= invoice_date <= voucher.valid_until:
        raise Refused(_("The invoice lies outside the validity of the voucher."))


def _rate_of(currency: str, invoice_date: date) -> ExchangeRate | None:
    """The rate of the invoice's month; None for EUR. Raises Refused where none is entered."""
    if currency == Currency.EUR:
        return None
    month = f"{invoice_date:%Y-%m}"
    rate = rate_for(currency, month)
    if rate is None:
        raise Refused(
            _("The exchange rate of %(currency)s for %(month)s is not entered yet.")
            % {"currency": currency, "month": month}
        )
    return rate


def _tell(
    people: QuerySet[User], kind: str, claim: Claim, *, documents: Any = (), **more: str
) -> None:
    for person in people:
        notify(
            person,
            kind,
            facts={**claim_facts(claim), **more},
            about=claim,
            documents=documents,
        )
