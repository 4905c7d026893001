"""What the tests of clusters share: everybody of the programme, and one cluster in Lebanon."""

import pytest

from clusters.actions import register_cluster
from clusters.models import Country
from tests.making import LB, cast_of_all
from tests.people import person


@pytest.fixture
def cast(db):
    return cast_of_all()


@pytest.fixture
def manager(cast):
    return person(name="Rami Fares")


@pytest.fixture
def cluster(manager):
    return register_cluster(country=Country.objects.get(code="LB"), by=manager, **LB.profile)
