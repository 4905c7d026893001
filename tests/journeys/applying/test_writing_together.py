"""Two people, or two windows, on one draft: seen, told, asked, and never overwritten."""

import re

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.urls import reverse

from tests.journeys.applying.writing import (
    Writer,
    colleague_of,
    draft_in,
    kept,
    waits_until_pending,
)
from tests.people import PASSWORD
from vouchers.applications.models import Answer

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.browser,
]
SAVE = re.compile("/save/$")
LINES = [
    {"activity": "Export plan", "days": "10", "amount": "2500"},
    {"activity": "Training", "days": "", "amount": "1000"},
]


@pytest.fixture
def draft():
    return draft_in("en")


def fill_line(writer, line, row):
    for column, text in row.items():
        writer.write("costs", text, f"_{line}_{column}")


def conflict(writer, key):
    panel = writer.box(key).locator("[data-conflict]")
    panel.get_by_role("alert").wait_for()
    return panel


def choose(writer, key, label):
    conflict(writer, key).get_by_role("button", name=label, exact=True).click()
    writer.waits_for("saved")


def test_each_sees_who_else_is_here_and_what_they_change(visitor, draft):
    colleague = colleague_of(draft)
    one = Writer(visitor(draft.started_by), draft).open(1)
    other = Writer(visitor(colleague), draft).open(2)
    one.looks_again()
    one.page.locator("#draft-others").get_by_text("Nadine (step 2)").wait_for()
    other.open(1)
    other.looks_again()
    there = other.page.locator("#draft-others")
    there.get_by_text(f"Also writing here: {draft.started_by} (step 1)").wait_for()

    one.field("name").click()
    other.write("story", "We grow together.").write("name", "The cluster").waits_for("saved")
    one.looks_again()
    told = one.box("story").locator("[data-changed]")
    told.get_by_text("Nadine changed this").wait_for()
    assert one.field("story").input_value() == "We grow together."
    # Nobody is interrupted in the field where they are; it comes once they leave it.
    assert one.field("name").input_value() == ""
    one.field("story").focus()
    one.looks_again()
    one.box("name").locator("[data-changed]").get_by_text("Nadine changed this").wait_for()
    assert one.field("name").input_value() == "The cluster"
    one.write("name", "The cluster of the north").waits_for("saved")
    assert kept(draft)["name"] == "The cluster of the north"
    one.visitor.check()


def test_of_two_texts_one_chooses(visitor, draft):
    one = Writer(visitor(draft.started_by), draft).open(1)
    other = Writer(visitor(colleague_of(draft)), draft).open(1)
    for label, stands in [
        ("Keep mine", "Mine, and more"),
        ("Take theirs", "Theirs: Take theirs"),
        ("Join both", "Theirs: Join both\n\nMine, and more"),
    ]:
        other.leaves_the_field().looks_again()
        other.write("story", f"Theirs: {label}").waits_for("saved")
        one.write("story", "Mine")
        panel = conflict(one, "story")
        assert "Nadine changed this answer while you were writing." in panel.inner_text()
        assert panel.locator("blockquote").all_inner_texts() == [f"Theirs: {label}", "Mine"]
        one.waits_for("conflict")
        # Whoever goes on writing meanwhile loses nothing of it, and other answers are saved.
        one.write("story", "Mine, and more").write("members", label)
        waits_until_pending(one.page, 1)
        assert panel.locator("blockquote").last.inner_text() == "Mine, and more"
        assert kept(draft)["story"] == f"Theirs: {label}"
        assert kept(draft)["members"] == label
        choose(one, "story", label)
        assert kept(draft)["story"] == one.field("story").input_value() == stands
        assert one.field("story").evaluate("field => field === document.activeElement")
        assert panel.locator("*").count() == 0
        one.leaves_the_field()


def test_of_two_tables_one_chooses_line_by_line(visitor, draft):
    one = Writer(visitor(draft.started_by, width=390), draft).open(2)
    other = Writer(visitor(colleague_of(draft)), draft).open(2)
    fill_line(other, 0, LINES[0])
    other.box("costs").locator("[data-add-line]").click()
    fill_line(other, 1, LINES[1])
    other.waits_for("saved")
    one.looks_again()
    for label, mine, theirs, activities in [
        ("Take theirs", "Visit", "Advice", ["Export plan", "Advice"]),
        ("Join both", "Study", "Market", ["Export plan", "Market", "Study"]),
    ]:
        other.leaves_the_field().looks_again()
        other.write("costs", theirs, "_1_activity").waits_for("saved")
        one.write("costs", mine, "_1_activity")
        panel = conflict(one, "costs")
        assert panel.locator("blockquote").all_inner_texts() == [
            f"Export plan · 10 · 2500\n{theirs} · 1000",
            f"Export plan · 10 · 2500\n{mine} · 1000",
        ]
        choose(one, "costs", label)
        assert [row["activity"] for row in kept(draft)["costs"]] == activities
    one.visitor.check()
    lines = [one.field("costs", f"_{line}_activity").input_value() for line in range(3)]
    assert lines == activities


def test_an_option_that_another_chose_is_told_by_its_words(visitor, draft):
    one = Writer(visitor(draft.started_by), draft).open(2)
    other = Writer(visitor(colleague_of(draft)), draft).open(2)
    other.tick("needs", 1)
    other.waits_for("saved")
    one.tick("needs", 3)
    quoted = conflict(one, "needs").locator("blockquote")
    assert quoted.all_inner_texts() == ["A", "C"]
    choose(one, "needs", "Join both")
    assert kept(draft)["needs"] == "1,3"


