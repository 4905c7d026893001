"""What every test of this room needs."""

import pytest


@pytest.fixture(autouse=True)
def rate_limits_start_anew(no_attempts_yet):
    """Signing in and up is limited; each test counts for itself."""
