"""Sessions and deliverables on telephones, in French and Arabic, with an account and by link."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.models import User
from clusters.models import Representative
from tests.assistance.delivery.session import ago, milestone_of
from tests.assistance.workroom.working import at_work
from tests.links.linking import newest_code
from tests.making import pdf, voucher_story
from tests.people import person
from vouchers.assistance.deliverables.models import Deliverable
from vouchers.assistance.delivery.models import Session

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.browser,
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


def test_a_provider_on_a_telephone_hands_in_by_link_and_answers_two_points(visitor, settings):
    """In French by link; the cluster returns at two points, then it and an Arabic officer accept."""
    # The server's thread counts in a cache that outlives a test.
    settings.LINK_RATE_LIMITS = dict.fromkeys(settings.LINK_RATE_LIMITS, "1000/m/ip")
    told, _link, address = at_work(language="fr")
    User.objects.filter(pk=told.officer.pk).update(language="ar")
    officer = User.objects.get(pk=told.officer.pk)
    provider = visitor(width=390)
    provider.context.set_extra_http_headers({"Accept-Language": "fr"})
    provider.open(address).press("M’envoyer le code").fill(link_code=newest_code())
    provider.press("Ouvrir la page")
    fits(provider)
    log_by_link(provider, address)

    hand_in_by_link(provider, address, told, pdf("etude.pdf"), summary="L’étude.")
    cluster = visitor(told.manager)
    version = Deliverable.objects.get()
    cluster.open(version.get_absolute_url())
    for where in ("Page 4", "Annexe B"):
        cluster.fill(where=where, text="Les chiffres manquent.")
        press(cluster, "#decide button[name=note]")
    cluster.fill(reason="Deux points.")
    press(cluster, "#decide button[name=return]")
    version.refresh_from_db()
    assert (version.state, version.points.count()) == ("returned", 2)

    points = list(version.points.all())
    answers = {f"answer_{points[1].pk}": "Les chiffres arrivent en mars."}
    marks = [f"done_{points[0].pk}:done", f"done_{points[1].pk}:not done"]
    hand_in_by_link(
        provider, address, told, pdf("etude-2.pdf"), marks, changes="La page 4.", **answers
    )
    newest = Deliverable.objects.get(number=2)
    assert [one.is_done for one in newest.answers.all()] == [True, False]

    for someone in (cluster, visitor(officer, width=390)):
        someone.open(newest.get_absolute_url())
        fits(someone)
        someone.reads("Annexe B").reads("Les chiffres arrivent en mars.")
        press(someone, "#decide form[action$='/accept/'] button")
    newest.refresh_from_db()
    assert (newest.state, newest.accepted_by) == ("accepted", officer)
    provider.open(f"{address}versions/{newest.pk}/")
    fits(provider)


def log_by_link(provider, address):
    """25 hours are refused in French, and nothing typed is lost."""
    provider.open(f"{address}sessions/")
    fits(provider)
    provider.page.locator("#id_milestone").select_option(index=1)
    provider.fill(
        day=ago(1).isoformat(),
        hours="25",
        activity="Entretiens avec six membres",
        expert_name="Nour Haddad",
        expert_email="nour@cedar.example",
        place="Jbeil",
        participants="6",
        women="2",
    )
    send(provider)
    assert provider.page.locator("#error_1_id_hours").is_visible()
    assert provider.page.locator("#id_place").input_value() == "Jbeil"
    provider.fill(hours="4")
    send(provider)
    provider.reads("Entretiens avec six membres")
    assert Session.objects.get().logged_through is not None


def hand_in_by_link(provider, address, told, file, marks=(), **said):
    provider.open(f"{address}milestones/{milestone_of(told).pk}/")
    fits(provider)
    provider.fill(**said).upload("uploads", file)
    for mark in marks:
        name, _colon, value = mark.partition(":")
        provider.page.check(f"[name='{name}'][value='{value}']")
    send(provider)
    fits(provider)


def press(someone, selector):
    with someone.page.expect_navigation():
        someone.page.locator(selector).click()
    someone.check()
    fits(someone)
