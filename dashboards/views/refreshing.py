"""A page that keeps itself up to date: what it asks, and what it is told.

`static/js/desk.js` asks the page's own address now and then. It says whose page it is (`Desk-Of`), what
waited when it was read (`Desk-Waits`), and which version it shows (`If-None-Match`). The answer is 304
where that is still right; the page's content where it is not; 401 where the session has ended, is
another person's, or must be given a second factor first. Asking writes nothing, so that no session lives
longer by it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.template import defaultfilters
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_htmx.http import trigger_client_event

from accounts.middleware import ASKED_BY_ITSELF
from conduct.queries.once import reading_once
from dashboards.queries.pulse import pulse_of
from documents.wording import number
from lists.views import renewable
from vouchers.standing.actions import judge_the_few

OF, WAITS = ASKED_BY_ITSELF, "Desk-Waits"
# Of the event by which the script of the page learns what the answer says besides the content.
TOLD = "desk:told"
# Seconds between two questions.
EVERY = 30
_WHOLE, _PIECE = "base.html", "dashboards/_refreshed.html"
# Well below what servers take of one header; a page where more waits than fits is told no numbers.
_LONGEST = 4_000


@dataclass(frozen=True)
class Page:
    """What a page shows, and how much of what waits for whom it is: by what it is, how many.

    What it is has no words in it: they change with the day and the language, though nothing came.
    """

    template: str
    context: dict[str, Any]
    waits: Mapping[str, int]


@dataclass(frozen=True)
class Refreshing:
    """What a page needs to know to keep itself up to date.

    Which version it is the first question tells it: most pages are left before they ask.
    """

    of: int
    waits: str
    at: datetime
    every: int = EVERY


def is_refresh(request: HttpRequest) -> bool:
    """Whether a page asks what has changed, rather than a person for the page."""
    return OF in request.headers


def refreshing(request: HttpRequest, about: str, look_up: Callable[[], Page]) -> HttpResponse:
    """The page for who opens it; for a page that asks, what has changed of it."""
    user: Any = request.user
    if not is_refresh(request):
        judge_the_few()
        with reading_once():
            return renewable(_rendered(request, look_up(), _WHOLE))
    if not is_of(request, user):
        return HttpResponse(status=401)
    shown = request.headers.get("If-None-Match", "").removeprefix("W/").strip('"')
    pulse = pulse_of(user, about)
    if shown.partition(".")[0] == pulse:
        return _told(HttpResponseNotModified(), shown)
    # The pulse was taken before: what changes meanwhile is seen the next time. Where vouchers stand the
    # worker judges (nextsociety.queues), so that pages which ask do not wait for one another's locks.
    with reading_once():
        page = look_up()
        answer = _rendered(request, page, _PIECE)
    content = sha256(answer.content).hexdigest()[:32]
    if shown.partition(".")[2] == content:
        answer = HttpResponseNotModified()
    return _told(answer, f"{pulse}.{content}", _news(request, page.waits))


def is_of(request: HttpRequest, user: Any) -> bool:
    """Whether the session is that of the person for whom the page was made."""
    return user.is_authenticated and request.headers[OF] == str(user.pk)


def _rendered(request: HttpRequest, page: Page, layout: str) -> HttpResponse:
    user: Any = request.user
    told = Refreshing(user.pk, in_short(page.waits), timezone.now())
    return render(request, page.template, {**page.context, "layout": layout, "refreshing": told})


def _told(answer: HttpResponse, version: str, news: str = "") -> HttpResponse:
    """The answer with its version, when it was right on the reader's clock, and what is new."""
    answer["ETag"] = f'W/"{version}"'
    at = timezone.localtime()
    return trigger_client_event(
        answer, TOLD, {"at": defaultfilters.time(at, "H:i"), "moment": at.isoformat(), "news": news}
    )


def _news(request: HttpRequest, waits: Mapping[str, int]) -> str:
    """What a reader who does not see the page is told of what waits now and did not before."""
    known, now = _known(request.headers.get(WAITS, "")), _digests(waits)
    if known is None or known == now:
        return ""
    more = (now - known).total()
    if not more:
        return _("What waits for you has changed.")
    return ngettext(
        "%(number)s new thing waits for you.", "%(number)s new things wait for you.", more
    ) % {"number": number(more)}


def _digests(waits: Mapping[str, int]) -> Counter[str]:
    """What waits, by short digests: headers land in the logs of others, and have little room."""
    found: Counter[str] = Counter()
    for what, many in waits.items():
        found[sha256(what.encode()).hexdigest()[:8]] += many
    return found


def in_short(waits: Mapping[str, int]) -> str:
    """What waits, for the page to send back; empty where it is more than a header holds."""
    text = json.dumps(_digests(waits), separators=(",", ":"))
    return text if len(text) <= _LONGEST else ""


def _known(text: str) -> Counter[str] | None:
    """What waited when the page was read; None where that cannot be read."""
    if len(text) > _LONGEST:
        return None
    try:
        found = json.loads(text)
    except ValueError:
        return None
    if not isinstance(found, dict) or not all(type(each) is int for each in found.values()):
        return None
    return Counter(found)
