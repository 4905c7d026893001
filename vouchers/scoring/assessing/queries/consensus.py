"""Reads of consensuses that are asked for: whose they are, and whom they concern."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User
from vouchers.applications.models import Application, Recusal
from vouchers.applications.queries import applications_open_to_role, officers_told_of
from vouchers.scoring.assessing.models import Assignment, Consensus


def consensuses_visible_to(user: User) -> QuerySet[Consensus]:
    """The consensuses that the person may read.

    Those who submitted an assessment of the application and stand by it; staff as far as their role
    reaches, but never before their own assessment (design, rule 5), nor against a conflict of
    interest.
    """
    if not user.is_authenticated:
        return Consensus.objects.none()
    own = Assignment.objects.filter(application=OuterRef("application"), assessor=user)
    owed = own.filter(state__in=[Assignment.State.ASSIGNED, Assignment.State.CLEARED])
    recused = Recusal.objects.filter(application=OuterRef("application"), person=user)
    return (
        Consensus.objects.filter(
            Q(Exists(own.filter(state=Assignment.State.SCORED)))
            | Q(application__in=applications_open_to_role(user))
        )
        .exclude(Exists(owed))
        .exclude(Exists(recused))
        .select_related("application__call", "application__cluster", "application__country")
    )


def to_agree_on(user: User) -> QuerySet[Consensus]:
    """Those that are asked for and not settled, as far as the person may know of them."""
    return consensuses_visible_to(user).filter(
        state=Consensus.State.ASKED, application__state=Application.State.ELIGIBLE
    )


def who_submitted(application: Application) -> QuerySet[User]:
    """The assessors whose submitted assessment of the application is valid, by name."""
    return User.objects.filter(
        assignments__application=application,
        assignments__state=Assignment.State.SCORED,
        is_active=True,
    ).order_by("full_name", "pk")


def may_lead(user: User, application: Application) -> bool:
    """Whether the person can be rapporteur: they score the application, and nothing shuts them out.

    Somebody who corrects their scores stays rapporteur meanwhile.
    """
    return (
        Assignment.objects.filter(
            application=application,
            assessor=user,
            state__in=[Assignment.State.SCORED, Assignment.State.CLEARED],
        ).exists()
        and not Recusal.objects.filter(application=application, person=user).exists()
    )


def concerned_by(consensus: Consensus) -> list[User]:
    """Who is notified of what happens: the assessors who submitted, the officers, whoever wrote in it.

    Nobody who still has to score the application, and nobody whom a conflict shuts out.
    """
    application = consensus.application
    people = {
        *who_submitted(application),
        *officers_told_of(application),
        *User.objects.filter(pk__in=consensus.messages.values("author")),
    }
    owing = Assignment.objects.filter(
        application=application,
        state__in=[Assignment.State.ASSIGNED, Assignment.State.CLEARED],
    )
    shut_out = {
        *owing.values_list("assessor", flat=True),
        *Recusal.objects.filter(application=application).values_list("person", flat=True),
    }
    return sorted((one for one in people if one.pk not in shut_out), key=lambda one: one.pk)
