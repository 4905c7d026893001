"""Saving while typing: two windows, two people, no session, and what is not saved."""

import pytest
from django.urls import reverse

from accounts.models import User
from clusters.models import Representative
from conduct.actions import Refused
from demonstration.clock import on
from tests.applications.drafting import draft, field, item, question, save, writer
from tests.people import log_in, person
from vouchers.applications import actions
from vouchers.applications.models import Answer

__all__ = ["draft", "writer"]

pytestmark = pytest.mark.django_db


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
