"""Lists of applications as files: what is listed, in its order, and nothing that is a formula."""

import pytest
from django.urls import reverse

from clusters.models import Cluster
from tests.applications.lists.test_lists import MINE, coordinator, exported, listed, sent, story
from tests.making import LB, LB_SECOND, MA
from tests.people import log_in
from vouchers.applications.models import Application

__all__ = ["coordinator", "story"]

pytestmark = pytest.mark.django_db


def test_ones_own_list_has_drafts_and_goes_out_as_csv(story, client):
    draft = story.apply(LB, send=False)
    log_in(client, draft.started_by)
    assert listed(client, MINE) == [""]
    (line,) = exported(client, reverse("applications:export_mine"))
    assert (line["state"], line["reference"], line["sent_at"]) == ("draft", "", "")
    assert exported(client, reverse("applications:export_mine"), state="submitted") == []


def test_the_csv_is_the_list_as_it_is_filtered_and_ordered(story, coordinator):
    first, second, _moroccan = sent(story, LB, LB_SECOND, MA)
    chosen = {"country": "LB", "sort": "oldest"}
    lines = exported(coordinator, **chosen)
    assert [line["reference"] for line in lines] == listed(coordinator, **chosen) == [first, second]
    application = Application.objects.get(reference=first)
    assert lines[0] == {
        "reference": first,
        "call": str(story.call),
        "cluster": LB.name,
        "country": "LB",
        "language": application.language,
        "state": "submitted",
        "sent_at": application.submitted_at.isoformat(timespec="seconds"),
    }
    assert list(lines[0]) == [
        *("reference", "call", "cluster", "country", "language", "state", "sent_at")
    ]


@pytest.mark.parametrize("name", ["=1+1", "@SUM(A1)", "+33", "-2"])
def test_no_name_becomes_a_formula(story, coordinator, name):
    application = story.apply(LB)
    Cluster.objects.filter(pk=application.cluster_id).update(name=name)
    assert exported(coordinator)[0]["cluster"] == f"'{name}"
