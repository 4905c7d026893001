"""A cluster reads its own days, whoever looks and wherever the server stands."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from demonstration.clock import on
from documents.models import Document
from documents.rendering.pdf import letter_html
from tests.making import LB, open_story
from tests.people import log_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def evening():
    """22:30 UTC some days ago, when it is half past midnight (or one) in Beirut."""
    return (timezone.now() - timedelta(days=3)).replace(hour=22, minute=30, second=0)


def test_what_reaches_us_after_midnight_in_beirut_is_received_that_day(evening):
    story = open_story()
    with on(evening):
        application = story.apply(LB)
    there = (evening + timedelta(days=1)).date()
    for kind in ("acknowledgement", "application-copy"):
        letter = Document.objects.get(kind=kind, language="en")
        assert letter.facts["date"] == there.isoformat()
        assert letter.issued_on == there
    html = letter_html(Document.objects.get(kind="acknowledgement", language="en"))
    assert f"{there.day} {there:%B %Y}" in html
    assert f"{evening.day} {evening:%B %Y}" not in html
    assert application.country.time_zone == "Asia/Beirut"


def test_the_page_of_a_letter_names_the_same_day_to_everybody(client, evening):
    story = open_story()
    with on(evening):
        application = story.apply(LB)
    there = (evening + timedelta(days=1)).date()
    letter = Document.objects.get(kind="acknowledgement", language="en")
    shown = f'<time datetime="{there.isoformat()}">{there.day} {there:%B %Y}</time>'
    assert (
        shown
        in client.get(reverse("documents:verify", args=[letter.code]), follow=True).content.decode()
    )
    log_in(client, story.cast.coordinators[0])
    page = client.get(reverse("applications:detail", args=[application.pk])).content.decode()
    assert f"{there.day} {there:%B %Y}" in page


def test_visitors_read_a_deadline_on_the_clocks_of_all_four_cities(client):
    story = open_story()
    story.call.deadline = datetime(2027, 12, 18, 22, 30, tzinfo=UTC)
    story.call.decision_due = date(2028, 3, 1)
    type(story.call).objects.filter(pk=story.call.pk).update(
        deadline=story.call.deadline, decision_due=story.call.decision_due
    )
    page = Client().get("/").content.decode()
    assert "18 December 2027, 23:30 in Tunis, 22:30 in Rabat, 23:30 in Brussels" in page
    assert "19 December 2027, 00:30 in Beirut" in page
    assert "UTC" not in page
    log_in(client, story.cast.officer("LB"))
    page = client.get(reverse("calls:list")).content.decode()
    assert "19 December 2027 at 00:30 (Beirut time)" in page
