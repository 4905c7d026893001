"""An assessor before a browser."""

import pytest

from tests.making import LB, LB_SECOND, closed_story
from vouchers.scoring.assessing import actions
from vouchers.scoring.assessing.models import Score


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
        said = self.page.evaluate(
            "(word) => import('/static/js/scoring/score.js').then(({ page }) => page.words[word])",
            word,
        )
        self.page.wait_for_function(
            """(said) => document.getElementById("draft-status").textContent.startsWith(said)""",
            arg=said,
        )
        return self

    def looks_again(self):
        """Come back to this window: it asks at once what changed, and shows what it is told."""
        self.page.evaluate(
            "import('/static/js/scoring/score.js').then(({ saving }) => saving.send())"
        )
        with self.page.expect_response("**/save/"):
            self.page.evaluate(
                "dispatchEvent(new Event('focus')), "
                "import('/static/js/scoring/score.js').then(({ saving }) => saving.send())"
            )
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
