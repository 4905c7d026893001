"""For whom pages are written: readers of a country, whose months have names of their own."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse

from accounts.models import User
from documents.wording import country_of_zone, for_readers_in

GetResponse = Callable[[HttpRequest], HttpResponse]


class ReadersCountryMiddleware:
    """Write the dates of pages as the letters to their reader do: 17 تشرين الثاني in Lebanon.

    The country is looked up where a page has a date in Arabic, once, and nowhere else.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        @cache
        def country() -> str:
            return country_of(request.user)

        with for_readers_in(country):
            return self.get_response(request)


def country_of(reader: User | AnonymousUser) -> str:
    """The country (ISO code) whose words a reader knows: of their cluster, their role or their clock."""
    if not isinstance(reader, User):
        return ""
    represented = reader.representations.values_list("cluster__country_id", flat=True)
    found = represented.first() or next(iter(sorted(reader.officer_countries)), "")
    return found or country_of_zone(reader.time_zone)
