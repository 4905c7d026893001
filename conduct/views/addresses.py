"""Where a request came from, and whether somebody looks at a page for its answer."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def same_site_referrer(request: HttpRequest) -> str:
    """The page that the person came from, where it is ours; otherwise the home page."""
    return own_page(request, request.headers.get("Referer", "")) or "/"


def own_page(request: HttpRequest, address: str) -> str:
    """The address, where it is one of ours and safe to lead to; empty for any other."""
    is_ours = url_has_allowed_host_and_scheme(
        address, {request.get_host()}, require_https=request.is_secure()
    )
    return address if is_ours else ""


def is_in_background(request: HttpRequest) -> bool:
    """Whether a script asked, so that nobody looks at a page for the answer.

    htmx says so; of other scripts the browser does, or what they accept: a page is asked for as HTML.
    """
    if "HX-Request" in request.headers:
        return True
    if "Sec-Fetch-Dest" in request.headers:
        return request.headers["Sec-Fetch-Dest"] == "empty"
    return "Accept" in request.headers and "text/html" not in request.headers["Accept"]
