"""Writing a draft of every kind of question: kept as typed, told what is wrong, never overwritten."""

import re
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import User
from clusters.models import Representative
from conduct.actions import Refused
from demonstration.clock import on
from tests.applications.forms import story_of_every_kind
from tests.making import LB
from tests.people import log_in, person
from vouchers.applications import actions
from vouchers.applications.forms.answers import cleaned
from vouchers.applications.models import Answer, Application
from vouchers.applications.queries import filled_form
from vouchers.applications.queries.answers import problems_with
from vouchers.applications.queries.filled_forms import Item
from vouchers.calls.models import Question
from vouchers.calls.models.tables import COLUMNS

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft():
    story = story_of_every_kind()
    manager = story.cast.manager(LB.name, LB.country, LB.language)
    cluster = story._cluster(LB, manager)
    return actions.start_application(story.call, cluster, language="en", by=manager)


@pytest.fixture
def writer(client, draft):
    return log_in(client, draft.started_by)


def question(draft, key):
    return draft.call.questions.get(key=key)


def field(draft, key, suffix=""):
    return f"answer_{question(draft, key).pk}{suffix}"


def save(client, draft, **fields):
    return client.post(reverse("applications:save", args=[draft.pk]), fields)


def seen(draft, key, version=0):
    return {f"seen_{question(draft, key).pk}": version}


def item(draft, key):
    draft = Application.objects.get(pk=draft.pk)
    return next(found for found in filled_form(draft).items if found.question.key == key)


@pytest.mark.parametrize(
    ("key", "typed", "problem"),
    [
        ("name", "one two three four five six seven eight nine ten eleven", "11 words"),
        ("members", "many", "This is not a number"),
        ("members", "0", "At least 1"),
        ("members", "5001", "At most 5,000"),
        ("turnover", "-1", "cannot be negative"),
        ("turnover", "1.2345", "at most two decimals"),
        ("turnover", "1,23,456", "This is not a number"),
        ("turnover", "9" * 30, "too large"),
        ("members", "2021²", "This is not a number"),
        ("since", "31/02/2024", "not a day of the calendar"),
        ("way", "9", "choose from the options"),
    ],
)
def test_what_is_wrong_is_kept_as_typed_and_said(writer, draft, key, typed, problem):
    answer = save(writer, draft, **{field(draft, key): typed}, **seen(draft, key))
    assert answer.status_code == 200
    assert item(draft, key).text == typed
    sentences = answer.json()["problems"][str(question(draft, key).pk)]
    assert len(sentences) == 1
    assert problem in sentences[0]


@pytest.mark.parametrize(
    ("key", "typed", "reads"),
    [
        ("members", "٧٨", "78"),
        ("turnover", "١٬٢٣٤٫٥٠", "1,234.50"),
        ("turnover", "1 234,5", "1,234.50"),
        ("turnover", "1,234.50", "1,234.50"),
        ("turnover", "1.234,50", "1,234.50"),
        ("turnover", "5.000", "5,000.00"),
        ("turnover", "1250000,75", "1,250,000.75"),
        ("turnover", "\u200e25,50\u200f", "25.50"),
        ("members", "1.234", "1,234"),
        ("since", "3/7/2019", "3 July 2019"),
        ("since", "٣/٧/٢٠١٩", "3 July 2019"),
    ],
)
def test_numbers_and_days_are_read_in_the_ways_people_write_them(writer, draft, key, typed, reads):
    save(writer, draft, **{field(draft, key): typed})
    assert item(draft, key).problems == []
    assert item(draft, key).reading == reads


