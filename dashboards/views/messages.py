"""One message to the people of a cluster: as they see it, and what became and becomes of it."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET

from accounts.middleware import PersonRequest
from conduct.actions import require
from conduct.queries.history import timeline
from conduct.views import ask_why, refusal_beside
from dashboards.forms import RewordForm
from dashboards.queries import outbox
from notices import actions
from notices.actions.steering import REWORDED_IN
from notices.models import Notice
from notices.permissions import may_send_again, may_steer_notices
from notices.queries import bounces_of, has_come_back, with_delivery
from notices.rules.steering import may_be_steered
from notices.wording.messages import shown_to_others
from texts.forms import direction_of
from texts.rules.comparing import compared

State = Notice.State


@login_required
@require_GET
def message(request: PersonRequest, notice_id: UUID) -> HttpResponse:
    """The message as its person sees it, in both forms, with its history and what servers said of it."""
    notice = _found(request, notice_id)
    steerable = may_be_steered(notice.kind)
    steers = may_steer_notices.test(request.user) and steerable and not _is_beyond_reach(notice)
    sends = may_send_again.test(request.user)
    revisions = list(notice.revisions.select_related("written_by"))
    context = {
        "notice": notice,
        "parts": shown_to_others(notice),
        "direction": direction_of(notice.language),
        "events": notice.delivery_events.all(),
        "gathered_events": notice.gathered_in.delivery_events.all() if notice.gathered_in else [],
        "revisions": [
            (one, compared(before.body, one.body), compared(before.subject, one.subject))
            for before, one in pairwise(revisions)
        ],
        "again": notice.repeats.first(),
        "bounce": bounces_of([notice.recipient]).get(notice.recipient_id),
        "is_fixed": not steerable,
        "may_reword": steers and notice.state in REWORDED_IN,
        "may_hold": steers and notice.state in (State.PENDING, State.HELD),
        "may_release": steers and notice.state == State.STOPPED,
        "may_cancel": steers and notice.state in REWORDED_IN,
        "may_try": sends and notice.state in (State.FAILED, State.UNSURE),
        "may_settle": sends and notice.state == State.UNSURE,
        "may_send_once_more": sends and has_come_back(notice),
        "entries": timeline(notice),
    }
    return render(request, "dashboards/message.html", context)


@login_required
@require_GET
@xframe_options_sameorigin
def as_html(request: PersonRequest, notice_id: UUID) -> HttpResponse:
    """The message as mail programs draw it, to be shown in a frame in which nothing runs."""
    response = HttpResponse(shown_to_others(_found(request, notice_id)).html)
    # Its own style stands within it, as in every e-mail.
    response["Content-Security-Policy"] = (
        "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
    )
    return response


@login_required
def reword(request: PersonRequest, notice_id: UUID) -> HttpResponse:
    """Change the words of one message that waits; what the portal wrote stays beside them."""
    notice = _found(request, notice_id)
    require(may_steer_notices, request.user)
    # Written for the look where nobody has tried to send it yet; the action keeps it.
    shown_to_others(notice)
    last = notice.revisions.order_by("-number").first()
    seen = last.number if last else 0
    initial = {"subject": notice.subject, "body": notice.body, "seen": seen}
    form = RewordForm(notice.language, request.POST or None, initial=initial)
    theirs = None
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            try:
                actions.reword_notice(notice, **form.cleaned_data, by=request.user)
            except actions.RewordedMeanwhile:
                theirs = last
                form.now_seen(seen)
                raise
            messages.success(request, _("Saved. The message goes out with these words."))
            return redirect("dashboards:message", notice_id=notice.pk)
    context = {
        "notice": notice,
        "form": form,
        "theirs": theirs,
        "original": notice.revisions.filter(number=0).first(),
        "direction": direction_of(notice.language),
        "label": _("Save the message"),
        "cancel": reverse("dashboards:message", args=[notice.pk]),
    }
    return render(request, "dashboards/reword.html", context)


@login_required
def hold(request: PersonRequest, notice_id: UUID) -> HttpResponse:
    """Keep the message from going, until it is released or cancelled."""
    return _asked(
        request,
        notice_id,
        actions.hold_notice,
        heading=_("Hold the message back"),
        label=_("Hold back"),
        told=_("It is held back. Release or cancel it when you know more."),
        hint=_("Its person does not see the message meanwhile, and does not read this."),
    )


@login_required
def release(request: PersonRequest, notice_id: UUID) -> HttpResponse:
    """Let the message go."""
    return _asked(
        request,
        notice_id,
        actions.release_notice,
        heading=_("Release the message"),
        label=_("Release"),
        told=_("It is on its way."),
        hint=_("It goes at once, or with others where its person wants it so."),
    )


@login_required
def cancel(request: PersonRequest, notice_id: UUID) -> HttpResponse:
    """Cancel the message for good."""
    return _asked(
        request,
        notice_id,
        actions.cancel_notice,
        heading=_("Cancel the message"),
        label=_("Cancel the message"),
        told=_("It is cancelled, and nobody gets it."),
        hint=_("It cannot be taken up again. Make sure that its person hears of it otherwise."),
    )


@login_required
def arrived(request: PersonRequest, notice_id: UUID) -> HttpResponse:
    """Say that a message that was perhaps sent has arrived."""
    return _asked(
        request,
        notice_id,
        actions.confirm_arrival,
        heading=_("The message has arrived"),
        label=_("It has arrived"),
        told=_("It counts as sent."),
        hint=_("How do you know? For example: the person read it to you."),
        may=may_send_again,
    )


@login_required
def once_more(request: PersonRequest, notice_id: UUID) -> HttpResponse:
    """Send what came back once more, to the address that the account has now."""
    return _asked(
        request,
        notice_id,
        actions.send_once_more,
        heading=_("Send the message once more"),
        label=_("Send once more"),
        told=_("It is on its way once more."),
        hint=_("Why will it arrive this time? For example: the person has a new address."),
        may=may_send_again,
        onward=lambda again: reverse("dashboards:message", args=[again.pk]),
    )


def _asked(
    request: PersonRequest,
    notice_id: UUID,
    action: Callable[..., Any],
    *,
    may: Any = may_steer_notices,
    **words: Any,
) -> HttpResponse:
    """Ask why, then do it to the message."""
    notice = _found(request, notice_id)
    require(may, request.user)
    return ask_why(
        request,
        lambda reason: action(notice, reason=reason, by=request.user),
        about=f"{notice} · {notice.recipient} ({notice.recipient.email})",
        back=reverse("dashboards:message", args=[notice.pk]),
        **words,
    )


def _found(request: PersonRequest, notice_id: UUID) -> Notice:
    """The message, where it is among those that the person looks after."""
    mine = with_delivery(outbox.notices_to_clusters(request.user))
    return get_object_or_404(mine.select_related("gathered_in", "stopped_by"), pk=notice_id)


def _is_beyond_reach(notice: Notice) -> bool:
    """Whether its person has it already, in the portal or in an e-mail that is on its way."""
    return notice.is_seen or notice.gathered_in_id is not None
