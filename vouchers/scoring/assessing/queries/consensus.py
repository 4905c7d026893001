"""Reads of consensuses that are asked for: whose they are, and whom they concern."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User
from vouchers.applications.models import Application, Recusal
from vouchers.applications.queries import applications_open_to_role, officers_told_of
from vouchers.scoring.assessing.models import Assignment, Consensus

from .assignments import people_scoring_in, within_role


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
            Q(Exists(own.filter(state=Assignment.State.SCORED))) & within_role(user)
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
    """The assessors whose submitted assessment of the application is valid, by name.

    What somebody gave counts whatever becomes of their role; they are asked and told nothing more.
    """
    own = Assignment.objects.filter(application=application, state=Assignment.State.SCORED)
    people = people_scoring_in(application.country_id).filter(pk__in=own.values("assessor"))
    return people.order_by("full_name", "pk")


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

    Each as long as they may read it: nobody who still has to score the application, whom a conflict
    shuts out, or whose role has ended meanwhile.
    """
    application = consensus.application
    people = {
        *who_submitted(application),
        *officers_told_of(application),
        *User.objects.filter(pk__in=consensus.messages.values("author"), is_active=True),
    }
    readers = (
        one for one in people if consensuses_visible_to(one).filter(pk=consensus.pk).exists()
    )
    return sorted(readers, key=lambda one: one.pk)
