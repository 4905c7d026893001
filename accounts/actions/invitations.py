"""Writes about invitations to roles."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Invitation, RoleGrant, User
from accounts.permissions import may_offer_role, may_withdraw_invitation
from accounts.queries import has_proven
from accounts.tasks import mail_invitation
from records.acting import NotAllowed, OutOfOrder, Refused, action
from records.queueing import queue_after_commit
from records.states import judged, locked

from .roles import give, require_fitting_country, require_offer


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
        require_offer(by, role)
        if has_proven(by, email):
            raise Refused(_("You cannot invite yourself."))
    require_fitting_country(role, country_code)
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
    return give(by, invitation.role, invitation.country_code, giver=inviter)


@action(_("Invitation withdrawn"))
def withdraw_invitation(invitation: Invitation, *, by: User, reason: str = "") -> Invitation:
    """Take back an invitation that nobody has taken up yet."""
    invitation = judged(invitation, may_withdraw_invitation, by=by)
    if invitation.accepted_at or invitation.withdrawn_at:
        raise OutOfOrder(_("This invitation was already answered or withdrawn."))
    invitation.withdrawn_at = timezone.now()
    invitation.save(update_fields=["withdrawn_at"])
    return invitation
