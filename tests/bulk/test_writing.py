"""The same message to several clusters, and what is not offered at all."""

import pytest
from django.test import Client
from django.urls import reverse

from bulk.kinds import every_list
from tests.bulk.choosing import chosen, outcomes, press
from tests.making import LB, MA, awarded
from tests.people import log_in, person
from vouchers.correspondence.models import Message

pytestmark = pytest.mark.django_db

VOUCHERS = reverse("dashboards:vouchers")


@pytest.fixture
def two():
    story, awards = awarded(LB, MA)
    return story, [story.accept(award.application) for award in awards]


def test_each_cluster_reads_it_beside_its_voucher_once(two):
    story, vouchers = two
    client = log_in(Client(), story.cast.coordinators[0])
    run = chosen(client, "vouchers", "write", *(str(one.pk) for one in vouchers))
    page = press(client, run, "Please log your sessions.\nThank you").content.decode()
    assert "2 are done" in page
    press(client, run, "Please log your sessions.\nThank you")
    assert sorted(Message.objects.values_list("application", "text")) == sorted(
        (one.award.application_id, "Please log your sessions.\nThank you") for one in vouchers
    )


def test_an_officer_writes_to_the_own_country_alone(two):
    story, (lebanese, moroccan) = two
    client = log_in(Client(), story.cast.officer("LB"))
    run = chosen(client, "vouchers", "write", str(lebanese.pk), str(moroccan.pk))
    press(client, run, "Hello")
    assert outcomes(run) == {str(lebanese.pk): "done"}
    assert Message.objects.get().application_id == lebanese.award.application_id


@pytest.mark.parametrize("role", ["auditor", "finance"])
def test_who_only_reads_sees_no_boxes(two, role):
    client = log_in(Client(), person(role=role))
    page = client.get(VOUCHERS).content.decode()
    assert two[1][0].reference in page
    assert 'name="key"' not in page


def test_nothing_is_offered_that_approves_signs_or_pays():
    """Each of those needs somebody who has looked at it (docs/lists.md)."""
    offered = {f"{one.slug}:{action.slug}" for one in every_list() for action in one.actions}
    assert offered == {
        "outbox:hold",
        "outbox:release",
        "outbox:send-again",
        "reports:seen",
        "scoring:remind",
        "surveys:remind",
        "vouchers:write",
    }
