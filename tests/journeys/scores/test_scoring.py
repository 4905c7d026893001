"""An assessor scores: by keyboard, on a telephone, with two windows, without JavaScript."""

import pytest
from django.urls import reverse

from tests.journeys.scores.scoring import Assessor, assignments, kept, story
from vouchers.scoring.assessing.models import Assignment

__all__ = ["assignments", "story"]

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.browser,
]


def test_by_keyboard_in_arabic_on_a_telephone_with_the_line_cut(visitor, assignments):
    first, second = assignments
    someone = visitor(first.assessor, width=390)
    someone.open("/")
    someone.speak("ar")
    assessor = Assessor(someone, first).open()
    page = assessor.page
    assert page.locator("html").get_attribute("dir") == "rtl"

    # `j` goes to the first criterion, a digit scores it, `s` writes; digits in a text stay a text.
    assessor.type("j", "4", "s")
    assert assessor.score(0, "4").is_checked()
    assert assessor.has_focus(assessor.text(0, "strengths"))
    page.keyboard.insert_text("رسالة واضحة منذ ")
    assessor.type("2", "0", "1", "5", "j", "n")
    assert assessor.text(0, "strengths").input_value() == "رسالة واضحة منذ 2015jn"
    assert assessor.score(0, "4").is_checked()
    assessor.text(0, "strengths").fill("رسالة واضحة منذ 2015")
    assessor.waits_for("saved")
    assert kept(first) == [("4", "رسالة واضحة منذ 2015", "")]

    # The line goes. Half a point up, then down below the threshold, where both are needed.
    someone.context.set_offline(True)
    assessor.type("Escape", "j", "3", "+")
    assert assessor.score(1, "3.5").is_checked()
    assessor.type("-", "-", "-")
    assert assessor.score(1, "2").is_checked()
    need = assessor.box(1).locator("[data-need]")
    words = page.evaluate("import('/static/js/scoring/score.js').then(({ page }) => page.words)")
    assert need.text_content() == words["needBoth"]
    assessor.type("s")
    page.keyboard.insert_text("خطة طموحة")
    assert need.text_content() == words["needBoth"]
    assessor.type("Escape", "w")
    page.keyboard.insert_text("المراحل بلا تواريخ")
    assert need.text_content() == words["needNothing"]
    assessor.waits_for("offline")
    assert len(kept(first)) == 1

    # The power goes as well: the tab is closed, and opened again once the line is back.
    page.close(run_before_unload=False)
    someone.context.set_offline(False)
    someone.complaints.clear()
    page = someone.turn_to_new_page()
    assessor.open().waits_for("saved")
    assert kept(first)[1] == ("2", "خطة طموحة", "المراحل بلا تواريخ")
    wider = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wider <= 0

    # Submitted too early, it says where something is missing, and leads there.
    submit = page.locator("button[name=go][value=submit]")
    submit.press("Enter")
    problem = assessor.box(2).locator("[data-problems]")
    problem.locator("li").first.wait_for()
    assert page.locator("[data-problems]:not([hidden])").count() == 1
    assert page.evaluate("document.activeElement.closest('[data-question]').id") == (
        assessor.box(2).get_attribute("id")
    )
    someone.check()
    assessor.type("5", "s")
    page.keyboard.insert_text("أثر دائم")
    assessor.waits_for("saved")
    with page.expect_navigation():
        submit.press("Enter")
    someone.check()
    assert Assignment.objects.get(pk=first.pk).state == Assignment.State.SCORED
    assert kept(first) == [
        ("4", "رسالة واضحة منذ 2015", ""),
        ("2", "خطة طموحة", "المراحل بلا تواريخ"),
        ("5", "أثر دائم", ""),
    ]
    assert page.locator("progress").get_attribute("value") == "1"

    # And on to the next application.
    with page.expect_navigation():
        page.keyboard.press("n")
    assert page.url.endswith(second.get_absolute_url())
    someone.check()


