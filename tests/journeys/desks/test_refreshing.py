"""A desk that keeps itself up to date, at a real browser whose clock is put forward."""

from __future__ import annotations

import pytest
from django.contrib.sessions.models import Session
from django.utils import translation
from django.utils.translation import ngettext

from accounts.models import User
from tests.making import voucher_story
from vouchers.correspondence.actions import send_voucher_message
from vouchers.standing.actions import judge_outdated

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.browser,
]
NEWS, DOWN, ENDED = (f"#refreshing [data-{name}]" for name in ("news", "down", "ended"))
WRITTEN = "When is the first session?"
# A part of the page that is only there as long as the page was not made anew.
KEEP = "window.kept = document.querySelector('#refreshed table')"
PLACE = "Math.round(window.kept.getBoundingClientRect().top)"
IS_KEPT = "window.kept.isConnected"


@pytest.fixture
def told():
    story = voucher_story("plan approved")
    judge_outdated()
    return story


def at_the_desk(visitor, user, **options):
    """Somebody who has opened their desk; the browser's clock goes on as the test says."""
    someone = visitor(user, **options)
    someone.page.clock.install()
    return someone.open("/")


def write(told):
    """The cluster asks something: the officer has a message to answer, which is new on the desk."""
    send_voucher_message(told.voucher.award.application, WRITTEN, by=told.manager)


def answer_to(someone):
    """Put the clock forward until the desk asks; what it is answered."""
    with someone.page.expect_response(lambda one: "desk-of" in one.request.headers) as waited:
        someone.page.clock.fast_forward("00:31")
    waited.value.finished()
    return waited.value.status


def asks_nothing(someone, time="05:00"):
    """Put the clock forward by minutes: the desk asks nothing meanwhile."""
    asked = []
    someone.page.on("request", lambda one: asked.append(one.url))
    someone.page.clock.fast_forward(time)
    someone.page.evaluate("new Promise(requestAnimationFrame)")
    return asked == []


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_what_comes_stands_there_and_is_said(visitor, told, language):
    User.objects.filter(pk=told.officer.pk).update(language=language)
    someone = at_the_desk(visitor, User.objects.get(pk=told.officer.pk))
    page = someone.page
    kinds = page.locator("#refreshed .work h2").count()
    page.evaluate(KEEP)
    page.evaluate("window.kept.scrollIntoView({behavior: 'instant'})")
    place = page.evaluate(PLACE)
    assert page.locator(NEWS).text_content() == ""

    write(told)
    assert answer_to(someone) == 200
    with translation.override(language):
        said = ngettext(
            "%(number)s new thing waits for you.", "%(number)s new things wait for you.", 1
        )
    page.locator(NEWS).get_by_text(said % {"number": 1}).wait_for()
    assert page.locator("#refreshed .work h2").count() == kinds + 1
    assert page.evaluate(IS_KEPT), "what was there stays: nothing flickers"
    assert page.evaluate(PLACE) == place, "what somebody reads stays under their eyes"
    someone.check()

    # Nothing happened since: nothing is sent, and nothing is said.
    page.evaluate("document.querySelector('[data-news]').textContent = ''")
    assert answer_to(someone) == 304
    assert page.locator(NEWS).text_content() == ""


def test_who_is_at_work_in_it_is_not_disturbed(visitor, told):
    someone = at_the_desk(visitor, told.cast.coordinators[0])
    page = someone.page
    write(told)

    unfolded = page.locator("#refreshed details").first
    unfolded.locator("summary").click()
    page.locator("h1").click()
    assert asks_nothing(someone), "something is unfolded"
    unfolded.locator("summary").click()
    assert asks_nothing(someone), "the focus is in it"
    page.locator("h1").click()
    page.evaluate("getSelection().selectAllChildren(document.querySelector('#refreshed h2'))")
    assert asks_nothing(someone), "something is marked to be copied"
    page.evaluate("getSelection().removeAllRanges()")
    assert answer_to(someone) == 200


def test_what_is_begun_while_it_asks_stays(visitor, told):
    someone = at_the_desk(visitor, told.officer)
    page = someone.page
    write(told)
    link = page.locator("#refreshed a").first

    def meanwhile(route):
        link.focus()
        route.continue_()

    page.route(f"{someone.address}/", meanwhile)
    assert answer_to(someone) == 200
    assert page.locator(NEWS).text_content() == ""
    assert page.evaluate("document.activeElement.closest('#refreshed') !== null")


def test_a_line_that_is_down_is_told_and_asked_seldom(visitor, told):
    someone = at_the_desk(visitor, told.officer)
    page = someone.page
    assert not page.locator(DOWN).is_visible()
    someone.context.set_offline(True)
    page.clock.fast_forward("00:31")
    page.locator(DOWN).wait_for(state="visible")
    assert asks_nothing(someone, "00:31"), "it asks less often"
    write(told)
    with page.expect_response(lambda one: "desk-of" in one.request.headers):
        # The browser says that the line is back.
        someone.context.set_offline(False)
        page.clock.fast_forward("00:01")
    page.locator(NEWS).get_by_text("1 new thing").wait_for()
    assert not page.locator(DOWN).is_visible()


def test_a_session_that_ended_is_told_and_ends_the_asking(visitor, told):
    someone = at_the_desk(visitor, told.officer)
    page = someone.page
    Session.objects.all().delete()
    assert answer_to(someone) == 401
    page.locator(ENDED).wait_for(state="visible")
    assert "no longer logged in" in page.locator(ENDED).text_content()
    # The browser complains of each 401; of nothing else.
    assert all("401" in one for one in someone.complaints), someone.complaints
    assert page.locator("#refreshed table").count(), "what was read may still be read"
    assert asks_nothing(someone)


def test_nobody_who_does_not_look_asks(visitor, told):
    someone = at_the_desk(visitor, told.officer)
    page = someone.page
    hide = "Object.defineProperty(document, 'hidden', {value: %s, configurable: true});"
    page.evaluate(hide % "true")
    assert asks_nothing(someone)
    with page.expect_response(lambda one: "desk-of" in one.request.headers):
        page.evaluate(hide % "false" + "document.dispatchEvent(new Event('visibilitychange'))")


def test_the_figures_stay_about_what_was_chosen(visitor, told):
    someone = at_the_desk(visitor, told.cast.coordinators[0])
    page = someone.page
    page.select_option("#refreshed [name=country]", told.facts.country)
    page.wait_for_url("**country=**")
    page.locator("h1").click()
    write(told)
    with page.expect_response(lambda one: "desk-of" in one.request.headers) as waited:
        page.clock.fast_forward("00:31")
    assert f"country={told.facts.country}" in waited.value.url
    assert page.locator("#refreshed [name=country]").input_value() == told.facts.country


def test_without_a_script_it_says_when_it_was_made(visitor, told):
    someone = visitor(told.officer, javascript=False).open("/")
    someone.reads("Updated at")
    assert not someone.page.locator(DOWN).is_visible()
    assert not someone.page.locator(ENDED).is_visible()
