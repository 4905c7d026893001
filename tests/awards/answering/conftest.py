"""An award that waits for its answer."""

import pytest
from allauth.mfa.models import Authenticator

from tests.making import awarded
from tests.people import person
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


@pytest.fixture
def coordinator():
    """One whose second factor is a key: they are mailed a code."""
    found = person(role="coordinator")
    Authenticator.objects.filter(user=found).update(type=Authenticator.Type.WEBAUTHN)
    return found
