"""What stands on a desk: kinds that are named, what is late in words, and figures that say something."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from dashboards.queries.waiting import NAMED_KINDS, WaitingWork, looked_up
from demonstration.clock import noon, on
from tests.making import voucher_story
from tests.people import log_in, person
from vouchers.awards.models import Voucher
from vouchers.awards.queries import vouchers_visible_to
from vouchers.standing.actions import judge_outdated

pytestmark = pytest.mark.django_db


def desk(user):
    return log_in(Client(), type(user).objects.get(pk=user.pk)).get("/")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_why_a_voucher_is_late_is_read_in_the_direction_of_the_page(language):
    told = voucher_story("accepted by cluster 0")
    coordinator = told.cast.coordinators[0]
    type(coordinator).objects.filter(pk=coordinator.pk).update(language=language)
    # Nobody accepts it, and nobody writes, for long.
    with on(noon(100)):
        judge_outdated()
        answer = desk(coordinator)
        listed = log_in(Client(), coordinator).get(reverse("dashboards:work", args=["late"]))
    (item,) = answer.context["desk"].late.items
    assert item.is_sentence
    name = f"\N{FIRST STRONG ISOLATE}{told.facts.name}\N{POP DIRECTIONAL ISOLATE}"
    for page in (answer.content.decode(), listed.content.decode()):
        assert name in page
        # An isolate around all of it would turn the sentence to the direction of the name.
        assert f"<bdi>{name}" not in page


def test_what_is_to_be_accepted_is_told_in_the_direction_of_the_page():
    told = voucher_story("accepted by cluster 0")
    answer = desk(told.officer)
    (work,) = [one for one in answer.context["desk"].waits if one.name == "deliverables"]
    assert [one.is_sentence for one in work.items] == [True]


def test_what_stands_apart_takes_no_place_of_the_kinds_that_are_named():
    told = voucher_story("plan approved")
    kinds = [
        WaitingWork(f"kind-{number}", "", vouchers_visible_to, "", Voucher.get_absolute_url)
        for number in range(NAMED_KINDS + 1)
    ]
    apart = WaitingWork(
        "late", "", vouchers_visible_to, "", Voucher.get_absolute_url, is_apart=True
    )
    found, _beside = looked_up(told.officer, [apart, *kinds])
    assert [bool(one.items) for one in found] == [True, *[True] * NAMED_KINDS, False]


def test_who_only_watches_has_no_empty_column(client):
    voucher_story("plan approved")
    auditor = desk(person(role="auditor"))
    assert auditor.context["desk"].watched
    assert not auditor.context["desk"].is_in_two
    assert 'class="desk-waits"' not in auditor.content.decode()
    assert "desk-alone" in auditor.content.decode()


def test_an_officer_who_scores_nothing_is_told_no_noughts():
    told = voucher_story("plan approved")
    assert desk(told.officer).context["figures"].numbers == []


def test_each_number_alone_says_what_it_answers():
    told = voucher_story("plan approved")
    reader = log_in(Client(), told.cast.coordinators[0])
    page = reader.get(reverse("dashboards:overview")).content.decode()
    assert "How many applications were sent?" in page
    assert "Since the programme began" in page
    page = reader.get(reverse("dashboards:overview"), {"since": "2020-01-01"}).content.decode()
    assert "In the chosen period" in page
    assert "Since the programme began" not in page


@pytest.mark.parametrize("query", [{}, {"call": True}])
def test_the_contents_of_the_overview_lead_to_its_parts(query):
    told = voucher_story("plan approved")
    reader = log_in(Client(), told.cast.coordinators[0])
    if query:
        query = {"call": told.voucher.award.application.call.slug}
    page = reader.get(reverse("dashboards:overview"), query).content.decode()
    contents = page[page.index('<nav class="contents"') :]
    named = re.findall(r'href="#([a-z]+)"', contents[: contents.index("</nav>")])
    assert named == re.findall(r'</summary>\s*<div id="([a-z]+)"', page)
    assert named[:2] == ["funnel", "money"]
    assert ("report" in named) is bool(query)
