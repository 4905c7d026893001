"""The policy of separations: the version in force, and those before and proposed."""

from __future__ import annotations

from django.db.models import QuerySet

from accounts.models import User
from accounts.permissions import is_coordinator, is_finance_officer
from conduct.queries.scoping import for_system
from vouchers.payments.control.models import SeparationPolicy
from vouchers.payments.control.permissions import may_read_policies


@for_system("the policy is the programme's, for everybody who takes part")
def _policies() -> QuerySet[SeparationPolicy]:
    """Every version, newest first."""
    return SeparationPolicy.objects.select_related(
        "proposed_by", "confirmed_by", "dropped_by"
    ).order_by("-number")


def policies_visible_to(user: User) -> QuerySet[SeparationPolicy]:
    """Every version, newest first, for who takes part in control and payment, or audits them."""
    if not may_read_policies.test(user):
        return SeparationPolicy.objects.none()
    return _policies()


def policy_in_force() -> SeparationPolicy | None:
    """The newest version that a second person confirmed; None before anything was controlled."""
    return _policies().filter(confirmed_at__isnull=False).first()


def open_policy() -> SeparationPolicy | None:
    """The version that waits for a second person."""
    return _policies().filter(confirmed_at=None, dropped_at=None).first()


def policies_to_confirm(user: User) -> QuerySet[SeparationPolicy]:
    """The version that somebody else proposed and the person may confirm."""
    if not (is_coordinator.test(user) or is_finance_officer.test(user)):
        return SeparationPolicy.objects.none()
    waiting = _policies().filter(confirmed_at=None, dropped_at=None)
    return waiting.exclude(proposed_by=user)
