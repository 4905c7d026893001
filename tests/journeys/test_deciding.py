"""The seed call, from six applications to published letters and the outcome of an appeal.

Two assessors are in conflict, two others differ too much and agree, one coordinator proposes and
another approves; a real worker makes the letters and publishes at the instant.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext, pgettext

from accounts.models import User
from conduct.queries.days import PROGRAMME_ZONE
from demonstration.clock import on
from demonstration.content.clusters import real_clusters
from documents.models import Document
from notices.models import Notice
from tests.documents.conftest import wait_for
from tests.journeys.test_whole_life import INSTANT, send_what_waits, text_of
from tests.making import closed_story
from tests.people import person
from vouchers.awards.dossiers.models import Dossier
from vouchers.awards.models import Appeal, Award, SelectionRound
from vouchers.awards.tasks import publish_selections
from vouchers.scoring.assessing.models import Assessment, Assignment, Consensus

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
]
QOOT, SOFTSHORE, MENARA, CE3M, TEXTILE, OLIVE = range(6)
# What the assessors of the applications outside Lebanon give for each criterion.
ELSEWHERE = {
    MENARA: ("4.5", "4", "4.5"),
    CE3M: ("4", "3.5", "4"),
    TEXTILE: ("4", "4", "3.5"),
    OLIVE: ("4.5", "4.5", "4"),
}
WEAK = "The milestones have no dates, and nobody is named for them."
HELD_BACK = "Few members take part."
DEPARTURE = "The second voucher waits until the statutes of CE3M are registered."
GROUNDS = "The published rules ask for two assessors who know the sector: one did not."


def test_from_six_applications_to_published_letters_and_a_review(visitor, worker):
    story, sent = closed_story(*real_clusters(), quotas={"LB": 2, "MA": 2, "TN": 2})
    worker()
    cast, call = story.cast, story.call
    leila, omar, hela = cast.assessors
    User.objects.exclude(pk=hela.pk).update(language="en")
    judge = person(role="coordinator", name="Judge Haddad")
    proposing, approving, judging = (visitor(one) for one in (*cast.coordinators, judge))
    officer = visitor(cast.officer("LB"))
    cluster = visitor(sent[SOFTSHORE].submitted_by)
    one, other, reader = visitor(leila), visitor(omar), visitor(hela, width=390)

    share_out(officer, call, {sent[QOOT]: [leila, omar], sent[SOFTSHORE]: [omar, hela]})
    share_out_as_proposed(proposing, call)
    declare_a_conflict(one, sent[QOOT], "employment", "I sat on its board until last year.")
    declare_a_conflict(reader, sent[SOFTSHORE], "advice", "ساعدت التجمع في كتابة طلبه.")
    replace(officer, sent[QOOT], leila, hela)
    replace(officer, sent[SOFTSHORE], hela, leila)
    officer.open(reverse("scoring:application", args=[sent[QOOT].pk])).reads("conflict of interest")

    score(other, sent[QOOT], ["4.5", "4.5", "4.5"])
    score(other, sent[SOFTSHORE], ["2", "3", "2"], weaknesses=WEAK)
    score(one, sent[SOFTSHORE], ["2", "2.5", "2"], weaknesses=HELD_BACK)
    score(reader, sent[QOOT], ["2", "2.5", "3"], strengths="رسالة واضحة", weaknesses="بلا تواريخ")
    score_elsewhere(story, sent)
    agree(other, reader, officer, sent[QOOT])

    look_at_the_ranking(proposing, call, sent)
    proposal = propose(proposing, approving, call, sent)
    write_feedback(proposing, proposal.decisions.get(application=sent[SOFTSHORE]))
    publish_at = approve(proposing, approving, proposal)
    nobody_sees_anything(visitor, cluster, proposal, sent)
    read_the_minutes(approving, proposal)
    publish(proposal, publish_at)

    refused = proposal.decisions.get(application=sent[SOFTSHORE])
    read_the_refusal(visitor, cluster, refused)
    appeal = ask_for_a_review(cluster, refused)
    decide_on_it(visitor, cluster, proposing, judging, appeal)
    take_the_dossier(approving, proposal)

    wait_for(lambda: not Document.objects.exclude(state="ready").exists(), seconds=300)
    wait_for(lambda: not send_what_waits().exists(), seconds=300)


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
    proposing.open("/").follow("Propose a selection").follow("Propose a selection")
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


def write_feedback(coordinator, decision):
    """What the refused cluster will read: one comment is held back, the rest is released."""
    coordinator.open(reverse("awards:feedback", args=[decision.pk]))
    coordinator.reads("Reasons of the decision")
    for box in coordinator.page.get_by_label(HELD_BACK).all():
        box.uncheck()
    coordinator.press("Save").reads("The feedback is saved")
    assert set(decision.comments.filter(released=False).values_list("text", flat=True)) == {
        HELD_BACK
    }


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


def read_the_minutes(coordinator, proposal):
    """The minutes in three languages: participants, conflicts, consensus, ranking, departures."""
    minutes = Document.objects.filter(kind="minutes")
    assert {document.language for document in minutes} == {"en", "fr", "ar"}
    wait_for(lambda: all(document.is_ready for document in minutes.all()), seconds=300)
    coordinator.open(proposal.get_absolute_url())
    for document in minutes.all():
        answer = coordinator.context.request.get(
            f"{coordinator.address}{reverse('documents:download', args=[document.pk])}"
        )
        assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf")
        assert hashlib.sha256(answer.body()).hexdigest() == document.file_sha256
        assert "SUV-2026-LB-0002" in text_of(document)
    text = text_of(minutes.get(language="en"))
    for fact in ("Maya Khoury", "Leila Mansour", "Hela Gharbi", DEPARTURE, "Cluster MENARA"):
        assert fact in text


def publish(proposal, publish_at):
    """What beat queues does nothing before the instant, and at it everything at once."""
    with on(publish_at - timedelta(seconds=1)):
        assert publish_selections.apply().get() == 0
    proposal.refresh_from_db()
    assert proposal.state == "approved"
    wait_for(lambda: timezone.now() >= publish_at, seconds=300)
    publish_selections.delay()
    wait_for(
        lambda: SelectionRound.objects.filter(pk=proposal.pk, state="published").exists(),
        seconds=300,
    )
    proposal.refresh_from_db()
    assert proposal.published_at >= publish_at
    outcomes = sorted(proposal.decisions.values_list("application__state", flat=True))
    assert outcomes == ["refused", "reserve", *["selected"] * 4]
    assert Award.objects.filter(state="offered").count() == 4
    for kind, number in {"award": 4, "reserve": 1, "refusal": 1}.items():
        assert Document.objects.filter(kind=kind).count() == number * 3
    told = Notice.objects.filter(kind__in=["award-offered", "application-refused", "reserve-list"])
    assert {notice.recipient for notice in told} == {
        decision.application.submitted_by for decision in proposal.decisions.all()
    }


def read_the_refusal(visitor, cluster, decision):
    """The letter gives scores by criterion and what was released; its code proves it genuine."""
    cluster.open("/").open(decision.application.get_absolute_url())
    cluster.reads("The application was not selected.")
    cluster.reads("How it was scored").reads("45.25").reads(WEAK)
    assert HELD_BACK not in cluster.page.content()
    letter = Document.objects.get(kind="refusal", language="en")
    wait_for(lambda: Document.objects.get(pk=letter.pk).is_ready, seconds=300)
    cluster.open(decision.application.get_absolute_url())
    link = cluster.page.locator(f"a[href*='{letter.pk}']").first
    with cluster.page.expect_download() as coming:
        link.click()
    letter.refresh_from_db()
    paper = coming.value.path()
    assert hashlib.sha256(paper.read_bytes()).hexdigest() == letter.file_sha256
    text = text_of(letter)
    scores = decision.scores.select_related("criterion")
    for score in scores:
        assert str(score.criterion.name) in text
        assert f"{score.mean.normalize():f}" in text
    assert WEAK in text
    assert HELD_BACK not in text
    for name in ("Leila", "Omar", "Hela", "QOOT"):
        assert name not in text

    stranger = visitor()
    stranger.open(reverse("documents:verify", args=[letter.grouped_code])).reads(
        "This letter is genuine"
    )
    stranger.page.set_input_files("main input[type=file]", str(paper))
    stranger.press("Compare").reads("is the very file that we issued")


def ask_for_a_review(cluster, decision):
    """The refused cluster says which step was not followed."""
    cluster.open(decision.application.get_absolute_url()).follow("Ask for a review")
    cluster.press("Send the request").reads("This field is required.")
    cluster.fill(grounds=GROUNDS).press("Send the request").reads("Your request has arrived")
    return Appeal.objects.get()


def decide_on_it(visitor, cluster, proposing, judging, appeal):
    """Only who took no part decides; a word to and fro, then the letter on the outcome."""
    decide = reverse("awards:decide_appeal", args=[appeal.pk])
    proposing.open(appeal.get_absolute_url()).reads(GROUNDS)
    assert proposing.page.get_by_role("link", name="Decide on the request").count() == 0
    assert status_of(proposing, decide) == 403

    judging.open("/").reads("Decide on requests for review")
    judging.open(appeal.get_absolute_url()).fill(text="Which of the two?").press("Send")
    cluster.open(appeal.get_absolute_url()).reads("Which of the two?")
    cluster.fill(text="Whoever wrote of our members.").press("Send")
    judging.open(appeal.get_absolute_url()).reads("Whoever wrote of our members.")
    judging.follow("Decide on the request")
    judging.page.check("main [name=outcome][value=rejected]")
    judging.fill(reasons="Both know the sector: their profiles say so since 2024.")
    judging.press("Decide, and send the letter").reads("The review is decided")

    letter = Document.objects.get(kind="review", language="en")
    wait_for(lambda: Document.objects.get(pk=letter.pk).is_ready, seconds=300)
    cluster.open(appeal.get_absolute_url()).reads("Both know the sector")
    cluster.reads("Outcome of the review")
    text = text_of(letter)
    assert GROUNDS in text
    assert "Both know the sector: their profiles say so since 2024." in text
    assert "Judge Haddad" not in text
    assert Document.objects.filter(kind="review").count() == 3
    visitor().open(reverse("documents:verify", args=[letter.grouped_code])).reads(
        "This letter is genuine"
    )


def take_the_dossier(coordinator, proposal):
    """The dossier of the round: every file has the hash that the manifest states."""
    wait_for(lambda: not Document.objects.exclude(state="ready").exists(), seconds=300)
    coordinator.open(proposal.get_absolute_url())
    with coordinator.page.expect_navigation():
        coordinator.page.get_by_role("button", name="Make the dossier").click()
    link = coordinator.page.get_by_role("link", name="Download the ZIP")
    link.wait_for(timeout=300_000)
    coordinator.check()
    with coordinator.page.expect_download() as coming:
        link.click()
    content = coming.value.path().read_bytes()
    dossier = Dossier.objects.get()
    assert dossier.missing == 0
    assert hashlib.sha256(content).hexdigest() == dossier.sha256
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        lines = list(csv.DictReader(io.StringIO(archive.read("manifest.csv").decode("utf-8-sig"))))
        packed = {name: archive.read(name) for name in archive.namelist()}
    assert {line["path"] for line in manifest["files"]} == {*packed} - {
        "manifest.json",
        "manifest.csv",
    }
    for line in manifest["files"]:
        content = packed[line["path"]]
        assert len(content) == line["size"]
        assert hashlib.sha256(content).hexdigest() == line["sha256"]
        assert line["expected_sha256"] in ("", line["sha256"])
    assert [line["sha256"] for line in lines] == [line["sha256"] for line in manifest["files"]]
    kinds = " ".join(packed)
    for kind in ("minutes", "award", "refusal", "reserve", "review"):
        assert kind in kinds
