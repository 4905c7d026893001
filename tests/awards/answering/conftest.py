"""An award that waits for its answer."""

import pytest

from tests.making import awarded
from vouchers.awards.models import Award


@pytest.fixture
def to_countersign():
    """An award that the cluster has signed and no coordinator yet."""
    story, (found,) = awarded()
    story.sign(found.application)
    return Award.objects.get(pk=found.pk)


@pytest.fixture
def award():
    _story, (found,) = awarded()
    return found
