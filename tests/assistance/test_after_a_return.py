"""After a return the next step names the reason, and the form comes back filled."""

import pytest
from django.urls import reverse

from tests.assistance.plans.writing import newest
from tests.making import voucher_story
from tests.people import log_in
from vouchers.assistance.deliverables import actions as deliverables
from vouchers.assistance.deliverables.models import Deliverable
from vouchers.assistance.plans import actions as plans
from vouchers.assistance.reports import actions as reports
from vouchers.assistance.reports.models import FinalReport

pytestmark = pytest.mark.django_db


def pages(client, told, form):
    """The voucher's page and a form of it, as the cluster's manager reads them."""
    log_in(client, told.manager)
    voucher = client.get(told.voucher.get_absolute_url()).content.decode()
    return voucher, client.get(form).content.decode()


def test_a_returned_plan(client):
    told = voucher_story("plan submitted")
    draft = plans.return_version(newest(told), reason="Name the people", by=told.officer)
    voucher, form = pages(client, told, reverse("plans:plan", args=[told.voucher.pk]))
    assert "The plan was returned: “Name the people”. Mend it and send it again." in voucher
    assert "Name the people" in form
    assert told.facts.voucher_use in form
    plans.submit_version(draft, by=told.manager)
    assert "Name the people" not in pages(client, told, "/")[0].split("History")[0]


def test_a_returned_deliverable(client):
    told = voucher_story("accepted by cluster 0")
    found = Deliverable.objects.get()
    deliverables.return_deliverable(found, reason="Chapter 2 is missing", by=told.officer)
    address = reverse("deliverables:hand_in", args=[found.milestone_id])
    voucher, form = pages(client, told, address)
    assert "was returned: “Chapter 2 is missing”. Hand it in again" in voucher
    assert "Chapter 2 is missing" in form
    assert found.summary in form
    told._hand_in(0)
    assert "Chapter 2 is missing" not in pages(client, told, address)[1]


def test_a_returned_report(client):
    told = voucher_story("paid 1")
    told._report()
    report = reports.return_report(
        FinalReport.objects.get(), reason="Count the women too", by=told.officer
    )
    address = reverse("final_reports:report", args=[told.voucher.pk])
    voucher, form = pages(client, told, address)
    assert "The final report was returned: “Count the women too”." in voucher
    assert "Count the women too" in form
    assert report.version.results in form
    reports.submit_report(report, by=told.manager)
    report.refresh_from_db()
    assert report.return_reason == ""
