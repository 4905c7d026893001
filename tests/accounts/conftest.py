"""What every test of this room needs."""

from types import SimpleNamespace

import pytest


@pytest.fixture
def told_at_once(monkeypatch):
    """django-allauth tells of second factors on commit, which a test never reaches: at once here."""
    at_once = SimpleNamespace(on_commit=lambda tell: tell())
    for kind in ("totp", "recovery_codes"):
        monkeypatch.setattr(f"allauth.mfa.{kind}.internal.flows.transaction", at_once)
