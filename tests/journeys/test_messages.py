"""Writing to the country partner where lines are bad: nothing typed is lost, nothing goes twice."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from notices.actions import notify
from notices.actions.sending import send_notice
from tests.making import LB, open_story, voucher_story
from vouchers.correspondence.actions import ask_question
from vouchers.correspondence.models import Message

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.browser,
]

TEXT = "هل يمكننا إرسال ميزانية أحدث؟"
BOX = "#thread textarea"
OFFLINE = "#thread [data-keep-note=offline]"


def test_a_message_survives_a_line_that_goes_down(visitor):
    application = open_story().apply(LB)
    writer = visitor(application.submitted_by, width=390)
    writer.open(f"/applications/{application.pk}/")
    page = writer.page
    page.locator(BOX).press_sequentially(TEXT)

    writer.context.set_offline(True)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator(OFFLINE)).to_be_visible()
    assert page.locator(BOX).input_value() == TEXT
    assert not Message.objects.exists()

    # The browser is closed and opened again: the text is still there.
    writer.context.set_offline(False)
    # Letters that are being made asked in vain while the line was down.
    writer.complaints.clear()
    writer.open(f"/correspondence/applications/{application.pk}/")
    expect(page.locator(BOX)).to_have_value(TEXT)
    expect(page.locator("#thread [data-keep-note=kept]")).to_be_visible()
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.get_by_role("button", name="Send", exact=True).dblclick()
    expect(page.locator("#thread .message")).to_have_count(1)
    expect(page.locator(BOX)).to_have_value("")
    assert [message.text for message in Message.objects.all()] == [TEXT]

    writer.open(f"/correspondence/applications/{application.pk}/")
    expect(page.locator(BOX)).to_have_value("")
    writer.check()


def test_a_message_about_a_voucher_survives_it_too_and_is_not_folded_away(visitor):
    told = voucher_story()
    writer = visitor(told.manager, width=390)
    writer.open(f"/vouchers/{told.voucher.pk}/")
    page = writer.page
    expect(page.locator(BOX)).to_be_hidden()
    page.locator("#messages > summary").click()
    page.locator(BOX).press_sequentially(TEXT)

    writer.context.set_offline(True)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator(OFFLINE)).to_be_visible()
    assert not Message.objects.exists()

    writer.context.set_offline(False)
    writer.complaints.clear()
    writer.open(f"/vouchers/{told.voucher.pk}/")
    # What waits to be sent is shown, though the thread comes folded.
    expect(page.locator(BOX)).to_be_visible()
    expect(page.locator(BOX)).to_have_value(TEXT)
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("#thread .message")).to_have_count(1)
    expect(page.locator(BOX)).to_have_value("")
    assert [(one.text, one.about) for one in Message.objects.all()] == [(TEXT, "voucher")]
    writer.check()


def test_without_javascript_a_message_is_written_all_the_same(browser, live_server, visitor):
    application = open_story().apply(LB)
    plain = browser.new_context(java_script_enabled=False)
    plain.add_cookies(visitor(application.submitted_by).context.cookies())
    page = plain.new_page()
    page.goto(f"{live_server.url}/applications/{application.pk}/")
    page.fill(BOX, "May we call you?")
    page.get_by_role("button", name="Send", exact=True).click()
    page.wait_for_url("**/correspondence/applications/*/**")
    assert "May we call you?" in page.inner_text("#latest")
    plain.close()


@pytest.mark.parametrize("width", [390, 1280])
def test_the_notice_pages_are_accessible_and_fit_in_arabic(visitor, width):
    story = open_story()
    application = story.apply(LB)
    manager = application.submitted_by
    facts = {"reference": application.reference, "cluster": "QOOT Cluster", "reason": "x"}
    send_notice(notify(manager, "plan-approved", facts=facts, url="/").pk)
    someone = visitor(manager, width=width)
    someone.open("/")
    someone.speak("ar")
    for path in (
        "/notices/",
        "/notices/preferences/",
        f"/correspondence/applications/{application.pk}/",
        "/correspondence/calls/call/",
        "/correspondence/applications/",
    ):
        someone.open(path)
        wider = someone.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert wider == 0, f"{path} is {wider} px too wide"


def test_the_pages_of_those_who_answer_are_accessible(visitor):
    story = open_story()
    application = story.apply(LB)
    asked = ask_question(
        story.call, "May a foundation apply?", language="en", by=application.submitted_by
    )
    officer = visitor(story.cast.officer("LB"), width=390)
    for path in ("/outbox/", "/correspondence/questions/"):
        officer.open(path)
    officer.open(f"/correspondence/questions/{asked.pk}/")
    officer.fill(answer_0="Yes.").press("Publish for everybody").reads("May a foundation apply?")
    visitor().open("/correspondence/calls/call/").reads("Yes.")
