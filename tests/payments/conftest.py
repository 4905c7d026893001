"""Vouchers whose milestones can be claimed."""

import pytest

from tests.making import voucher_story


@pytest.fixture
def delivered():
    """A voucher whose first milestone (3,000 of 5,000 EUR) is delivered and accepted."""
    return voucher_story("accepted 0")


@pytest.fixture
def milestone(delivered):
    return delivered._milestone(0)


@pytest.fixture
def twice():
    """A voucher of which both milestones (3,000 and 2,000 EUR) can be claimed; none is yet."""
    told = voucher_story("accepted 0")
    for step in ("_hand_in", "accept_as_cluster", "_accept"):
        getattr(told, step)(1)
    return told
