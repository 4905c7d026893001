"""The walk over every address as every role. It takes minutes: one test looks at all that it finds."""

from __future__ import annotations

from uuid import uuid4

from django.core.cache import caches
from django.urls import reverse

from tests.access.asked_with import parameters
from tests.access.sealed import SEALED, of_a_sealed_quote
from tests.access.walking import Answer, addresses, visit
from tests.access.world import clients

# They speak to the machine that watches the portal.
_NOT_PAGES = ("healthz", "readyz")


def walked(world) -> dict[str, dict[str, Answer]]:
    """What every address answers to every role, by name; each visit is undone.

    The fixture `no_attempts_yet`, which each test has, puts the cache back.
    """
    sealed = of_a_sealed_quote(world["quotes"])
    urls = {}
    for address in addresses():
        if address.name not in _NOT_PAGES:
            known = {**parameters(world, address.name), "quote_pk": sealed["quote_pk"]}
            if address.name == "quotes:file":
                known["pk"] = sealed["file"]
            named = {name: known[name] for name in address.parameters}
            urls[address.name] = reverse(address.name, kwargs=named)
    walkers = clients(world)
    found = {}
    for name, url in urls.items():
        # Links that nobody has are counted, and another page is then put off too.
        caches["default"].key_prefix = uuid4().hex
        found[name] = {role: visit(one, url, SEALED) for role, one in walkers.items()}
    return found
