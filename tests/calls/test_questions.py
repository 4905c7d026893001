"""The application form of a draft, built question by question."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from conduct.actions import OutOfOrder, Refused
from tests.calls.drafts import complete_draft, in_three, spoken, typed
from tests.people import log_in, person
from vouchers.calls import actions
from vouchers.calls.actions import open_call
from vouchers.calls.models import Question

pytestmark = pytest.mark.django_db


@pytest.fixture
def built(client):
    cast, call = complete_draft()
    log_in(client, cast.coordinators[0])
    return call


def ask(client, call, **fields):
    """Type a new question into the first section."""
    section = call.sections.first()
    return client.post(
        reverse("calls:add_question", args=[call.slug, section.pk]),
        {"section": section.pk, **fields},
    )


def order_of(call):
    return [str(question) for question in call.questions.all()]


@pytest.mark.parametrize(
    ("kind", "fields", "kept"),
    [
        ("short_text", {"max_words": 20}, {"max_words": 20}),
        ("long_text", {"max_words": ""}, {"max_words": None}),
        ("number", {"min_value": "1", "max_value": "9.5"}, {"min_value": 1, "max_value": 9.5}),
        ("money", {"max_value": "5000"}, {"max_value": 5000, "min_value": None}),
        ("date", {}, {}),
        ("choice", typed("options", "Yes\nNo"), {}),
        ("choices", typed("options", "Red\nGreen\nBlue"), {}),
        ("file", {"max_files": 2}, {"max_files": 2}),
        ("milestones", {}, {}),
        ("budget", {}, {}),
    ],
)
def test_a_question_of_each_kind_is_added(client, built, kind, fields, kept):
    answer = ask(client, built, kind=kind, **typed("text", "A new one"), required="on", **fields)
    question = built.questions.get(key="a-new-one")
    assert answer["Location"] == reverse("calls:form", args=["draft"]) + f"#question-{question.pk}"
    assert (question.kind, question.position, question.required) == (kind, 3, True)
    assert {name: getattr(question, name) for name in kept} == kept
    assert len(question.choices) == len(fields.get("options_0", "").splitlines())


def test_the_page_shows_only_the_fields_of_the_kind(client, built):
    address = reverse("calls:add_question", args=[built.slug, built.sections.get().pk])
    shown = {}
    for kind in Question.Kind.values:
        page = client.post(
            address,
            {"kind": kind, "text_0": "Typed before", "show_kind": "1"},
            headers={"HX-Request": "true"},
        ).content.decode()
        assert "Typed before" in page
        assert "invalid-feedback" not in page
        assert "<html" not in page
        names = ("max_words", "min_value", "max_value", "options_0", "max_files")
        shown[kind] = [name for name in names if f'name="{name}"' in page]
    assert shown == {
        "short_text": ["max_words"],
        "long_text": ["max_words"],
        "number": ["min_value", "max_value"],
        "money": ["min_value", "max_value"],
        "date": [],
        "choice": ["options_0"],
        "choices": ["options_0"],
        "file": ["max_files"],
        "milestones": [],
        "budget": [],
    }


def test_without_javascript_another_kind_is_shown_on_the_whole_page(client, built):
    page = client.post(
        reverse("calls:add_question", args=[built.slug, built.sections.get().pk]),
        {"kind": "choice", "text_1": "Déjà écrit", "show_kind": "1"},
    ).content.decode()
    assert "<html" in page
    assert "Déjà écrit" in page
    assert 'name="options_2"' in page
    assert built.questions.count() == 2


def test_options_must_be_as_many_in_every_language(client, built):
    page = ask(
        client,
        built,
        kind="choice",
        **typed("text", "Which?"),
        options_0="One\nTwo\nThree",
        options_1="Un\nDeux",
        options_2="",
    ).content.decode()
    assert (
        "Write the same number of options in every language: now there are 3 (en), 2 (fr)." in page
    )
    assert "Deux" in page
    assert built.questions.count() == 2


def test_a_single_option_is_no_choice(client, built):
    page = ask(client, built, kind="choice", **typed("text", "Which?"), options_0="Only")
    assert "Write at least two options, one on each line." in page.content.decode()


def test_the_least_must_not_be_above_the_most(client, built):
    page = ask(client, built, kind="number", **typed("text", "N"), min_value=5, max_value=1)
    assert "The least must not be above the most." in page.content.decode()


def test_a_condition_names_an_option_of_an_earlier_choice(client, built):
    choice = built.questions.first()
    ask(client, built, kind="date", **typed("text", "Since when?"), condition=f"{choice.pk}:2")
    question = built.questions.get(key="since-when")
    assert (question.depends_on, question.depends_value) == (choice, "2")
    page = client.get(reverse("calls:edit_question", args=[built.slug, question.pk]))
    assert f'value="{choice.pk}:2" selected' in page.content.decode()
    first = client.get(reverse("calls:edit_question", args=[built.slug, choice.pk]))
    assert f'value="{choice.pk}:' not in first.content.decode()


def test_a_question_moves_up_and_down_and_across_sections(client, built):
    coordinator = person(role="coordinator")
    section = actions.add_section(built, title=in_three("Money"), by=coordinator)
    budget = actions.add_question(section, text=in_three("Budget"), kind="budget", by=coordinator)
    address = reverse("calls:arrange_question", args=[built.slug, budget.pk])
    client.post(address, {"back": "1"})
    budget.refresh_from_db()
    assert budget.section == built.sections.first()
    assert order_of(built) == ["Do you export?", "To which markets?", "Budget"]
    client.post(address, {"back": "1"})
    assert order_of(built) == ["Do you export?", "Budget", "To which markets?"]
    for _step in range(3):
        client.post(address, {"forward": "1"})
    budget.refresh_from_db()
    assert (budget.section, budget.position) == (section, 1)


def test_a_question_stays_behind_the_one_on_which_it_depends(client, built):
    markets = built.questions.get(key="to-which-markets")
    answer = client.post(
        reverse("calls:arrange_question", args=[built.slug, markets.pk]), {"back": "1"}, follow=True
    )
    sentence = "“To which markets?” is shown depending on “Do you export?” and must stay behind it."
    assert sentence in answer.content.decode()
    assert order_of(built) == ["Do you export?", "To which markets?"]
    choice = built.questions.get(key="do-you-export")
    with pytest.raises(Refused, match="must stay behind it"):
        actions.move_question(choice, back=False, by=person(role="coordinator"))


def test_a_question_on_which_another_depends_is_not_removed(client, built):
    choice = built.questions.get(key="do-you-export")
    address = reverse("calls:arrange_question", args=[built.slug, choice.pk])
    answer = client.post(address, {"remove": "1"}, follow=True)
    assert "depending on “Do you export?”: change its condition first." in answer.content.decode()
    for question in built.questions.order_by("-position"):
        client.post(
            reverse("calls:arrange_question", args=[built.slug, question.pk]), {"remove": "1"}
        )
    assert built.questions.count() == 0


def test_a_choice_keeps_the_option_on_which_another_depends(built):
    choice = built.questions.get(key="do-you-export")
    coordinator = person(role="coordinator")
    with pytest.raises(Refused, match="must go on offering a choice"):
        actions.change_question(choice, kind="long_text", by=coordinator)
    markets = built.questions.get(key="to-which-markets")
    with pytest.raises(Refused, match="an option that “Do you export\\?” does not have"):
        actions.change_question(markets, depends_value="3", by=coordinator)


def test_a_section_moves_only_where_conditions_allow(client, built):
    coordinator = person(role="coordinator")
    later = actions.add_section(built, title=in_three("Later"), by=coordinator)
    actions.change_question(
        built.questions.get(key="to-which-markets"), section=later, by=coordinator
    )
    address = reverse("calls:arrange_section", args=[built.slug, later.pk])
    answer = client.post(address, {"back": "1"}, follow=True)
    assert "must stay behind it" in answer.content.decode()
    answer = client.post(address, {"remove": "1"}, follow=True)
    assert "“Later” still has questions: move or remove them first." in answer.content.decode()
    empty = actions.add_section(built, title=in_three("Empty"), by=coordinator)
    client.post(reverse("calls:arrange_section", args=[built.slug, empty.pk]), {"back": "1"})
    assert [str(section) for section in built.sections.all()] == ["Growth", "Empty", "Later"]
    client.post(reverse("calls:arrange_section", args=[built.slug, empty.pk]), {"remove": "1"})
    assert built.sections.count() == 2


def test_sections_are_added_and_changed(client, built):
    client.post(reverse("calls:add_section", args=[built.slug]), typed("title", "Voucher"))
    section = built.sections.get(position=2)
    client.post(
        reverse("calls:edit_section", args=[built.slug, section.pk]), typed("title", "The voucher")
    )
    section.refresh_from_db()
    assert section.title.data["fr"] == spoken("The voucher", "fr")


def test_a_question_keeps_its_key_when_its_text_changes(client, built):
    question = built.questions.get(key="do-you-export")
    client.post(
        reverse("calls:edit_question", args=[built.slug, question.pk]),
        {
            "section": question.section_id,
            "kind": "choice",
            **typed("text", "Do you sell abroad?"),
            **typed("options", "Yes\nNo"),
        },
    )
    question.refresh_from_db()
    assert (str(question), question.key) == ("Do you sell abroad?", "do-you-export")
    assert question.required is False


def test_two_questions_with_one_text_have_two_keys(client, built):
    ask(client, built, kind="date", **typed("text", "Do you export?"))
    assert built.questions.get(position=3).key == "do-you-export-2"


def test_the_form_is_frozen_once_the_call_is_open(client, built):
    coordinator = person(role="coordinator")
    open_call(built, by=coordinator)
    question = built.questions.get(key="to-which-markets")
    section = built.sections.get()
    for conduct in (
        lambda: actions.add_section(built, title="No", by=coordinator),
        lambda: actions.change_section(section, title="No", by=coordinator),
        lambda: actions.move_section(section, back=True, by=coordinator),
        lambda: actions.remove_section(section, by=coordinator),
        lambda: actions.add_question(section, text="No", by=coordinator),
        lambda: actions.change_question(question, text="No", by=coordinator),
        lambda: actions.move_question(question, back=True, by=coordinator),
        lambda: actions.remove_question(question, by=coordinator),
    ):
        with pytest.raises(OutOfOrder):
            conduct()
    page = client.post(
        reverse("calls:edit_question", args=[built.slug, question.pk]), {}, follow=True
    )
    assert "This cannot be done now: the call is “open”." in page.content.decode()


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_the_preview_shows_the_form_in_each_language(client, built, language):
    page = client.get(
        reverse("calls:preview", args=[built.slug]), {"language": language}
    ).content.decode()
    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in page
    for text in ("Do you export?", "Yes", "All of it is true."):
        assert spoken(text, language) in page
    assert (
        client.get(reverse("calls:preview", args=[built.slug]), {"language": "xx"}).status_code
        == 404
    )


def test_outline_and_preview_have_constant_queries(client, built):
    coordinator = person(role="coordinator")
    pages = [reverse("calls:form", args=[built.slug]), reverse("calls:preview", args=[built.slug])]
    for page in pages:
        client.get(page)
    counts = [_queries(client, page) for page in pages]
    for number in range(3):
        section = actions.add_section(built, title=in_three(f"S{number}"), by=coordinator)
        for _question in range(4):
            actions.add_question(section, text=in_three("More"), by=coordinator)
    assert [_queries(client, page) for page in pages] == counts


def _queries(client, page):
    with CaptureQueriesContext(connection) as captured:
        client.get(page)
    return len(captured)
