"""Somebody who fills in a draft with questions of every kind, at a browser."""

from __future__ import annotations

from django.urls import reverse

from clusters.models import Representative
from tests.applications.forms import story_of_every_kind
from tests.making import LB
from tests.people import person
from vouchers.applications.actions import start_application
from vouchers.applications.models import Application
from vouchers.applications.queries import filled_form


def draft_in(language: str) -> Application:
    """A draft whose manager reads this language; in the form 'which' is shown when 'way' is B."""
    story = story_of_every_kind()
    manager = story.cast.manager(LB.name, LB.country, language)
    cluster = story.cluster_of(LB, manager)
    return start_application(story.call, cluster, language=language, by=manager)


def colleague_of(draft, name="Nadine"):
    """Somebody else who may write for the same cluster."""
    colleague = person(name=name)
    Representative.objects.create(cluster=draft.cluster, user=colleague, level="editor")
    return colleague


def kept(draft):
    """What the database holds, by the key of the question."""
    filled = filled_form(Application.objects.get(pk=draft.pk))
    return {item.question.key: item.rows or item.text for item in filled.items}


class Writer:
    """Somebody who fills in a draft, by the keys of its questions."""

    def __init__(self, visitor, draft):
        self.visitor, self.draft = visitor, draft
        self.numbers = dict(draft.call.questions.values_list("key", "pk"))

    @property
    def page(self):
        return self.visitor.page

    def open(self, place=1):
        self.visitor.open(reverse("applications:section", args=[self.draft.pk, place]))
        return self

    def box(self, key):
        return self.page.locator(f"#question-{self.numbers[key]}")

    def field(self, key, suffix=""):
        return self.page.locator(f"[name='answer_{self.numbers[key]}{suffix}']")

    def write(self, key, text, suffix=""):
        self.field(key, suffix).fill(text)
        return self

    def tick(self, key, *values):
        for value in values:
            self.page.check(f"[name='answer_{self.numbers[key]}'][value='{value}']")

    def waits_for(self, word):
        """Until the page says the word (by its name among the words of a draft)."""
        self.page.wait_for_function(
            """(word) => {
                const said = document.getElementById("draft-words").dataset[word];
                return document.getElementById("draft-status").textContent.startsWith(said);
            }""",
            arg=word,
        )
        return self

    def leaves_the_field(self):
        self.page.evaluate("() => document.activeElement.blur()")
        return self

    def looks_again(self):
        """Come back to this window: it asks at once what others did, and shows what it is told.

        A question already on its way may be older than what others did: its answer is awaited first.
        """
        self.page.evaluate(
            "import('/static/js/applications/edit.js').then(({ saving }) => saving.send())"
        )
        with self.page.expect_response("**/save/"):
            self.page.evaluate(
                "dispatchEvent(new Event('focus')), "
                "import('/static/js/applications/edit.js').then(({ saving }) => saving.send())"
            )
        return self


def waits_until_pending(page, number):
    """Until so many answers of the page are not confirmed yet."""
    page.evaluate(
        "import('/static/js/applications/edit.js').then(({ saving }) => { window.savingHere = saving; })"
    )
    page.wait_for_function("(number) => savingHere.pending() === number", arg=number)
