"""Texts that coordinators own, for the tests of other rooms."""

from accounts.models import User
from texts.actions import TextPlace, save_wording
from texts.kinds import Family, kinds_of
from texts.models import TextVersion


def owned_closing(*, by: User) -> TextVersion:
    """The end of the award letter in English, of all calls."""
    place = TextPlace(kinds_of(Family.LETTER)["award"], "en")
    return save_wording(place, {"closing": "We look forward to it."}, seen=0, by=by)
