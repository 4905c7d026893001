"""A call whose scores are exported in tests."""

import pytest

from tests.scoring.exports.reading import varied_story

# Two with the same total, parted by a criterion; two that share a place; one below a threshold.
SCORES = [
    ("4", "4.5", "3.5"),
    ("4", "3.5", "4.5"),
    ("3.5", "4", "4"),
    ("3.5", "4", "4"),
    ("5", "2", "5"),
]


@pytest.fixture
def story():
    return varied_story(SCORES, quotas={"LB": 4, "MA": 2})
