"""Asking why, before something is done that needs a reason."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url

from conduct.forms import ReasonForm

from .refusals import refusal_beside


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

    `about` is below the heading, `label` on the button, `hint` (what follows from it, and who
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
