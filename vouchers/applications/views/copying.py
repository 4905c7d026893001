"""Choosing what to take over from an earlier application, with both texts side by side."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from accounts.middleware import PersonRequest
from inputs.rules.numbers import sent_number
from vouchers.applications import actions
from vouchers.applications.forms.answers import whole_number
from vouchers.applications.models import Application
from vouchers.applications.queries.copying import earlier_applications, offers

from .finding import draft_for


@login_required
@never_cache
def copy(request: PersonRequest, pk: int) -> HttpResponse:
    """Show what the chosen application offers (`from`, the newest unless said), and copy it."""
    application = draft_for(request, pk)
    sources = list(earlier_applications(application))
    source = _chosen(request, sources)
    if request.method == "POST" and source is not None:
        return _copy(request, application, source)
    return render(
        request,
        "applications/copy.html",
        {
            "application": application,
            "sources": sources,
            "source": source,
            "offers": offers(application, source) if source else [],
        },
    )


def _chosen(request: HttpRequest, sources: list[Application]) -> Application | None:
    wanted = request.POST.get("from") or request.GET.get("from") or ""
    if not wanted:
        return sources[0] if sources else None
    # Another than the one that was asked for is never shown in its place.
    found = next((source for source in sources if source.pk == sent_number(wanted)), None)
    if found is None:
        raise Http404
    return found


def _copy(request: PersonRequest, application: Application, source: Application) -> HttpResponse:
    copied = actions.copy_answers(
        application,
        source,
        _numbers(request, "question"),
        _numbers(request, "file"),
        seen={
            question: whole_number(str(value))
            for name, value in request.POST.items()
            if (question := sent_number(name.removeprefix("seen_")))
        },
        by=request.user,
    )
    _tell(request, copied)
    if copied.overtaken:
        return redirect(f"{request.path}?from={source.pk}")
    return redirect("applications:edit", application.pk)


def _tell(request: HttpRequest, copied: actions.Copied) -> None:
    if number := copied.answers + copied.files:
        messages.success(
            request,
            ngettext(
                "%(number)s answer was copied. Read it once more: what was true then may have changed.",
                "%(number)s answers were copied. Read them once more: what was true then may have "
                "changed.",
                number,
            )
            % {"number": number},
        )
    for overtaken in copied.overtaken:
        messages.warning(
            request,
            _("Somebody changed “%(question)s” meanwhile. It was not copied: look at it again.")
            % {"question": overtaken.question},
        )
    for refusal in copied.refused:
        messages.warning(request, refusal)


def _numbers(request: HttpRequest, name: str) -> set[int]:
    return {key for value in request.POST.getlist(name) if (key := sent_number(value))}
