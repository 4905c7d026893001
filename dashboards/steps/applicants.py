"""The next steps of the people of clusters, as they find them on their home page."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from clusters.queries import clusters_edited_by, clusters_of
from conduct.queries.counting import rows_of
from dashboards.queries.journeys import Journey
from dashboards.queries.own import OwnVoucher, vouchers_of
from dashboards.queries.pages import pages_waiting
from dashboards.queries.waiting import NAMED
from vouchers.applications.models import Application
from vouchers.applications.queries import applications_of
from vouchers.applications.steps import YOU, Step, application_step
from vouchers.assistance.needs.queries import meetings_to_answer
from vouchers.assistance.needs.steps import meeting_steps
from vouchers.awards.models import Award, Voucher
from vouchers.awards.queries import awards_visible_to
from vouchers.awards.steps import answer_step
from vouchers.calls.queries import accepting_calls
from vouchers.correspondence.models import About, Message, Thread
from vouchers.correspondence.queries import unread_messages
from vouchers.standing.models import Party

from .vouchers import standing_step, voucher_step


def steps_of_applicant(user: User, vouchers: Sequence[OwnVoucher] | None = None) -> list[Step]:
    """The next steps of a representative: their vouchers, awards, applications, open calls.

    `vouchers` are those of `dashboards.queries.own`, where the page has read them already.
    """
    known = vouchers_of(user) if vouchers is None else vouchers
    steps = [
        *(_message_step(thread) for thread in _unread_threads(user)),
        *_steps_of_vouchers(user, [one.voucher for one in known if one.goes_on]),
        *(answer_step(award) for award in _offers(user)),
        *(application_step(application, user) for application in _open_applications(user)),
    ]
    return steps or _first_steps(user)


def _steps_of_vouchers(user: User, vouchers: Sequence[Voucher]) -> list[Step]:
    """Of each voucher what comes next: where it goes on, as it was last judged, which costs a query for
    each kind of task; else from all that happened to it.
    """
    if not vouchers:
        return []
    meetings = meetings_to_answer(user)[:NAMED]
    steps = [step for meeting in meetings for step in meeting_steps([meeting], user)]
    edited = clusters_edited_by(user)
    judged = {one.pk: one.standing for one in vouchers if _is_judged(one)}
    theirs = [one for one in judged.values() if one.party == Party.CLUSTER]
    pages = pages_waiting(theirs, user)
    for voucher in vouchers:
        if voucher.pk in judged:
            may_act = voucher.award.application.cluster_id in edited
            page = pages.get(voucher.pk, "")
            steps.append(standing_step(judged[voucher.pk], may_act=may_act, page=page))
        else:
            steps.append(voucher_step(Journey(voucher), user))
    return steps


def _is_judged(voucher: Voucher) -> bool:
    """Whether it goes on, and somebody is waited for."""
    standing = getattr(voucher, "standing", None)
    return voucher.state == Voucher.State.ACTIVE and standing is not None and bool(standing.party)


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
    own = applications_of(user)
    asked = [
        own.filter(
            Exists(
                unread_messages(user, about)
                .exclude(side=Message.Side.CLUSTER)
                .filter(application=OuterRef("pk"))
            )
        ).values("pk")[:NAMED]
        for about in About
    ]
    # The first few of each kind, so that much of one hides nothing of the other; then their records.
    found = [[row["pk"] for row in rows] for rows in rows_of(asked)]
    if not any(found):
        return []
    records = own.select_related("award__voucher").in_bulk([pk for keys in found for pk in keys])
    return [
        Thread(records[pk], about)
        for about, keys in zip(About, found, strict=True)
        for pk in keys
        if pk in records
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
    lacking = [
        Step(
            _("The profile of %(cluster)s still lacks what an application needs.")
            % {"cluster": cluster},
            YOU,
            cluster.missing_places[0][1],
            _("Complete the profile"),
        )
        for cluster in clusters_of(user).filter(pk__in=clusters_edited_by(user))[:NAMED]
        if cluster.missing_places
    ]
    return lacking + [
        Step(
            _("%(call)s is open.") % {"call": call},
            YOU,
            call.get_absolute_url(),
            _("Read the call"),
        )
        for call in accepting_calls()[:NAMED]
    ] or [Step(_("No call is open now. We tell you here when one opens."))]
