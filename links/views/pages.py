"""A page that a personal link opens: who comes by it, whether it still holds, and the second proof."""

from __future__ import annotations

from typing import Any, ClassVar, Generic, TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.cache import add_never_cache_headers
from django.views import View

from links.actions import note_opening
from links.actions.throttling import is_trying_links, note_wrong_link
from links.models import PersonalLink
from links.queries import link_with

from .proving import is_remembered, second_proof

AnyLink = TypeVar("AnyLink", bound=PersonalLink)


class LinkPage(View, Generic[AnyLink]):
    """One page of a room, for the holder of a link; its address takes the `secret`.

    A subclass names its `model` and answers `get` and `post`, where `self.link` is the link, open and
    proven; what it writes are actions with `by=self.link`. A POST of a browser that is not remembered
    any more is answered with the question for a code, and goes on with all that was typed (but
    files) once that is given.
    """

    model: ClassVar[type[PersonalLink]]
    link: AnyLink

    def dispatch(
        self, request: HttpRequest, *args: Any, secret: str, **kwargs: Any
    ) -> HttpResponseBase:
        return unlisted(self._answer(request, secret, *args, **kwargs))

    def _answer(
        self, request: HttpRequest, secret: str, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        if is_trying_links(request):
            return render(request, "links/later.html", status=429)
        link: AnyLink | None = link_with(self.model, secret)  # type: ignore[assignment]
        if link is None:
            note_wrong_link(request)
            return render(request, "links/closed.html", {"why": "unknown"}, status=404)
        _speak(request, link)
        if not link.is_open:
            context = {"why": link.ended, "typed": _typed(request)}
            return render(request, "links/closed.html", context, status=410)
        if link.ASKS_FOR_CODE and not is_remembered(request, link):
            asked = second_proof(request, link)
            if asked is not None:
                return asked
            if not _is_for_the_page(request):
                return redirect(request.get_full_path())
        self.link = note_opening(link, by=link)
        return super().dispatch(request, *args, **kwargs)


def unlisted(response: HttpResponseBase) -> HttpResponseBase:
    """The answer, kept by nobody on the way, found by no search engine, and told to no other site.

    Not `no-referrer`: browsers then send forms without their origin, which the protection against
    forged forms refuses. With `strict-origin` not even our own log reads the secret as a referrer.
    """
    add_never_cache_headers(response)
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "strict-origin"
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response


def _speak(request: HttpRequest, link: PersonalLink) -> None:
    """Show the page in the holder's language, until they choose another on this browser."""
    if not request.user.is_authenticated and settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        translation.activate(link.language)
        request.LANGUAGE_CODE = link.language


def _typed(request: HttpRequest) -> list[str]:
    """What somebody typed into a form of a link that ended meanwhile: shown, so that it can be copied."""
    said = [
        value.strip()
        for name, values in request.POST.lists()
        if name not in ("csrfmiddlewaretoken", "link_step", "link_code", "carried")
        for value in values
    ]
    return [value for value in said if value]


def _is_for_the_page(request: HttpRequest) -> bool:
    """Whether a POST that gave the code carries what was typed into the page."""
    return request.method == "POST" and "carried" in request.POST
