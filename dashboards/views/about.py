"""Reading from the address what a page of figures is about."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from accounts.models import User
from clusters.queries import countries_reached_by
from dashboards.figures.kinds import Period
from dashboards.figures.queries import Scope
from dashboards.forms.about import AboutForm
from dashboards.panels.about import PageSubject
from vouchers.calls.models import Call
from vouchers.calls.queries import calls_visible_to

_REMEMBERED = "figures_about"


class NoSuchCall(Http404):
    """The address names a call that the person does not see; `calls` are those that they do."""

    def __init__(self, calls: list[Call]) -> None:
        super().__init__()
        self.calls = calls


def asked_about(
    request: HttpRequest, user: User, *, has_period: bool = False, remembers: bool = True
) -> PageSubject:
    """What the address says; where it says nothing, what the person looked at last in this session.

    All calls and countries together come first. Raises NoSuchCall, and Http404 for a country that
    there is not or that the person does not reach; days that cannot be read narrow nothing, and the
    form says so. What is asked without `remembers` is not what is shown the next time.
    """
    calls = list(calls_visible_to(user).exclude(state=Call.State.DRAFT).order_by("-opens_at"))
    countries = countries_reached_by(user)
    slug, code = _named(request)
    call = next((one for one in calls if one.slug == slug), None)
    is_told = {"call", "country"} & request.GET.keys()
    if (slug and call is None) or (code and code not in countries):
        if is_told and slug and call is None:
            raise NoSuchCall(calls)
        if is_told:
            raise Http404
        # What was remembered is gone.
        slug, code, call = "", "", None
    if is_told and remembers:
        _remember(request, slug, code)
    typed = {
        "call": slug,
        "country": code,
        **{name: request.GET[name] for name in ("since", "until") if name in request.GET},
    }
    form = AboutForm(typed, calls=calls, countries=countries, has_period=has_period)
    form.is_valid()
    days = form.cleaned_data
    period = Period(days.get("since"), days.get("until"), tuple(countries.values()))
    return PageSubject(form, Scope(call, code), period, calls, countries)


def asked_words(request: HttpRequest) -> str:
    """What a page of figures is about, as the address or the session says it, unread."""
    return "/".join(_named(request))


def _named(request: HttpRequest) -> tuple[str, str]:
    if {"call", "country"} & request.GET.keys():
        return request.GET.get("call", ""), request.GET.get("country", "")
    slug, code = request.session.get(_REMEMBERED, ("", ""))
    return slug, code


def _remember(request: HttpRequest, slug: str, code: str) -> None:
    """For the next visit; written only where it changes."""
    if tuple(request.session.get(_REMEMBERED, ("", ""))) != (slug, code):
        request.session[_REMEMBERED] = [slug, code]
