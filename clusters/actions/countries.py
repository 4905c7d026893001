"""Writes about the countries of the programme."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.permissions import is_coordinator
from clusters.actions.logos import logo_of
from clusters.models import LETTERHEAD_FIELDS, Country, CountryPartner
from clusters.permissions import may_change_letterhead
from conduct.actions import action, judged, require


@action(_("Country set up"))
def set_up_country(
    code: str,
    *,
    name: dict[str, str],
    time_zone: str,
    currency: str,
    partner: str,
    partner_short_name: str = "",
    by: User,
) -> Country:
    """Enter (or correct) a country and the organisation that runs the programme there."""
    require(is_coordinator, by)
    country, _created = Country.objects.update_or_create(
        code=code, defaults={"name": name, "time_zone": time_zone, "currency": currency}
    )
    CountryPartner.objects.update_or_create(
        country=country, defaults={"name": partner, "short_name": partner_short_name}
    )
    return country


@action(_("Letterhead changed"))
def change_letterhead(
    partner: CountryPartner,
    *,
    by: User,
    logo: UploadedFile | None = None,
    removes_logo: bool = False,
    **fields: Any,
) -> CountryPartner:
    """Say what the partner's letters bear from now on (any of LETTERHEAD_FIELDS, another logo or none).

    Letters that were issued stay as they are, and so does the logo that they bear. Raises NotAllowed
    but for officers of the country and coordinators, Refused when the logo is no picture.
    """
    picture = logo_of(logo) if logo else None
    partner = judged(partner, may_change_letterhead, by=by)
    for name in fields.keys() & set(LETTERHEAD_FIELDS):
        setattr(partner, name, fields[name])
    partner.full_clean()
    if picture is not None:
        # Always a new file: letters that are still to be made may bear the one before.
        partner.logo.save("logo.webp", picture, save=False)
    elif removes_logo:
        partner.logo = ""
    partner.save()
    return partner
