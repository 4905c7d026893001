"""The figures of the programme, and its report."""

import pytest

from conduct.actions import NotAllowed, OutOfOrder
from documents.models import Document
from reports.actions import issue_programme_report
from reports.queries import figures_by_country, totals
from tests.making import LB, closed_story, voucher_story

pytestmark = pytest.mark.django_db


def test_figures_by_country_add_up():
    told = voucher_story("paid 0")
    call = told.voucher.award.application.call
    lebanon, morocco = figures_by_country(call)
    assert (lebanon.sent, lebanon.eligible, lebanon.awarded) == (1, 1, 1)
    assert (lebanon.approved, lebanon.paid) == (told.shares[0], told.shares[0])
    assert (morocco.sent, morocco.awarded, morocco.paid) == (0, 0, 0)
    assert totals(call).paid == told.shares[0]


def test_the_programme_report_tells_what_each_cluster_did():
    told = voucher_story("closed")
    call = told.voucher.award.application.call
    with pytest.raises(NotAllowed):
        issue_programme_report(call, by=told.officer)
    issue_programme_report(call, by=told.cast.coordinators[0])
    facts = Document.objects.get(kind="programme-report", language="en").facts
    lebanon = facts["countries"][0]
    assert (lebanon["country"], lebanon["partner"]) == ("Lebanon", "Berytech")
    (cluster,) = lebanon["clusters"]
    assert cluster["cluster"] == LB.name
    assert cluster["summary"] == LB.voucher_use
    assert (facts["paid"], cluster["paid"]) == ("5000.00", "5000.00")


def test_there_is_nothing_to_report_before_the_decision():
    story, _applications = closed_story(LB)
    with pytest.raises(OutOfOrder, match="not decided"):
        issue_programme_report(story.call, by=story.cast.coordinators[0])
