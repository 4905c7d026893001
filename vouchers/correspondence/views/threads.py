"""The messages between a cluster and its country partner, about applications and vouchers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import django_filters
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accounts.middleware import PersonRequest
from accounts.permissions import is_officer
from conduct.views import refusal_beside
from lists.views import ListPage, Order
from vouchers.applications.forms.lists import WaitingFilters
from vouchers.applications.models import Application
from vouchers.applications.queries import applications_visible_to
from vouchers.correspondence.actions import (
    mark_thread_read,
    send_message,
    send_voucher_message,
    settle_thread,
)
from vouchers.correspondence.forms import MessageForm
from vouchers.correspondence.models import About, Thread
from vouchers.correspondence.panels import shown_thread
from vouchers.correspondence.queries import (
    threads_to_answer,
    threads_visible_to,
    with_last_message,
    with_voucher,
)


class _ThreadFilters(WaitingFilters):
    """Text, and for officers whether the threads wait for an answer, which the list reads."""

    waiting = django_filters.ChoiceFilter(
        label=gettext_lazy("Messages"),
        choices=[("1", gettext_lazy("Waiting for an answer"))],
        empty_label=gettext_lazy("All messages"),
        method="as_they_are",
    )

    def as_they_are(
        self, threads: QuerySet[Application], _name: str, _waiting: str
    ) -> QuerySet[Application]:
        return threads


class ThreadList(ListPage):
    """The threads that the person may read, the newest message first; or those that wait for them.

    Which of the two it is the address says, as `waiting`; what waits begins with the oldest.
    """

    request: PersonRequest

    template = "correspondence/threads.html"
    filter_class = _ThreadFilters
    about = About.APPLICATION

    @property
    def is_waiting(self) -> bool:
        return bool(self.request.GET.get("waiting"))

    @property
    def orders(self) -> Mapping[str, Order]:  # type: ignore[override]
        if self.is_waiting:
            return {"oldest": Order(gettext_lazy("Oldest first"), ("last_at",))}
        return {"newest": Order(gettext_lazy("Newest first"), ("-last_at",))}

    def records(self) -> QuerySet[Application]:
        found = threads_to_answer if self.is_waiting else threads_visible_to
        return found(self.request.user, self.about)

    def with_facts(self, records: QuerySet[Application]) -> QuerySet[Application]:
        found = with_last_message(records, self.request.user, self.about)
        return found.select_related("cluster", "country", "award__voucher")

    def offered(self) -> Mapping[str, Any]:
        return {} if is_officer(self.request.user) else {"waiting": None}

    def of_one_kind(self) -> HttpResponseBase:
        """The page, which leads to the threads of the other kind too."""
        return self.answer(waiting=self.is_waiting, about=self.about)


class VoucherThreadList(ThreadList):
    """The same for the threads about vouchers."""

    about = About.VOUCHER


@login_required
def listing(request: PersonRequest) -> HttpResponseBase:
    """The threads about applications that the person may read, or those that wait for them."""
    return ThreadList(request).of_one_kind()


@login_required
def voucher_listing(request: PersonRequest) -> HttpResponseBase:
    """The threads about vouchers that the person may read, or those that wait for them."""
    return VoucherThreadList(request).of_one_kind()


@login_required
def thread(request: PersonRequest, pk: int) -> HttpResponse:
    """Read the messages about an application, which count as read from then on, and write one.

    With htmx the thread alone is answered, short where it is part of another page.
    """
    return _conversation(request, _about_application(request, pk))


@login_required
def voucher_thread(request: PersonRequest, pk: int) -> HttpResponse:
    """The same for what is written about a voucher."""
    return _conversation(request, _about_voucher(request, pk))


def _conversation(request: PersonRequest, found: Thread) -> HttpResponse:
    form = MessageForm(request.POST or None)
    sent = request.method == "POST" and form.is_valid() and _send(request, found, form)
    if sent and not request.htmx:
        messages.success(request, _("Your message is sent."))
        return redirect(f"{found.address}#latest")
    short = bool(request.htmx) and "short" in request.POST
    context = shown_thread(request, found, form=None if sent else form, short=short)
    if context["unread"] and not short:
        mark_thread_read(found.application, about=found.about, by=request.user)
    name = "_thread" if request.htmx else "thread"
    return render(request, f"correspondence/{name}.html", {**context, "sent": sent})


@login_required
@require_POST
def settle(request: PersonRequest, pk: int) -> HttpResponse:
    """The last message about the application needs no answer."""
    return _settled(request, _about_application(request, pk))


@login_required
@require_POST
def settle_voucher(request: PersonRequest, pk: int) -> HttpResponse:
    """The last message about the voucher needs no answer."""
    return _settled(request, _about_voucher(request, pk))


def _settled(request: PersonRequest, found: Thread) -> HttpResponse:
    settle_thread(found.application, about=found.about, by=request.user)
    messages.success(request, _("It no longer waits for an answer."))
    return redirect(found.address)


def _about_application(request: PersonRequest, pk: int) -> Thread:
    readable = applications_visible_to(request.user).select_related("country__partner")
    return Thread(get_object_or_404(readable, pk=pk))


def _about_voucher(request: PersonRequest, pk: int) -> Thread:
    """The thread about the voucher with this key, for who may read the application it came of."""
    readable = with_voucher(applications_visible_to(request.user)).select_related(
        "country__partner", "award__voucher"
    )
    return Thread(get_object_or_404(readable, award__voucher=pk), About.VOUCHER)


def _send(request: PersonRequest, found: Thread, form: MessageForm) -> bool:
    """Send what was typed; a refusal is shown beside it, with the text still in the box."""
    send = send_voucher_message if found.is_about_voucher else send_message
    with refusal_beside(form):
        send(found.application, **form.cleaned_data, by=request.user)
        return True
    return False
