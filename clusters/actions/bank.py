"""Writes of bank details. Fraud begins here, so every change is told to all who answer for them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Role, User
from accounts.queries import people_holding
from clusters.models import BankAccount, Cluster, CountryPartner
from clusters.models.account_numbers import account_of, bic_of
from clusters.permissions import (
    may_change_partner_account,
    may_sign_for,
    may_verify_account,
    may_verify_partner_account,
)
from clusters.queries import current_account, managers_of, officers_for
from conduct.actions import OutOfOrder, Refused, action, constraints_of, judged, locked, require
from notices.actions import notify_each


@action(_("Bank details changed"))
def change_account(
    owner: Cluster | CountryPartner,
    *,
    holder: str,
    bank: str,
    account: str,
    bic: str,
    currency: str,
    by: User,
) -> BankAccount:
    """Make this the account of the cluster or the country partner; the one before is kept as replaced.

    Raises ValidationError beside the field that is wrong, Refused where nothing changed. Every manager
    of the cluster (every officer of the partner, and the coordinators) is told, whoever did it. An
    officer verifies that of a cluster anew, a coordinator that of a partner.
    """
    if isinstance(owner, Cluster):
        owner = judged(owner, may_sign_for, by=by)
        of_whom: dict[str, Any] = {"cluster": owner}
    else:
        owner = judged(owner, may_change_partner_account, by=by)
        of_whom = {"partner": owner}
    new = BankAccount(
        **of_whom,
        holder=holder,
        bank=bank,
        account=_checked("account", account_of, owner.country_id, account),
        bic=_checked("bic", bic_of, owner.country_id, bic),
        currency=currency,
        entered_by=by,
        entered_at=timezone.now(),
    )
    before = current_account(owner)
    if before is not None:
        if _details(before) == _details(new):
            raise Refused(_("These are the bank details already."))
        before.replaced_at = new.entered_at
        before.save(update_fields=["replaced_at"])
    new.clean_fields(exclude=["cluster", "partner", "entered_by", "verified_by"])
    with constraints_of(BankAccount):
        new.save()
    _tell(new, by=by)
    return new


@action(_("Bank details verified"))
def verify_account(account: BankAccount, *, by: User) -> BankAccount:
    """Note that the account was checked against a paper of the bank: that of a cluster by an officer of
    its country, that of a country partner by a coordinator.

    Money goes there ACCOUNT_COOLING_DAYS (of the settings, times 24 hours) later, and not before.
    """
    account = locked(account)
    if account.cluster is not None:
        require(may_verify_account, by, account.cluster)
    else:
        require(may_verify_partner_account, by)
    if account.replaced_at or account.verified_at:
        raise OutOfOrder(_("This account was verified already, or replaced by another."))
    now = timezone.now()
    account.verified_by, account.verified_at = by, now
    account.usable_from = now + timedelta(days=settings.ACCOUNT_COOLING_DAYS)
    with constraints_of(BankAccount):
        account.save(update_fields=["verified_by", "verified_at", "usable_from"])
    return account


def _checked(field: str, check: Callable[[str, str], str], country: str, typed: str) -> str:
    try:
        return check(country, typed)
    except ValidationError as error:
        raise ValidationError({field: error.error_list}) from error


def _details(account: BankAccount) -> tuple[str, ...]:
    return (account.holder, account.bank, account.account, account.bic, account.currency)


def _tell(account: BankAccount, *, by: User) -> None:
    """Tell everybody who answers for the account, whoever changed it."""
    if account.cluster is not None:
        people, kind = managers_of(account.cluster), "bank-details-changed"
    else:
        officers = officers_for(account.owner.country_id)
        people = (officers | people_holding(Role.COORDINATOR)).distinct()
        kind = "partner-account-changed"
    notify_each(
        people,
        kind,
        facts={
            "cluster": account.owner.name,
            "account": account.masked,
            "author": str(by),
        },
        about=account.owner,
    )
