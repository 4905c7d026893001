"""What no person sends: refused before any view, whatever address it is meant for."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.views.defaults import bad_request

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
