"""A batch that is with the bank: two payments, of 3,000 and 2,000 EUR."""

import pytest

from demonstration.story.paying import exported
from tests.payments.making import approved


@pytest.fixture
def both(twice):
    return [
        approved(twice, twice._milestone(0)),
        approved(twice, twice._milestone(1), amount="2000.00", number="F-2"),
    ]


@pytest.fixture
def batch(twice, both):
    return exported(both, twice.cast)
