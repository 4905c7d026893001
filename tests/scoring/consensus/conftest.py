"""Two assessments that differ too much, and the consensus that they call for."""

import pytest

from tests.making import LB, LB_SECOND, closed_story
from tests.remembering import remembered
from tests.scoring.consensus.differing import differ
from vouchers.scoring.assessing.models import Consensus


@pytest.fixture
def story(request):
    return (two_differing if "differing" in request.fixturenames else closed_story)(LB, LB_SECOND)


@pytest.fixture
def differing(story):
    """Two assessors gave 86 and 50.5 points, and the consensus that it calls for."""
    return Consensus.objects.get(application=story[1][0])


@remembered
def two_differing(*clusters):
    story = closed_story(*clusters)
    differ(*story)
    return story
