"""The milestones of a voucher as a list, as a board and over time."""

import pytest

from dashboards.panels.milestones import board_of
from dashboards.queries.journeys import Journey
from tests.assistance.delivery.session import logged
from tests.making import voucher_story
from tests.people import log_in

pytestmark = pytest.mark.django_db


def columns(told):
    journey = Journey(told.voucher)
    board = board_of(journey.standing_lines, journey.sessions)
    return {one.name: [line.milestone.position for line in one.lines] for one in board if one.lines}


@pytest.mark.parametrize(
    ("until", "where"),
    [
        ("plan approved", {"planned": [1, 2]}),
        ("handed in 0", {"handed_in": [1], "planned": [2]}),
        ("accepted by cluster 0", {"handed_in": [1], "planned": [2]}),
        ("accepted 0", {"accepted": [1], "planned": [2]}),
        ("ordered 0", {"claimed": [1], "planned": [2]}),
        ("paid 0", {"paid": [1], "planned": [2]}),
    ],
)
def test_each_milestone_is_in_the_column_of_its_state(until, where):
    assert columns(voucher_story(until)) == where


def test_what_is_worked_on_or_came_back_is_under_way():
    told = voucher_story("plan approved")
    logged(told)
    assert columns(told) == {"under_way": [1], "planned": [2]}


def test_the_address_says_how_milestones_are_shown(client):
    told = voucher_story("handed in 0")
    log_in(client, told.officer)
    address = told.voucher.get_absolute_url()
    board = client.get(f"{address}?milestones=board").content.decode()
    assert 'class="board-column"' in board
    assert "Under way" in board
    assert 'class="milestones"' not in board
    gantt = client.get(f"{address}?milestones=gantt").content.decode()
    assert "Milestones over time" in gantt
    for wanted in ("", "?milestones=<b>"):
        assert 'class="milestones"' in client.get(address + wanted).content.decode()
