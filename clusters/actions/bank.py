"""Writes of bank details. Fraud begins here, so every change is told to all managers."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from clusters.models import BankAccount, Cluster
from clusters.models.account_numbers import account_of, bic_of
from clusters.permissions import may_sign_for, may_verify_account
from clusters.queries import current_account, managers_of
from conduct.actions import OutOfOrder, Refused, action, constraints_of, judged, locked, require
from notices.actions import notify_each


@action(_("Bank details changed"))
def change_account(
    cluster: Cluster, *, holder: str, bank: str, account: str, bic: str, currency: str, by: User
) -> BankAccount:
    """Make this the account of the cluster; the one before is kept as replaced.

    Raises ValidationError beside the field that is wrong, Refused where nothing changed. Every
    manager is told, whoever did it, and the country partner verifies the account anew.
    """
    cluster = judged(cluster, may_sign_for, by=by)
    new = BankAccount(
        cluster=cluster,
        holder=holder,
        bank=bank,
        account=_checked("account", account_of, cluster.country_id, account),
        bic=_checked("bic", bic_of, cluster.country_id, bic),
        currency=currency,
        entered_by=by,
        entered_at=timezone.now(),
    )
    before = current_account(cluster)
    if before is not None:
        if _details(before) == _details(new):
            raise Refused(_("These are the bank details already."))
        before.replaced_at = new.entered_at
        before.save(update_fields=["replaced_at"])
    new.clean_fields(exclude=["cluster", "entered_by", "verified_by"])
    with constraints_of(BankAccount):
        new.save()
    _tell_managers(new, by=by)
    return new


@action(_("Bank details verified"))
def verify_account(account: BankAccount, *, by: User) -> BankAccount:
    """Note that an officer of the country checked the account against a paper of the bank."""
    account = locked(account)
    require(may_verify_account, by, account.cluster)
    if account.replaced_at or account.verified_at:
        raise OutOfOrder(_("This account was verified already, or replaced by another."))
    account.verified_by, account.verified_at = by, timezone.now()
    with constraints_of(BankAccount):
        account.save(update_fields=["verified_by", "verified_at"])
    return account


def _checked(field: str, check: Callable[[str, str], str], country: str, typed: str) -> str:
    try:
        return check(country, typed)
    except ValidationError as error:
        raise ValidationError({field: error.error_list}) from error


def _details(account: BankAccount) -> tuple[str, ...]:
    return (account.holder, account.bank, account.account, account.bic, account.currency)


def _tell_managers(account: BankAccount, *, by: User) -> None:
    notify_each(
        managers_of(account.cluster),
        "bank-details-changed",
        facts={
            "cluster": account.cluster.name,
            "account": account.masked,
            "author": str(by),
        },
        about=account.cluster,
    )
