"""What holds for every request with a file in it, and for every file that is sent."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import render

# Beside the file a form sends its other fields and the borders between them.
_BESIDE = 1024 * 1024


class CompressPagesMiddleware(GZipMiddleware):
    """Compress pages, but no files: a part of a file must be a part of the file itself."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        if response.has_header("Accept-Ranges"):
            return response
        return super().process_response(request, response)


class RequestSizeMiddleware:
    """Refuse a form that is larger than any file we take before a byte of it is read.

    Stands before whatever reads a form, the check of its CSRF token included.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        is_form = request.content_type == "multipart/form-data"
        if is_form and _announced(request) > settings.MAX_UPLOAD_SIZE + _BESIDE:
            context = {"limit": settings.MAX_UPLOAD_SIZE}
            return render(request, "413.html", context, status=413)
        return self.get_response(request)


def _announced(request: HttpRequest) -> int:
    text = request.META.get("CONTENT_LENGTH") or "0"
    return int(text) if text.isdecimal() else 0
