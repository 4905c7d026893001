"""The messages between a cluster and its country partner."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.middleware import PersonRequest
from conduct.views import refusal_beside
from vouchers.applications.models import Application
from vouchers.applications.queries import applications_visible_to
from vouchers.correspondence.actions import mark_thread_read, send_message, settle_thread
from vouchers.correspondence.forms import MessageForm
from vouchers.correspondence.panels import shown_thread
from vouchers.correspondence.queries import threads_to_answer, threads_visible_to

ROWS = 20


@login_required
def listing(request: PersonRequest) -> HttpResponse:
    """The threads that the person may read, the newest message first; or those that wait for them."""
    waiting = "waiting" in request.GET
    found = (threads_to_answer if waiting else threads_visible_to)(request.user)
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    return render(request, "correspondence/threads.html", {"page": page, "waiting": waiting})


@login_required
def thread(request: PersonRequest, pk: int) -> HttpResponse:
    """Read the messages about an application, which count as read from then on, and write one.

    With htmx the thread alone is answered, short where it is part of another page.
    """
    application = get_object_or_404(
        applications_visible_to(request.user).select_related("country__partner"), pk=pk
    )
    form = MessageForm(request.POST or None)
    sent = request.method == "POST" and form.is_valid() and _send(request, application, form)
    if sent and not request.htmx:
        messages.success(request, _("Your message is sent."))
        return redirect(f"{reverse('correspondence:thread', args=[pk])}#latest")
    short = bool(request.htmx) and "short" in request.POST
    context = shown_thread(request, application, form=None if sent else form, short=short)
    if context["unread"] and not short:
        mark_thread_read(application, by=request.user)
    name = "_thread" if request.htmx else "thread"
    return render(request, f"correspondence/{name}.html", {**context, "sent": sent})


@login_required
@require_POST
def settle(request: PersonRequest, pk: int) -> HttpResponse:
    """The last message needs no answer."""
    application = get_object_or_404(applications_visible_to(request.user), pk=pk)
    settle_thread(application, by=request.user)
    messages.success(request, _("It no longer waits for an answer."))
    return redirect("correspondence:thread", pk)


def _send(request: PersonRequest, application: Application, form: MessageForm) -> bool:
    """Send what was typed; a refusal is shown beside it, with the text still in the box."""
    with refusal_beside(form):
        send_message(application, **form.cleaned_data, by=request.user)
        return True
    return False
