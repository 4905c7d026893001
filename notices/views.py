"""A person's notices: the list, one of them, which are new, and how they come."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from accounts.middleware import PersonRequest
from conduct.views import same_site_referrer
from exports.rules.columns import Column, Kind
from lists.views import ListPage, Order
from notices.queries.unsubscribing import read_token
from notices.wording.topics import EXPLANATIONS, MANDATORY, Delivery, Topic

from . import actions
from .forms import InboxFilters, PreferencesForm
from .models import Notice
from .permissions import may_look_up_notices
from .queries import notices_of, preferences_of, unseen_count


class Inbox(ListPage):
    """What the portal told the person, newest first."""

    request: PersonRequest

    name = "notices"
    title = gettext_lazy("Your notices")
    template = "notices/inbox.html"
    filter_class = InboxFilters
    orders: Mapping[str, Order] = {"newest": Order(gettext_lazy("Newest first"), ("-created_at",))}
    columns = (
        Column(
            "written_at",
            gettext_lazy("Written (UTC)"),
            kind=Kind.MOMENT,
            value=lambda one: one.created_at,
        ),
        Column(
            "topic",
            gettext_lazy("Topic"),
            kind=Kind.STATE,
            value=lambda one: one.topic,
            words=dict(Topic.choices),
        ),
        Column("subject", gettext_lazy("Message"), value=lambda one: one.subject, width=50),
        Column("text", pgettext_lazy("notice", "Text"), value=lambda one: one.body, width=80),
        Column(
            "read_at",
            gettext_lazy("Read (UTC)"),
            kind=Kind.MOMENT,
            value=lambda one: one.seen_at,
        ),
    )

    def records(self) -> QuerySet[Notice]:
        return notices_of(self.request.user)

    def with_facts(self, records: QuerySet[Notice]) -> QuerySet[Notice]:
        return records.select_related("gathered_in")


@require_GET
@login_required
def inbox(request: PersonRequest) -> HttpResponseBase:
    """What the portal told the person, newest first, narrowed by what is in the address."""
    return Inbox(request).answer(
        unseen=unseen_count(request.user),
        may_look_up=may_look_up_notices.test(request.user),
    )


@login_required
@require_GET
def read(request: PersonRequest, notice_id: UUID) -> HttpResponse:
    """One notice with its text and attachments; it counts as read from then on."""
    notice = get_object_or_404(notices_of(request.user), pk=notice_id)
    actions.mark_seen(notice, by=request.user)
    return render(
        request, "notices/read.html", {"notice": notice, "documents": notice.documents.all()}
    )


@require_POST
@login_required
def seen(request: PersonRequest, notice_id: UUID) -> HttpResponse:
    """The notice counts as read; the list stays as it was narrowed."""
    notice = get_object_or_404(notices_of(request.user), pk=notice_id)
    actions.mark_seen(notice, by=request.user)
    return redirect(same_site_referrer(request))


@require_POST
@login_required
def unseen(request: PersonRequest, notice_id: UUID) -> HttpResponse:
    """The notice is new again."""
    notice = get_object_or_404(notices_of(request.user), pk=notice_id)
    actions.mark_unseen(notice, by=request.user)
    return redirect("notices:inbox")


@require_POST
@login_required
def seen_all(request: PersonRequest) -> HttpResponse:
    """Everything counts as read."""
    actions.mark_all_seen(by=request.user)
    return redirect("notices:inbox")


@login_required
def preferences(request: PersonRequest) -> HttpResponse:
    """How the notices of each topic come."""
    form = PreferencesForm(request.POST or None, initial=preferences_of(request.user))
    if request.method == "POST" and form.is_valid():
        actions.choose_delivery(request.user, form.cleaned_data, by=request.user)
        messages.success(request, _("Saved. It holds from the next notice on."))
        return redirect("notices:preferences")
    mandatory = [(topic.label, EXPLANATIONS[topic]) for topic in Topic if topic in MANDATORY]
    return render(request, "notices/preferences.html", {"form": form, "mandatory": mandatory})


# A mail program posts here with neither cookie nor token of ours: the address itself is signed.
@csrf_exempt
@never_cache
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Stop e-mails about the topics of a signed link, without a log-in.

    Looking at it changes nothing, since scanners of mail follow every link.
    """
    wish = read_token(token)
    if wish is None:
        raise Http404
    done = request.method == "POST"
    if done:
        choices: dict[str, str] = dict.fromkeys(wish.topics, Delivery.PORTAL)
        actions.choose_delivery(
            wish.person, choices, by=wish.person, reason=_("By the link in an e-mail.")
        )
    return render(request, "notices/unsubscribe.html", {"topics": wish.topics, "done": done})
