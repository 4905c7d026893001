"""A desk that keeps itself up to date, at a real browser whose clock is put forward."""

from __future__ import annotations

import re

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
NEWS, SHOW, DOWN, ENDED = (
    f"#refreshing [data-{name}]" for name in ("news", "show", "down", "ended")
)
WRITTEN = "When is the first session?"
# A part of the page that is only there as long as the page was not made anew.
KEEP = "window.kept = document.querySelector('#refreshed table')"
PLACE = "Math.round(window.kept.getBoundingClientRect().top)"
IS_KEPT = "window.kept.isConnected"
SETTLED = """document.querySelectorAll('#refreshed .work-records').forEach(list => {
    list.prepend(list.firstElementChild.cloneNode(true));
    list.querySelector('a').href = '/settled/';
    list.querySelectorAll('a').forEach(link => link.append(' of yesterday'))})"""


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


def test_what_is_unfolded_stays_so_while_the_page_changes(visitor, told):
    someone = at_the_desk(visitor, told.officer)
    page = someone.page
    unfolded = page.locator("#refreshed details").last
    unfolded.locator("summary").click()
    kinds = page.locator("#refreshed .work h2").count()
    write(told)
    assert answer_to(someone) == 200
    page.locator(NEWS).get_by_text("1 new thing waits for you.").wait_for()
    assert page.locator("#refreshed .work h2").count() == kinds + 1
    assert unfolded.evaluate("one => one.open")
    assert not page.locator(SHOW).is_visible()


def test_the_focus_stays_at_what_it_is_about(visitor, told):
    """Who reads with the keyboard or a screen reader always has come to something in it."""
    write(told)
    someone = at_the_desk(visitor, told.officer)
    page = someone.page
    link = page.locator("#refreshed .work-records a").last
    leads = link.get_attribute("href")
    # One record that is settled meanwhile stands above: all others move up.
    page.evaluate(SETTLED)
    link.focus()
    assert answer_to(someone) == 200
    page.locator("a[href='/settled/']").first.wait_for(state="detached")
    assert page.evaluate("document.activeElement.getAttribute('href')") == leads


def test_who_has_chosen_a_country_is_kept_up_to_date(visitor, told):
    someone = at_the_desk(visitor, told.cast.coordinators[0])
    page = someone.page
    page.select_option("#refreshed [name=country]", told.facts.country)
    page.wait_for_url("**country=**")
    page.locator("#refreshed [name=country]").focus()
    page.evaluate(KEEP)
    page.evaluate("document.querySelector('#refreshed h2').textContent = ''")
    write(told)
    assert answer_to(someone) == 200
    page.locator("#refreshed h2").first.filter(has_text=re.compile(".")).wait_for()
    assert page.evaluate("document.activeElement.name") == "country"
    assert page.evaluate(IS_KEPT)


def test_what_is_marked_is_not_disturbed_and_news_is_said(visitor, told):
    someone = at_the_desk(visitor, told.officer)
    page = someone.page
    kinds = page.locator("#refreshed .work h2").count()
    assert answer_to(someone) == 200
    page.evaluate("getSelection().selectAllChildren(document.querySelector('#refreshed h2'))")
    write(told)
    assert answer_to(someone) == 200
    page.locator(NEWS).get_by_text("1 new thing waits for you.").wait_for()
    assert page.locator("#refreshed .work h2").count() == kinds
    assert page.evaluate("getSelection().toString()")

    # It is not looked up again for that, and stands there once they ask for it.
    assert answer_to(someone) == 304
    assert page.locator("#refreshed .work h2").count() == kinds
    with page.expect_response(lambda one: "desk-of" in one.request.headers) as waited:
        page.locator(SHOW).click()
        page.clock.fast_forward("00:01")
    assert waited.value.status == 200
    page.locator(SHOW).wait_for(state="hidden")
    assert page.locator("#refreshed .work h2").count() == kinds + 1


def test_what_is_begun_while_it_asks_stays(visitor, told):
    someone = at_the_desk(visitor, told.officer)
    page = someone.page
    write(told)

    def meanwhile(route):
        page.evaluate("getSelection().selectAllChildren(document.querySelector('#refreshed h2'))")
        route.continue_()

    page.route(f"{someone.address}/", meanwhile)
    assert answer_to(someone) == 200
    page.locator(SHOW).wait_for()
    assert page.evaluate("getSelection().toString()")
    page.unroute_all()
    page.evaluate("getSelection().removeAllRanges()")
    assert answer_to(someone) == 200
    page.locator(SHOW).wait_for(state="hidden")


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