@pytest.mark.parametrize(
    "cell", ["9" * 30, "1e400", "2021²", "-" * 40, "٩" * 500, "NaN", "\u202e5"]
)
def test_no_stored_answer_breaks_its_page(writer, draft, cell):
    """Whatever an earlier version let in, its draft opens, and can be mended."""
    costs = {"activity": cell, "days": cell, "amount": cell}
    steps = {"milestone": cell, "due": cell, "evidence": cell}
    for key in ("members", "turnover", "since", "costs", "steps"):
        Answer.objects.create(
            application=draft,
            question=question(draft, key),
            text="" if key in ("costs", "steps") else cell,
            rows={"costs": [costs], "steps": [steps]}.get(key, []),
            changed_by=draft.started_by,
        )
    for place in (1, 2):
        page = writer.get(reverse("applications:section", args=[draft.pk, place]))
        assert page.status_code == 200
        assert cell in page.content.decode()
    assert writer.get(reverse("applications:review", args=[draft.pk])).status_code == 200
    save(writer, draft, **{field(draft, "turnover"): "5000"}, **seen(draft, "turnover", 1))
    assert item(draft, "turnover").reading == "5,000.00"


@settings(max_examples=300, suppress_health_check=list(HealthCheck))
@given(typed=st.text(max_size=60), language=st.sampled_from(["en", "fr", "ar"]))
def test_any_text_can_be_an_answer_of_any_kind(typed, language):
    kept = cleaned(typed)
    with override(language):
        for kind in Question.Kind.values:
            asked = Question(
                kind=kind, text="?", max_words=3, min_value=Decimal(1), max_value=Decimal(9)
            )
            rows = [{column.name: kept for column in COLUMNS.get(kind, ())}]
            content = rows if kind in Question.TABLES else kept
            assert all(str(problem) for problem in problems_with(asked, content, most=Decimal(5)))
            answer = Answer(question=asked, text=kept, rows=rows)
            shown = Item(asked, answer, [], shown=True, problems=[])
            assert isinstance(shown.reading, str)
            assert isinstance(shown.labelled_lines, list)
            assert shown.total is None or abs(shown.total) < 10**18


def test_what_was_understood_stands_beside_the_answer_without_javascript(writer, draft):
    save(writer, draft, **{field(draft, "turnover"): "5.000"})
    page = writer.get(reverse("applications:section", args=[draft.pk, 1])).content.decode()
    beside = re.search(rf'<output [^>]*for="{field(draft, "turnover")}"[^>]*>([^<]*)<', page)
    assert beside[1] == "Read as 5,000.00"


def test_a_table_tells_which_line_is_wrong_and_adds_up_to_the_voucher(writer, draft):
    costs = field(draft, "costs")
    answer = save(
        writer,
        draft,
        **{
            f"lines_{question(draft, 'costs').pk}": 3,
            f"{costs}_0_activity": "Export plan",
            f"{costs}_0_amount": "4000",
            f"{costs}_1_activity": "",
            f"{costs}_1_amount": "",
            f"{costs}_2_activity": "Training",
            f"{costs}_2_amount": "1000.01",
        },
    )
    assert answer.json()["problems"][str(question(draft, "costs").pk)] == [
        "The lines add up to 5,000.01 EUR; the voucher is worth 5,000.00 EUR."
    ]
    assert [row["activity"] for row in item(draft, "costs").rows] == ["Export plan", "Training"]
    answer = save(
        writer,
        draft,
        **{
            f"lines_{question(draft, 'costs').pk}": 1,
            f"{costs}_0_activity": "Export plan",
            f"{costs}_0_amount": "lots",
            **seen(draft, "costs", 1),
        },
    )
    assert answer.json()["problems"][str(question(draft, "costs").pk)] == [
        "Line 1: This is not a number. Write it like 1234.50."
    ]


def test_a_question_shows_once_the_earlier_one_is_answered_so(writer, draft):
    hidden = question(draft, "which").pk
    assert hidden not in save(writer, draft).json()["shown"]
    answer = save(writer, draft, **{field(draft, "way"): "2"})
    assert hidden in answer.json()["shown"]
    assert item(draft, "which").is_missing
    save(writer, draft, **{field(draft, "way"): "1"}, **seen(draft, "way", 1))
    assert not item(draft, "which").is_missing


def test_unticking_every_box_is_saved_too(writer, draft):
    needs = question(draft, "needs").pk
    save(writer, draft, **{f"answer_{needs}": ["1", "3"], f"asked_{needs}": "1"})
    assert item(draft, "needs").chosen == ["1", "3"]
    save(writer, draft, **{f"asked_{needs}": "1", f"seen_{needs}": "1"})
    assert item(draft, "needs").chosen == []


