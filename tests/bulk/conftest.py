"""Two awards whose offers wait to be sent, and a coordinator in a browser."""

import pytest
from django.test import Client

from notices.models import Notice
from tests.making import LB, MA, awarded
from tests.people import log_in


@pytest.fixture
def story():
    return awarded(LB, MA)[0]


@pytest.fixture
def notices(story):
    """The offers of both awards: they wait to be sent."""
    return list(Notice.objects.filter(kind="award-offered").order_by("created_at", "pk"))


@pytest.fixture
def client(story):
    return log_in(Client(), story.cast.coordinators[0])
