"""Emptying the database waits for whoever reads it, instead of giving up at a deadlock."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command
from django.core.management.commands import flush
from django.db import OperationalError
from psycopg2.errors import DeadlockDetected

from accounts.models import User
from tests.people import person

pytestmark = pytest.mark.django_db(transaction=True)


def refused(monkeypatch, times, cause):
    """Let Django's own command fail so often, as it does; the list of its calls."""
    empties, calls = flush.Command.handle, []

    def handle(self, **options):
        calls.append(options)
        if len(calls) > times:
            return empties(self, **options)
        try:
            raise OperationalError("deadlock detected") from cause
        except OperationalError as error:
            raise CommandError("could not be flushed") from error

    monkeypatch.setattr(flush.Command, "handle", handle)
    return calls


def empty():
    call_command("flush", interactive=False, verbosity=0)


def test_a_deadlock_is_tried_again(monkeypatch):
    person()
    calls = refused(monkeypatch, 2, DeadlockDetected())
    empty()
    assert len(calls) == 3
    assert not User.objects.exists()


def test_any_other_failure_is_one(monkeypatch):
    calls = refused(monkeypatch, 1, None)
    with pytest.raises(CommandError):
        empty()
    assert len(calls) == 1
