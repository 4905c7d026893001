"""What the page of an application shows of its decision: what the letter states, once published."""

import pytest
from django.urls import reverse

from demonstration.clock import noon, on
from demonstration.signing import signed
from documents import wording
from tests.awards.deciding import proposed, published
from tests.people import log_in, person
from vouchers.applications.steps import YOU, application_step
from vouchers.awards import actions
from vouchers.awards.queries.letters import letter_on_decision

pytestmark = pytest.mark.django_db


def page_of(client, user, application):
    answer = log_in(client, user).get(reverse("applications:detail", args=[application.pk]))
    return answer.content.decode()


def test_a_cluster_reads_scores_reasons_and_released_comments_from_the_publication_on(client):
    story, proposal, (_first, _second, refused) = proposed()
    decision = proposal.decisions.get(application=refused)
    held_back = decision.comments.filter(kind="strength").first()
    decision.comments.filter(pk=held_back.pk).update(released=False)
    released = decision.comments.filter(kind="weakness", released=True).first()
    approved, told = noon(-15), noon(-14)
    with on(approved):
        actions.approve_selection(proposal, by=story.cast.coordinators[1], publish_at=told)
    assert 'id="result"' not in page_of(client, refused.submitted_by, refused)
    with on(told):
        assert actions.publish_due_selections() == 1
    page = page_of(client, refused.submitted_by, refused)
    _before, _heading, panel = page.partition('id="result"')
    panel, _end, _after = panel.partition("</section>")
    assert "40.00" in panel
    assert "The total is 40.00 points; at least 60 are required." in panel
    assert released.text in panel
    assert (
        panel.count(held_back.text)
        == decision.comments.filter(text=held_back.text, released=True).count()
    )
    for assessor in story.cast.assessors:
        assert assessor.full_name not in page


@pytest.mark.parametrize(("place", "kind"), [(0, "award"), (1, "reserve"), (2, "refusal")])
def test_every_outcome_shows_its_letter_in_the_language_of_the_page(place, kind):
    _story, _proposal, sent = published()
    for language in ("en", "fr", "ar"):
        letter = letter_on_decision(sent[place], language)
        assert (letter.kind, letter.language) == (kind, language)


def test_an_undecided_application_asks_nothing(django_assert_num_queries):
    _story, _proposal, sent = proposed()
    with django_assert_num_queries(0):
        assert letter_on_decision(sent[0], "en") is None


def test_a_selected_cluster_is_told_to_answer_by_when_and_others_that_it_is_awaited():
    story, _proposal, (selected, *_others) = published()
    day = wording.day(selected.award.accept_by)
    step = application_step(selected, selected.submitted_by)
    assert (step.whose, step.url) == (YOU, selected.award.get_absolute_url())
    assert step.text.endswith(f"accept the voucher by {day}.")
    seen = application_step(selected, story.cast.coordinators[0])
    assert (seen.whose, seen.text) == (
        "the cluster",
        f"A manager of the cluster accepts the award by {day}.",
    )


def test_an_award_that_was_answered_or_lapsed_says_so_on_both_pages(client):
    _story, _proposal, (selected, *_others) = published()
    manager, award = selected.submitted_by, selected.award
    with on(noon(-14)):
        actions.decline_award(award, reason="No time this year.", by=manager)
    told = "The cluster declined the award."
    assert told in page_of(client, manager, selected)
    assert told in client.get(award.get_absolute_url()).content.decode()


def test_an_accepted_award_leads_to_its_voucher():
    _story, _proposal, (selected, *_others) = published()
    with on(noon(-14)):
        voucher = actions.accept_award(
            selected.award,
            signing=signed(selected.award, selected.submitted_by),
            by=selected.submitted_by,
        )
    assert application_step(selected, selected.submitted_by).url == voucher.get_absolute_url()


def test_declining_says_beside_the_reason_what_follows(client):
    _story, _proposal, (selected, *_others) = published()
    log_in(client, selected.submitted_by)
    page = client.get(reverse("awards:decline", args=[selected.award.pk])).content.decode()
    assert "this cannot be undone" in page


def test_somebody_else_does_not_come_so_far(client):
    _story, _proposal, sent = published()
    address = reverse("applications:detail", args=[sent[2].pk])
    assert log_in(client, person()).get(address).status_code == 404
