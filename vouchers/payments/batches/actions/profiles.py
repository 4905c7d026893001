"""Setting up the account that the programme pays from."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from clusters.models.account_numbers import bic_of, normalised
from conduct.actions import OutOfOrder, Refused, action, constraints_of, judged, require
from vouchers.payments.batches.models import BankProfile
from vouchers.payments.batches.models.profiles import SAID
from vouchers.payments.batches.permissions import may_enter_profile, may_verify_profile
from vouchers.payments.batches.rules.accounts import country_of, problem_of_account
from vouchers.payments.batches.rules.codes import SEPA_COUNTRIES, strangers


@action(gettext_lazy("Bank profile entered"))
def enter_profile(*, by: User, reason: str = "", **said: Any) -> BankProfile:
    """Enter what a bank asks of a payment file (the fields of SAID), still to be verified.

    One of the same name takes the place of the one that stands once it is verified; `reason` says why
    it was changed. Raises ValidationError beside the field.
    """
    require(may_enter_profile, by)
    profile = BankProfile(entered_by=by, reason=reason)
    for name in SAID:
        if name in said:
            setattr(profile, name, said[name])
    profile.debtor_account = normalised(profile.debtor_account)
    problems = dict(_problems(profile))
    if problems:
        raise ValidationError(problems)
    profile.country = country_of(profile.debtor_account)
    profile.debtor_bic = _bic(profile)
    profile.holidays = sorted(set(profile.holidays))
    profile.clean_fields(exclude={one.name for one in profile._meta.fields} - {*SAID})
    with constraints_of(BankProfile):
        profile.save()
    return profile


@action(gettext_lazy("Bank profile verified"))
def verify_profile(profile: BankProfile, *, by: User) -> BankProfile:
    """A second person compared the profile with what the bank wrote: it can be paid from.

    The one of its name before it is replaced. Raises NotAllowed for who entered it, OutOfOrder where
    it was verified already.
    """
    profile = judged(
        profile,
        may_verify_profile,
        by=by,
        otherwise=_("Somebody else than who entered the profile verifies it."),
    )
    if profile.verified_at is not None or profile.replaced_at is not None:
        raise OutOfOrder(_("This profile was verified already, or replaced by another."))
    now = timezone.now()
    standing = BankProfile.objects.filter(
        name=profile.name, verified_at__isnull=False, replaced_at=None
    )
    standing.update(replaced_at=now)
    profile.verified_by, profile.verified_at = by, now
    with constraints_of(BankProfile):
        profile.save(update_fields=["verified_by", "verified_at"])
    return profile


def _problems(profile: BankProfile) -> list[tuple[str, str]]:
    """What cannot be, by field: where the account lies says whether it can be paid from by SEPA."""
    found = []
    problem = problem_of_account(profile.debtor_account)
    if problem == "key":
        found.append(
            ("debtor_account", _("The check digits do not fit the others: look for a slip."))
        )
    elif problem:
        found.append(
            ("debtor_account", _("This is neither an IBAN nor a Moroccan RIB of 24 digits."))
        )
    for name in ("debtor_name", "debtor_town"):
        strange = strangers(getattr(profile, name), profile.characters)
        if strange:
            found.append(
                (name, _("The bank does not take these letters: %(found)s") % {"found": strange})
            )
    in_sepa = country_of(profile.debtor_account) in SEPA_COUNTRIES
    if profile.service_level == "SEPA" and not in_sepa:
        found.append(("service_level", _("This account lies outside of SEPA.")))
    if profile.charge_bearer == "SLEV" and profile.service_level != "SEPA":
        found.append(("charge_bearer", _("SLEV belongs to payments inside of SEPA.")))
    return found


def _bic(profile: BankProfile) -> str:
    try:
        found = bic_of(profile.country, profile.debtor_bic)
    except ValidationError as error:
        raise ValidationError({"debtor_bic": error.error_list}) from error
    if not found:
        raise Refused(_("Write the BIC of the bank."), field="debtor_bic")
    return found
