"""An award that waits for its answer."""

import pytest

from tests.making import awarded


@pytest.fixture
def award():
    _story, (found,) = awarded()
    return found
