"""A person's notices: the list, one of them, and 'I have read them all'."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from .actions import mark_all_seen, mark_seen
from .queries import notices_of, unseen_count

PAGE_SIZE = 20


@require_GET
@login_required
def inbox(request: HttpRequest) -> HttpResponse:
    """What the portal told the person, newest first."""
    page = Paginator(notices_of(request.user), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(
        request, "notices/inbox.html", {"page": page, "unseen": unseen_count(request.user)}
    )


@login_required
@require_GET
def read(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """One notice with its text and attachments; it counts as read from then on."""
    notice = get_object_or_404(notices_of(request.user), pk=notice_id)
    mark_seen(notice, by=request.user)
    return render(
        request, "notices/read.html", {"notice": notice, "documents": notice.documents.all()}
    )


@require_POST
@login_required
def seen_all(request: HttpRequest) -> HttpResponse:
    """Everything counts as read."""
    mark_all_seen(by=request.user)
    return redirect("notices:inbox")
