"""A French cluster logs a session on a telephone, and its manager confirms it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.models import User
from clusters.models import Representative
from tests.assistance.delivery.session import ago
from tests.making import voucher_story
from tests.people import person
from vouchers.assistance.delivery.models import Session

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
]


def fits(someone):
    """Nothing reaches over the edge of the screen."""
    wide = someone.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0, someone.page.url


def test_a_session_is_logged_on_a_telephone_and_confirmed_in_arabic(visitor):
    told = voucher_story("plan approved")
    editor = person(language="fr")
    Representative.objects.create(
        cluster=told.voucher.award.application.cluster, user=editor, level="editor"
    )
    User.objects.filter(pk=told.manager.pk).update(language="ar")
    manager = User.objects.get(pk=told.manager.pk)

    cluster = visitor(editor, width=390)
    cluster.open(told.voucher.get_absolute_url())
    fits(cluster)
    with cluster.page.expect_navigation():
        cluster.page.locator("#sessions .form-buttons a.btn").first.click()
    cluster.check()
    fits(cluster)
    cluster.page.locator("#id_milestone").select_option(index=1)
    cluster.fill(
        day=ago(1).isoformat(),
        hours="0,3",
        activity="Séance de travail : manuel des procédures",
        expert_name="Nour Haddad",
        expert_email="nour@cedar.example",
        place="Tripoli",
        participants="12",
        women="7",
    )
    send(cluster)
    assert not Session.objects.exists()
    # Nothing typed is lost; only the hours are mended.
    assert cluster.page.locator("#id_place").input_value() == "Tripoli"
    assert cluster.page.locator("#error_1_id_hours").is_visible()
    fits(cluster)
    cluster.fill(hours="3,5")
    send(cluster)
    session = Session.objects.get()
    assert (session.hours, session.logged_for, session.women) == (Decimal("3.5"), "cluster", 7)
    fits(cluster)

    reader = visitor(manager, width=390)
    reader.open(told.voucher.get_absolute_url())
    fits(reader)
    with reader.page.expect_navigation():
        reader.page.locator("#sessions form button").first.click()
    reader.check()
    fits(reader)
    session.refresh_from_db()
    assert (session.state, session.confirmed_by) == ("confirmed", manager)
    reader.open(reverse("delivery:sessions", args=[told.voucher.pk]))
    reader.check()
    fits(reader)


def send(someone):
    with someone.page.expect_navigation():
        someone.page.locator("main form[data-guard] .form-buttons button.btn-primary").click()
    someone.check()
