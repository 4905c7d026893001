"""Two vouchers of two countries, and who coordinates them."""

import pytest

from tests.making import LB, MA, awarded


@pytest.fixture
def two():
    """A Lebanese and a Moroccan voucher, the Moroccan one issued later."""
    story, awards = awarded(LB, MA)
    return story, [story.accept(award.application) for award in awards]


@pytest.fixture
def coordinator(two):
    return two[0].cast.coordinators[0]
