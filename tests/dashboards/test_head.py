"""The number of new notices in the head of a page is renewed with the desk."""

import re

import pytest
import time_machine
from django.utils import timezone

from notices.queries import unseen_count
from notices.wording.messages import write_text
from tests.dashboards.asking import Desk
from tests.making import voucher_story

pytestmark = pytest.mark.django_db
LINK = re.compile(r'<a class="tool" id="notices-link".*?</a>', re.DOTALL)


@pytest.fixture(autouse=True)
def now():
    """The clock stands still: the minutes after which a desk is looked up anew never end by chance."""
    with time_machine.travel(timezone.now(), tick=False):
        yield


def link_in(answer):
    return LINK.search(answer.content.decode())[0]


def write_all(person):
    """What was made for the person, as a worker words it."""
    for notice in person.notices.filter(subject=""):
        write_text(notice)
        notice.save(update_fields=["subject", "body"])


def test_the_head_tells_how_many_notices_are_new():
    officer = voucher_story("plan approved").officer
    desk = Desk(officer)
    assert desk.ask().status_code == 304
    # A worker words them, of which no trace tells who reads no messages of others.
    write_all(officer)
    new = unseen_count(officer)
    assert new
    answer = desk.ask()
    assert answer.status_code == 200
    assert 'hx-swap-oob="true"' in link_in(answer)
    assert f'<span class="count">{new}<' in link_in(answer)
    assert desk.ask().status_code == 304
    # Opened in another window.
    officer.notices.exclude(subject="").update(seen_at=timezone.now())
    answer = desk.ask()
    assert answer.status_code == 200
    assert "count" not in link_in(answer)
