"""No address and no export shows a sealed quote to anybody, and no table gives it to the portal."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse

from tests.access.asked_with import parameters
from tests.access.walking import Rollback, addresses
from tests.access.world import clients, world
from tests.links.linking import proven
from tests.providers.quotes.asking import MARKER, NAMES
from vouchers.providers.quotes.models import Quote
from vouchers.providers.quotes.queries.sealing import by_link

__all__ = ["world"]

pytestmark = pytest.mark.django_db

# The text of the quote, its rate, and its sum in every way in which pages and files write it.
SEALED = (
    MARKER,
    "413.37",
    "413,37",
    "4133.7",
    "4133,7",
    "4,133",
    "4.133",
    "4 133",
    "4\u00a0133",
    "4\u202f133",
)
# By the provider's own link: it reads its own quote.
OWN_LINK = ("quotes:answer", "quotes:own_file", "quotes:terms_pdf")


def told_by(response: HttpResponseBase) -> str:
    """All that an answer says: its headers, its body, and what is in its archives."""
    parts = b"".join(response) if response.streaming else response.content
    bodies = [parts]
    if parts.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(parts)) as archive:
            bodies += [archive.read(name) for name in archive.namelist()]
    headers = " ".join(f"{name}: {value}" for name, value in response.items())
    return headers + "".join(body.decode("utf-8", errors="replace") for body in bodies)


def asked(client: Client, url: str) -> str:
    """What an address tells, by GET or, where it takes none, by an empty POST; nothing is kept."""
    told = ""
    try:
        with transaction.atomic():
            response = client.get(url)
            if response.status_code == 405:
                response = client.post(url)
            told = told_by(response)
            raise Rollback
    except Rollback:
        return told


def shown_by(secret: str) -> str:
    """What the page of a link tells its holder, who gave the code."""
    address = reverse("quotes:answer", args=[secret])
    return asked(proven(address), address)


def test_no_address_shows_a_sealed_quote_to_any_role(world):
    sealed = world["quotes"]
    with by_link(sealed.links[NAMES[0]]):
        quote = Quote.objects.prefetch_related("lines", "files").get()
        ids = {"quote_pk": quote.pk, "file": quote.files.get().pk}
    urls = {}
    for address in addresses():
        if address.name not in (*OWN_LINK, "healthz", "readyz"):
            known = {**parameters(world, address.name), "quote_pk": ids["quote_pk"]}
            if address.name == "quotes:file":
                known["pk"] = ids["file"]
            named = {name: known[name] for name in address.parameters}
            urls[address.name] = reverse(address.name, kwargs=named)
    leaks, visited = [], 0
    for role, client in clients(world).items():
        for name, url in urls.items():
            visited += 1
            told = asked(client, url)
            leaks += [(name, role, mark) for mark in SEALED if mark in told]
    assert visited > 1500
    assert leaks == []


def test_the_same_walk_finds_what_the_providers_own_page_shows(world, no_attempts_yet):
    """The marks are the right ones: by its link the provider reads them, and nobody else's link does."""
    sealed = world["quotes"]
    own = shown_by(sealed.links[NAMES[0]])
    assert MARKER in own
    assert any(mark in own for mark in SEALED[1:])
    for name in NAMES[1:]:
        other = shown_by(sealed.links[name])
        assert "Export plan" in other
        assert not any(mark in other for mark in SEALED)


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
