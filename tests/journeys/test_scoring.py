"""Scoring at a browser: by keyboard, in Arabic, on a telephone, over a line that breaks."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone

from tests.making import LB, LB_SECOND, closed_story
from vouchers.scoring.assessing import actions
from vouchers.scoring.assessing.models import Assessment, Assignment, Score
from vouchers.scoring.rounds.models import ScoringRound

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
]
SAVE = re.compile("/save/$")


@pytest.fixture
def story():
    return closed_story(LB, LB_SECOND)


@pytest.fixture
def assignments(story):
    """Two applications of one assessor, both open to be scored."""
    told, applications = story
    found = [told.assign(application, 1)[0] for application in applications]
    return [actions.declare_no_conflict(each, by=each.assessor) for each in found]


class Assessor:
    """Somebody who scores an application, by the places of its criteria."""

    def __init__(self, visitor, assignment):
        self.visitor, self.assignment = visitor, assignment
        self.criteria = list(assignment.application.call.criteria.all())

    @property
    def page(self):
        return self.visitor.page

    def open(self):
        self.visitor.open(self.assignment.get_absolute_url())
        return self

    def box(self, place):
        return self.page.locator(f"#score-{self.criteria[place].pk}")

    def score(self, place, value):
        return self.box(place).locator(f"input[type=radio][value='{value}']")

    def text(self, place, name):
        return self.box(place).locator(f"textarea[name^={name}]")

    def fill(self, place, value, strengths, weaknesses=""):
        self.score(place, value).check()
        self.text(place, "strengths").fill(strengths)
        self.text(place, "weaknesses").fill(weaknesses)
        return self

    def type(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)
        return self

    def has_focus(self, locator):
        return locator.evaluate("field => field === document.activeElement")

    def waits_for(self, word):
        """Until the page says the word (by its name among the words of a draft)."""
        self.page.wait_for_function(
            """(word) => document.getElementById("draft-status").textContent
                .startsWith(draftForm.words[word])""",
            arg=word,
        )
        return self

    def looks_again(self):
        """Come back to this window: it asks at once what changed, and shows what it is told."""
        self.page.evaluate("draftSaving.send()")
        with self.page.expect_response("**/save/"):
            self.page.evaluate("dispatchEvent(new Event('focus')), draftSaving.send()")
        return self

    def conflict(self, place):
        panel = self.box(place).locator("[data-conflict]")
        panel.get_by_role("alert").wait_for()
        return panel


def kept(assignment):
    """What the database holds, criterion by criterion."""
    return [
        (score and format(score.normalize(), "f"), strengths, weaknesses)
        for score, strengths, weaknesses in Score.objects.filter(
            assessment__assignment=assignment
        ).values_list("value", "strengths", "weaknesses")
    ]


def test_by_keyboard_in_arabic_on_a_telephone_with_the_line_cut(visitor, assignments):
    first, second = assignments
    someone = visitor(first.assessor, width=390)
    someone.open("/")
    with someone.page.expect_navigation():
        someone.page.locator(".languages button[value=ar]").click()
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
    words = page.evaluate("draftForm.words")
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


def test_a_session_that_ends_is_taken_up_in_place(visitor, assignments):
    first, _second = assignments
    someone = visitor(first.assessor)
    assessor = Assessor(someone, first).open()
    assessor.fill(0, "4", "Before").waits_for("saved")
    Session.objects.all().delete()
    assessor.text(0, "strengths").fill("After the end")
    assessor.waits_for("loggedOut")
    assert kept(first)[0][1] == "Before"
    link = assessor.page.get_by_role("link", name="Log in again in a new tab")
    assert link.get_attribute("target") == "_blank"
    someone.sit_down(first.assessor)
    assessor.page.evaluate("dispatchEvent(new Event('focus'))")
    assessor.waits_for("saved")
    assert kept(first)[0] == ("4", "After the end", "")


def test_a_conflict_declared_in_another_window_stops_this_one(visitor, assignments):
    first, _second = assignments
    assessor = Assessor(visitor(first.assessor), first).open()
    assessor.fill(0, "4", "Before").waits_for("saved")
    actions.declare_conflict(
        first, kind="family", conflict="My sister works there.", by=first.assessor
    )
    assessor.text(0, "strengths").fill("After")
    assessor.page.get_by_text("This application is closed to you").first.wait_for()
    assert assessor.text(0, "strengths").input_value() == "After"
    assert kept(first)[0][1] == "Before"


def test_after_the_closing_the_page_says_so_and_keeps_the_text(visitor, story, assignments):
    told, _applications = story
    first, _second = assignments
    assessor = Assessor(visitor(first.assessor), first).open()
    for place in range(3):
        assessor.fill(place, "4", "In time")
    assessor.waits_for("saved")
    ScoringRound.objects.filter(call=told.call).update(
        state="closed", closed_by=told.cast.coordinators[0], closed_at=timezone.now()
    )
    assessor.page.get_by_role("button", name="Submit your scores").click()
    assessor.page.locator("#draft-status").get_by_text(
        "The scoring of this call is closed."
    ).wait_for()
    assert assessor.text(2, "strengths").input_value() == "In time"
    assert Assignment.objects.get(pk=first.pk).state == Assignment.State.CLEARED


def test_pressed_twice_and_over_a_line_that_breaks_it_is_submitted_once(visitor, assignments):
    first, _second = assignments
    someone = visitor(first.assessor)
    assessor = Assessor(someone, first).open()
    for place in range(3):
        assessor.fill(place, "4", "Good")
    assessor.waits_for("saved")

    def lose_the_receipt(route):
        if "submit" in (route.request.post_data or ""):
            route.fetch()
            route.abort("connectionreset")
        else:
            route.continue_()

    someone.page.route(SAVE, lose_the_receipt)
    button = someone.page.get_by_role("button", name="Submit your scores")
    button.click()
    assessor.waits_for("unsent")
    assert Assignment.objects.get(pk=first.pk).state == Assignment.State.SCORED
    someone.page.unroute(SAVE)
    someone.complaints.clear()
    with someone.page.expect_navigation():
        button.dblclick()
    someone.reads("Your scores are submitted.")
    assert Assessment.objects.get(assignment=first).version <= 3


def test_the_time_is_counted_while_somebody_works(visitor, assignments):
    first, _second = assignments
    assessor = Assessor(visitor(first.assessor), first).open()
    assessor.page.wait_for_function("() => timeSpent.seconds() >= 2")
    # A page that is not in sight does not count.
    assessor.page.evaluate(
        "Object.defineProperty(document, 'visibilityState', {value: 'hidden', configurable: true})"
    )
    counted = assessor.page.evaluate("timeSpent.seconds()")
    assessor.page.wait_for_timeout(2500)
    assert assessor.page.evaluate("timeSpent.seconds()") <= counted + 1
    assessor.fill(0, "4", "Good").waits_for("saved")
    assert 2 <= Assessment.objects.get(assignment=first).seconds_spent <= counted + 1
    assert assessor.page.evaluate("timeSpent.seconds()") == 0


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
