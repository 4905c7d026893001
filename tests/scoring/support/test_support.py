"""“See it as this assessor”: read-only, recorded, and never more than the coordinator may see."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import InternalError, transaction
from django.urls import reverse
from django.utils import timezone

from conduct.actions import NotAllowed, Refused
from demonstration.clock import on
from notices.models import Notice
from tests.making import LB, LB_SECOND, closed_story
from tests.people import log_in, person
from vouchers.applications.models import Recusal
from vouchers.scoring.assessing import actions as assessing_actions
from vouchers.scoring.assessing.actions import ScoreInput
from vouchers.scoring.assessing.models import Assessment, Assignment, Score
from vouchers.scoring.support import actions as support_actions
from vouchers.scoring.support.models import SupportSession

pytestmark = pytest.mark.django_db


@pytest.fixture
def story():
    return closed_story(LB, LB_SECOND)


@pytest.fixture
def told(story):
    return story[0]


@pytest.fixture
def coordinator(told):
    return told.cast.coordinators[1]


@pytest.fixture
def theirs(story):
    """Two assignments of one assessor: the first free of conflicts, the second not declared yet."""
    told, (first, second) = story
    cleared, waiting = (told.assign(application, 2)[0] for application in (first, second))
    return assessing_actions.declare_no_conflict(cleared, by=cleared.assessor), waiting


@pytest.fixture
def looking(client, theirs, coordinator):
    """A client that sees what the assessor of `theirs` sees."""
    log_in(client, coordinator)
    begin = address("see_as", theirs[0])
    assert client.post(begin, {"reason": "A file does not open"}).status_code == 302
    return client


def address(name, assignment, *args):
    return reverse(f"scoring:{name}", args=[assignment.assessor_id, *args])


def page(assignment):
    return address("seen_assignment", assignment, assignment.pk)


def save(assignment, strengths="Known to me alone"):
    call = assignment.application.call
    scores = {one.pk: ScoreInput(Decimal(4), strengths) for one in call.criteria.all()}
    assessing_actions.save_assessment(
        assignment, scores, comment="A remark of mine", by=assignment.assessor
    )


def test_a_coordinator_sees_the_list_the_declaration_and_the_content(looking, theirs):
    cleared, waiting = theirs
    html = looking.get(address("seen_mine", cleared)).content.decode()
    assert f"You see what {cleared.assessor} sees, read-only." in html
    assert page(cleared) in html
    assert page(waiting) in html
    assert cleared.get_absolute_url() not in html
    declaration = looking.get(page(waiting)).content.decode()
    assert "<fieldset disabled>" in declaration
    assert "Do you have a conflict of interest" in declaration
    assert LB_SECOND.mission not in declaration
    content = looking.get(page(cleared)).content.decode()
    assert LB.mission in content
    assert "<fieldset disabled>" in content


def test_a_file_opens_as_it_does_for_the_assessor_and_not_before_their_declaration(looking, theirs):
    cleared, waiting = theirs
    file = cleared.application.attachments.get()
    opened = address("seen_attachment", cleared, cleared.pk, file.pk)
    assert opened in looking.get(page(cleared)).content.decode()
    assert looking.get(opened).status_code == 200
    shut = waiting.application.attachments.get()
    for name, more in (("seen_attachment", ()), ("seen_preview", (0,))):
        assert looking.get(address(name, waiting, waiting.pk, shut.pk, *more)).status_code == 404


def test_scores_that_are_not_submitted_are_never_shown(looking, theirs):
    cleared, _waiting = theirs
    save(cleared)
    assert Score.objects.filter(strengths="Known to me alone").exists()
    html = looking.get(page(cleared)).content.decode()
    assert "Known to me alone" not in html
    assert "A remark of mine" not in html
    # What is ticked says that nothing is given yet, for each criterion.
    assert re.findall(r'value="([^"]*)"[^>]* checked', html) == [""] * 3
    assessing_actions.submit_assessment(cleared, by=cleared.assessor)
    html = looking.get(page(cleared)).content.decode()
    assert "Known to me alone" in html
    assert "A remark of mine" in html
    cleared.refresh_from_db()
    assessing_actions.correct_assessment(cleared, reason="A slip", by=cleared.assessor)
    html = looking.get(page(cleared)).content.decode()
    assert "Known to me alone" not in html
    assert "A remark of mine" not in html


def test_a_coordinator_who_scores_too_stays_blind(looking, told, theirs, coordinator):
    cleared, _waiting = theirs
    save(cleared)
    assessing_actions.submit_assessment(cleared, by=cleared.assessor)
    Assignment.objects.create(
        application=cleared.application,
        assessor=coordinator,
        assigned_by=told.cast.officer("LB"),
        due_at=timezone.now() + timedelta(days=7),
    )
    html = looking.get(page(cleared)).content.decode()
    assert "You see the scores of others once you have submitted your own." in html
    assert "Known to me alone" not in html
    assert "A remark of mine" not in html


def test_what_a_recusal_shuts_stays_shut(looking, theirs, coordinator):
    cleared, waiting = theirs
    file = cleared.application.attachments.get()
    Recusal.objects.create(application=cleared.application, person=coordinator, reason="A tie")
    html = looking.get(address("seen_mine", cleared)).content.decode()
    assert cleared.application.reference not in html
    assert waiting.application.reference in html
    assert looking.get(page(cleared)).status_code == 404
    opened = address("seen_attachment", cleared, cleared.pk, file.pk)
    assert looking.get(opened).status_code == 404
    Recusal.objects.create(application=waiting.application, person=coordinator, reason="A tie")
    assert looking.get(address("seen_mine", cleared)).status_code == 404
    assert looking.get(address("see_as", cleared)).status_code == 404


def test_whatever_is_sent_is_refused_and_nothing_changes(looking, theirs):
    cleared, waiting = theirs
    file = cleared.application.attachments.get()
    pages = [
        address("seen_mine", cleared),
        page(cleared),
        page(waiting),
        address("seen_attachment", cleared, cleared.pk, file.pk),
        address("seen_preview", cleared, cleared.pk, file.pk, 0),
    ]
    first = cleared.application.call.criteria.first()
    for sent in ({"has_conflict": "no"}, {f"score_{first.pk}": "5", "submit": "1"}):
        for each in pages:
            assert looking.post(each, sent).status_code == 405
            assert looking.put(each).status_code == 405
            assert looking.delete(each).status_code == 405
    waiting.refresh_from_db()
    assert waiting.state == "assigned"
    assert not Score.objects.exists()
    # The assessor's own addresses stay closed to the coordinator all the while.
    assert looking.get(cleared.get_absolute_url()).status_code == 404
    assert looking.post(cleared.get_absolute_url(), {"submit": "1"}).status_code == 404
    assert Assessment.objects.get().state == "draft"


def test_nothing_is_seen_without_a_reason_or_after_an_hour(client, theirs, coordinator):
    cleared, _waiting = theirs
    log_in(client, coordinator)
    begin = address("see_as", cleared)
    for each in (address("seen_mine", cleared), page(cleared)):
        assert client.get(each)["Location"] == begin
    assert client.post(begin, {"reason": " "}).status_code == 200
    assert not SupportSession.objects.exists()
    with pytest.raises(Refused, match="Say why"):
        support_actions.begin_support_session(cleared.assessor, reason=" ", by=coordinator)
    with on(timezone.now() - timedelta(minutes=61)):
        support_actions.begin_support_session(cleared.assessor, reason="Yesterday", by=coordinator)
    assert client.get(page(cleared))["Location"] == begin
    file = cleared.application.attachments.get()
    opened = address("seen_attachment", cleared, cleared.pk, file.pk)
    assert client.get(opened).status_code == 404
    client.post(begin, {"reason": "Now"})
    assert client.get(opened).status_code == 200


def test_each_look_is_recorded_for_good_and_the_assessor_is_told(looking, theirs, coordinator):
    cleared, _waiting = theirs
    sighting = SupportSession.objects.get()
    assert (sighting.assessor, sighting.seen_by) == (cleared.assessor, coordinator)
    assert sighting.reason == "A file does not open"
    notice = Notice.objects.get(kind="scoring-seen")
    assert notice.recipient == cleared.assessor
    assert notice.url == reverse("scoring:sightings")
    # A second press within the hour is the same look.
    looking.post(address("see_as", cleared), {"reason": "Again"})
    assert SupportSession.objects.get() == sighting
    assert Notice.objects.filter(kind="scoring-seen").count() == 1
    for change in (sighting.delete, sighting.save):
        with pytest.raises(InternalError, match="append_only"), transaction.atomic():
            change()


def test_the_assessor_and_the_auditor_read_the_record_and_nobody_else(
    client, looking, theirs, told
):
    cleared, _waiting = theirs
    record = reverse("scoring:sightings")
    other = Assignment.objects.exclude(assessor=cleared.assessor).first().assessor
    for reader in (cleared.assessor, person(role="auditor"), told.cast.coordinators[0]):
        html = log_in(client, reader).get(record).content.decode()
        assert "A file does not open" in html
    for stranger in (other, told.cast.officer("LB"), told.cast.finance[0]):
        assert log_in(client, stranger).get(record).status_code == 404


def test_only_coordinators_see_as_others_and_never_as_somebody_who_scores_nothing(
    client, theirs, told, coordinator
):
    cleared, _waiting = theirs
    helpers = [
        cleared.assessor,
        told.cast.officer("LB"),
        told.cast.finance[0],
        person(role="auditor"),
        person(role="administrator"),
        cleared.application.submitted_by,
    ]
    for helper in helpers:
        log_in(client, helper)
        for each in (address("see_as", cleared), address("seen_mine", cleared), page(cleared)):
            assert client.get(each).status_code == 404
            assert client.post(each, {"reason": "Curious"}).status_code in (404, 405)
        with pytest.raises(NotAllowed):
            support_actions.begin_support_session(cleared.assessor, reason="Curious", by=helper)
    log_in(client, coordinator)
    nobody = reverse("scoring:see_as", args=[told.cast.finance[0].pk])
    assert client.get(nobody).status_code == 404
    assert not SupportSession.objects.exists()


def test_one_look_does_not_open_the_pages_of_another_assessor(looking, theirs):
    cleared, _waiting = theirs
    other = Assignment.objects.filter(application=cleared.application).exclude(pk=cleared.pk).get()
    assert looking.get(page(other))["Location"] == address("see_as", other)
    crossed = address("seen_assignment", cleared, other.pk)
    assert looking.get(crossed).status_code == 404


def test_the_page_of_assessors_leads_there_for_coordinators_alone(
    client, theirs, told, coordinator
):
    cleared, _waiting = theirs
    assessors = reverse("scoring:application", args=[cleared.application_id])
    link = address("see_as", cleared)
    assert link in log_in(client, coordinator).get(assessors).content.decode()
    assert link not in log_in(client, told.cast.officer("LB")).get(assessors).content.decode()


def test_the_list_seen_costs_the_same_however_long_it_is(
    looking, theirs, django_assert_num_queries
):
    cleared, waiting = theirs
    with django_assert_num_queries(LISTING):
        looking.get(address("seen_mine", cleared))
    Assignment.objects.filter(pk=waiting.pk).update(state="released")
    with django_assert_num_queries(LISTING):
        looking.get(address("seen_mine", cleared))


# One of them reads which roles the assessor holds.
LISTING = 11
