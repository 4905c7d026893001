"""No page offers a link that its reader may not open."""

from __future__ import annotations

import re
from collections import Counter, deque
from html import unescape

import pytest
from django.test import Client

from tests.making import voucher_story
from tests.payments.making import approved, order_of
from tests.payments.paying import record
from tests.payments.recoveries.correcting import to_set_off, two_milestones
from tests.people import log_in, person

pytestmark = pytest.mark.django_db

HEADING = re.compile(r"<h([1-6])[\s>]")
ID = re.compile(r'\sid="([^"]+)"')
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


def no_level_is_left_out(text: str) -> bool:
    """Whether each heading is at most one level below the one before it, as who hears a page expects."""
    levels = [int(level) for level in HEADING.findall(text)]
    return all(after <= before + 1 for before, after in zip([0, *levels], levels, strict=False))


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
        text = answer.content.decode()
        assert no_level_is_left_out(text), f"{address}: {HEADING.findall(text)}"
        twice = [name for name, times in Counter(ID.findall(text)).items() if times > 1]
        # A label names the first that has its id: the other field would have none.
        assert twice == [], f"{address}: {twice}"
        for link in map(unescape, HREF.findall(text)):
            if link not in found_on and not link.startswith(NOT_FOLLOWED):
                found_on[link] = address
                waiting.append(link)
    return dead, opened


@pytest.mark.parametrize("reader", ["officer", "manager", "finance"])
def test_no_link_is_dead_once_money_was_paid_and_set_off(reader):
    """A receipt and a correction name a batch, which finance opens and others read the name of."""
    told, claim = two_milestones()
    correction = to_set_off(told, claim)
    second = approved(told, told._milestone(1), amount="2000.00", number="F-2")
    record(order_of(second, told.cast), told, bank_reference="BK 2")
    readers = {"officer": told.officer, "manager": told.manager, "finance": told.cast.finance[1]}
    dead, opened = dead_links(log_in(Client(), readers[reader]))
    assert dead == {}
    assert correction.get_absolute_url() in opened
