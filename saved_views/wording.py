"""With whom a view is shared, in words of the active language."""

from __future__ import annotations

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from accounts.models import Role

from .permissions import ALL_OFFICERS, NOBODY, Audience


def audience_in_words(audience: Audience) -> str:
    """Who sees it: everybody with a role, officers in one country or in all, or oneself alone."""
    if audience == NOBODY:
        return _("I alone")
    if audience == ALL_OFFICERS:
        return _("Everybody who is an officer of any country partner")
    if audience.country_code:
        countries = dict(import_string(settings.ROLE_COUNTRIES)())
        country = str(countries.get(audience.country_code, audience.country_code))
        return _("Everybody who is an officer of the country partner in %(country)s") % {
            "country": country
        }
    return str(_EVERYBODY[Role(audience.role)]())


_EVERYBODY = {
    Role.ASSESSOR: lambda: _("Everybody who is an assessor"),
    Role.COORDINATOR: lambda: _("Everybody who is a coordinator"),
    Role.FINANCE: lambda: _("Everybody who is a finance officer"),
    Role.AUDITOR: lambda: _("Everybody who is an auditor"),
    Role.ADMINISTRATOR: lambda: _("Everybody who is an administrator"),
}
