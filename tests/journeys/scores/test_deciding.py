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
from django.utils import timezone

from accounts.models import User
from demonstration.clock import on
from demonstration.content.clusters import real_clusters
from documents.models import Document
from notices.models import Notice
from tests.documents.conftest import wait_for
from tests.journeys.scores.deciding import (
    DEPARTURE,
    QOOT,
    SOFTSHORE,
    agree,
    approve,
    declare_a_conflict,
    look_at_the_ranking,
    nobody_sees_anything,
    propose,
    replace,
    score,
    score_elsewhere,
    share_out,
    share_out_as_proposed,
    status_of,
)
from tests.journeys.test_whole_life import send_what_waits, text_of
from tests.making import closed_story
from tests.people import person
from vouchers.awards.dossiers.models import Dossier
from vouchers.awards.models import Appeal, Award, SelectionRound
from vouchers.awards.tasks import publish_selections

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.browser,
]


WEAK = "The milestones have no dates, and nobody is named for them."
HELD_BACK = "Few members take part."
GROUNDS = "The published rules ask for two assessors who know the sector: one did not."


def test_from_six_applications_to_published_letters_and_a_review(visitor, worker):
    story, sent = closed_story(*real_clusters(), quotas={"LB": 2, "MA": 2, "TN": 2})
    first_worker = worker()
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
    first_worker.terminate()
    first_worker.wait()
    publish(proposal, publish_at, worker)

    refused = proposal.decisions.get(application=sent[SOFTSHORE])
    read_the_refusal(visitor, cluster, refused)
    appeal = ask_for_a_review(cluster, refused)
    decide_on_it(visitor, cluster, proposing, judging, appeal)
    take_the_dossier(approving, proposal)

    wait_for(lambda: not Document.objects.exclude(state="ready").exists(), seconds=300)
    wait_for(lambda: not send_what_waits().exists(), seconds=300)


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


def publish(proposal, publish_at, worker):
    """What beat queues does nothing before the instant, and at it everything at once.

    A worker whose clock is there already saves the minute of waiting.
    """
    with on(publish_at - timedelta(seconds=1)):
        assert publish_selections.apply().get() == 0
    proposal.refresh_from_db()
    assert proposal.state == "approved"
    worker(ahead=(publish_at - timezone.now()).total_seconds())
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
    for given in scores:
        assert str(given.criterion.name) in text
        assert f"{given.mean.normalize():f}" in text
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