def test_the_keys_are_off_where_nobody_wants_them(visitor, assignments):
    first, _second = assignments
    assessor = Assessor(visitor(first.assessor), first).open()
    assessor.type("j")
    assert assessor.has_focus(assessor.score(0, "1"))
    assessor.page.locator("#keys summary").click()
    assessor.page.get_by_label("Use these keys").uncheck()
    assessor.visitor.check()
    assessor.score(0, "1").focus()
    assessor.type("4", "n", "j")
    assert not assessor.score(0, "4").is_checked()
    assert assessor.has_focus(assessor.score(0, "1"))
    # The arrows of the buttons themselves stay, and the choice is kept.
    assessor.type("ArrowRight")
    assert assessor.score(0, "1.5").is_checked()
    assessor.waits_for("saved")
    assessor.open()
    assert not assessor.page.get_by_label("Use these keys").is_checked()


def test_two_windows_of_one_assessor_ask_before_one_replaces_the_other(visitor, assignments):
    first, _second = assignments
    someone = visitor(first.assessor)
    assessor = Assessor(someone, first).open()
    one = someone.page
    other = someone.turn_to_new_page()
    assessor.open()
    assessor.fill(0, "4", "From the second").fill(1, "3", "Only there").waits_for("saved")
    someone.page = one
    assessor.fill(0, "2", "From the first")
    panel = assessor.conflict(0)
    assert "You changed this in another window." in panel.inner_text()
    assert panel.locator("blockquote").all_inner_texts() == [
        "4\nStrengths: From the second",
        "2\nStrengths: From the first",
    ]
    someone.check()
    assert kept(first)[0] == ("4", "From the second", "")
    # What it did not touch it has taken over meanwhile.
    assert assessor.text(1, "strengths").input_value() == "Only there"
    panel.get_by_role("button", name="Join both").click()
    assessor.waits_for("saved")
    assert kept(first)[0] == ("2", "From the second\n\nFrom the first", "")
    someone.page = other
    other.bring_to_front()
    assessor.text(2, "strengths").focus()
    assessor.looks_again()
    assessor.box(0).locator("[data-changed]").get_by_text("changed this").wait_for()
    assert assessor.score(0, "2").is_checked()
    assert assessor.text(0, "strengths").input_value() == "From the second\n\nFrom the first"


def test_without_javascript_one_saves_submits_and_goes_on(visitor, assignments):
    first, second = assignments
    someone = visitor(first.assessor, width=390, javascript=False)
    assessor = Assessor(someone, first).open()
    assessor.fill(0, "4", "Good")
    someone.press("Save").reads("Your scores are saved; you can go on later.")
    assert kept(first) == [("4", "Good", "")]
    someone.press("Submit your scores")
    someone.reads("Saved, and not submitted yet: please look at the marked criteria.")
    assessor.fill(1, "2", "Bold", "Vague").fill(2, "5", "Sound")
    someone.press("Submit your scores").reads("Your scores are submitted.")
    with someone.page.expect_navigation():
        someone.page.locator("[data-next]").click()
    assert someone.page.url.endswith(second.get_absolute_url())
    someone.open(reverse("scoring:mine")).reads("1 of 2 submitted")


@pytest.mark.parametrize("width", [390, 1280])
def test_what_has_the_focus_is_never_behind_a_bar(visitor, assignments, width):
    first, _second = assignments
    assessor = Assessor(visitor(first.assessor, width=width), first).open()
    assessor.page.emulate_media(reduced_motion="reduce")
    covered = """() => {
        const field = document.activeElement.getBoundingClientRect();
        const bars = [".save-bar", ".sheet-nav", ".criterion-head"].flatMap((name) =>
            [...document.querySelectorAll(name)].map((bar) =>
                getComputedStyle(bar).display === "contents" ? bar.firstElementChild : bar));
        return bars.filter((bar) => {
            const place = bar.getBoundingClientRect();
            return !bar.contains(document.activeElement)
                && getComputedStyle(bar).position === "sticky"
                && field.top >= place.top - 1 && field.bottom <= place.bottom + 1;
        }).length;
    }"""
    assessor.page.locator("h1").click()
    seen = 0
    while True:
        assessor.page.keyboard.press("Tab")
        if assessor.page.evaluate("() => !!document.activeElement.closest('.save-bar')"):
            break
        seen += assessor.page.evaluate(
            "() => Number(!!document.activeElement.closest('[data-question]'))"
        )
        assert assessor.page.evaluate(covered) == 0, assessor.page.evaluate(
            "document.activeElement.outerHTML"
        )
    # Three criteria with a scale and two texts, and the comment.
    assert seen == 10
