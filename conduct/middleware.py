"""What no person sends, refused before any view; and refusals that no view answered."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from django.contrib import messages
from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.defaults import bad_request

from conduct.actions import NotAllowed, Refused
from conduct.actions.space import lacks_space
from conduct.views import is_in_background, same_site_referrer
from conduct.views.no_space import no_space_answer

GetResponse = Callable[[HttpRequest], HttpResponse]


class ReadableAddressMiddleware:
    """Refuse an address with NUL in it: PostgreSQL can neither keep nor compare one.

    In the path it is an address that does not exist (404), in the question behind it one that we
    cannot read (400). Fields of forms refuse it themselves, beside the field.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path:
            raise Http404("NUL in the path")
        if b"\x00" in unquote_to_bytes(request.META.get("QUERY_STRING", "")):
            return bad_request(request, SuspiciousOperation("NUL in the query string"))
        return self.get_response(request)


class RefusalMiddleware:
    """Answer a refusal that no form caught.

    Somebody who may not do it gets 403 with the reason; anything else is told as a message on the
    page that the person came from (303), where the record shows its present state. A script gets
    the bare sentence (403 or 409): a message would show on whatever page is opened next, which may
    have nothing to do with what came too late. For want of room the answer is 507 (`no_space`).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if lacks_space(exception):
            return no_space_answer(request, exception, is_bare=is_in_background(request))
        if isinstance(exception, Refused) and is_in_background(request):
            return HttpResponse(
                str(exception.message),
                status=403 if isinstance(exception, NotAllowed) else 409,
                content_type="text/plain; charset=utf-8",
            )
        if isinstance(exception, NotAllowed):
            return render(request, "403.html", {"reason": exception.message}, status=403)
        if isinstance(exception, Refused):
            messages.error(request, str(exception.message))
            return HttpResponseRedirect(same_site_referrer(request), status=303)
        return None
