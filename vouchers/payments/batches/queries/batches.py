"""The batches, their payments and the profiles that somebody may read, and what waits for them."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from accounts.models import User
from accounts.permissions import is_coordinator, is_finance_officer
from conduct.queries.scoping import for_system
from vouchers.payments.batches.models import BankProfile, BatchFile, PayeeMail, PaymentBatch
from vouchers.payments.batches.permissions import may_propose_batch, may_read_batches
from vouchers.payments.control.queries.people import keeping_from
from vouchers.payments.control.rules.separations import Duty, pair
from vouchers.payments.models import Claim, PaymentOrder
from vouchers.payments.queries import claims_in

_STANDING = Q(state__in=PaymentOrder.STANDING)


def profiles_visible_to(user: User) -> QuerySet[BankProfile]:
    """Every profile, now and before, for those who read orders."""
    if not may_read_batches.test(user):
        return BankProfile.objects.none()
    return BankProfile.objects.select_related("entered_by", "verified_by")


def profiles_in_use(user: User) -> QuerySet[BankProfile]:
    """The profiles that batches can be paid from."""
    return profiles_visible_to(user).filter(verified_at__isnull=False, replaced_at=None)


def profiles_to_verify(user: User) -> QuerySet[BankProfile]:
    """Profiles that somebody else entered and nobody verified yet, oldest first."""
    if not (is_finance_officer.test(user) or is_coordinator.test(user)):
        return BankProfile.objects.none()
    return (
        profiles_visible_to(user)
        .filter(verified_at=None, replaced_at=None)
        .exclude(entered_by=user)
        .order_by("entered_at")
    )


def batches_visible_to(user: User) -> QuerySet[PaymentBatch]:
    """Payment batches: for finance officers, coordinators and auditors; newest first."""
    if not may_read_batches.test(user):
        return PaymentBatch.objects.none()
    return PaymentBatch.objects.select_related(
        *("profile", "proposed_by", "first_by", "second_by", "exported_by", "acknowledged_by"),
        "cancelled_by",
    ).order_by("-proposed_at")


def batches_to_authorise(user: User) -> QuerySet[PaymentBatch]:
    """The proposed batches that the person may authorise, oldest first."""
    if not (is_finance_officer.test(user) or is_coordinator.test(user)):
        return PaymentBatch.objects.none()
    kept = Claim.objects.filter(keeping_from(Duty.SIGNATORY, user)).values("pk")
    return (
        batches_visible_to(user)
        .filter(state=PaymentBatch.State.PROPOSED)
        .exclude(Q(proposed_by=user) | Q(first_by=user))
        .exclude(payments__claim__in=kept)
        .order_by("proposed_at")
    )


def batches_to_export(user: User) -> QuerySet[PaymentBatch]:
    """The authorised batches of which a finance officer makes the file, oldest first."""
    if not is_finance_officer.test(user):
        return PaymentBatch.objects.none()
    return (
        batches_visible_to(user).filter(state=PaymentBatch.State.AUTHORISED).order_by("proposed_at")
    )


def payments_visible_to(user: User) -> QuerySet[PaymentOrder]:
    """The payments of all batches, for those who read orders, with what a page says of them."""
    if not may_read_batches.test(user):
        return PaymentOrder.objects.none()
    return PaymentOrder.objects.select_related(
        "batch__profile",
        "account",
        "bank_details",
        "claim__provider",
        "claim__cluster",
        "claim__partner",
        "claim__voucher__award__application__cluster",
        "claim__voucher__award__application__country",
    )


def payments_to_record(user: User) -> QuerySet[PaymentOrder]:
    """What is with the bank and not confirmed, and the person may record, oldest first."""
    if not is_finance_officer.test(user):
        return PaymentOrder.objects.none()
    took_a_step = Q(
        batch__proposed_by=user,
        claim__policy__apart__contains=[pair(Duty.PROPOSER, Duty.BOOKER)],
    ) | (Q(batch__first_by=user) | Q(batch__second_by=user))
    kept = Claim.objects.filter(keeping_from(Duty.BOOKER, user)).values("pk")
    return (
        payments_visible_to(user)
        .filter(state=PaymentOrder.State.SENT)
        .exclude(took_a_step | Q(claim__in=kept))
        .order_by("batch__exported_at", "instruction")
    )


def payments_of(batch: PaymentBatch, user: User) -> QuerySet[PaymentOrder]:
    """The payments of one batch, in the order of its file."""
    return payments_visible_to(user).filter(batch=batch).order_by("instruction")


def claims_to_pay(user: User) -> QuerySet[Claim]:
    """The approved claims that are in no standing batch, oldest first: what is to be paid today."""
    if not may_propose_batch.test(user):
        return Claim.objects.none()
    ordered = PaymentOrder.objects.filter(_STANDING).values("claim")
    return claims_in(user, Claim.State.APPROVED).exclude(pk__in=ordered)


def claims_to_propose(user: User) -> QuerySet[Claim]:
    """Those of them of which the person may propose the payment: their policies keep others from it."""
    return claims_to_pay(user).exclude(keeping_from(Duty.PROPOSER, user))


def content_of(batch: PaymentBatch) -> BatchFile | None:
    """The file of a batch, once it is exported."""
    return BatchFile.objects.filter(batch=batch).first()


@for_system("background work sends what was lost")
def unsent_mails() -> QuerySet[PayeeMail]:
    """E-mails to payees that were not sent, with what they tell of."""
    mails = PayeeMail.objects.filter(sent_at=None)
    return mails.select_related("payment__claim__voucher__award__application__country__partner")
