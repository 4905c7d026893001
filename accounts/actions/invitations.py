"""Writes about invitations to roles."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.actions.telling import ask_for_second_word, facts_of, tell, tell_of_grant
from accounts.models import Invitation, RoleGrant, User, invitation_expiry
from accounts.permissions import (
    may_confirm_invitation,
    may_offer_role,
    may_withdraw_invitation,
)
from accounts.queries import has_proven, owner_of
from accounts.tasks import mail_invitation
from conduct.actions import NotAllowed, OutOfOrder, Refused, action, judged, locked, require
from conduct.actions.queueing import queue_after_commit

from .offers import require_room_for_offer
from .roles import give, obstacle_to, require_fitting_country, require_offer
from .sessions import locked_person


@action(_("Person invited"))
def invite_person(
    email: str, role: str, *, country_code: str = "", language: str = "en", by: User | None
) -> Invitation:
    """Offer a role to whoever proves `email`; an earlier offer of the same role is replaced.

    `country_code` (ISO 3166) goes with country-partner officers only. `by` is None for the command
    line. The message is mailed after the commit, or once a second person has confirmed a role that
    decides or pays (CONFIRMED). Raises NotAllowed when the role is not theirs to offer; Refused for
    one's own address, for a role that is held already or excluded by another, for a role and country
    that do not go together, and after too many invitations within a day.
    """
    email = email.strip().lower()
    if by is not None:
        by = locked_person(by)
        require_offer(by, role)
        if has_proven(by, email):
            raise Refused(_("You cannot invite yourself."))
    require_fitting_country(role, country_code)
    require_room_for_offer(Invitation, email, by=by)
    _require_possible(email, role, country_code)
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
    if invitation.waits_for_a_second_word:
        ask_for_second_word(invitation)
    else:
        queue_after_commit(mail_invitation, invitation.pk)
    return invitation


@action(_("Invitation confirmed"))
def confirm_invitation(invitation: Invitation, *, by: User | None) -> Invitation:
    """Give the second word on a role that decides or pays; its message goes out now.

    `by` is None for the command line, where nobody else is there yet. Raises NotAllowed unless `by`
    is an administrator or coordinator who did not send it, Refused for one's own address, OutOfOrder
    when it waits for no second word.
    """
    invitation = locked(invitation)
    if by is not None:
        require(
            may_confirm_invitation,
            by,
            invitation,
            otherwise=_("An administrator or coordinator who did not send it confirms it."),
        )
        if has_proven(by, invitation.email):
            raise Refused(_("Nobody confirms a role of their own."))
    if not (invitation.is_open and invitation.waits_for_a_second_word):
        raise OutOfOrder(_("This invitation waits for no second word."))
    invitation.confirmed_by, invitation.confirmed_at = by, timezone.now()
    invitation.expires_at = invitation_expiry()
    invitation.save(update_fields=["confirmed_by", "confirmed_at", "expires_at"])
    queue_after_commit(mail_invitation, invitation.pk)
    return invitation


@action(_("Invitation taken up"))
def accept_invitation(invitation: Invitation, *, by: User) -> RoleGrant:
    """Take up an invitation: `by` gets the role that it offers, and all who watch are told.

    Raises NotAllowed unless `by` has proven the invited address, and for whoever sent or confirmed
    the invitation, under whatever address; OutOfOrder when it was used or withdrawn, has expired,
    waits for a second word, or whoever sent or confirmed it may no longer; Refused where something
    that they hold excludes the role.
    """
    invitation = locked(invitation)
    caller, by = by, locked_person(by)
    if not has_proven(by, invitation.email):
        raise NotAllowed(
            _("This invitation is for another e-mail address. Log in with the invited address.")
        )
    if by.pk in (invitation.invited_by_id, invitation.confirmed_by_id):
        raise NotAllowed(_("Nobody takes up a role that they gave themselves."))
    if not invitation.is_open:
        raise OutOfOrder(_("This invitation was used or withdrawn, or it has expired."))
    _require_standing_words(invitation)
    invitation.accepted_by, invitation.accepted_at = by, timezone.now()
    invitation.save(update_fields=["accepted_by", "accepted_at"])
    inviter = invitation.invited_by
    grant = give(
        by,
        invitation.role,
        invitation.country_code,
        giver=inviter,
        second=invitation.confirmed_by,
        confirmed=invitation.confirmed_at is not None,
    )
    caller.forget_roles()
    tell_of_grant("role-given", grant)
    if inviter is not None:
        facts = {**facts_of(invitation), "person": str(by)}
        tell([inviter], "invitation-accepted", facts, reverse("accounts:invite"))
    return grant


@action(_("Invitation withdrawn"))
def withdraw_invitation(invitation: Invitation, *, by: User, reason: str = "") -> Invitation:
    """Take back an invitation that nobody has taken up yet."""
    invitation = judged(invitation, may_withdraw_invitation, by=by)
    if invitation.accepted_at or invitation.withdrawn_at:
        raise OutOfOrder(_("This invitation was already answered or withdrawn."))
    invitation.withdrawn_at = timezone.now()
    invitation.save(update_fields=["withdrawn_at"])
    return invitation


def _require_possible(email: str, role: str, country_code: str) -> None:
    """Refuse at once what could not be taken up, as far as the address is known here."""
    person = owner_of(email)
    if person is None:
        return
    if person.role_grants.filter(role=role, country_code=country_code, revoked_at=None).exists():
        raise Refused(_("This person holds the role already."))
    if reason := obstacle_to(person, role):
        raise Refused(reason)


def _require_standing_words(invitation: Invitation) -> None:
    """Both words must still count: of who may no longer give them, a new invitation is needed."""
    if invitation.waits_for_a_second_word:
        raise OutOfOrder(_("A second person must confirm this invitation first."))
    inviter, second = invitation.invited_by, invitation.confirmed_by
    inviter_stands = inviter is None or (
        inviter.is_active and may_offer_role(inviter, invitation.role)
    )
    second_stands = second is None or (
        second.is_active and may_confirm_invitation.test(second, invitation)
    )
    if not (inviter_stands and second_stands):
        raise OutOfOrder(
            _("Whoever invited you may no longer offer this role. Please ask for a new invitation.")
        )
