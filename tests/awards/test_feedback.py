"""What a cluster reads of its assessment: released comments and reasons, until the publication."""

from datetime import datetime, time

import pytest
from django.db import IntegrityError, InternalError, transaction
from django.urls import reverse
from i18nfield.strings import LazyI18nString

from conduct.actions import OutOfOrder, Refused, TooLate
from documents.models import Document
from tests.awards.deciding import proposed, published
from tests.people import log_in
from vouchers.awards import actions
from vouchers.awards.actions import FeedbackInput
from vouchers.awards.models import Comment, Feedback
from vouchers.awards.queries.feedback import draft_of_reasons
from vouchers.awards.rules.naming import Names

pytestmark = pytest.mark.django_db


def refused():
    story, proposal, sent = proposed()
    return story, proposal.decisions.get(application=sent[2])


def reasons(text):
    return LazyI18nString({"en": text, "fr": "", "ar": ""})


def letter(decision, language="en"):
    return Document.objects.get(kind="refusal", language=language, object_id=str(decision.pk)).facts


def test_the_draft_names_each_missed_threshold_with_the_released_weaknesses():
    story, decision = refused()
    draft = draft_of_reasons(decision)
    criterion = story.call.criteria.first()
    assert draft.startswith(
        f"{criterion.name}: the mean score is 2.00; at least 2.50 is required.\n"
    )
    weakness = decision.comments.filter(kind="weakness", criterion=criterion).first()
    assert weakness.text in draft
    assert "The total is 40.00 points; at least 60 are required." in draft
    Comment.objects.filter(pk__in=decision.comments.filter(kind="weakness")).update(released=False)
    assert weakness.text not in draft_of_reasons(decision)


def test_a_letter_states_the_released_comments_and_the_reasons_that_were_written():
    story, decision = refused()
    keep = decision.comments.filter(kind="weakness").first()
    actions.save_feedback(
        decision,
        FeedbackInput({keep.pk}, reasons("Your plan lacks a budget.")),
        by=story.cast.coordinators[0],
    )
    actions.approve_selection(decision.selection_round, by=story.cast.coordinators[1])
    facts = letter(decision)
    told = [text for score in facts["scores"] for text in score["strengths"] + score["weaknesses"]]
    assert told == [keep.text]
    assert facts["reasons"] == "Your plan lacks a budget."
    assert datetime.fromisoformat(facts["review_until"]).time() == time(23, 59, 59)
    # Where only one language was written, the others state it too, rather than nothing.
    assert letter(decision, "fr")["reasons"] == "Your plan lacks a budget."


def test_untouched_feedback_states_the_draft():
    story, decision = refused()
    actions.approve_selection(decision.selection_round, by=story.cast.coordinators[1])
    assert letter(decision)["reasons"] == draft_of_reasons(decision)


def test_a_draft_that_nobody_changed_follows_what_is_released(client):
    story, decision = refused()
    address = reverse("awards:feedback", args=[decision.pk])
    page = log_in(client, story.cast.coordinators[0]).get(address)
    shown = page.context["form"].initial["reasons"].data
    held_back, *others = decision.comments.filter(kind="weakness")
    assert held_back.text in shown["en"]
    Comment.objects.filter(pk=held_back.pk).update(released=True)
    answer = client.post(
        address,
        {
            "released": [comment.pk for comment in others],
            "version": 0,
            # As a browser sends the text of a page.
            **{
                f"reasons_{at}": shown[language].replace("\n", "\r\n")
                for at, language in enumerate(("en", "fr", "ar"))
            },
        },
    )
    assert answer.status_code == 302
    feedback = Feedback.objects.get(decision=decision)
    assert str(feedback.reasons) == ""
    assert feedback.version == 1


