"""A form without a mouse: in order, never behind the bar, and Enter saves."""

import pytest

from tests.journeys.applying.writing import Writer, draft_in, kept

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.browser,
]
# How far the field that has the focus reaches below what stays at the bottom of the window.
COVERED = """() => {
    const bar = document.querySelector(".save-bar");
    const fixed = innerWidth < 768 ? bar.firstElementChild : bar;
    const field = document.activeElement;
    if (bar.contains(field) || !field.closest("[data-question]")) return null;
    return field.getBoundingClientRect().bottom - fixed.getBoundingClientRect().top;
}"""


@pytest.mark.parametrize("width", [1280, 390])
def test_what_has_the_focus_is_not_behind_the_bar(visitor, width):
    draft = draft_in("en")
    writer = Writer(visitor(draft.started_by, width=width), draft).open(2)
    # Without gliding, the page stands still when it is looked at.
    writer.page.emulate_media(reduced_motion="reduce")
    writer.page.set_viewport_size({"width": width, "height": 500})
    writer.page.locator("h1").click()
    fields = 0
    while True:
        writer.page.keyboard.press("Tab")
        if writer.page.evaluate("() => !!document.activeElement.closest('.save-bar')"):
            break
        covered = writer.page.evaluate(COVERED)
        if covered is not None:
            fields += 1
            assert covered <= 0, writer.page.evaluate("() => document.activeElement.outerHTML")
    # Options, lines with their buttons, and the field for files.
    assert fields >= 12


def test_enter_in_a_field_saves_and_adds_no_line(visitor):
    draft = draft_in("en")
    writer = Writer(visitor(draft.started_by), draft).open(2)
    writer.write("steps", "Plan", "_0_milestone")
    lines = writer.box("steps").locator("[data-line]")
    before = lines.count()
    with writer.page.expect_response("**/save/"):
        writer.field("steps", "_0_milestone").press("Enter")
    writer.waits_for("saved")
    assert lines.count() == before
    assert kept(draft)["steps"][0]["milestone"] == "Plan"
    assert writer.page.inner_text("#draft-said") == "Saved"
    # A line goes, and those that stay are named by their new places.
    writer.box("steps").locator("[data-add-line]").press("Enter")
    assert writer.page.evaluate("() => document.activeElement.dataset.column") == "milestone"
    writer.page.get_by_role("button", name="Remove line 1").first.press("Enter")
    assert lines.count() == before
    writer.waits_for("saved")
    assert kept(draft)["steps"] == ""
    label = writer.box("steps").get_by_label("Milestone in line 1")
    assert label.get_attribute("name") == f"answer_{writer.numbers['steps']}_0_milestone"
    writer.visitor.check()
