"""The marks of a sealed quote are right, and no table gives it; `test_access` walks the pages."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import connection
from django.urls import reverse

from tests.access.sealed import SEALED
from tests.access.walking import visit
from tests.access.world import world
from tests.links.linking import proven
from tests.providers.quotes.asking import MARKER, NAMES

__all__ = ["world"]

pytestmark = pytest.mark.django_db


def shown_by(secret: str, *marks: str) -> tuple[str, ...]:
    """Which of the marks the page of a link tells its holder, who gave the code."""
    address = reverse("quotes:answer", args=[secret])
    return visit(proven(address), address, marks).told


def test_the_same_walk_finds_what_the_providers_own_page_shows(world):
    """The marks are the right ones: by its link the provider reads them, and nobody else's link does."""
    sealed = world["quotes"]
    own = shown_by(sealed.links[NAMES[0]], *SEALED)
    assert MARKER in own
    assert any(mark in own for mark in SEALED[1:])
    for name in NAMES[1:]:
        assert shown_by(sealed.links[name], "Export plan", *SEALED) == ("Export plan",)


def test_no_table_gives_it_to_the_portal(world):
    """Whatever anybody writes into a page tomorrow: every table is read as the portal reads it."""
    assert world["quotes"].terms.answers == 1
    found, tables = [], 0
    here = set(connection.introspection.table_names())
    for model in (one for one in apps.get_models() if one._meta.db_table in here):
        tables += 1
        for row in model._base_manager.values():
            said = str(row)
            found += [
                (model._meta.db_table, mark)
                for mark in (MARKER, "413.37", "4133.7")
                if mark in said
            ]
    assert tables > 150
    assert found == []
