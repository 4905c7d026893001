"""What was written to the people of clusters."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dashboards.forms import OutboxFilter
from dashboards.queries import outbox
from notices.actions import send_again as send_notice_again
from notices.permissions import may_look_up_notices, may_send_again

ROWS = 20


@login_required
def sent_notices(request: HttpRequest) -> HttpResponse:
    """What was written to the people of clusters, and whether it reached them."""
    if not may_look_up_notices.test(request.user):
        raise Http404
    filters = OutboxFilter(request.GET)
    found = outbox.matching(outbox.notices_to_clusters(request.user), **filters.chosen)
    context = {
        "page": Paginator(found, ROWS).get_page(request.GET.get("page")),
        "filters": filters,
        "may_send_again": may_send_again.test(request.user),
    }
    return render(request, "dashboards/outbox.html", context)


@login_required
@require_POST
def send_again(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """Try once more what could not be sent."""
    notice = get_object_or_404(outbox.notices_to_clusters(request.user), pk=notice_id)
    send_notice_again(notice, by=request.user)
    messages.success(request, _("It is on its way again."))
    return redirect(reverse("dashboards:outbox", query={"text": notice.recipient.email}))
