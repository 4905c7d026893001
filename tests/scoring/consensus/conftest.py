"""Two assessments that differ too much, and the consensus that they call for."""

import pytest

from tests.making import LB, LB_SECOND, closed_story
from tests.scoring.consensus.differing import differ


@pytest.fixture
def story():
    return closed_story(LB, LB_SECOND)


@pytest.fixture
def differing(story):
    """Two assessors gave 86 and 50.5 points, and the consensus that it calls for."""
    return differ(*story)
