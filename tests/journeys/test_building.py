"""A coordinator builds the programme's own call in the browser, from nothing to open."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from demonstration.calls import CLAUSES, CRITERIA, NAMES, PURPOSE, RULES
from demonstration.content.clusters import SEED
from tests.making import cast_of_all
from vouchers.calls.models import Call

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.browser,
]
INSTANT = "%Y-%m-%dT%H:%M"
LANGUAGES = ("en", "fr", "ar")
SECTIONS = {
    "Your cluster": ["mission", "exports", "markets"],
    "Growth": ["milestones", "since", "members"],
    "The voucher": ["plan", "needs", "own", "budget", "statutes"],
}
# Text, kind, what its own fields hold, the criterion that it feeds.
QUESTIONS = {
    "mission": ("What is your mission?", "long_text", {"max_words": 400}, 0),
    "exports": ("Do your members export?", "choice", {"options": "Yes\nNo"}, None),
    "markets": ("To which markets?", "short_text", {"max_words": 50}, 1),
    "milestones": ("By which milestones?", "milestones", {}, 1),
    "since": ("Since when is there a plan?", "date", {}, None),
    "members": ("How many members have you?", "number", {"min_value": 1}, 0),
    "plan": ("What do you want to do?", "long_text", {"max_words": 300}, 2),
    "needs": ("Which help?", "choices", {"options": "Training\nAdvice\nMission"}, 2),
    "own": ("What do you add yourselves?", "money", {"max_value": 5000}, None),
    "budget": ("How shall it be spent?", "budget", {}, 2),
    "statutes": ("Your statutes", "file", {"max_files": 2}, None),
}


def test_a_coordinator_builds_the_seed_call_and_opens_it(visitor):
    coordinator = cast_of_all().coordinators[0]
    User.objects.update(language="en")
    someone = visitor(coordinator)
    call = draft(someone)
    step(someone, call, "quotas").fill(LB=2, MA=2, TN=2).press("Save the quotas")
    rows(step(someone, call, "rules"), "text", [text for _kind, text in RULES])
    for number, (kind, _text) in enumerate(RULES):
        someone.choose(f"form-{number}-kind", kind)
    someone.press("Save the rules")
    criteria(step(someone, call, "criteria"))
    rows(step(someone, call, "declaration"), "text", CLAUSES)
    someone.press("Save the declaration").reads("10 of 11 steps are done")
    ask_everything(step(someone, call, "form"), call)
    someone.follow("Back to the steps").reads("Everything is there.")
    look_at_the_preview(visitor(coordinator, width=390), call)
    someone.press("Open the call").reads("The call is open.")
    call.refresh_from_db()
    assert (call.state, call.vouchers_offered) == (Call.State.OPEN, 6)
    read_as_a_cluster(visitor(width=390), call)


def draft(someone):
    seed, now = SEED["call"], timezone.now()
    someone.open(reverse("calls:create")).fill(
        **{f"name_{at}": NAMES[code] for at, code in enumerate(LANGUAGES)},
        **{f"purpose_{at}": PURPOSE[code] for at, code in enumerate(LANGUAGES)},
        slug="scale-up",
        programme_code="SUV",
        year=2026,
        opens_at=(now - timedelta(days=1)).strftime(INSTANT),
        questions_until=(now + timedelta(days=10)).strftime(INSTANT),
        deadline=(now + timedelta(days=20)).strftime(INSTANT),
        decision_due=(now + timedelta(days=60)).date().isoformat(),
        assistance_starts=(now + timedelta(days=70)).date().isoformat(),
        assistance_ends=(now + timedelta(days=400)).date().isoformat(),
        voucher_amount=seed["voucher_eur"],
        budget="30000.00",
    ).press("Save the draft").reads("6 of 11 steps are done")
    return Call.objects.get()


def step(someone, call, name):
    return someone.open(reverse(f"calls:{name}", args=[call.slug]))


def in_each_language(name, text):
    """The text, or its translations, in the three inputs of a field."""
    return {
        f"{name}_{at}": text[code] if isinstance(text, dict) else text
        for at, code in enumerate(LANGUAGES)
    }


def rows(someone, name, texts):
    """Add a row for each text, and type it."""
    for number, text in enumerate(texts):
        someone.press("Add a row").fill(**in_each_language(f"form__{number}__{name}", text))


def criteria(someone):
    for number, (name, weight, tie_break, _anchors) in enumerate(CRITERIA):
        someone.press("Add a row").fill(
            **in_each_language(f"form__{number}__name", name),
            **{
                f"form__{number}__weight": weight,
                f"form__{number}__threshold": 50,
                f"form__{number}__tie_break_position": tie_break,
            },
        )
    assert someone.page.inner_text("#weight-sum output") == "100"
    assert "is-full" in someone.page.get_attribute("#weight-sum", "class")
    someone.press("Save the criteria")


def ask_everything(someone, call):
    for title, keys in SECTIONS.items():
        someone.follow("Add a section").fill(**in_each_language("title", title))
        someone.press("Save the section")
        for key in keys:
            ask(someone, call, title, key)


def ask(someone, call, title, key):
    text, kind, own, criterion = QUESTIONS[key]
    someone.follow(f"Add a question to “{title}”")
    if kind != "long_text":
        with someone.page.expect_response(lambda answer: answer.request.method == "POST"):
            someone.choose("kind", kind)
        for name in own:
            someone.page.wait_for_selector(f"main [name^={name}]")
        if "max_words" not in own:
            someone.page.wait_for_selector("main [name=max_words]", state="detached")
    someone.fill(**in_each_language("text", text))
    for name, value in own.items():
        someone.fill(**in_each_language(name, value) if name == "options" else {name: value})
    if criterion is not None:
        someone.choose("criterion", str(call.criteria.all()[criterion].pk))
    if key == "markets":
        earlier = call.questions.get(kind="choice")
        someone.choose("condition", f"{earlier.pk}:1")
    someone.press("Save the question")


def look_at_the_preview(someone, call):
    for language in LANGUAGES:
        path = f"{reverse('calls:preview', args=[call.slug])}?language={language}"
        someone.open(path).reads("To which markets?").reads(CLAUSES[0][language])
        assert someone.page.get_attribute("html", "lang") == language
        assert someone.page.locator("main input:not([disabled])").count() == 0
        fits(someone)


def read_as_a_cluster(someone, call):
    someone.open(call.get_absolute_url()).reads("Closes in").reads(CLAUSES[0]["en"])
    for text, _kind, _own, _criterion in QUESTIONS.values():
        someone.reads(text)
    someone.reads("Asked only where “Do your members export?” is answered “Yes”.").reads("Rabat")
    fits(someone)


def fits(someone):
    wider = someone.page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    assert wider == 0, f"{someone.page.url} is {wider} px too wide"
