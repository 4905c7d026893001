"""Reads of applications, scoped to who asks."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q, QuerySet

from accounts.models import User
from accounts.permissions import is_auditor, is_coordinator
from clusters.models import Cluster, RepresentativeLevel
from clusters.queries import officers_for, represented_by
from conduct.queries.once import read_once
from vouchers.applications.models import SENT, Application, Attachment, Recusal, SignedDeclaration
from vouchers.calls.models import Call, EligibilityRule


def applications_visible_to(user: User) -> QuerySet[Application]:
    """The applications that the person may read, with call, cluster and country.

    Representatives see their cluster's, drafts included; officers their country's and
    coordinators and auditors all, once submitted and unless a conflict of interest recuses them.
    """
    applications = Application.objects.select_related("call", "cluster", "country")
    if not user.is_authenticated:
        return applications.none()
    own = Q(cluster__in=represented_by(user))
    if not user.is_staff_member:
        return applications.filter(own)
    return applications.filter(own | _open_to_role(user))


def applications_open_to_role(user: User) -> QuerySet[Application]:
    """The sent applications that the person reads by their role: nothing without one.

    What their own cluster sent is among them only where the role reaches it.
    """
    if not user.is_staff_member:
        return Application.objects.none()
    return Application.objects.filter(_open_to_role(user))


def _open_to_role(user: User) -> Q:
    """What staff may read: sent, within the role's reach, and shut by no conflict of interest."""
    sent = SENT & ~Q(pk__in=shut_to(user))
    if is_coordinator.test(user) or is_auditor.test(user):
        return sent
    return Q(country_id__in=user.officer_countries) & sent


def applications_of(user: User) -> QuerySet[Application]:
    """The applications of the clusters for which the person acts, drafts included."""
    return applications_visible_to(user).filter(cluster__in=represented_by(user))


@read_once
def shut_to(user: User) -> QuerySet[Any]:
    """The keys of the applications that a conflict of interest shuts to the person, for conditions."""
    return Recusal.objects.filter(person=user).values_list("application", flat=True)


@read_once
def calls_shut_to(user: User) -> QuerySet[Any]:
    """The keys of the calls of these applications, for conditions."""
    return Recusal.objects.filter(person=user).values_list("application__call", flat=True)


def officers_told_of(application: Application) -> QuerySet[User]:
    """The officers of its country who are informed about the application.

    Nobody whom a conflict of interest shuts out of it: a message would tell them what no page does.
    """
    recused = Recusal.objects.filter(application=application).values("person")
    return officers_for(application.country_id).exclude(pk__in=recused)


def attachments_visible_to(user: User) -> QuerySet[Attachment]:
    """The files of the applications that the person may read."""
    return Attachment.objects.filter(application__in=applications_visible_to(user))


def clusters_that_may_start(user: User, call: Call) -> QuerySet[Cluster]:
    """The clusters for which the person could start an application to the call."""
    return Cluster.objects.filter(
        representatives__user=user,
        representatives__level__in=[RepresentativeLevel.MANAGER, RepresentativeLevel.EDITOR],
        country__quotas__call=call,
        country__quotas__vouchers__gt=0,
    ).exclude(
        pk__in=Application.objects.filter(call=call)
        .exclude(state=Application.State.WITHDRAWN)
        .values("cluster")
    )


def records_with_letters(application: Application) -> list[models.Model]:
    """The application with its decisions, reviews and award: what its letters are about.

    Later rooms hang on to an application by name, so that this one need not know them.
    """
    award = getattr(application, "award", None)
    decisions = application.decisions.select_related("appeal")
    appeals = [decision.appeal for decision in decisions if hasattr(decision, "appeal")]
    return [application, *decisions, *appeals, *([award] if award else [])]


def is_being_checked(application: Application) -> bool:
    """Whether the partner has begun to check it: a check, a draft of one, or a question about it.

    They hang on to an application by name, in the room above.
    """
    return (
        application.check_drafts.exists()
        or application.eligibility_checks.exists()
        or application.clarifications.exists()
    )


def declaration_of(application: Application) -> SignedDeclaration | None:
    """The declaration on honour as it was last signed, since the application was last sent."""
    if not application.has_arrived:
        return None
    return application.declarations.select_related("signed_by", "application__call").first()


def missing_in_profile(application: Application) -> list[str]:
    """Labels of what the cluster's profile lacks for this call.

    The year of foundation is asked for only where a rule of the call rests on it: not every
    cluster knows it by heart, and most calls do not care.
    """
    cluster = application.cluster
    missing = cluster.missing_for_application
    by_year = EligibilityRule.Kind.ESTABLISHED_BEFORE
    if not cluster.established and application.call.eligibility_rules.filter(kind=by_year).exists():
        missing.append(str(Cluster._meta.get_field("established").verbose_name))
    return missing