@pytest.mark.parametrize("whose", ["assessor", "other applicant", "other reference"])
def test_reasons_that_name_somebody_are_refused_and_stay_in_the_form(client, whose):
    story, decision = refused()
    other = decision.selection_round.decisions.exclude(pk=decision.pk).first().application
    name = {
        "assessor": story.cast.assessors[0].full_name,
        "other applicant": other.cluster.name,
        "other reference": other.reference,
    }[whose]
    log_in(client, story.cast.coordinators[0])
    typed = f"{name.upper()} was better than you."
    answer = client.post(
        reverse("awards:feedback", args=[decision.pk]),
        {"version": 0, "released": [], "reasons_0": typed, "reasons_1": "", "reasons_2": ""},
    )
    page = answer.content.decode()
    assert "names no assessor and no other applicant" in page
    assert typed in page
    assert Feedback.objects.get(decision=decision).version == 0


def test_a_comment_that_names_somebody_is_held_back_and_cannot_be_released():
    story, decision = refused()
    other = decision.selection_round.decisions.exclude(pk=decision.pk).first().application
    comment = Comment.objects.create(
        decision=decision,
        criterion=story.call.criteria.first(),
        kind="weakness",
        source="assessor",
        number=9,
        text=f"Weaker than {other.cluster.name}.",
    )
    with pytest.raises(Refused, match="names no assessor"):
        actions.save_feedback(
            decision, FeedbackInput({comment.pk}, None), by=story.cast.coordinators[0]
        )
    assert Names(["Said"]).found_in("the saider Said") == ["Said"]
    assert Names(["Said"]).found_in("besaid") == []


def test_two_coordinators_do_not_overwrite_each_other(client):
    story, decision = refused()
    one, other = story.cast.coordinators
    actions.save_feedback(decision, FeedbackInput(set(), reasons("First.")), seen=0, by=one)
    with pytest.raises(OutOfOrder, match="wrote here meanwhile"):
        actions.save_feedback(decision, FeedbackInput(set(), reasons("Second.")), seen=0, by=other)
    log_in(client, other)
    page = client.post(
        reverse("awards:feedback", args=[decision.pk]),
        {"version": 0, "reasons_0": "Second.", "reasons_1": "", "reasons_2": ""},
    ).content.decode()
    assert "Second." in page
    assert "First." in page
    assert 'name="version" value="1"' in page


def test_feedback_is_fixed_at_publication_and_by_the_database(client):
    story, proposal, sent = published()
    decision = proposal.decisions.get(application=sent[2])
    with pytest.raises(TooLate, match="is published"):
        actions.save_feedback(decision, FeedbackInput(set(), None), by=story.cast.coordinators[0])
    with pytest.raises(IntegrityError, match="is fixed"), transaction.atomic():
        Feedback.objects.filter(decision=decision).update(version=7)
    with pytest.raises(IntegrityError, match="is fixed"), transaction.atomic():
        decision.comments.update(released=False)
    log_in(client, story.cast.coordinators[0])
    page = client.get(reverse("awards:feedback", args=[decision.pk])).content.decode()
    assert "this is what the letter states" in page
    assert ">Save</button>" not in page


def test_a_comment_stays_as_it_was_written():
    _story, decision = refused()
    with pytest.raises(InternalError, match="Cannot update"), transaction.atomic():
        decision.comments.update(text="Nicer.")


def test_the_page_shows_every_comment_and_leads_to_the_next(client):
    story, decision = refused()
    log_in(client, story.cast.coordinators[0])
    address = reverse("awards:feedback", args=[decision.pk])
    page = client.get(address).content.decode()
    assert page.count('name="released"') == decision.comments.count() > 0
    assert not any(assessor.full_name in page for assessor in story.cast.assessors)
    answer = client.post(
        address, {"version": 0, "reasons_0": "R.", "reasons_1": "", "reasons_2": "", "next": "1"}
    )
    # The last decision of the round leads back to the round.
    assert answer["Location"] == decision.selection_round.get_absolute_url()
    assert not decision.comments.filter(released=True).exists()