def test_two_windows_of_one_person_ask_before_one_replaces_the_other(visitor, draft):
    someone = visitor(draft.started_by)
    one = Writer(someone, draft).open(1)
    first = one.page
    second = someone.turn_to_new_page()
    one.open(1)
    one.write("story", "From the second").waits_for("saved")
    someone.page = first
    one.write("story", "From the first")
    panel = conflict(one, "story")
    assert "You changed this answer in another window." in panel.inner_text()
    choose(one, "story", "Join both")
    assert kept(draft)["story"] == "From the second\n\nFrom the first"
    someone.page = second
    one.page.bring_to_front()
    one.field("name").focus()
    one.looks_again()
    assert one.field("story").input_value() == "From the second\n\nFrom the first"
    someone.check()


def test_a_window_does_not_send_the_half_sentence_of_another(visitor, draft):
    someone = visitor(draft.started_by)
    writer = Writer(someone, draft).open(1)
    first = someone.page
    first.route(SAVE, lambda route: route.abort("connectionfailed"))
    writer.write("story", "Half a")
    writer.waits_for("offline")
    # Opened while the other waits: that one is alive, and speaks for itself.
    someone.complaints.clear()
    second = someone.turn_to_new_page()
    writer.open(1).looks_again()
    assert writer.field("story").input_value() == ""
    assert kept(draft)["story"] == ""
    someone.page = first
    first.unroute(SAVE)
    writer.write("story", "Half a sentence, and its end.").waits_for("saved")
    assert kept(draft)["story"] == "Half a sentence, and its end."
    # Closed before it could save, it is taken up by the one that is still open.
    first.route(SAVE, lambda route: route.abort("connectionfailed"))
    writer.write("members", "78").waits_for("offline")
    first.close()
    someone.complaints.clear()
    someone.page = second
    writer.looks_again().waits_for("saved")
    assert writer.field("members").input_value() == "78"
    assert kept(draft)["members"] == "78"


def test_an_answer_whose_receipt_was_lost_is_nobody_elses(visitor, draft):
    someone = visitor(draft.started_by)
    writer = Writer(someone, draft).open(1)

    def lose_the_receipt(route):
        route.fetch()
        route.abort("connectionreset")

    someone.page.route(SAVE, lose_the_receipt)
    writer.write("story", "It arrived").waits_for("offline")
    assert kept(draft)["story"] == "It arrived"
    someone.page.unroute(SAVE)
    writer.write("story", "It arrived, and goes on").waits_for("saved")
    assert kept(draft)["story"] == "It arrived, and goes on"
    assert writer.page.locator("[data-conflict] *").count() == 0
    assert Answer.objects.get(question__key="story").version == 2


def log_in_by_hand(page, user):
    """As people do, in the window that the link opened."""
    page.fill("main [name=login]", user.email)
    page.fill("main [name=password]", PASSWORD)
    with page.expect_navigation():
        page.locator("main form button[type=submit]").first.click()


def follow_the_link(writer):
    with writer.visitor.context.expect_page() as opened:
        writer.page.get_by_role("link", name="Log in again in a new tab").click()
    return opened.value


def test_a_session_that_ends_while_typing_is_taken_up_after_logging_in_again(visitor, draft):
    colleague = colleague_of(draft)
    someone = visitor(colleague)
    writer = Writer(someone, draft).open(1)
    writer.write("name", "We").waits_for("saved")
    Session.objects.all().delete()
    writer.write("story", "Typed after the end").waits_for("loggedOut")
    assert kept(draft)["story"] == ""
    tab = follow_the_link(writer)
    log_in_by_hand(tab, colleague)
    tab.close()
    writer.write("story", "Typed after the end, and after the new beginning").waits_for("saved")
    assert kept(draft)["story"] == "Typed after the end, and after the new beginning"
    # The token of the new session stands in every form of the page.
    someone.complaints.clear()
    someone.speak("fr")
    someone.check()


def test_somebody_else_who_logs_in_there_sends_nothing_of_what_another_typed(visitor, draft):
    colleague = colleague_of(draft)
    someone = visitor(draft.started_by)
    writer = Writer(someone, draft).open(1)
    session = someone.context.cookies()
    someone.sit_down(colleague)
    writer.write("story", "Typed by the manager").waits_for("somebodyElse")
    assert kept(draft)["story"] == ""
    # Nor does a page of theirs take it up.
    someone.complaints.clear()
    first, _second = someone.page, someone.turn_to_new_page()
    writer.open(1).waits_for("idle").looks_again()
    assert writer.field("story").input_value() == ""
    assert not Answer.objects.exists()
    someone.page = first
    someone.context.add_cookies(
        [cookie for cookie in session if cookie["name"] == settings.SESSION_COOKIE_NAME]
    )
    writer.looks_again().waits_for("saved")
    answer = Answer.objects.get()
    assert (answer.text, answer.changed_by) == ("Typed by the manager", draft.started_by)


def test_a_conflict_on_another_step_is_told_and_waits_there(visitor, draft):
    someone = visitor(draft.started_by)
    one = Writer(someone, draft).open(1)
    other = Writer(visitor(colleague_of(draft)), draft).open(1)
    other.write("story", "Theirs").waits_for("saved")
    someone.page.route(SAVE, lambda route: route.abort("connectionfailed"))
    one.write("story", "Mine").waits_for("offline")
    someone.page.unroute(SAVE)
    someone.complaints.clear()
    someone.page.goto(f"{someone.address}{reverse('applications:section', args=[draft.pk, 2])}")
    one.waits_for("elsewhere")
    one.tick("way", 1)
    waits_until_pending(one.page, 1)
    assert kept(draft)["way"] == "1"
    one.open(1)
    choose(one, "story", "Join both")
    assert kept(draft)["story"] == "Theirs\n\nMine"
