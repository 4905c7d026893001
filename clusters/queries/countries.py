"""The countries of the programme."""

from __future__ import annotations

from accounts.models import User
from accounts.permissions import sees_all_countries
from clusters.models import Country


def country_choices() -> list[tuple[str, str]]:
    """ISO code and name of every country of the programme, for lists to choose from."""
    return [(country.code, str(country)) for country in Country.objects.all()]


def countries_reached_by(user: User) -> dict[str, Country]:
    """The countries of which the person reads the records by a role, by ISO code; one query."""
    countries = Country.objects.order_by("code")
    if not sees_all_countries.test(user):
        countries = countries.filter(pk__in=user.officer_countries)
    return {country.code: country for country in countries}
