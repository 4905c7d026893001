"""Receipts, scoped to who asks, and what waits in them."""

from __future__ import annotations

from django.db.models import Prefetch, QuerySet

from accounts.models import User
from accounts.permissions import is_coordinator, is_finance_officer
from conduct.queries.scoping import for_system
from vouchers.awards.models import Voucher
from vouchers.awards.queries import award_within_reach, vouchers_visible_to
from vouchers.payments.models import PaymentOrder
from vouchers.payments.receipts.models import Receipt, ReceiptAnswer, ReceiptLink
from vouchers.payments.receipts.permissions import may_read_receipts

from .due import asked_for


def receipts_visible_to(user: User) -> QuerySet[Receipt]:
    """The receipts on the vouchers that the person may read, for staff; newest first."""
    if not may_read_receipts.test(user):
        return Receipt.objects.none()
    return Receipt.objects.filter(award_within_reach(user, "order__claim__voucher__award__"))


def receipt_links_visible_to(user: User) -> QuerySet[ReceiptLink]:
    """The links of those receipts."""
    return ReceiptLink.objects.filter(receipt__in=receipts_visible_to(user))


def with_facts(receipts: QuerySet[Receipt]) -> QuerySet[Receipt]:
    """Receipts with what pages, lists and files say of them; a constant number of queries."""
    return receipts.select_related(
        "settled_by",
        "order__batch",
        "order__claim__provider",
        "order__claim__cluster",
        "order__claim__partner",
        "order__claim__voucher__award__application__cluster",
        "order__claim__voucher__award__application__country",
        "order__claim__voucher__award__application__call",
    ).prefetch_related(
        Prefetch("answers", ReceiptAnswer.objects.select_related("link").order_by("-number"))
    )


def answers_of(receipt: Receipt) -> list[ReceiptAnswer]:
    """What was answered, the newest first; one query."""
    return list(receipt.answers.select_related("link").order_by("-number"))


@for_system("of a receipt that the page has found")
def standing_link_of(receipt: Receipt) -> ReceiptLink | None:
    """The newest link of a receipt, ended or not."""
    return ReceiptLink.objects.filter(receipt=receipt).order_by("-pk").first()


def receipt_of(order: PaymentOrder, user: User) -> Receipt | None:
    """The receipt of a payment, once its payee is asked, for staff who may read it."""
    if order.paid_on is None:
        return None
    return receipts_visible_to(user).filter(order=order).select_related("order").first()


def receipt_states_of(voucher: Voucher, user: User) -> list[Receipt]:
    """Where the receipts of a voucher's payments stand, for whoever reads it; oldest first, one query."""
    visible = vouchers_visible_to(user).filter(pk=voucher.pk)
    found = Receipt.objects.filter(order__claim__voucher__in=visible)
    return list(found.select_related("order__claim").order_by("asked_at", "pk"))


def receipts_to_settle(user: User) -> QuerySet[Receipt]:
    """What did not arrive as it was paid, and the person may look into, oldest first."""
    if not (is_finance_officer.test(user) or is_coordinator.test(user)):
        return Receipt.objects.none()
    return (
        with_facts(receipts_visible_to(user))
        .filter(state=Receipt.State.DISPUTED)
        .exclude(order__claim__paid_by=user)
        .order_by("asked_at")
    )


def late_receipts(user: User) -> QuerySet[Receipt]:
    """Payments whose payee was reminded and says nothing: finance asks them by itself, oldest first."""
    if not is_finance_officer.test(user):
        return Receipt.objects.none()
    late = asked_for("receipt_late_days")
    return (
        with_facts(receipts_visible_to(user))
        .filter(state=Receipt.State.ASKED, order__state=PaymentOrder.State.PAID)
        .filter(pk__in=late.values("pk"))
        .order_by("asked_at")
    )
