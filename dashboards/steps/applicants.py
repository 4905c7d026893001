"""The next steps of the people of clusters, as they find them on their home page."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from clusters.queries import clusters_of
from conduct.queries.days import today
from dashboards.queries.journeys import Journey
from dashboards.queries.waiting import NAMED
from vouchers.applications.models import Application
from vouchers.applications.queries import applications_of
from vouchers.applications.steps import YOU, Step, application_step
from vouchers.assistance.surveys.queries import awaited_surveys
from vouchers.awards.models import Award, Voucher
from vouchers.awards.queries import awards_visible_to, vouchers_visible_to
from vouchers.awards.steps import answer_step
from vouchers.calls.queries import accepting_calls
from vouchers.correspondence.models import About, Message, Thread
from vouchers.correspondence.queries import unread_messages

from .vouchers import voucher_step


def steps_of_applicant(user: User) -> list[Step]:
    """The next steps of a representative: their vouchers, awards, applications, open calls."""
    steps = [
        *(_message_step(thread) for thread in _unread_threads(user)),
        *(voucher_step(Journey(voucher), user) for voucher in _active_vouchers(user)),
        *(answer_step(award) for award in _offers(user)),
        *(application_step(application, user) for application in _open_applications(user)),
    ]
    return steps or _first_steps(user)


def _active_vouchers(user: User) -> QuerySet[Voucher]:
    """Those that go on or rest, that ended early but may still be claimed, or are asked about again."""
    open_ = Q(state__in=[Voucher.State.ACTIVE, Voucher.State.SUSPENDED])
    claimable = Q(state=Voucher.State.TERMINATED, claims_until__gte=today())
    asked_about = Q(pk__in=awaited_surveys().values("voucher"))
    return vouchers_visible_to(user).filter(open_ | claimable | asked_about)[:NAMED]


def _offers(user: User) -> QuerySet[Award]:
    return awards_visible_to(user).filter(state=Award.State.OFFERED)[:NAMED]


def _open_applications(user: User) -> QuerySet[Application]:
    undecided = [
        Application.State.DRAFT,
        Application.State.SUBMITTED,
        Application.State.ELIGIBLE,
        Application.State.RESERVE,
    ]
    found = applications_of(user).filter(state__in=undecided)
    return found.prefetch_related("clarifications")[:NAMED]


def _unread_threads(user: User) -> list[Thread]:
    """What the partner or the coordination wrote to the person's clusters, and they have not read."""
    own = applications_of(user).select_related("award__voucher")
    return [
        Thread(application, about)
        for about in About
        for application in own.filter(
            pk__in=unread_messages(user, about)
            .exclude(side=Message.Side.CLUSTER)
            .values("application")
        )[:NAMED]
    ]


def _message_step(thread: Thread) -> Step:
    if thread.is_about_voucher:
        told = _("You were written to about the voucher %(voucher)s.") % {
            "voucher": thread.application.reference
        }
    else:
        told = _("Your country partner wrote to you about %(application)s.") % {
            "application": thread.application.reference
        }
    return Step(told, YOU, thread.reply_address, _("Read the message"))


def _first_steps(user: User) -> list[Step]:
    if not clusters_of(user).exists():
        return [
            Step(
                _("Tell us about your cluster; then you can apply."),
                YOU,
                reverse("clusters:register"),
                _("Register your cluster"),
            )
        ]
    return [
        Step(
            _("%(call)s is open.") % {"call": call},
            YOU,
            call.get_absolute_url(),
            _("Read the call"),
        )
        for call in accepting_calls()[:NAMED]
    ] or [Step(_("No call is open now. We tell you here when one opens."))]
