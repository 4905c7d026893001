"""Building a call: its timetable, criteria, questions and rules, step by step."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from i18nfield.strings import LazyI18nString

from conduct.actions import Refused
from tests.calls.building import timetable
from tests.calls.drafts import complete_draft, draft_of, in_three, typed
from tests.making import cast_of_all
from tests.people import log_in
from vouchers.calls import actions
from vouchers.calls.actions import add_question
from vouchers.calls.models import Call
from vouchers.calls.queries.checklist import problems_before_opening, steps
from vouchers.calls.wording.clocks import clocks, time_left
from vouchers.calls.wording.questions import anchors_of

pytestmark = pytest.mark.django_db


def test_the_timetable_is_typed_in_programme_time(client):
    cast, call = complete_draft()
    log_in(client, cast.coordinators[0])
    client.post(reverse("calls:timetable", args=[call.slug]), timetable())
    call.refresh_from_db()
    # Brussels changes to summer time on 28 March 2027.
    assert call.opens_at == datetime(2027, 3, 1, 8, tzinfo=UTC)
    assert call.deadline == datetime(2027, 3, 31, 15, tzinfo=UTC)
    page = client.get(reverse("calls:timetable", args=[call.slug])).content.decode()
    assert 'value="2027-03-31T17:00"' in page
    assert "(Europe/Brussels)" in page


def test_a_deadline_shows_on_the_four_clocks():
    shown = {clock.city: clock.time for clock in clocks(datetime(2027, 3, 31, 15, tzinfo=UTC))}
    assert shown == {"Beirut": "18:00", "Tunis": "16:00", "Rabat": "15:00", "Brussels": "17:00"}


def test_how_long_it_is_until_the_deadline():
    now = timezone.now()
    shown = [
        time_left(now + gap, now)
        for gap in (
            timedelta(days=12, hours=3),
            timedelta(hours=30),
            timedelta(minutes=1),
            timedelta(seconds=5),
            timedelta(0),
        )
    ]
    assert shown == ["12 days", "30 hours", "1 minute", "less than a minute", ""]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"deadline": "2027-03-01T08:00"}, "The deadline must come after the opening."),
        ({"questions_until": "2027-04-01T08:00"}, "Questions must end by the deadline."),
        ({"assistance_ends": "2027-06-15"}, "The assistance must end after it starts."),
        # The hour that summer time skips does not exist in Brussels.
        ({"opens_at": "2027-03-28T02:30"}, "interpreted in time zone Europe/Brussels"),
    ],
)
def test_a_timetable_that_cannot_be_is_refused_beside_the_field(client, fields, sentence):
    cast, call = complete_draft()
    log_in(client, cast.coordinators[0])
    answer = client.post(reverse("calls:timetable", args=[call.slug]), timetable(**fields))
    assert sentence in answer.content.decode()
    assert all(typed in answer.content.decode() for typed in fields.values())


def test_an_empty_draft_says_what_is_missing_step_by_step():
    call = draft_of(cast_of_all().coordinators[0], purpose=in_three(""))
    missing = {step.name: step.problems for step in steps(call)}
    assert missing == {
        "edit": ["“purpose” is not written yet in: English, Français, العربية."],
        "timetable": [],
        "money": [],
        "quotas": ["No country has a voucher."],
        "rules": ["No rule says who is eligible."],
        "criteria": ["The weights of the criteria add up to 0, not to 100."],
        "declaration": ["The declaration on honour has no clause."],
        "themes": [],
        "plans": [],
        "purchases": [],
        "form": ["The application form has no question."],
    }


def test_a_complete_draft_opens_from_its_page(client):
    cast, call = complete_draft()
    assert problems_before_opening(call) == []
    log_in(client, cast.coordinators[0])
    page = client.get(reverse("calls:build", args=[call.slug])).content.decode()
    assert "Everything is there." in page
    client.post(reverse("calls:open", args=[call.slug]))
    call.refresh_from_db()
    assert call.state == Call.State.OPEN


def test_a_missing_translation_keeps_the_call_from_opening():
    cast, call = complete_draft()
    coordinator = cast.coordinators[0]
    add_question(call.sections.get(), text="Only English", kind="date", by=coordinator)
    with pytest.raises(Refused, match="“Only English” is not written yet in: Français, العربية"):
        actions.open_call(call, by=coordinator)


def criterion_rows(*weights, standing=(), ties=None):
    rows = {"form-TOTAL_FORMS": len(weights), "form-INITIAL_FORMS": len(standing)}
    for at, weight in enumerate(weights):
        rows |= typed(f"form-{at}-name", f"Criterion {at}")
        rows |= {
            f"form-{at}-weight": weight,
            f"form-{at}-threshold": 50,
            f"form-{at}-tie_break_position": (ties or range(1, 99))[at],
            f"form-{at}-standing": standing[at] if at < len(standing) else "",
        }
    return rows | {
        "score_min": 1,
        "score_max": 5,
        "score_step": "0.5",
        "total_threshold": 60,
        "assessors_required": 2,
        "discrepancy_limit": 30,
    }


def test_bad_weights_are_saved_and_named(client):
    cast, call = complete_draft()
    log_in(client, cast.coordinators[0])
    address = reverse("calls:criteria", args=[call.slug])
    client.post(address, criterion_rows("60", "30"))
    assert "The weights of the criteria add up to 90, not to 100." in problems_before_opening(
        Call.objects.get(pk=call.pk)
    )
    page = client.post(address, criterion_rows("60", "140")).content.decode()
    assert "less than or equal to 100" in page
    page = client.post(address, criterion_rows("60", "40", ties=[1, 1])).content.decode()
    assert "Give each criterion its own place for breaking ties." in page
    assert call.criteria.count() == 2


def test_anchors_are_one_line_for_each_whole_score(client):
    cast, call = complete_draft()
    log_in(client, cast.coordinators[0])
    address = reverse("calls:criteria", args=[call.slug])
    rows = criterion_rows("60", "40") | {"score_max": 4}
    sentence = "Say what each whole score from 1 to 4 means, in 4 lines a language."
    for number in range(3):
        rows[f"form-0-anchors_{number}"] = "Poor\n\nFair\nGood"
    page = client.post(address, rows).content.decode()
    assert page.count(sentence) == 1
    assert "Poor\n\nFair\nGood" in page
    assert not call.criteria.filter(position=2).exists()
    for number in range(3):
        rows[f"form-0-anchors_{number}"] = "Poor\n\nFair\nGood\nBest <of all>"
    client.post(address, rows)
    call = Call.objects.get(pk=call.pk)
    assert anchors_of(call.criteria.first()) == [
        (1, "Poor"),
        (2, "Fair"),
        (3, "Good"),
        (4, "Best <of all>"),
    ]
    shown = client.get(call.get_absolute_url()).content.decode()
    assert "Best &lt;of all&gt;" in shown
    # The scale may change afterwards: then the checklist tells.
    call.score_max = 5
    call.save()
    assert f"Criterion 0: {sentence.replace('4', '5')}" in problems_before_opening(call)


def test_anchors_that_lack_a_language_keep_the_call_from_opening():
    _cast, call = complete_draft()
    criterion = call.criteria.get()
    criterion.anchors = LazyI18nString({"en": "1\n2\n3\n4\n5", "fr": "1\n2\n3\n4\n5"})
    criterion.save()
    problem = f"“What the scores of “{criterion}” mean” is not written yet in: العربية."
    assert problems_before_opening(Call.objects.get(pk=call.pk)) == [problem]


def test_questions_stay_tied_to_a_criterion_that_changes(client):
    cast, call = complete_draft()
    log_in(client, cast.coordinators[0])
    standing = call.criteria.get().pk
    client.post(
        reverse("calls:criteria", args=[call.slug]),
        criterion_rows("60", "40", standing=[standing]),
    )
    assert str(call.questions.get(key="to-which-markets").criterion) == "Criterion 0"


def test_rules_are_ordered_by_their_numbers_and_dated_where_needed(client):
    cast, call = complete_draft()
    log_in(client, cast.coordinators[0])
    address = reverse("calls:rules", args=[call.slug])
    rows = {
        "form-TOTAL_FORMS": 2,
        "form-INITIAL_FORMS": 0,
        "form-0-kind": "by_hand",
        **typed("form-0-text", "Second"),
        "form-0-ORDER": 2,
        "form-1-kind": "established_before",
        **typed("form-1-text", "First"),
        "form-1-ORDER": 1,
    }
    page = client.post(address, rows).content.decode()
    assert "Say before which year the cluster must be established." in page
    client.post(address, rows | {"form-1-year": 2024})
    assert [(str(rule), rule.year) for rule in call.eligibility_rules.all()] == [
        ("First", 2024),
        ("Second", None),
    ]
