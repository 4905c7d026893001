"""A selection of thousands is proposed by a worker, with the same rules and nothing typed lost."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.urls import reverse

from conduct.actions import Refused
from demonstration.clock import noon, on
from tests.awards.deciding import THREE
from tests.making import LB, LB_SECOND, LB_THIRD, closed_story
from tests.people import log_in
from vouchers.awards import actions
from vouchers.awards.models import SelectionRound
from vouchers.awards.proposals.actions.asking import ask_for_proposal
from vouchers.awards.proposals.actions.writing import PROPOSALS
from vouchers.awards.proposals.models import Proposal
from vouchers.awards.queries import selection
from vouchers.scoring.ranking.actions import close_scoring, store_ranking

# The worker tells its progress beside its transaction, on a connection of its own.
pytestmark = pytest.mark.django_db(transaction=True)
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


@pytest.fixture
def large(client, monkeypatch):
    """A call that counts as large, after its scoring; its proposer is logged in."""
    monkeypatch.setattr(selection, "DECIDED_AT_ONCE", 2)
    story, sent = closed_story(LB, LB_SECOND, LB_THIRD, quotas={"LB": 1}, scores=THREE)
    with on(noon(-16)):
        close_scoring(story.call, by=story.cast.coordinators[0])
    store_ranking(story.call)
    log_in(client, story.cast.coordinators[0])
    return story, sent


def asked(client, call, sent, outcomes=("award", "reserve", "refuse"), reasons=("", "", "")):
    """What the page of a proposal answers, and what came of it by then."""
    typed = {
        "participants": "Maya <Khoury>",
        "remarks": "We met in Tyre.",
        "form-TOTAL_FORMS": "0",
        "form-INITIAL_FORMS": "0",
    }
    for application, outcome, reason in zip(sent, outcomes, reasons, strict=True):
        typed[f"outcome_{application.pk}"] = outcome
        typed[f"reason_{application.pk}"] = reason
    answer = client.post(reverse("awards:propose", args=[call.slug]), typed)
    return answer, Proposal.objects.get()


def test_a_worker_writes_it_and_its_page_leads_to_it(client, large):
    story, sent = large
    reasons = ("", "", "Its annex was overlooked.")
    answer, proposal = asked(client, story.call, sent, ("award", "reserve", "reserve"), reasons)
    assert answer.url == proposal.get_absolute_url()
    assert not SelectionRound.objects.exists()
    page = client.get(answer.url).content.decode()
    assert "The decisions are being written." in page
    assert "<progress" in page
    # Nobody proposes a second time meanwhile.
    again = client.get(reverse("awards:propose", args=[story.call.slug]))
    assert again.url == answer.url

    assert PROPOSALS.conduct(proposal.pk)
    written = SelectionRound.objects.get()
    assert written.proposed_by == story.cast.coordinators[0]
    assert (written.participants, written.remarks) == ("Maya <Khoury>", "We met in Tyre.")
    decided = {one.application_id: one for one in written.decisions.all()}
    assert [decided[one.pk].outcome for one in sent] == ["award", "reserve", "reserve"]
    assert decided[sent[2].pk].departure_reason == "Its annex was overlooked."
    event = type(written).pgh_event_models["insert"].objects.get()
    assert event.pgh_context.metadata["user"] == written.proposed_by.pk
    assert written.get_absolute_url() in client.get(answer.url).content.decode()
    proposal.refresh_from_db()
    assert (proposal.done, proposal.state) == (proposal.total, "ready")
    assert proposal.total == 3
    assert not PROPOSALS.conduct(proposal.pk)


def test_what_is_refused_meanwhile_is_told_and_fills_the_form_again(client, large):
    story, sent = large
    reasons = ("", "It is as good.", "")
    _answer, proposal = asked(client, story.call, sent, ("award", "award", "refuse"), reasons)
    assert PROPOSALS.conduct(proposal.pk)
    assert not SelectionRound.objects.exists()
    page = client.get(proposal.get_absolute_url()).content.decode()
    assert "has 1 vouchers: you propose 2 awards." in page
    typed = {name: unescape(text) for name, text in HIDDEN.findall(page)}
    assert typed["participants"] == "Maya <Khoury>"
    address = reverse("awards:propose", args=[story.call.slug])
    form = client.post(address, {**typed, "typed_again": "1"})
    html = form.content.decode()
    assert "Maya &lt;Khoury&gt;" in html
    assert 'value="It is as good."' in html
    assert Proposal.objects.count() == 1
    # Corrected, it is asked for anew.
    client.post(address, {**typed, f"outcome_{sent[1].pk}": "reserve"})
    second = Proposal.objects.get(state="pending")
    assert PROPOSALS.conduct(second.pk)
    assert SelectionRound.objects.get().proposal == second


def test_who_lost_the_role_meanwhile_proposes_nothing(client, large):
    story, sent = large
    _answer, proposal = asked(client, story.call, sent)
    story.cast.coordinators[0].role_grants.update(revoked_at=noon(0))
    assert PROPOSALS.conduct(proposal.pk)
    proposal.refresh_from_db()
    assert proposal.refusal
    assert not SelectionRound.objects.exists()


def test_a_worker_that_died_once_it_had_proposed_proposes_nothing_else(client, large):
    story, sent = large
    _answer, proposal = asked(client, story.call, sent)
    written = actions.propose_selection(
        story.call, {}, participants="Maya", by=story.cast.coordinators[0]
    )
    assert PROPOSALS.conduct(proposal.pk)
    proposal.refresh_from_db()
    assert proposal.selection_round == written
    assert SelectionRound.objects.count() == 1


def test_two_proposals_of_a_call_are_not_asked_for_at_once(large):
    story, _sent = large
    by = story.cast.coordinators[0]
    ask_for_proposal(story.call, {}, participants="Maya", by=by)
    with pytest.raises(Refused, match="is being proposed already"):
        ask_for_proposal(story.call, {}, participants="Maya", by=by)


def test_nobody_outside_the_selection_sees_it(client, large):
    story, sent = large
    _answer, proposal = asked(client, story.call, sent)
    log_in(client, story.cast.officer("LB"))
    assert client.get(proposal.get_absolute_url()).status_code == 404


def test_published_at_once_it_is_left_to_the_worker_of_the_clock(client, large):
    story, sent = large
    _answer, proposal = asked(client, story.call, sent)
    assert PROPOSALS.conduct(proposal.pk)
    written = SelectionRound.objects.get()
    log_in(client, story.cast.coordinators[1])
    client.post(f"{written.get_absolute_url()}approve/")
    written.refresh_from_db()
    assert written.state == "approved"
    page = client.get(written.get_absolute_url()).content.decode()
    assert "Publication is overdue" not in page
    assert actions.publish_due_selections() == 1
    written.refresh_from_db()
    assert written.is_published
    assert [one.state for one in story.call.applications.order_by("pk")] == [
        "selected", "reserve", "refused",
    ]  # fmt: skip
