"""Reads of applications, scoped to who asks."""

from django.db import models
from django.db.models import Q, QuerySet

from accounts.models import User
from accounts.permissions import is_auditor, is_coordinator
from clusters.models import Cluster, Country, Representative, RepresentativeLevel
from vouchers.calls.models import Call

from .answering import FilledForm, fill_form
from .models import Application, Attachment, Recusal

# What staff may know of: an application that was sent and not re-opened.
SENT = Q(reference__isnull=False) & ~Q(state=Application.State.DRAFT)


def applications_visible_to(user: User) -> QuerySet[Application]:
    """The applications that the person may read, with call, cluster and country.

    Representatives see their cluster's, drafts included; officers their country's and
    coordinators and auditors all, once submitted and unless a conflict of interest recuses them.
    """
    applications = Application.objects.select_related("call", "cluster", "country")
    if not user.is_authenticated:
        return applications.none()
    own = Q(cluster__in=Representative.objects.filter(user=user).values("cluster"))
    scope = Q(country_id__in=user.officer_countries)
    if is_coordinator.test(user) or is_auditor.test(user):
        scope = Q()
    recused = Recusal.objects.filter(person=user).values("application")
    staff = scope & SENT & ~Q(pk__in=recused)
    return applications.filter(own | staff) if user.is_staff_member else applications.filter(own)


def applications_of(user: User) -> QuerySet[Application]:
    """The applications of the clusters for which the person acts, drafts included."""
    return applications_visible_to(user).filter(
        cluster__in=Representative.objects.filter(user=user).values("cluster")
    )


def matching(
    applications: QuerySet[Application],
    *,
    text: str = "",
    call: Call | None = None,
    country: Country | None = None,
    state: str = "",
) -> QuerySet[Application]:
    """Those with `text` in reference or name of the cluster, and so on, where these are given."""
    if text:
        applications = applications.filter(
            Q(reference__icontains=text) | Q(cluster__name__icontains=text)
        )
    if call:
        applications = applications.filter(call=call)
    if country:
        applications = applications.filter(country=country)
    if state:
        applications = applications.filter(state=state)
    return applications


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


def filled_form(application: Application) -> FilledForm:
    """The call's form as the application fills it in; four queries."""
    call = application.call
    return fill_form(
        call.sections.all(),
        call.questions.select_related("criterion"),
        application.answers.select_related("changed_by"),
        application.attachments.all(),
        most=call.voucher_amount,
    )


def records_with_letters(application: Application) -> list[models.Model]:
    """The application with its decisions and its award: what its letters are about.

    Later rooms hang on to an application by name, so that this one need not know them.
    """
    award = getattr(application, "award", None)
    return [application, *application.decisions.all(), *([award] if award else [])]
