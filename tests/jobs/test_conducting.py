"""One conductor for every kind of job: what it counts, what it keeps, and how its panel looks."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from django.template.loader import render_to_string
from django.utils import timezone

from accounts.actions import invite_person
from accounts.actions.mailing import INVITATIONS
from accounts.models import Invitation
from documents.actions import issue_document
from documents.actions.making import DOCUMENTS
from documents.models import Document
from files.actions.making import PREVIEWS
from files.models import Preview
from jobs.actions.conducting import Conductor
from jobs.kinds import Rows, every_kind, kind_called
from jobs.models import Attempted, Job
from jobs.tasks import sweep_jobs
from notices.actions.sending import NOTICES
from tests.documents.samples import sample_facts
from tests.people import person
from vouchers.awards.dossiers.actions.building import DOSSIERS
from vouchers.awards.dossiers.models import Dossier
from vouchers.scoring.reliability.actions.studies import STUDIES

pytestmark = pytest.mark.django_db

EVERY = [DOCUMENTS, PREVIEWS, NOTICES, DOSSIERS, STUDIES, INVITATIONS]


def letter():
    return issue_document(
        "award", person(), sample_facts("award"), language="en", by=None, reference="SUV-2026-LB-1"
    )


def overdue(model):
    model.objects.update(
        next_attempt_at=timezone.now() - timedelta(seconds=1),
    )


def every_model_below(model):
    for below in model.__subclasses__():
        yield from every_model_below(below)
        if not below._meta.abstract:
            yield below


def test_every_model_of_jobs_has_a_registered_kind_and_a_conductor():
    """A row that no kind knows is swept by nobody, and nobody sees that it was set aside."""
    known = {kind.conductor.model for kind in every_kind() if isinstance(kind, Rows)}
    models = {model for model in every_model_below(Attempted) if model.__name__ != "Trouble"}
    assert known == {model for model in models if not model.__module__.startswith("tests.")}
    assert all(isinstance(conductor, Conductor) for conductor in EVERY)


def test_all_jobs_begin_and_fail_in_the_same_states():
    for model in every_model_below(Job):
        assert model._meta.get_field("state").get_default() == "pending"
        assert model.FLOW.allows("pending", "failed")
        assert model.FLOW.allows("failed", "pending")


def queued_in(monkeypatch, *slugs):
    """What is queued of these kinds from now on: the keys, in their order."""
    queued = []
    for slug in slugs:
        monkeypatch.setattr(
            kind_called(slug).task,
            "apply_async",
            lambda args, kwargs=None, **_options: queued.extend(args),
        )
    return queued


def test_one_sweep_finds_what_every_kind_lost(monkeypatch):
    document = letter()
    invitation = invite_person("a@example.org", "assessor", by=person(role="coordinator"))
    overdue(Document)
    overdue(Invitation)
    Invitation.objects.update(invited_at=timezone.now() - timedelta(minutes=5))
    queued = queued_in(monkeypatch, "documents", "invitations")
    assert sweep_jobs() == 2
    assert sorted(queued, key=str) == sorted([str(document.pk), invitation.pk], key=str)
    # Each is left alone while its task has not had its turn.
    assert sweep_jobs() == 0


def test_a_kind_that_cannot_be_swept_stops_no_other(monkeypatch):
    document = letter()
    overdue(Document)

    def breaks(_now=None):
        raise ZeroDivisionError

    monkeypatch.setattr(NOTICES, "claim_due", breaks)
    queued = queued_in(monkeypatch, "documents")
    assert sweep_jobs() == 1
    assert queued == [str(document.pk)]


def test_a_worker_that_is_killed_has_spent_its_attempt():
    document = letter()
    for number in range(1, Document.MAX_ATTEMPTS + 1):
        assert DOCUMENTS.begin(document.pk) is not None
        document.refresh_from_db()
        assert (document.attempts, document.state) == (number, "pending")
    assert DOCUMENTS.begin(document.pk) is None
    document.refresh_from_db()
    assert document.is_failed


def test_what_is_hopeless_costs_one_attempt_and_names_its_cause(monkeypatch):
    preview = Preview.objects.create(source="attachments/none", content_type="image/png")

    def found(*_arguments):
        from files.reading.found import Found

        raise Found("not-drawable")

    monkeypatch.setattr("files.actions.making.look", found)
    monkeypatch.setattr("files.actions.making.default_storage.open", lambda _name: BytesIO())
    assert PREVIEWS.conduct(preview.pk) is False
    preview.refresh_from_db()
    assert (preview.state, preview.attempts) == ("failed", 1)
    assert preview.last_error.startswith("Found")


def test_an_invitation_that_kills_its_worker_is_shown_and_one_that_is_refused_is_not(monkeypatch):
    kind = kind_called("invitations")
    by = person(role="coordinator")
    killing = invite_person("a@example.org", "assessor", by=by)
    refused = invite_person("b@example.org", "assessor", by=by)
    Invitation.objects.update(attempts=Invitation.MAX_ATTEMPTS)
    Invitation.objects.filter(pk=refused.pk).update(last_error="SMTPRefused: no such box")
    assert INVITATIONS.conduct(killing.pk) is False
    assert INVITATIONS.conduct(refused.pk) is False
    assert list(kind.set_aside()) == [killing]
    assert Invitation.objects.filter(failed_at=None).count() == 0
    kind.again(kind.set_aside().get())
    killing.refresh_from_db()
    assert (killing.attempts, killing.failed_at) == (0, None)


def test_the_panel_asks_for_itself_only_while_the_job_waits():
    document = letter()
    asks = f'hx-get="{document.status_url}" hx-trigger="every 2s"'
    panel = render_to_string("documents/_item.html", {"job": document})
    assert asks in panel
    assert f'id="{document.panel_id}"' in panel
    # Without scripts a link leads to the page.
    assert f'<noscript><a class="small-print" href="{document.get_absolute_url()}">' in panel
    DOCUMENTS.conduct(document.pk)
    document.refresh_from_db()
    panel = render_to_string("documents/_item.html", {"job": document})
    assert "hx-get" not in panel
    assert document.get_absolute_url() in panel


def test_the_panel_of_a_long_job_draws_how_far_it_is():
    dossier = Dossier(pk=7, done=3, total=9)
    panel = render_to_string("awards/_dossier.html", {"job": dossier})
    assert '<progress max="9" value="3"' in panel
    assert "33 %</progress>" in panel
    assert dossier.progress == 33
