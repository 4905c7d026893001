"""Every write about people: accounts, preferences, invitations and roles."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from records.acting import NotAllowed, OutOfOrder, Refused, action, require
from records.queueing import queue_after_commit
from records.states import locked

from .models import Invitation, Role, RoleGrant, User
from .permissions import (
    may_offer_role,
    may_revoke_role,
    may_withdraw_invitation,
)
from .queries import has_proven
from .tasks import mail_invitation


@action(_("Account made"))
def add_person(
    email: str,
    full_name: str,
    *,
    language: str = "en",
    time_zone: str = "Europe/Brussels",
    password: str | None = None,
) -> User:
    """Make an account whose address needs no further proof (demonstration data, command line).

    Everybody else signs up and proves the address by a link.
    """
    person = User.objects.create_user(
        email, password, full_name=full_name, language=language, time_zone=time_zone
    )
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


@action(_("Personal data changed"))
def change_profile(
    person: User, *, full_name: str, language: str, time_zone: str, by: User
) -> User:
    """Change how a person is called and in which language and time zone they read.

    Raises NotAllowed unless it is one's own profile.
    """
    if person != by:
        raise NotAllowed(_("You can change your own profile only."))
    person.full_name, person.language, person.time_zone = full_name, language, time_zone
    person.save(update_fields=["full_name", "language", "time_zone"])
    return person


@action(_("Language chosen"))
def choose_language(person: User, language: str, *, by: User) -> User:
    """Keep the language that a person chose, for pages, messages and letters alike."""
    if person != by:
        raise NotAllowed(_("You can change your own language only."))
    person.language = language
    person.save(update_fields=["language"])
    return person


@action(_("Person invited"))
def invite_person(
    email: str, role: str, *, country_code: str = "", language: str = "en", by: User | None
) -> Invitation:
    """Offer a role to whoever proves `email`; an earlier offer of the same role is replaced.

    `country_code` (ISO 3166) goes with country-partner officers only. `by` is None when the
    command line invites the first administrator. Raises NotAllowed when the role is not theirs to
    offer, Refused for one's own address, for a role that is held already and for a role and
    country that do not go together. The message is mailed after the commit.
    """
    email = email.strip().lower()
    if by is not None:
        _require_offer(by, role)
        if has_proven(by, email):
            raise Refused(_("You cannot invite yourself."))
    _require_fitting_country(role, country_code)
    if RoleGrant.objects.filter(
        user__email=email, role=role, country_code=country_code, revoked_at=None
    ).exists():
        raise Refused(_("This person holds the role already."))
    Invitation.objects.filter(
        email__iexact=email,
        role=role,
        country_code=country_code,
        accepted_at=None,
        withdrawn_at=None,
    ).update(withdrawn_at=timezone.now())
    invitation = Invitation.objects.create(
        email=email, role=role, country_code=country_code, language=language, invited_by=by
    )
    queue_after_commit(mail_invitation, invitation.pk)
    return invitation


@action(_("Invitation taken up"))
def accept_invitation(invitation: Invitation, *, by: User) -> RoleGrant:
    """Take up an invitation: `by` gets the role that it offers.

    Raises NotAllowed unless `by` has proven the invited address; OutOfOrder when it was used or
    withdrawn, has expired, or whoever sent it may no longer offer the role.
    """
    invitation = locked(invitation)
    if not has_proven(by, invitation.email):
        raise NotAllowed(
            _("This invitation is for another e-mail address. Log in with the invited address.")
        )
    if not invitation.is_open:
        raise OutOfOrder(_("This invitation was used or withdrawn, or it has expired."))
    inviter = invitation.invited_by
    if inviter is not None and not may_offer_role(inviter, invitation.role):
        raise OutOfOrder(
            _("Whoever invited you may no longer offer this role. Please ask for a new invitation.")
        )
    invitation.accepted_by, invitation.accepted_at = by, timezone.now()
    invitation.save(update_fields=["accepted_by", "accepted_at"])
    return _give(by, invitation.role, invitation.country_code, giver=inviter)


@action(_("Invitation withdrawn"))
def withdraw_invitation(invitation: Invitation, *, by: User, reason: str = "") -> Invitation:
    """Take back an invitation that nobody has taken up yet."""
    require(may_withdraw_invitation, by, invitation)
    invitation = locked(invitation)
    if invitation.accepted_at or invitation.withdrawn_at:
        raise OutOfOrder(_("This invitation was already answered or withdrawn."))
    invitation.withdrawn_at = timezone.now()
    invitation.save(update_fields=["withdrawn_at"])
    return invitation


@action(_("Role given"))
def grant_role(person: User, role: str, *, country_code: str = "", by: User | None) -> RoleGrant:
    """Give a role without an invitation (demonstration data, command line: `by` is None).

    Raises NotAllowed when the role is not theirs to offer or when they would give it to
    themselves; Refused when the role and the country do not go together.
    """
    if by is not None:
        _require_offer(by, role)
        if by == person:
            raise NotAllowed(_("Nobody gives a role to themselves."))
    _require_fitting_country(role, country_code)
    return _give(person, role, country_code, giver=by)


@action(_("Role taken away"))
def revoke_role(grant: RoleGrant, *, by: User, reason: str = "") -> RoleGrant:
    """Take a role away from a person, from their next click on.

    Raises NotAllowed unless `by` is an administrator, OutOfOrder when it was revoked before, and
    Refused for the last administrator, without whom nobody could give roles any more.
    """
    require(may_revoke_role, by, grant)
    # All grants of administrators are locked in one order, so that of two administrators who
    # revoke one another at the same instant one stays.
    administrators = list(
        RoleGrant.objects.select_for_update(of=("self",))
        .filter(role=Role.ADMINISTRATOR, revoked_at=None, user__is_active=True)
        .order_by("pk")
    )
    grant = locked(grant)
    if grant.revoked_at is not None:
        raise OutOfOrder(_("This role was revoked already."))
    if administrators == [grant]:
        raise Refused(_("The last administrator cannot be revoked. Invite another one first."))
    grant.revoked_at = timezone.now()
    grant.save(update_fields=["revoked_at"])
    grant.user.forget_roles()
    return grant


def _give(person: User, role: str, country_code: str, *, giver: User | None) -> RoleGrant:
    grant, _created = RoleGrant.objects.get_or_create(
        user=person,
        role=role,
        country_code=country_code,
        revoked_at=None,
        defaults={"granted_by": giver},
    )
    person.forget_roles()
    return grant


def _require_offer(person: User, role: str) -> None:
    require(may_offer_role, person, role, otherwise=_("You may not offer this role."))


def _require_fitting_country(role: str, country_code: str) -> None:
    if role not in Role.values:
        raise Refused(_("There is no such role."))
    if role == Role.OFFICER and not country_code:
        raise Refused(_("Choose the country of the country-partner officer."))
    if role != Role.OFFICER and country_code:
        raise Refused(_("Only country-partner officers have a country."))