def test_a_second_tab_is_told_and_not_allowed_to_overwrite(writer, draft):
    story = question(draft, "story").pk
    save(writer, draft, **{f"answer_{story}": "From the first tab", f"seen_{story}": 0})
    answer = save(writer, draft, **{f"answer_{story}": "From the second", f"seen_{story}": 0})
    told = answer.json()["overtaken"]
    assert [(entry["text"], entry["version"]) for entry in told] == [("From the first tab", 1)]
    assert item(draft, "story").text == "From the first tab"
    chosen = save(writer, draft, **{f"answer_{story}": "Both", f"seen_{story}": 1})
    assert chosen.json()["overtaken"] == []
    assert item(draft, "story").text == "Both"


def test_what_others_write_and_where_they_are_comes_with_every_save(client, draft):
    colleague = person("nadine@example.org", name="Nadine")
    Representative.objects.create(cluster=draft.cluster, user=colleague, level="editor")
    story = question(draft, "story").pk
    log_in(client, colleague)
    save(client, draft, place=2, **{f"answer_{story}": "Hers", f"seen_{story}": 0})
    log_in(client, draft.started_by)
    told = save(client, draft, place=1, **{f"seen_{story}": 0}).json()
    assert told["others"] == [{"name": "Nadine", "place": 2}]
    assert [(entry["text"], entry["by"]) for entry in told["changed"]] == [("Hers", "Nadine")]
    assert save(client, draft, **{f"seen_{story}": 1}).json()["changed"] == []


def test_without_a_session_a_save_says_so_and_the_token_can_be_renewed(client, draft):
    session = reverse("applications:session", args=[draft.pk])
    assert save(client, draft).status_code == 401
    assert client.get(session).status_code == 401
    log_in(client, draft.started_by)
    answer = client.get(session).json()
    assert answer["person"] == draft.started_by.pk
    assert len(answer["token"]) == 64


def test_what_one_person_typed_is_not_saved_as_anothers(client, draft):
    colleague = person()
    Representative.objects.create(cluster=draft.cluster, user=colleague, level="editor")
    log_in(client, colleague)
    story = f"answer_{question(draft, 'story').pk}"
    answer = save(client, draft, person=draft.started_by.pk, **{story: "Hers"})
    assert answer.status_code == 401
    assert not Answer.objects.exists()
    assert save(client, draft, person=colleague.pk, **{story: "His"}).status_code == 200
    assert Answer.objects.get().changed_by == colleague


def test_places_and_lines_that_nobody_typed_are_passed_over(writer, draft):
    endless = "9" * 5000
    told = save(writer, draft, place=endless, **{f"lines_{question(draft, 'costs').pk}": endless})
    assert told.status_code == 200
    page = reverse("applications:section", args=[draft.pk, 1])
    assert writer.post(page, {"go": endless})["Location"] == page
    assert "About story" in writer.post(page, {"add_line": endless}).content.decode()


def test_lines_of_another_are_read_in_the_order_of_the_columns(writer, draft):
    costs = question(draft, "costs")
    rows = [{"activity": "Fair", "days": "2", "amount": "900"}]
    actions.save_answers(draft, {costs.pk: rows}, seen={}, by=draft.started_by)
    html = writer.post(
        reverse("applications:section", args=[draft.pk, 2]),
        {f"lines_{costs.pk}": 1, f"answer_{costs.pk}_0_activity": "Mine"},
    ).content.decode()
    assert "Fair · 2 · 900</blockquote>" in html


def test_a_stranger_finds_no_draft_and_a_reader_may_not_write(client, draft):
    assert save(log_in(client, person()), draft).status_code == 404
    reader = person()
    Representative.objects.create(cluster=draft.cluster, user=reader, level="reader")
    story = question(draft, "story").pk
    answer = save(log_in(client, reader), draft, **{f"answer_{story}": "x"})
    assert answer.status_code == 409
    assert not Answer.objects.exists()


