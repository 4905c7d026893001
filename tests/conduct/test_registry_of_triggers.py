"""The registry of triggers says what the library's own says, and names each trigger once."""

from __future__ import annotations

import pgtrigger
import pytest
from pgtrigger import registry

from conduct.apps import TriggerRegistry
from notices.models import Notice
from vouchers.calls.models import Call


@pytest.fixture
def anew(monkeypatch):
    """An empty registry in the place of the portal's, filled with what that holds."""
    held = dict(registry._registry.data)
    fresh = registry._Registry()
    TriggerRegistry.take_over(fresh)
    monkeypatch.setattr(registry, "_registry", fresh)
    for uri, (model, trigger) in held.items():
        fresh[uri] = (model, trigger)
    return fresh


def test_it_is_the_one_that_the_portal_uses():
    assert type(registry._registry) is TriggerRegistry
    assert len(registry.registered()) > 300


def test_it_says_what_the_librarys_own_says(anew):
    own = registry._Registry()
    own.data = dict(anew.data)
    assert anew.pg_function_names == own.pg_function_names
    assert anew.by_db_table == own.by_db_table
    assert len(anew.pg_function_names) == len(anew)


def test_each_trigger_is_named_a_few_times_however_many_there_are(anew, monkeypatch):
    named = []
    get_pgid = pgtrigger.Trigger.get_pgid
    monkeypatch.setattr(
        pgtrigger.Trigger, "get_pgid", lambda *args: named.append(args) or get_pgid(*args)
    )
    again = registry._Registry()
    TriggerRegistry.take_over(again)
    for uri, (model, trigger) in anew.data.items():
        again[uri] = (model, trigger)
    assert len(again) <= len(named) <= 2 * len(again)


def test_what_is_taken_is_refused(anew):
    model, trigger = next(iter(anew.data.values()))
    other = pgtrigger.Protect(name=trigger.name, operation=pgtrigger.Delete)
    with pytest.raises(KeyError, match="already used"):
        anew[other.get_uri(model)] = (model, other)


def test_a_trigger_that_takes_the_place_of_another_is_named_anew(anew):
    first = pgtrigger.Protect(name="kept", operation=pgtrigger.Delete)
    anew.data["one"] = (Call, first)
    assert first.get_pgid(Call) in anew.pg_function_names
    anew.data["one"] = (Notice, first)
    assert first.get_pgid(Notice) in anew.pg_function_names
    assert first.get_pgid(Call) not in anew.pg_function_names
