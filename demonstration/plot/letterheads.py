"""What the letters of each country bear."""

from __future__ import annotations

from accounts.models import User
from clusters.actions import change_letterhead
from clusters.models import CountryPartner
from demonstration.content.letterheads import LETTERHEADS
from demonstration.story.profiles import drawn_logo


def write_letterheads(by: User) -> None:
    """Enter address, signatory and a logo for each country partner."""
    for number, partner in enumerate(CountryPartner.objects.order_by("country_id")):
        letterhead = LETTERHEADS[partner.country_id]
        change_letterhead(partner, logo=drawn_logo(number + 1), by=by, **letterhead)
