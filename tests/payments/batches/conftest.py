"""Claims that can be paid."""

import pytest

from tests.payments.making import approved


@pytest.fixture
def both(twice):
    """Two approved claims, of 3,000 and 2,000 EUR."""
    return [
        approved(twice, twice._milestone(0)),
        approved(twice, twice._milestone(1), amount="2000.00", number="F-2"),
    ]
