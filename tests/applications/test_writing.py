"""Answers as they are typed: kept, read, and said beside the field."""

import re
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.applications.drafting import draft, field, item, question, save, writer
from vouchers.applications.forms.answers import cleaned
from vouchers.applications.models import Answer
from vouchers.applications.queries.answers import problems_with
from vouchers.applications.queries.filled_forms import Item
from vouchers.calls.models import Question
from vouchers.calls.models.tables import COLUMNS

__all__ = ["draft", "writer"]

pytestmark = pytest.mark.django_db


def seen(draft, key, version=0):
    return {f"seen_{question(draft, key).pk}": version}


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
