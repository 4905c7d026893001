"""The countries of the programme."""

from __future__ import annotations

from django.db.models import QuerySet

from accounts.models import User
from accounts.permissions import is_coordinator, sees_all_countries
from clusters.models import Country, CountryPartner


def country_choices() -> list[tuple[str, str]]:
    """ISO code and name of every country of the programme, for lists to choose from."""
    return [(country.code, str(country)) for country in Country.objects.all()]


def countries_reached_by(user: User) -> dict[str, Country]:
    """The countries of which the person reads the records by a role, by ISO code; one query."""
    countries = Country.objects.order_by("code")
    if not sees_all_countries.test(user):
        countries = countries.filter(pk__in=user.officer_countries)
    return {country.code: country for country in countries}


def partners_whose_account(user: User) -> QuerySet[CountryPartner]:
    """The country partners whose bank details the person may read."""
    partners = CountryPartner.objects.select_related("country").order_by("country_id")
    if sees_all_countries.test(user):
        return partners
    return partners.filter(country__in=user.officer_countries)


def partners_whose_letterhead(user: User) -> QuerySet[CountryPartner]:
    """The country partners whose letterhead the person may change, by country."""
    partners = CountryPartner.objects.select_related("country").order_by("country_id")
    if is_coordinator.test(user):
        return partners
    return partners.filter(country__in=user.officer_countries)
