"""What holds for every request of a person: language, time zone, second factor."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from accounts.models import User
from conduct.queries.days import PROGRAMME_ZONE
from conduct.views import is_in_background

from .queries import has_proven_second_factor, has_second_factor, page_to_prove

# By which a page that keeps itself up to date says whose it is (`dashboards.views.refreshing`).
ASKED_BY_ITSELF = "Desk-Of"
GetResponse = Callable[[HttpRequest], HttpResponse]


SameSite = Literal["Lax", "Strict", "None"]


class PersonRequest(HttpRequest):
    """A request of somebody who has logged in, as `login_required` lets through."""

    user: User
    # Of the middleware of django-htmx: whether a script asks, and from where.
    htmx: HtmxDetails


class PreferenceMiddleware:
    """Show pages in the person's own language and time zone, on whatever device they log in.

    The language is written to the cookie as well, so that it stays after logging out.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        person = request.user
        zone = PROGRAMME_ZONE
        if person.is_authenticated:
            zone = zone_called(person.time_zone)
            if person.language != translation.get_language():
                translation.activate(person.language)
                request.LANGUAGE_CODE = person.language
        with timezone.override(zone):
            response = self.get_response(request)
        self._remember_language(request, response)
        return response

    def _remember_language(self, request: HttpRequest, response: HttpResponse) -> None:
        # Asked again: the request may have been the one that logged in or changed the language.
        person = request.user
        if not person.is_authenticated:
            return
        if request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME) != person.language:
            response.set_cookie(
                settings.LANGUAGE_COOKIE_NAME,
                person.language,
                max_age=settings.LANGUAGE_COOKIE_AGE,
                secure=settings.LANGUAGE_COOKIE_SECURE,
                httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
                samesite=cast(SameSite, settings.LANGUAGE_COOKIE_SAMESITE),
            )


def zone_called(name: str) -> ZoneInfo:
    """The time zone of that IANA name; the programme's own for a name that is no longer known."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return PROGRAMME_ZONE


class SecondFactorMiddleware:
    """Let nobody who holds a role further than their session has proven.

    Without a second factor the person is led to setting one up. With one, the session must have been
    given it: a session that began with the password alone, before there was a factor, proves it
    first, and until then may not even look at the factors.
    """

    ALWAYS_OPEN = frozenset({"account_logout", "set_language"})
    TO_PROVE = frozenset({"mfa_reauthenticate", "mfa_reauthenticate_webauthn"})

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: PersonRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        match = request.resolver_match
        name = match.view_name if match else ""
        if not settings.SECOND_FACTOR_REQUIRED or name in self.ALWAYS_OPEN:
            return None
        person = request.user
        if not (person.is_authenticated and person.is_staff_member):
            return None
        if not has_second_factor(person):
            return None if self._sets_up(name) else self._lead_to_setting_up(request)
        if has_proven_second_factor(request) or name in self.TO_PROVE:
            return None
        return self._lead_to_proving(request)

    def _sets_up(self, name: str) -> bool:
        return name == "account_reauthenticate" or name.startswith("mfa_")

    def _lead_to_setting_up(self, request: PersonRequest) -> HttpResponse:
        return self._lead(
            request,
            reverse("mfa_index"),
            _("Your role needs a second factor. Please set one up: it takes two minutes."),
        )

    def _lead_to_proving(self, request: PersonRequest) -> HttpResponse:
        back = request.get_full_path() if request.method == "GET" and not request.htmx else "/"
        return self._lead(
            request,
            reverse(page_to_prove(request.user), query={"next": back}),
            _("You are logged in with your password alone. Please give your second factor too."),
        )

    def _lead(self, request: PersonRequest, page: str, why: str) -> HttpResponse:
        if ASKED_BY_ITSELF in request.headers:
            # Nobody has pressed anything: the page stays, and says that it is not up to date any more.
            return HttpResponse(status=401)
        if request.htmx:
            return HttpResponseClientRedirect(page)
        if is_in_background(request):
            return redirect(page)
        messages.info(request, why)
        return redirect(page)


class PrivatePagesMiddleware:
    """Let no browser and no proxy keep what was answered behind a log-in.

    Whoever uses the machine next must not find it by going back. What is no page stays as its view
    says where that is safe: kept on the condition that it is asked about each time (`no-cache`:
    previews, so that a permission that ended ends there too), or public without a log-in as well.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        was_logged_in = request.user.is_authenticated
        response = self.get_response(request)
        # Asked again: the answer to a log-in is private already.
        if (was_logged_in or request.user.is_authenticated) and not _may_be_kept(response):
            patch_cache_control(response, no_store=True, private=True)
        return response


def _may_be_kept(response: HttpResponse) -> bool:
    """Whether it is no page, and either public or to be asked about before each use."""
    if response.get("Content-Type", "").startswith("text/html"):
        return False
    chosen = {part.strip() for part in response.get("Cache-Control", "").split(",")}
    return "public" in chosen or {"private", "no-cache"} <= chosen


class PermissionsPolicyMiddleware:
    """Switch off what browsers offer and the portal does not use."""

    POLICY = ", ".join(
        [
            "camera=()",
            "display-capture=()",
            "geolocation=()",
            "microphone=()",
            "payment=()",
            "usb=()",
            "publickey-credentials-create=(self)",
            "publickey-credentials-get=(self)",
        ]
    )

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", self.POLICY)
        return response
