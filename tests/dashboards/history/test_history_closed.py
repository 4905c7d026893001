"""What the history keeps from those who may not read it elsewhere: on the page and in its files."""

from __future__ import annotations

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from accounts.models import Role
from conduct.actions import action
from conduct.models import Trace
from conduct.models.tracing import event_models
from dashboards.history.queries.traces import traces_visible_to
from documents.models import Document
from files.actions.uploads import start_upload
from notices.models import Notice
from tests.making import LB, LB_SECOND, applied_story, closed_story, voucher_story
from tests.people import log_in, person
from vouchers.applications.actions import submit_application
from vouchers.applications.models import Application, Recusal
from vouchers.applications.targets import attachment_key
from vouchers.calls.models import Question
from vouchers.scoring.assessing.actions import submit_assessment

LIST = reverse("dashboards:history")
# Of one application, each by another way than its foreign keys.
FOLLOWING = ("notice", "document", "upload")


@pytest.fixture
def told(db):
    return voucher_story("verified 0")


@pytest.fixture
def auditor(told, client):
    found = person(role=Role.AUDITOR)
    log_in(client, found)
    return found


def everything(client, **address):
    """All that the list says under a filter: its pages and its file."""
    pages, found = [], client.get(LIST, address)
    while True:
        pages.append(found.content.decode())
        after = found.context["page"].after
        if not after:
            break
        found = client.get(LIST, {**address, "after": str(after)})
    exported = client.get(LIST, {**address, "export": "csv"})
    return "".join(pages) + b"".join(exported.streaming_content).decode()


def of(application):
    """The letters and messages of an application by what they say they are about."""
    own = ContentType.objects.get_for_model(Application)
    return [
        model.objects.filter(content_type=own, object_id=str(application.pk))
        for model in (Notice, Document)
    ]


def test_letters_and_messages_belong_to_what_they_are_about(told):
    application = told.voucher.award.application
    for records in of(application):
        assert records
        for record in records:
            traces = Trace.objects.filter(kind=record._meta.model_name, record=str(record.pk))
            assert {(trace.application, trace.country) for trace in traces} == {
                (application.pk, application.country_id)
            }
    drawn = Notice.objects.exclude(content_type=None).exclude(
        content_type__model__in=[*event_models()]
    )
    assert not drawn, "a message about what has no history belongs to nothing that is known"


def test_nothing_of_the_story_is_lost_for_want_of_its_place(told):
    unplaced = Trace.objects.filter(is_placed=False).values_list("kind", flat=True)
    assert set(unplaced) == set()


@pytest.mark.parametrize("kind", ["letter", "notice", "file"])
def test_a_conflict_of_interest_shuts_off_letters_messages_and_files(client, told, auditor, kind):
    application = told.voucher.award.application
    upload = Trace.objects.filter(kind="upload").first()
    before = everything(client, kind=kind, by="machine") + everything(client, kind=kind)
    if kind != "file" or upload:
        assert application.reference in before
    Recusal.objects.create(application=application, person=auditor, reason="My cousin.")
    after = everything(client, kind=kind, by="machine") + everything(client, kind=kind)
    assert application.reference not in after
    assert application.cluster_name not in after
    left = traces_visible_to(auditor).filter(kind__in=FOLLOWING)
    for records in of(application):
        keys = [str(pk) for pk in records.values_list("pk", flat=True)]
        assert not left.filter(kind=records.model._meta.model_name, record__in=keys)


def test_a_file_that_arrives_for_a_draft_is_nobodys_to_read(client, db):
    story = applied_story(stage="filled")
    draft = Application.objects.get(call=story.call)
    question = draft.call.questions.filter(kind=Question.Kind.FILE).first()
    manager = draft.started_by
    upload = start_upload(
        "attachment",
        attachment_key(draft, question),
        name="our-secret-plan.pdf",
        size=900,
        by=manager,
    )
    trace = Trace.objects.get(kind="upload", record=str(upload.pk))
    assert (trace.application, trace.is_placed) == (draft.pk, True)
    auditor = person(role=Role.AUDITOR)
    log_in(client, auditor)
    assert "our-secret-plan" not in everything(client)
    assert "our-secret-plan" not in everything(client, kind="file")
    assert client.get(reverse("dashboards:deed", args=[trace.deed])).status_code == 404
    at = reverse("dashboards:history_of", args=["upload", upload.pk])
    assert "our-secret-plan" not in client.get(at).content.decode()
    submit_application(draft, signing=story.signing(LB), by=manager)
    assert "our-secret-plan" in everything(client, kind="file")


def test_what_may_belong_to_an_application_that_is_not_known_is_nobodys(told, auditor):
    notice = Notice.objects.exclude(content_type=None).first()
    untraced = ContentType.objects.get(app_label="sessions", model="session")
    notice.pk, notice.key, notice.content_type, notice.object_id = None, None, untraced, "1"
    notice.save()
    trace = Trace.objects.get(kind="notice", record=str(notice.pk))
    assert not trace.is_placed
    assert not traces_visible_to(auditor).filter(pk=trace.pk)


def test_scores_are_read_once_they_are_submitted(client, db):
    story, (application,) = closed_story(LB)
    assignment = story.assign(application, 1)[0]
    story.score(assignment, ("4.5", "4", "3.5"), submit=False)
    auditor = person(role=Role.AUDITOR)
    log_in(client, auditor)
    kept = Trace.objects.filter(kind__in=("assessment", "score"))
    assert {trace.kind for trace in kept} == {"assessment", "score"}
    readable = traces_visible_to(auditor).filter(kind__in=("assessment", "score"))
    assert not readable.exists()
    assert "4.50" not in everything(client, kind="score")
    submit_assessment(assignment, by=assignment.assessor)
    assert readable.count() == kept.all().count()
    assert "4.50" in everything(client, kind="score")


@action("Both changed")
def change_both(applications, *, by, reason):
    for application in applications:
        application.language = "fr"
        application.save(update_fields=["language"])


def test_a_reason_given_for_several_is_not_shown_to_whom_one_of_them_is_closed(client, db):
    story, both = closed_story(LB, LB_SECOND)
    auditor = person(role=Role.AUDITOR)
    log_in(client, auditor)
    change_both(both, by=story.cast.coordinators[0], reason="The second is bankrupt")
    assert "The second is bankrupt" in everything(client)
    deed = Trace.objects.filter(action="change_both").first().deed
    page = reverse("dashboards:deed", args=[deed])
    assert "The second is bankrupt" in client.get(page).content.decode()
    Recusal.objects.create(application=both[1], person=auditor, reason="My cousin.")
    assert "Both changed" in everything(client)
    assert "The second is bankrupt" not in everything(client)
    assert "The second is bankrupt" not in client.get(page).content.decode()


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.FINANCE, Role.ASSESSOR])
def test_others_find_no_history_here(client, told, role):
    log_in(client, person(role=role))
    assert client.get(LIST).status_code == 404
    log_in(client, told.officer)
    assert client.get(LIST).status_code == 404
    deed = Trace.objects.first().deed
    assert client.get(reverse("dashboards:deed", args=[deed])).status_code == 404


def test_the_desk_of_an_auditor_and_the_menu_lead_there(client, auditor):
    page = client.get(reverse("dashboards:home")).content.decode()
    assert "Search the history of all records" in page
