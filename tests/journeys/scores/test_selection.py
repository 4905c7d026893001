"""From the proposal to the outcome of a review without JavaScript, as coordinators and clusters.

With it, the same is part of the whole decision in test_deciding.
"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from demonstration.clock import on
from tests.awards.deciding import proposed
from tests.people import person
from vouchers.awards.actions import publish_due_selections
from vouchers.awards.dossiers.actions.building import make_dossier
from vouchers.awards.dossiers.models import Dossier
from vouchers.awards.models import Appeal

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.browser,
]
TYPED = "%Y-%m-%dT%H:%M"


def test_a_selection_is_published_reviewed_and_packed_without_javascript(visitor):
    story, proposal, (_first, _second, third) = proposed()
    judge = person(role="coordinator", name="Judge")
    User.objects.update(language="en")
    one, other, third_one = (
        visitor(someone, javascript=False) for someone in (*story.cast.coordinators, judge)
    )
    cluster = visitor(third.submitted_by, javascript=False)

    # What the refused cluster will read, until the publication.
    decision = proposal.decisions.get(application=third)
    one.open(reverse("awards:feedback", args=[decision.pk])).reads("Reasons of the decision")
    one.page.locator("main [name=released]").first.uncheck()
    one.fill(reasons_0="Your growth plan has no milestones.").press("Save")
    one.reads("The feedback is saved")

    # Approved for tomorrow: nobody sees anything yet.
    tomorrow = timezone.now() + timedelta(days=1)
    other.open(proposal.get_absolute_url())
    other.page.locator(".publish-later summary").click()
    other.fill(publish_at=tomorrow.strftime(TYPED)).press("Approve, and publish then")
    other.reads("no cluster sees anything")
    cluster.open(third.get_absolute_url()).reads("Assessors score the application")

    with on(tomorrow + timedelta(hours=3)):
        assert publish_due_selections() == 1
    one.open(proposal.get_absolute_url()).reads("Reserve list")
    cluster.open("/").open(third.get_absolute_url()).follow("Ask for a review")
    cluster.fill(grounds="The check came after the scores.").press("Send the request")
    cluster.reads("Your request has arrived")

    appeal = Appeal.objects.get()
    third_one.open("/").reads("Decide on requests for review")
    third_one.open(appeal.get_absolute_url()).fill(text="Which check?").press("Send")
    cluster.open(appeal.get_absolute_url()).reads("Which check?")
    cluster.fill(text="The second.").press("Send")
    third_one.open(appeal.get_absolute_url()).follow("Decide on the request")
    third_one.page.check("main [name=outcome][value=upheld]")
    third_one.choose("effect", "reserve").fill(
        reasons="It did.", correction="It is checked again."
    ).press("Decide, and send the letter")
    third_one.reads("The review is decided")
    cluster.open(third.get_absolute_url()).reads("place 2 of the reserve list")

    one.open(proposal.get_absolute_url()).press("Make the dossier")
    dossier = Dossier.objects.get()
    Dossier.objects.update(asked_at=timezone.now() - timedelta(hours=1))
    assert make_dossier(dossier.pk)
    one.follow("Look again").reads("Download the ZIP")
