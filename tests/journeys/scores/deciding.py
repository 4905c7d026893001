"""What assessors, coordinators and clusters do from scores to a review, through pages."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext, pgettext

from conduct.queries.days import PROGRAMME_ZONE
from documents.models import Document
from notices.models import Notice
from tests.journeys.life import INSTANT
from vouchers.awards.models import Award, SelectionRound
from vouchers.scoring.assessing.models import Assessment, Assignment, Consensus

QOOT, SOFTSHORE, MENARA, CE3M, TEXTILE, OLIVE = range(6)
# What the assessors of the applications outside Lebanon give for each criterion.
ELSEWHERE = {
    MENARA: ("4.5", "4", "4.5"),
    CE3M: ("4", "3.5", "4"),
    TEXTILE: ("4", "4", "3.5"),
    OLIVE: ("4.5", "4.5", "4"),
}
DEPARTURE = "The second voucher waits until the statutes of CE3M are registered."


def said(text, context=None):
    """The text as the pages of the reader in Arabic say it."""
    with translation.override("ar"):
        return pgettext(context, text) if context else gettext(text)


def label_for(someone, text, context=None):
    """The text in the language of the page that the person has before them."""
    arabic = someone.page.locator("html").get_attribute("lang") == "ar"
    return said(text, context) if arabic else text


def status_of(someone, path):
    """What the address answers when the person types it, outside any page."""
    return someone.context.request.get(f"{someone.address}{path}").status


def posts(someone, path):
    """What the address answers to a form that no page offers the person."""
    token = someone.page.locator("input[name=csrfmiddlewaretoken]").first.get_attribute("value")
    return someone.context.request.post(
        f"{someone.address}{path}",
        form={"csrfmiddlewaretoken": token},
        headers={"Referer": someone.page.url},
    ).status


def share_out(officer, call, wanted):
    """The officer looks through the proposal for the country, and asks whom they want instead."""
    officer.open("/").reads("Ask assessors to score applications")
    officer.open(reverse("scoring:list")).follow(f"Share out {call}")
    assert officer.page.locator("main fieldset").count() == len(wanted)
    assert not Assignment.objects.exists()
    for application, people in wanted.items():
        for at, assessor in enumerate(people):
            officer.choose(f"assessor_{application.pk}_{at}", str(assessor.pk))
    officer.press("Ask these assessors").reads("4 assessments are asked for.")
    for application, people in wanted.items():
        asked = Assignment.objects.filter(application=application)
        assert {found.assessor for found in asked} == set(people)


def share_out_as_proposed(coordinator, call):
    """A coordinator confirms the proposal for all that is left: two for each application."""
    coordinator.open(reverse("scoring:balance", args=[call.slug]))
    coordinator.press("Ask these assessors").reads("8 assessments are asked for.")
    coordinator.open(reverse("scoring:balance", args=[call.slug]))
    coordinator.reads("Every application has its assessors")


def declare_a_conflict(someone, application, kind, conflict):
    """An assessor declares a conflict before any content, and is shown nothing from then on."""
    assignment = Assignment.objects.get(
        application=application, assessor=someone.user, state="assigned"
    )
    [file] = application.attachments.all()
    guessed = [
        reverse("scoring:attachment", args=[assignment.pk, file.pk]),
        reverse("scoring:preview", args=[assignment.pk, file.pk, 0]),
        reverse("applications:attachment", args=[file.pk]),
        reverse("applications:preview", args=[file.pk, 0]),
        reverse("applications:detail", args=[application.pk]),
        reverse("scoring:application", args=[application.pk]),
    ]
    mission = application.answers.get(question__key="mission").text
    someone.open("/").open(reverse("scoring:mine")).follow(application.reference)
    assert mission not in someone.page.content()
    assert {status_of(someone, path) for path in guessed} == {404}

    someone.page.check("main [name=has_conflict][value=yes]")
    someone.choose("kind", kind).fill(conflict=conflict)
    someone.press(label_for(someone, "Declare"))
    assignment.refresh_from_db()
    assert (assignment.state, assignment.conflict_kind) == ("conflicted", kind)
    assert {status_of(someone, path) for path in [assignment.get_absolute_url(), *guessed]} == {404}
    assert mission not in someone.page.content()


def replace(officer, application, gone, assessor):
    """The officer reads of the conflict, and asks somebody else."""
    told = Notice.objects.filter(kind="conflict-declared", recipient=officer.user)
    assert told.filter(object_id=str(application.pk)).exists()
    officer.open("/").reads("Ask assessors to score applications")
    officer.open(reverse("scoring:application", args=[application.pk]))
    officer.follow(f"Ask somebody else {gone}").reads(str(gone))
    officer.choose("assessor", str(assessor.pk)).fill(reason="A conflict of interest.")
    officer.press("Ask").reads(f"in place of {gone}")
    assignment = Assignment.objects.get(application=application, assessor=assessor)
    assert (assignment.state, assignment.replaces.assessor) == ("assigned", gone)


def score(someone, application, values, *, strengths="Clear aims.", weaknesses=""):
    """An assessor declares to have no conflict, scores beside the answers, and submits."""
    someone.open(reverse("scoring:mine")).follow(application.reference)
    someone.page.check("main [name=has_conflict][value=no]")
    someone.press(label_for(someone, "Declare"))
    criteria = application.call.criteria.all()
    for criterion, value in zip(criteria, values, strict=True):
        someone.page.check(f"main [name=score_{criterion.pk}][value='{value}']")
        someone.fill(
            **{
                f"strengths_{criterion.pk}": strengths,
                f"weaknesses_{criterion.pk}": weaknesses,
            }
        )
    someone.press(label_for(someone, "Submit your scores"))
    scored = Assessment.objects.get(
        assignment__application=application, assignment__assessor=someone.user
    )
    assert scored.state == "submitted"
    assert [f"{score.value.normalize():f}" for score in scored.scores.all()] == values


def score_elsewhere(story, sent):
    """Whoever was asked for the applications of the other countries scores them alike."""
    for place, values in ELSEWHERE.items():
        for assignment in Assignment.objects.filter(application=sent[place], state="assigned"):
            story.score(assignment, values)


def agree(other, reader, officer, application):
    """The portal asks for a consensus; a word in the discussion, then a rapporteur records it."""
    consensus = Consensus.objects.get()
    assert (consensus.application, consensus.state) == (application, "asked")
    officer.open(consensus.get_absolute_url()).reads("asked for")
    other.open("/").reads("Agree on scores that differ")
    other.open(consensus.get_absolute_url())
    other.fill(text="Their figures of 2023 convinced me. What kept you low?").press("Send")
    other.reads("What kept you low?")

    reader.open(reverse("scoring:consensuses")).follow(application.reference)
    reader.reads("What kept you low?")
    reader.press(said("I will be the rapporteur"))
    reader.follow(said("Record what was agreed"))
    for criterion in application.call.criteria.all():
        reader.page.check(f"main [name=score_{criterion.pk}][value='4']")
        reader.fill(**{f"strengths_{criterion.pk}": "خطة واضحة ونتائج بالأرقام"})
    reader.fill(reason="قرأنا الأرقام معًا واتفقنا.").press(said("Record the consensus"))
    other.open(consensus.get_absolute_url()).reads("قرأنا الأرقام معًا واتفقنا.")
    consensus.refresh_from_db()
    assert consensus.state == "agreed"
    # The originals stay as they were given.
    given = Assessment.objects.filter(assignment__application=application, state="submitted")
    assert {str(score.value) for one in given for score in one.scores.all()} == {
        "4.50",
        "2.00",
        "2.50",
        "3.00",
    }


def look_at_the_ranking(coordinator, call, sent):
    """A coordinator reads how far the ranking can be relied on, then closes the scoring."""
    coordinator.open(reverse("scoring:ranking", args=[call.slug])).reads("QOOT Cluster")
    coordinator.reads("agreed by consensus").reads("below the threshold")
    coordinator.follow("Statistics")
    with coordinator.page.expect_navigation():
        coordinator.page.get_by_role("button", name="Compute the statistics").click()
    # The page asks how far it is, and loads itself again once the worker is through.
    coordinator.page.get_by_role("heading", name="Stability").wait_for(timeout=300_000)
    coordinator.check()
    coordinator.reads("Krippendorff").reads("resamples").reads("Severity")
    coordinator.follow("What if?")
    coordinator.fill(total_threshold="40").press("Compare with the record")
    coordinator.reads("In the record")
    coordinator.open(reverse("scoring:why", args=[sent[SOFTSHORE].pk]))
    coordinator.reads("How the points come about").reads("How little would bring it in")
    coordinator.open(reverse("scoring:ranking", args=[call.slug]))
    coordinator.press("Close the scoring").reads("The scoring is closed")


def propose(proposing, approving, call, sent):
    """A departure without its reason is refused beside its field; who proposes cannot approve."""
    proposing.open("/").follow("Propose a selection").follow(str(call))
    assert proposing.page.input_value(f"main [name=outcome_{sent[CE3M].pk}]") == "award"
    proposing.choose(f"outcome_{sent[CE3M].pk}", "reserve")
    proposing.fill(participants="Maya Khoury\nKarim Nassar", remarks="A calm meeting.")
    proposing.press("Propose to a second coordinator")
    proposing.reads("Say why the decision departs from the ranking.")
    assert not SelectionRound.objects.exists()
    assert proposing.page.input_value(f"main [name=outcome_{sent[CE3M].pk}]") == "reserve"
    proposing.fill(**{f"reason_{sent[CE3M].pk}": DEPARTURE})
    proposing.press("Propose to a second coordinator").reads("A second coordinator now decides.")
    proposal = SelectionRound.objects.get()
    approve = proposing.page.get_by_role("button", name="Approve and send the letters")
    assert approve.count() == 0
    assert posts(proposing, reverse("awards:approve", args=[proposal.pk])) == 403
    approving.open("/").reads("Decide on a proposed selection")
    outcomes = dict(proposal.decisions.values_list("application", "outcome"))
    assert [outcomes[application.pk] for application in sent] == [
        "award",
        "refuse",
        "award",
        "reserve",
        "award",
        "award",
    ]
    return proposal


def approve(proposing, approving, proposal):
    """The other coordinator approves, to be published at a full minute shortly ahead."""
    approving.open(proposal.get_absolute_url()).reads(DEPARTURE)
    approving.page.locator(".publish-later summary").click()
    soon = timezone.now() + timedelta(seconds=105)
    publish_at = soon.replace(second=0, microsecond=0)
    approving.fill(publish_at=publish_at.astimezone(PROGRAMME_ZONE).strftime(INSTANT))
    approving.press("Approve, and publish then").reads("no cluster sees anything")
    proposal.refresh_from_db()
    assert (proposal.state, proposal.publish_at) == ("approved", publish_at)
    proposing.open(proposal.get_absolute_url()).reads("Not published yet")
    return publish_at


def nobody_sees_anything(visitor, cluster, proposal, sent):
    """Until the instant the pages of clusters are what they were, and nothing was issued."""
    cluster.open("/").open(sent[SOFTSHORE].get_absolute_url())
    cluster.reads("Assessors score the application")
    assert status_of(cluster, reverse("awards:ask_for_review", args=[sent[SOFTSHORE].pk])) == 404
    assert status_of(cluster, proposal.get_absolute_url()) == 404
    visitor().open(reverse("dashboards:results"))
    decided = Document.objects.filter(kind__in=["award", "reserve", "refusal"])
    assert not decided.exists()
    assert not Award.objects.exists()
