"""The orders to the bank."""

from __future__ import annotations

from django.db.models import QuerySet

from accounts.models import User
from vouchers.payments.models import Claim, PaymentOrder
from vouchers.payments.permissions import may_read_orders


def orders_visible_to(user: User) -> QuerySet[PaymentOrder]:
    """Payment orders: for finance officers, coordinators and auditors; newest first."""
    if not may_read_orders.test(user):
        return PaymentOrder.objects.none()
    return PaymentOrder.objects.select_related(
        "batch",
        "claim__voucher__award__application__cluster",
        "claim__voucher__award__application__country",
        "claim__ordered_by",
        "claim__paid_by",
    ).order_by("-ordered_at")


def order_of(claim: Claim) -> PaymentOrder | None:
    """The order of the claim that was made last, whatever became of it."""
    found = claim.payment_orders.select_related("batch", "account")
    return found.order_by("-pk").first()


def standing_order_of(claim: Claim) -> PaymentOrder | None:
    """The order of the claim that stands: proposed, with the bank or paid."""
    return if_standing(order_of(claim))


def if_standing(found: PaymentOrder | None) -> PaymentOrder | None:
    """The order, where it stands."""
    return found if found is not None and found.state in PaymentOrder.STANDING else None
