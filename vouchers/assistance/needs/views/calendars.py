"""The meetings of a person: the page, and the private address that calendar programs fetch."""

from __future__ import annotations

import hashlib

from allauth.core.internal import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.middleware import PersonRequest
from vouchers.assistance.needs import actions, queries
from vouchers.assistance.needs.letters.calendars import feed as calendar_text

ROWS = 20
# Calendar programs ask a few times an hour; whoever tries addresses asks more often.
_RATES = {"calendar": "120/h/key,300/h/ip"}


@login_required
def calendar(request: PersonRequest) -> HttpResponse:
    """The meetings that the person may read, the latest first, and the address of their calendar."""
    found = queries.meetings_in_calendar_of(request.user).order_by("-starts_at", "-pk")
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    context = {"page": page, "feed": queries.feed_of(request.user)}
    return render(request, "needs/calendar.html", context)


@login_required
@require_POST
def renew(request: PersonRequest) -> HttpResponse:
    """Make an address for one's own calendar, or another one."""
    actions.renew_feed(request.user, by=request.user)
    messages.success(request, _("Your calendar has a new address. An earlier one shows nothing."))
    return redirect("needs:calendar")


@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """The calendar behind a private address: what its person may read at this instant."""
    allowed = ratelimit.consume(
        request, app="needs", action="calendar", config=_RATES, key=secret, limit_get=True
    )
    if not allowed:
        return HttpResponse(status=429, headers={"Retry-After": "3600"})
    person = queries.person_of_feed(secret)
    if person is None:
        raise Http404
    with translation.override(person.language):
        content = calendar_text(queries.meetings_in_calendar_of(person))
    etag = quote_etag(hashlib.sha256(content).hexdigest())
    response: HttpResponse = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["ETag"] = etag
    response["Content-Disposition"] = 'inline; filename="meetings.ics"'
    answer = get_conditional_response(request, etag=etag, response=response) or response
    # Asked about each time, so that a right that ended ends in the calendar too.
    patch_cache_control(answer, private=True, no_cache=True)
    return answer