def test_a_text_beyond_all_bounds_is_refused_and_given_back(writer, draft):
    page = reverse("applications:section", args=[draft.pk, 1])
    story = question(draft, "story").pk
    before = {f"answer_{story}": "Short.", f"seen_{story}": 0}
    save(writer, draft, **before)
    huge = "word " * 30_000
    answer = save(writer, draft, **{f"answer_{story}": huge, f"seen_{story}": 1})
    assert answer.status_code == 409
    assert "more than 100,000 characters" in answer.json()["refused"]
    html = writer.post(page, {f"answer_{story}": huge, f"seen_{story}": 1}).content.decode()
    assert "more than 100,000 characters" in html
    assert huge in html
    assert item(draft, "story").text == "Short."


def test_line_ends_and_nul_do_not_make_two_texts_of_one(writer, draft):
    story = question(draft, "story").pk
    save(writer, draft, **{f"answer_{story}": "One\r\ntwo\x00", f"seen_{story}": 0})
    assert item(draft, "story").text == "One\ntwo"
    answer = save(writer, draft, **{f"answer_{story}": "One\ntwo", f"seen_{story}": 0})
    assert answer.json()["overtaken"] == []


def test_a_line_is_added_without_javascript_and_keeps_what_is_typed(writer, draft):
    steps = question(draft, "steps").pk
    page = reverse("applications:section", args=[draft.pk, 2])
    typed = {
        f"lines_{steps}": 1,
        f"answer_{steps}_0_milestone": "Plan written",
        f"answer_{steps}_0_due": "1/12/2026",
        "add_line": steps,
    }
    html = writer.post(page, typed).content.decode()
    assert f'name="answer_{steps}_1_milestone"' in html
    assert 'value="Plan written"' in html
    assert item(draft, "steps").rows[0]["due"] == "1/12/2026"


def test_the_steps_tell_how_far_each_section_has_come(writer, draft):
    save(writer, draft, **{field(draft, "name"): "We"}, **{field(draft, "members"): "x"})
    told = save(writer, draft).json()["sections"]
    assert told == [
        {"place": 1, "done": 1, "wanted": 5, "problems": 4},
        {"place": 2, "done": 0, "wanted": 5, "problems": 5},
    ]


def test_editing_leads_to_the_first_section_with_something_to_do(writer, draft):
    fields = {"name": "We", "story": "Grow", "members": "7", "turnover": "1", "since": "2019-01-01"}
    save(writer, draft, **{field(draft, key): value for key, value in fields.items()})
    answer = writer.get(reverse("applications:edit", args=[draft.pk]))
    assert answer["Location"] == reverse("applications:section", args=[draft.pk, 2])


def test_after_the_deadline_what_was_typed_can_still_be_kept(writer, draft):
    with on(draft.call.deadline):
        log_in(writer, draft.started_by)
        assert save(writer, draft, **{field(draft, "story"): "Late"}).status_code == 200
        page = writer.get(reverse("applications:section", args=[draft.pk, 1]))
    assert "can no longer be sent" in page.content.decode()
    assert item(draft, "story").text == "Late"


def test_saving_costs_the_same_however_much_there_is(writer, draft, django_assert_num_queries):
    story = question(draft, "story").pk
    save(writer, draft, **{f"answer_{story}": "One", f"seen_{story}": 0})
    with django_assert_num_queries(QUERIES_OF_A_SAVE):
        save(writer, draft, **{f"answer_{story}": "Two", f"seen_{story}": 1})
    for key in ("name", "members", "turnover"):
        save(writer, draft, **{field(draft, key): "5"})
    with django_assert_num_queries(QUERIES_OF_A_SAVE):
        save(writer, draft, **{f"answer_{story}": "Three", f"seen_{story}": 2})


QUERIES_OF_A_SAVE = 15


def test_the_draft_locks_are_taken_by_the_action(draft):
    story = question(draft, "story")
    by = User.objects.get(pk=draft.started_by_id)
    with pytest.raises(Refused):
        actions.save_answers(draft, {story.pk: "x" * 100_001}, seen={}, by=by)
    assert not Answer.objects.exists()
