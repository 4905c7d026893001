"""Writes about who acts for a cluster."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.actions import locked_person, require_room_for_offer
from accounts.models import User
from accounts.queries import has_proven
from clusters.models import Cluster, Representative, RepresentativeInvitation, RepresentativeLevel
from clusters.permissions import may_sign_for
from clusters.queries import managers_of
from clusters.tasks import mail_cluster_invitation
from conduct.actions import (
    NotAllowed,
    OutOfOrder,
    Refused,
    action,
    constraints_of,
    judged,
    locked,
    require,
)
from conduct.actions.queueing import queue_after_commit
from notices.actions import notify_each

Level = RepresentativeLevel


@action(_("Representative invited"))
def invite_representative(
    cluster: Cluster, *, email: str, level: str, language: str = "en", by: User
) -> RepresentativeInvitation:
    """Offer a level to whoever proves `email`; an earlier offer to the address is replaced.

    Raises NotAllowed unless `by` is a manager; Refused for one's own address and for somebody who
    acts for the cluster already. The message is mailed after the commit.
    """
    cluster = judged(cluster, may_sign_for, by=by)
    email = email.strip().lower()
    require_room_for_offer(RepresentativeInvitation, email, by=locked_person(by))
    if has_proven(by, email):
        raise Refused(_("You cannot invite yourself."))
    if cluster.representatives.filter(user__email=email).exists():
        raise Refused(
            _("This person acts for the cluster already. You can change their level below.")
        )
    _standing(cluster).filter(email__iexact=email).update(withdrawn_at=timezone.now())
    with constraints_of(RepresentativeInvitation):
        invitation = RepresentativeInvitation.objects.create(
            cluster=cluster, email=email, level=level, language=language, invited_by=by
        )
    queue_after_commit(mail_cluster_invitation, invitation.pk)
    return invitation


@action(_("Invitation sent again"))
def resend_invitation(
    invitation: RepresentativeInvitation, *, by: User
) -> RepresentativeInvitation:
    """Send a new message with a new link, good for two weeks from now; the old link ends."""
    invitation = locked(invitation)
    require(may_sign_for, by, invitation.cluster)
    _require_unanswered(invitation)
    return invite_representative(
        invitation.cluster,
        email=invitation.email,
        level=invitation.level,
        language=invitation.language,
        by=by,
    )


@action(_("Invitation withdrawn"))
def withdraw_representative_invitation(
    invitation: RepresentativeInvitation, *, by: User
) -> RepresentativeInvitation:
    """Take back an invitation that nobody has taken up yet."""
    invitation = locked(invitation)
    require(may_sign_for, by, invitation.cluster)
    _require_unanswered(invitation)
    invitation.withdrawn_at = timezone.now()
    invitation.save(update_fields=["withdrawn_at"])
    return invitation


@action(_("Invitation taken up"))
def accept_representation(invitation: RepresentativeInvitation, *, by: User) -> Representative:
    """Take up an invitation: `by` acts for the cluster from now on.

    Raises NotAllowed unless `by` has proven the invited address, and for staff of the programme,
    who would decide on their own application; OutOfOrder when it was used or withdrawn, has
    expired, or whoever sent it manages the cluster no longer.
    """
    invitation = locked(invitation)
    cluster = invitation.cluster
    by = locked_person(by)
    if not has_proven(by, invitation.email):
        raise NotAllowed(
            _("This invitation is for another e-mail address. Log in with the invited address.")
        )
    if by.is_staff_member:
        raise NotAllowed(_("Staff of the programme cannot represent a cluster."))
    if not invitation.is_open:
        raise OutOfOrder(_("This invitation was used or withdrawn, or it has expired."))
    if not managers_of(cluster).filter(pk=invitation.invited_by_id).exists():
        raise OutOfOrder(
            _("Whoever invited you no longer manages the cluster. Please ask for a new invitation.")
        )
    if cluster.representatives.filter(user=by).exists():
        raise OutOfOrder(_("You act for this cluster already."))
    invitation.accepted_by, invitation.accepted_at = by, timezone.now()
    invitation.save(update_fields=["accepted_by", "accepted_at"])
    representative = Representative.objects.create(cluster=cluster, user=by, level=invitation.level)
    _tell(managers_of(cluster).exclude(pk=by.pk), "representative-joined", representative, by=by)
    return representative


@action(_("Level changed"))
def change_level(representative: Representative, *, level: str, by: User) -> Representative:
    """Change how far a person may act. The last manager stays one."""
    representative = locked(representative)
    require(may_sign_for, by, representative.cluster)
    if representative.level == level:
        return representative
    if level != Level.MANAGER:
        _require_another_manager(representative)
    representative.level = level
    representative.save(update_fields=["level"])
    _tell_the_person("representative-changed", representative, by=by)
    return representative


@action(_("Cluster handed over"))
def hand_over(representative: Representative, *, by: User) -> Representative:
    """Make this person the manager and oneself an editor, in one step."""
    representative = locked(representative)
    require(may_sign_for, by, representative.cluster)
    if representative.user_id == by.pk:
        raise Refused(_("Choose somebody else to hand over to."))
    representative.level = Level.MANAGER
    representative.save(update_fields=["level"])
    own = representative.cluster.representatives.get(user=by)
    own.level = Level.EDITOR
    own.save(update_fields=["level"])
    _tell_the_person("representative-changed", representative, by=by)
    return representative


@action(_("Representative removed"))
def remove_representative(representative: Representative, *, by: User, reason: str = "") -> None:
    """Let a person act for the cluster no longer: by a manager, or by the person alone.

    Raises Refused for the last manager, without whom nobody could sign or invite.
    """
    representative = locked(representative)
    if representative.user_id != by.pk:
        require(may_sign_for, by, representative.cluster)
    _require_another_manager(representative)
    _tell_the_person("representative-removed", representative, by=by)
    representative.delete()


def _require_another_manager(representative: Representative) -> None:
    others = representative.cluster.representatives.filter(level=Level.MANAGER).exclude(
        pk=representative.pk
    )
    if representative.level == Level.MANAGER and not others.exists():
        raise Refused(
            _("A cluster needs a manager. Make somebody else manager first, or hand over to them.")
        )


def _require_unanswered(invitation: RepresentativeInvitation) -> None:
    if invitation.accepted_at or invitation.withdrawn_at:
        raise OutOfOrder(_("This invitation was already answered or withdrawn."))


def _standing(cluster: Cluster) -> QuerySet[RepresentativeInvitation]:
    return cluster.invitations.filter(accepted_at=None, withdrawn_at=None)


def _tell_the_person(kind: str, representative: Representative, *, by: User) -> None:
    if representative.user_id != by.pk:
        _tell([representative.user], kind, representative, by=by)


def _tell(people: Iterable[User], kind: str, representative: Representative, *, by: User) -> None:
    facts = {
        "cluster": representative.cluster.name,
        "person": str(representative.user),
        "level": representative.level,
        "author": str(by),
    }
    notify_each(people, kind, facts=facts, about=representative.cluster)
