"""What was written to the people of clusters."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.middleware import PersonRequest
from bulk.panels import offered
from dashboards.queries import outbox
from notices.actions import send_again as send_notice_again

from .lists import Outbox


@login_required
def sent_notices(request: PersonRequest) -> HttpResponseBase:
    """What was written to the people of clusters, and whether it reached them."""
    return Outbox(request).answer(bulk=offered("outbox", request.user, request.GET))


@login_required
@require_POST
def send_again(request: PersonRequest, notice_id: UUID) -> HttpResponse:
    """Try once more what could not be sent, or was perhaps sent and did not arrive."""
    notice = get_object_or_404(outbox.notices_to_clusters(request.user), pk=notice_id)
    send_notice_again(notice, by=request.user)
    messages.success(request, _("It is on its way again."))
    return redirect("dashboards:message", notice_id=notice.pk)
