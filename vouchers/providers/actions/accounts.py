"""Writes of consultants and the accounts on which they are paid. Fraud begins here.

An account counts once a second person has verified it; who was in touch with the provider before a
change is told of it.
"""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Role, User
from accounts.queries import people_holding
from clusters.models import Country
from clusters.models.account_numbers import (
    RIB_COUNTRIES,
    account_of,
    bic_of,
    country_of_account,
    normalised,
)
from clusters.queries import officers_for
from conduct.actions import (
    OutOfOrder,
    Refused,
    action,
    constraints_of,
    judged,
    locked,
    require,
    require_words,
)
from conduct.actions.queueing import queue_after_commit
from notices.actions import notify_each
from vouchers.providers.models import Provider, ProviderAccount
from vouchers.providers.permissions import may_register_provider, may_verify_provider_account
from vouchers.providers.queries import account_of_provider
from vouchers.providers.tasks import tell_provider

from .facts import compared


@action(gettext_lazy("Provider registered"))
def register_provider(
    country: Country,
    *,
    name: str,
    bank_account: str,
    by: User,
    email: str = "",
    holder: str = "",
    foreign_reason: str = "",
    own_name: str = "",
    registration_number: str = "",
    vat_number: str = "",
    town: str = "",
    bic: str = "",
) -> Provider:
    """Enter a consultant with the account to which invoices are paid, still to be verified.

    The account is checked by the rules of `country`; one in another country needs a
    `foreign_reason`. `holder` is the name at the bank, the provider's where it is empty. Raises
    ValidationError beside the field, Refused for a name that the country has already.
    """
    require(may_register_provider, by, country.pk)
    provider = Provider(
        country=country,
        name=name,
        email=email,
        own_name=own_name,
        registration_number=registration_number,
        vat_number=vat_number,
        town=town,
    )
    compared(provider)
    provider.full_clean()
    number = _checked(provider, bank_account, foreign_reason)
    with constraints_of(Provider):
        provider.save()
    account = _enter(
        provider, number, holder or name, foreign_reason, "", by=by, bic=_checked_bic(number, bic)
    )
    _ask_to_verify(account, by=by)
    return provider


@action(gettext_lazy("Provider's account changed"))
def change_provider_account(
    provider: Provider,
    *,
    bank_account: str,
    reason: str,
    by: User,
    holder: str = "",
    email: str = "",
    foreign_reason: str = "",
    bic: str = "",
) -> ProviderAccount:
    """Make this the account of the provider, for the `reason`; the one before is kept as replaced.

    It has to be verified anew, and no payment is ordered until then. Another `email` replaces the
    contact; the contact that stood before is told in any case. Raises ValidationError beside the
    field, Refused where nothing changes or no reason is given.
    """
    provider = locked(provider)
    require(may_register_provider, by, provider.country_id)
    require_words(reason, _("Say why the account is changed."), field="reason")
    number = _checked(provider, bank_account, foreign_reason)
    before = account_of_provider(provider)
    contact = provider.email
    holder = holder or (before.holder if before else provider.name)
    bic = _checked_bic(number, bic)
    if before is not None and number == before.account:
        bic = bic or before.bic
    if before is not None:
        before = locked(before)
        if (before.account, before.holder, before.bic) == (number, holder, bic):
            raise Refused(_("This is the account already."), field="bank_account")
        before.replaced_at = timezone.now()
        before.save(update_fields=["replaced_at"])
    if email and email != contact:
        provider.email = email
        provider.full_clean()
        provider.save(update_fields=["email"])
    account = _enter(
        provider, number, holder, foreign_reason, contact, by=by, reason=reason, bic=bic
    )
    if contact:
        queue_after_commit(tell_provider, account.pk)
    _ask_to_verify(account, by=by)
    return account


@action(gettext_lazy("Provider's account verified"))
def verify_provider_account(account: ProviderAccount, *, by: User) -> ProviderAccount:
    """Note that a second person checked the account against a paper of the bank.

    Money goes there ACCOUNT_COOLING_DAYS (of the settings, times 24 hours) later, and not before.
    Raises NotAllowed for who entered it, OutOfOrder where it was verified or replaced already.
    """
    account = judged(
        account,
        may_verify_provider_account,
        by=by,
        otherwise=_("Somebody else than who entered the account verifies it."),
    )
    if account.replaced_at or account.verified_at:
        raise OutOfOrder(_("This account was verified already, or replaced by another."))
    now = timezone.now()
    account.verified_by, account.verified_at = by, now
    account.usable_from = now + timedelta(days=settings.ACCOUNT_COOLING_DAYS)
    with constraints_of(ProviderAccount):
        account.save(update_fields=["verified_by", "verified_at", "usable_from"])
    return account


def _checked(provider: Provider, typed: str, foreign_reason: str) -> str:
    """The account as it is kept, by the rules of the country where it lies.

    Raises ValidationError beside the field that is wrong.
    """
    country, number = provider.country_id, normalised(typed)
    lies_in = country_of_account(number)
    # Digits alone are an account at home where accounts are so written, unless somebody says why not.
    is_rib_at_home = country in RIB_COUNTRIES and number.isdecimal() and not foreign_reason.strip()
    is_at_home = is_rib_at_home or lies_in in ("", country)
    try:
        found = account_of(country if is_at_home else lies_in, number)
    except ValidationError as error:
        raise ValidationError({"bank_account": error.error_list}) from error
    if not is_at_home and not foreign_reason.strip():
        raise ValidationError(
            {
                "foreign_reason": _(
                    "This is an account in another country (%(country)s). Say why the provider is "
                    "paid there."
                )
                % {"country": lies_in}
            }
        )
    return found


def _checked_bic(number: str, typed: str) -> str:
    """The BIC of a bank in the country of the account; empty where none is typed."""
    try:
        return bic_of(country_of_account(number), typed)
    except ValidationError as error:
        raise ValidationError({"bic": error.error_list}) from error


def _enter(
    provider: Provider,
    number: str,
    holder: str,
    foreign_reason: str,
    told_contact: str,
    *,
    by: User,
    reason: str = "",
    bic: str = "",
) -> ProviderAccount:
    abroad = country_of_account(number) != provider.country_id
    account = ProviderAccount(
        provider=provider,
        holder=holder,
        account=number,
        bic=bic,
        foreign_reason=foreign_reason if abroad else "",
        reason=reason,
        told_contact=told_contact,
        entered_by=by,
        entered_at=timezone.now(),
    )
    account.clean_fields(exclude=["provider", "entered_by", "verified_by"])
    with constraints_of(ProviderAccount):
        account.save()
    return account


def _ask_to_verify(account: ProviderAccount, *, by: User) -> None:
    """Tell whoever may verify it: the other officers, or the coordinators where there is none."""
    others = officers_for(account.provider.country_id).exclude(pk=by.pk)
    people = others if others.exists() else people_holding(Role.COORDINATOR).exclude(pk=by.pk)
    notify_each(
        people,
        "payment-account-to-verify",
        facts={
            "provider": account.provider.name,
            "account": account.masked,
            "author": str(by),
            "reason": account.reason,
        },
        about=account.provider,
    )
