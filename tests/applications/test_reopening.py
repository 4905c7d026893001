"""An application that was sent, re-opened before the deadline and sent again."""

from __future__ import annotations

import pytest
from django.urls import reverse

from clusters.models import Representative
from conduct.actions import OutOfOrder, TooLate
from demonstration.clock import on
from documents.models import Document
from notices.models import Notice
from tests.applications.submitting import draft, review, sent, signed, state, story, submit
from tests.making import LB, LB_SECOND
from tests.people import log_in, person
from vouchers.applications import actions
from vouchers.applications.models import Answer, Application, SignedDeclaration
from vouchers.eligibility.actions import save_check_draft

__all__ = ["draft", "sent", "story"]

pytestmark = pytest.mark.django_db


def reopen(application, **changes):
    return actions.reopen_application(
        Application.objects.get(pk=application.pk),
        by=application.submitted_by,
        reason="One figure is wrong.",
        **changes,
    )


def test_what_was_sent_is_reopened_changed_and_sent_again(client, story, sent):
    log_in(client, sent.submitted_by)
    address = reverse("applications:reopen", args=[sent.pk])
    assert address in client.get(sent.get_absolute_url()).content.decode()
    page = client.post(address, {"reason": "One figure is wrong."}, follow=True)
    assert "It takes part only if you send it once more." in page.content.decode()
    draft = Application.objects.get(pk=sent.pk)
    assert (draft.state, draft.reference, draft.submitted_at) == ("draft", sent.reference, None)
    assert "You re-opened application" in client.get(review(draft)).content.decode()
    mission = draft.answers.get(question__key="mission")
    actions.save_answers(
        draft,
        {mission.question_id: "Another mission."},
        seen={mission.question_id: mission.version},
        by=sent.submitted_by,
    )
    client.post(submit(draft), signed(draft.call))
    again = Application.objects.get(pk=sent.pk)
    assert (again.state, again.reference) == ("submitted", sent.reference)
    assert SignedDeclaration.objects.filter(application=sent).count() == 2
    assert story.apply(LB_SECOND).reference.endswith("LB-0002")


def test_the_partner_is_told_and_no_longer_sees_it(client, story, sent):
    officer = story.cast.officer("LB")
    assert log_in(client, officer).get(sent.get_absolute_url()).status_code == 200
    reopen(sent)
    assert client.get(sent.get_absolute_url()).status_code == 404
    told = Notice.objects.get(kind="application-reopened")
    assert told.recipient == officer
    assert told.facts["reason"] == "One figure is wrong."
    warned = Notice.objects.get(kind="application-to-send-again")
    assert warned.recipient == sent.submitted_by


def test_receipts_are_withdrawn_and_issued_anew(story, sent):
    reopen(sent)
    receipts = Document.objects.filter(kind__in=["acknowledgement", "application-copy"])
    assert set(receipts.values_list("validity", flat=True)) == {"withdrawn"}
    assert receipts.count() == 4
    draft = Application.objects.get(pk=sent.pk)
    actions.submit_application(draft, signing=story.signing(LB), by=sent.submitted_by)
    assert receipts.filter(validity="current").count() == 4
    assert receipts.filter(validity="withdrawn").count() == 4


def test_not_once_the_partner_has_begun_to_check(client, story, sent):
    save_check_draft(sent, {"result_1": "met"}, by=story.cast.officer("LB"))
    with pytest.raises(OutOfOrder, match="has begun to check"):
        reopen(sent)
    page = log_in(client, sent.submitted_by).get(sent.get_absolute_url()).content.decode()
    assert reverse("applications:reopen", args=[sent.pk]) not in page


def test_not_after_the_deadline(story, sent):
    with on(story.call.deadline), pytest.raises(TooLate):
        reopen(sent)
    assert state(sent) == "submitted"


def test_only_a_manager_reopens(client, sent):
    editor = person("editor@example.org")
    Representative.objects.create(cluster=sent.cluster, user=editor, level="editor")
    address = reverse("applications:reopen", args=[sent.pk])
    assert log_in(client, editor).post(address, {"reason": "x"}).status_code == 403
    assert state(sent) == "submitted"


def test_a_draft_that_was_reopened_may_be_withdrawn(client, story, sent):
    reopen(sent)
    draft = Application.objects.get(pk=sent.pk)
    address = reverse("applications:withdraw", args=[sent.pk])
    log_in(client, sent.submitted_by).post(address, {"reason": "Next year."})
    assert state(draft) == "withdrawn"
    assert Notice.objects.filter(kind="application-withdrawn").count() == 1
    assert Answer.objects.filter(application=draft).count() > 5
