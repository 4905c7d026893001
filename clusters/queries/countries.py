"""The countries of the programme."""

from clusters.models import (
    Country,
)


def country_choices() -> list[tuple[str, str]]:
    """ISO code and name of every country of the programme, for lists to choose from."""
    return [(country.code, str(country)) for country in Country.objects.all()]
