"""Asking why, before something is done that needs a reason."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url

from conduct.forms import ReasonForm, carry_seen

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
    seen: str | None = None,
    onward: Callable[[Any], str] | None = None,
) -> HttpResponse:
    """Ask why, then call `conduct` with the reason, say `told` and lead `back` (as redirect does).

    Where what `conduct` returns has a page of its own, `onward` names its address, and leads there.

    `about` is below the heading, `label` on the button, `hint` (what follows from it, and who
    reads the reason) below the field; giving up leads back as well. Where the decision rests on what
    was read, `seen` is the mark of what stands: the form carries it, see `carry_seen`.
    """
    form = ReasonForm(request.POST or None)
    form.fields["reason"].help_text = hint
    if seen is not None:
        carry_seen(form, request, seen)
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            done = conduct(form.cleaned_data["reason"])
            messages.success(request, told)
            return redirect(onward(done) if onward else back)
    context = {
        "form": form,
        "about": about,
        "heading": heading,
        "label": label,
        "cancel": resolve_url(back),
    }
    return render(request, "conduct/reason.html", context)
