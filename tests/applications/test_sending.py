"""Sending an application: what is missing, what is signed, and that it is sent once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.test import Client
from django.urls import reverse

from clusters.models import Cluster, Representative
from conduct.actions import NotAllowed, Refused
from demonstration.clock import on
from documents.models import Document
from notices.models import Notice
from tests.applications.submitting import draft, review, sent, signed, state, story, submit
from tests.calls.drafts import draft_of
from tests.making import LB, LB_SECOND, fill_in, open_story
from tests.people import log_in, person
from vouchers.applications import actions
from vouchers.applications.actions.declarations import declaration_sha256
from vouchers.applications.models import Application, SignedDeclaration
from vouchers.applications.queries import missing_in_profile
from vouchers.calls.models import Call

__all__ = ["draft", "sent", "story"]

pytestmark = pytest.mark.django_db


JSON = {"accept": "application/json"}


@pytest.fixture
def manager(client, draft):
    return log_in(client, draft.started_by)


def test_each_gap_leads_to_its_question(client, story):
    draft = story.apply(LB, send=False)
    html = log_in(client, draft.started_by).get(review(draft)).content.decode()
    for key, place in (("growth", 2), ("budget", 3), ("documents", 4)):
        question = draft.call.questions.get(key=key)
        section = reverse("applications:section", args=[draft.pk, place])
        assert f'href="{section}#question-{question.pk}"' in html
    optional = draft.call.questions.get(key="track-record")
    assert f"#question-{optional.pk}" not in html
    assert "data-send" not in html


def test_gaps_of_the_profile_lead_to_it(manager, draft):
    Cluster.objects.filter(pk=draft.cluster_id).update(registration_number="")
    html = manager.get(review(draft)).content.decode()
    assert reverse("clusters:edit", args=[draft.cluster.slug]) in html
    assert "Registration number" in html
    assert "data-send" not in html


def test_the_year_of_foundation_is_asked_for_only_where_a_rule_rests_on_it(story, draft):
    Cluster.objects.filter(pk=draft.cluster_id).update(established=None, established_on=None)
    draft = Application.objects.get(pk=draft.pk)
    assert missing_in_profile(draft) == []
    draft.call = draft_of(story.cast.coordinators[0], programme_code="EST")
    draft.call.eligibility_rules.create(position=99, kind="established_before", year=2020)
    assert [label for label, _where in missing_in_profile(draft)] == ["year of establishment"]


def test_a_table_that_exceeds_the_voucher_is_named_and_kept(manager, draft):
    question = draft.call.questions.get(key="budget")
    answer = draft.answers.get(question=question)
    rows = [{"activity": "Plan", "days": "9", "amount": "5000.01"}]
    actions.save_answers(
        draft, {question.pk: rows}, seen={question.pk: answer.version}, by=draft.started_by
    )
    html = manager.post(submit(draft), signed(draft.call)).content.decode()
    assert "The lines add up to 5,000.01 EUR" in html
    assert state(draft) == "draft"
    answer.refresh_from_db()
    assert answer.rows == rows


def test_an_editor_sees_that_a_manager_sends(client, draft):
    editor = person("editor@example.org")
    Representative.objects.create(cluster=draft.cluster, user=editor, level="editor")
    html = log_in(client, editor).get(review(draft)).content.decode()
    assert "A manager of the cluster can send it." in html
    assert client.post(submit(draft), signed(draft.call)).status_code == 403
    assert state(draft) == "draft"


def test_what_is_signed_is_kept_word_by_word(manager, draft):
    manager.post(submit(draft), signed(draft.call), follow=True)
    declaration = SignedDeclaration.objects.get(application=draft)
    clauses = draft.call.declaration_clauses.all()
    assert declaration.clauses == [clause.text.localize("en") for clause in clauses]
    assert (declaration.signatory_name, declaration.signatory_function, declaration.language) == (
        "Dalia Harb",
        "President",
        "en",
    )
    assert declaration.sha256 == declaration_sha256(declaration)
    assert len(declaration.sha256) == 64
    page = manager.get(draft.get_absolute_url()).content.decode()
    assert declaration.sha256 in page
    with pytest.raises(DatabaseError), transaction.atomic():
        SignedDeclaration.objects.update(signatory_name="Somebody else")


def test_it_is_signed_in_the_language_of_the_reader(manager, draft):
    manager.post(reverse("set_language"), {"language": "fr"})
    manager.post(submit(draft), signed(draft.call))
    declaration = SignedDeclaration.objects.get(application=draft)
    assert declaration.language == "fr"
    assert declaration.clauses[0].startswith("Le candidat")


@pytest.mark.parametrize("left_out", ["clause", "signatory_name", "signatory_function"])
def test_nothing_is_sent_with_a_statement_or_a_name_missing(manager, draft, left_out):
    typed = signed(draft.call)
    name = next(name for name in typed if name.startswith(left_out))
    del typed[name]
    html = manager.post(submit(draft), typed).content.decode()
    assert "Not sent yet" in html
    assert f'name="{name}"' in html
    assert html.count(" checked") == len([key for key in typed if key.startswith("clause")])
    assert state(draft) == "draft"
    assert not SignedDeclaration.objects.exists()


def test_a_call_that_changed_meanwhile_is_read_again(manager, draft):
    typed = signed(draft.call)
    Call.objects.filter(pk=draft.call_id).update(version=2)
    html = manager.post(submit(draft), typed).content.decode()
    assert "The call has changed since you opened this page" in html
    assert state(draft) == "draft"
    assert 'name="version" value="2"' in html


def test_a_declaration_ends_with_the_version_that_it_was_signed_for(client, story, sent):
    Call.objects.filter(pk=story.call.pk).update(version=2)
    declaration = SignedDeclaration.objects.get(application=sent)
    assert not declaration.holds
    html = log_in(client, sent.submitted_by).get(sent.get_absolute_url()).content.decode()
    assert "The call has changed since this was signed." in html
    story.call.refresh_from_db()
    again = actions.affirm_declaration(
        Application.objects.get(pk=sent.pk), story.signing(LB), by=sent.submitted_by
    )
    assert again.holds
    assert SignedDeclaration.objects.filter(application=sent).count() == 2


def test_only_a_manager_signs(story, sent):
    editor = person("editor@example.org")
    Representative.objects.create(cluster=sent.cluster, user=editor, level="editor")
    with pytest.raises(NotAllowed):
        actions.affirm_declaration(sent, story.signing(LB), by=editor)


def test_without_a_declaration_an_application_with_clauses_is_not_sent(draft):
    with pytest.raises(Refused, match="sign the declaration"):
        actions.submit_application(draft, by=draft.started_by)


def test_a_second_press_leads_to_the_same_receipt(manager, draft):
    typed = signed(draft.call)
    first = manager.post(submit(draft), typed)
    second = manager.post(submit(draft), typed, follow=True)
    assert first["Location"] == draft.get_absolute_url()
    assert second.redirect_chain == [(draft.get_absolute_url(), 302)]
    reference = Application.objects.get(pk=draft.pk).reference
    assert f"Its reference is {reference}." in second.content.decode()
    assert SignedDeclaration.objects.filter(application=draft).count() == 1
    assert Document.objects.filter(kind="acknowledgement").count() == 3
    assert Notice.objects.filter(kind="application-received").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_the_same_instant_send_once():
    story = open_story()
    draft = story.apply(LB, send=False)
    fill_in(story, draft)
    typed = signed(draft.call)

    def press(_number):
        try:
            answer = log_in(Client(headers=JSON), draft.started_by).post(submit(draft), typed)
            return answer.status_code, answer.json()
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as presses:
        answers = list(presses.map(press, range(4)))
    assert answers == [(200, {"sent": True, "url": draft.get_absolute_url()})] * 4
    assert SignedDeclaration.objects.filter(application=draft).count() == 1
    assert Document.objects.filter(kind="acknowledgement").count() == 3
    assert Document.objects.filter(kind="application-copy").count() == 1
    other = story.apply(LB_SECOND)
    assert other.reference.endswith("LB-0002")


def test_one_second_late_is_refused_and_everything_stays(manager, draft):
    typed = signed(draft.call, signatory_name="Dalia El Harb")
    before = list(draft.answers.order_by("pk").values_list("text", "rows", "version"))
    with on(draft.call.deadline + timedelta(seconds=1)):
        html = log_in(manager, draft.started_by).post(submit(draft), typed).content.decode()
    assert "The deadline passed on" in html
    assert "12:00 UTC" in html
    assert "Beirut time" in html
    assert "Your draft stays as it is" in html
    assert state(draft) == "draft"
    assert list(draft.answers.order_by("pk").values_list("text", "rows", "version")) == before
    assert not SignedDeclaration.objects.exists()


def test_a_script_is_told_where_it_stands(manager, draft):
    typed = signed(draft.call)
    waiting = manager.get(submit(draft), headers=JSON).json()
    assert waiting == {"sent": False, "url": draft.get_absolute_url()}
    refused = manager.post(submit(draft), {**typed, "signatory_name": ""}, headers=JSON)
    assert refused.status_code == 422
    assert "Not sent yet" in refused.content.decode()
    arrived = manager.post(submit(draft), typed, headers=JSON).json()
    assert arrived == {"sent": True, "url": draft.get_absolute_url()}
    assert manager.get(submit(draft), headers=JSON).json() == arrived


def test_the_addresses_of_sending_lead_to_what_was_sent(client, sent):
    log_in(client, sent.submitted_by)
    for address in (submit(sent), review(sent)):
        assert client.get(address)["Location"] == sent.get_absolute_url()


def test_a_stranger_sends_nothing(client, draft):
    assert log_in(client, person()).post(submit(draft), signed(draft.call)).status_code == 404
    assert state(draft) == "draft"
