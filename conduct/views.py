"""Turning a refusal of the domain into something that a person can read."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme

from .acting import NoSpace, NotAllowed, Refused, want_of_space_told
from .forms import ReasonForm
from .no_space import no_space_answer
from .space import lacks_space


@contextmanager
def refusal_beside(form: forms.BaseForm) -> Iterator[None]:
    """Show a refusal of the enclosed action on the form, so that nothing typed is lost.

    What a model's own checks refuse stands beside the field, where the form has it. NotAllowed
    passes through: it is about the person, not about what was typed. Where there is no room for it,
    the form says so too.
    """
    try:
        with want_of_space_told():
            yield
    except NotAllowed:
        raise
    except Refused as refusal:
        beside = refusal.field if refusal.field in form.fields else None
        form.add_error(beside, str(refusal.message))
    except ValidationError as error:
        for name, problems in _by_field(error).items():
            form.add_error(name if name in form.fields else None, problems)


def _by_field(error: ValidationError) -> dict[str, list[ValidationError]]:
    if hasattr(error, "error_dict"):
        return error.error_dict
    return {NON_FIELD_ERRORS: error.error_list}


def ask_why(
    request: HttpRequest,
    conduct: Callable[[str], object],
    *,
    about: object,
    heading: str,
    label: str,
    told: str,
    back: Any,
    hint: str = "",
) -> HttpResponse:
    """Ask why, then call `conduct` with the reason, say `told` and lead `back` (as redirect does).

    `about` stands below the heading, `label` on the button, `hint` (what follows from it, and who
    reads the reason) below the field; giving up leads back as well.
    """
    form = ReasonForm(request.POST or None)
    form.fields["reason"].help_text = hint
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            conduct(form.cleaned_data["reason"])
            messages.success(request, told)
            return redirect(back)
    context = {
        "form": form,
        "about": about,
        "heading": heading,
        "label": label,
        "cancel": resolve_url(back),
    }
    return render(request, "conduct/reason.html", context)


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


class RefusalMiddleware:
    """Answer a refusal that no form caught.

    Somebody who may not do it gets 403 with the reason; anything else is told as a message on the
    page that the person came from (303), where the record shows its present state. A script gets
    the bare sentence (403 or 409): a message would stand on whatever page is opened next, which may
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


def refused_status(refusal: Refused) -> int:
    """The status with which a script that saves is told of a refusal: 409, or 507 for want of room.

    Never 403, by which it knows that somebody else is logged in, or nobody.
    """
    return 507 if isinstance(refusal, NoSpace) else 409
