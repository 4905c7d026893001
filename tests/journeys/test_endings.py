"""More time is asked for by telephone in French, agreed to in Arabic, and brought by an amendment that
both sides sign; a voucher ends, and the next of the reserve list is offered its place.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.models import User
from demonstration.clock import noon, on
from demonstration.signing import code_shown_by
from tests.awards.deciding import published
from tests.endings.making import ahead, coordinators, rules
from tests.links.linking import newest_code
from tests.making import voucher_story
from vouchers.awards.models import Award, ReservePlace, Voucher
from vouchers.awards.queries.signing import app_of
from vouchers.endings.amendments.models import Amendment
from vouchers.endings.models import Ending, Extension
from vouchers.endings.tasks import carry_out_endings

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.browser,
]
# Not the button that asks for a code.
SEND = "main form[data-guard] button[type=submit]:not([name])"
FALLING = [("4.5", "4", "4"), ("4", "4", "4"), ("3.5", "4", "4")]


def fits(someone):
    """Nothing reaches over the edge of the screen."""
    wide = someone.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0, someone.page.url


def press(someone, selector):
    with someone.page.expect_navigation():
        someone.page.locator(selector).first.click()
    someone.check()
    fits(someone)


def test_more_time_that_a_cluster_asks_for_is_brought_by_an_amendment_of_both_sides(visitor):
    told = voucher_story("plan approved")
    User.objects.filter(pk=told.officer.pk).update(language="ar")
    User.objects.filter(pk=told.manager.pk).update(language="fr")
    cluster = visitor(User.objects.get(pk=told.manager.pk), width=390)
    partner = visitor(User.objects.get(pk=told.officer.pk))
    cluster.open(told.voucher.get_absolute_url())
    fits(cluster)
    cluster.page.locator("#time summary").click()
    press(cluster, "#time a[href$='/extend/']")
    late = told.voucher.valid_until + timedelta(days=400)
    cluster.fill(until=late.isoformat(), reason="La machine est en retard.")
    press(cluster, "main form[data-guard] button[type=submit]")
    assert cluster.page.input_value("main [name=reason]") == "La machine est en retard."
    assert cluster.page.locator("main .invalid-feedback").count() == 1
    until = told.voucher.valid_until + timedelta(days=60)
    cluster.fill(until=until.isoformat())
    press(cluster, "main form[data-guard] button[type=submit]")
    extension = Extension.objects.get()
    partner.open("/")
    press(partner, f"main a[href='{extension.get_absolute_url()}']")
    partner.reads("La machine est en retard.")
    press(partner, "main form[action$='/grant/'] button")
    assert Voucher.objects.get().valid_until != until
    drafter, second = (visitor(person) for person in coordinators()[:2])
    draw_up(drafter, told.voucher)
    sign(cluster)
    countersign(second)
    assert Voucher.objects.get().valid_until == until
    cluster.open(told.voucher.get_absolute_url())
    fits(cluster)
    press(cluster, f"#agreement a[href='{Amendment.objects.get().get_absolute_url()}']")


def draw_up(coordinator, voucher):
    """From the desk; the new last day is a part of it by itself."""
    coordinator.open("/")
    press(coordinator, f"main a[href='{reverse('endings:amend', args=[voucher.pk])}']")
    coordinator.fill(reason="The machine is late.", sign_by=ahead(10).isoformat())
    press(coordinator, SEND)


def sign(cluster):
    """By telephone, with a code that is mailed."""
    amendment = Amendment.objects.get()
    cluster.open(amendment.voucher.get_absolute_url())
    address = reverse("endings:sign_amendment", args=[amendment.pk])
    press(cluster, f"main a[href='{address}']")
    cluster.fill(function="Directrice")
    press(cluster, "main button[name=send_code]")
    cluster.fill(code=newest_code())
    press(cluster, SEND)
    assert Amendment.objects.get().state == Amendment.State.SIGNED


def countersign(coordinator):
    """By another coordinator, with the code of an app; it is in force then."""
    coordinator.open("/")
    address = reverse("endings:countersign_amendment", args=[Amendment.objects.get().pk])
    press(coordinator, f"main a[href='{address}']")
    code = code_shown_by(app_of(coordinator.user))
    coordinator.fill(function="Coordinator of the programme", code=code)
    press(coordinator, SEND)
    assert Amendment.objects.get().state == Amendment.State.IN_FORCE


def test_two_coordinators_end_a_voucher_and_the_next_of_the_reserve_list_is_offered_it(visitor):
    story, _proposal, sent = published(FALLING)
    with on(noon(-14)):
        voucher = story.accept(sent[0])
    rules(offers_again_after_ending=True, notice_days=0, claim_days_after_ending=0)
    first, second = (visitor(person) for person in story.cast.coordinators[:2])
    first.open(reverse("endings:end", args=[voucher.pk]))
    first.fill(ends_on=ahead(0).isoformat(), reason="Nobody answers.")
    press(first, "main form[data-guard] button[type=submit]")
    ending = Ending.objects.get()
    assert first.page.locator("main form[action$='/decide/']").count() == 0
    second.open("/")
    press(second, f"main a[href='{ending.get_absolute_url()}']")
    press(second, "main form[action$='/decide/'] button")
    assert carry_out_endings() == 1
    second.open(ending.get_absolute_url())
    press(second, "main a.btn-primary[href*='/awards/']")
    place = ReservePlace.objects.get(decision__application=sent[1])
    address = reverse("awards:offer_reserve", args=[place.pk])
    press(second, f"main a[href='{address}']")
    second.fill(reason="The next in line.")
    press(second, "main form[data-guard] button[type=submit]")
    offered = Award.objects.get(state="offered")
    assert (offered.application, offered.in_place_of) == (sent[1], voucher.award)
