"""No page offers a link that its reader may not open."""

from __future__ import annotations

import re
from collections import deque
from html import unescape

import pytest
from django.test import Client

from tests.making import voucher_story
from tests.people import log_in, person

pytestmark = pytest.mark.django_db

HREF = re.compile(r'<a\s[^>]*?href="(/[^"#]*)')
# A log-out asks first, but is the end of a walk.
NOT_FOLLOWED = ("/accounts/logout/",)


@pytest.mark.parametrize(
    "role",
    ["visitor", "manager", "officer", "coordinator", "finance", "auditor", "administrator"],
)
def test_no_link_leads_where_its_reader_may_not_go(role):
    told = voucher_story("claimed 0")
    readers = {
        "manager": told.manager,
        "officer": told.officer,
        "coordinator": told.cast.coordinators[1],
        "finance": told.cast.finance[0],
    }
    client = Client()
    if role != "visitor":
        log_in(client, readers.get(role) or person(role=role))
    dead, opened = dead_links(client)
    assert dead == {}
    assert len(opened) >= 10


def dead_links(client: Client) -> tuple[dict[str, str], set[str]]:
    """Follow every link from home on: what is refused with where it stood, and what was opened."""
    found_on, waiting, opened = {"/": "the address bar"}, deque(["/"]), set()
    dead = {}
    while waiting:
        address = waiting.popleft()
        answer = client.get(address)
        if answer.status_code >= 400:
            dead[address] = f"{answer.status_code}, linked from {found_on[address]}"
            continue
        opened.add(address)
        if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
            continue
        for link in map(unescape, HREF.findall(answer.content.decode())):
            if link not in found_on and not link.startswith(NOT_FOLLOWED):
                found_on[link] = address
                waiting.append(link)
    return dead, opened
