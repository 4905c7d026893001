"""Versions: returned at points, answered, accepted by two; and what is refused of them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, InternalError, connection, transaction
from django.utils import timezone
from django.utils.translation import override

from accounts.actions import grant_role
from accounts.models import Role, User
from clusters.actions.people import remove_representative
from clusters.models import Representative
from conduct.actions import NotAllowed, OutOfOrder, Refused
from notices.models import Notice
from tests.making import pdf, voucher_story
from tests.people import person
from vouchers.assistance.deliverables import actions, queries
from vouchers.assistance.deliverables.actions import Answered
from vouchers.assistance.deliverables.models import (
    Deliverable,
    DeliverableFile,
    DeliverablePoint,
    PointAnswer,
)
from vouchers.calls.models import Call

from .version import handed_in, newest, noted

pytestmark = pytest.mark.django_db


@pytest.fixture
def told():
    return voucher_story("handed in 0")


def test_a_version_is_returned_at_points_answered_and_accepted_by_two(told):
    first = newest(told)
    must = noted(told, told.manager)
    should = noted(told, told.manager, where="Annex", weight="should")
    actions.return_deliverable(first, by=told.manager)
    second = handed_in(
        told,
        {must.pk: Answered(is_done=True), should.pk: Answered(is_done=False, text="No data.")},
        uploads=[pdf("study.pdf"), pdf("figures.pdf", "2")],
    )
    connection.check_constraints()
    assert [one.name for one in second.files.all()] == ["study.pdf", "figures.pdf"]
    assert (second.number, second.changes) == (2, "The figures.")
    actions.accept_deliverable_for_cluster(second, by=told.manager)
    actions.accept_deliverable(second, by=told.officer)
    assert newest(told).state == Deliverable.State.ACCEPTED
    assert [point.answer.text for point in first.points.all()] == ["", "No data."]
    told_of = Notice.objects.filter(kind="deliverable-returned").latest("pk")
    assert "Annex: The figures do not add up." in told_of.facts["reason"]


def test_the_first_version_says_nothing_of_changes_and_the_second_must(told):
    assert newest(told).changes == ""
    actions.return_deliverable(newest(told), reason="Empty.", by=told.manager)
    with pytest.raises(Refused, match="what changed") as refusal:
        handed_in(told, changes="  ")
    assert refusal.value.field == "changes"


def test_every_point_is_answered(told):
    point = noted(told, told.manager)
    actions.return_deliverable(newest(told), by=told.manager)
    with pytest.raises(Refused, match="Answer each point"):
        handed_in(told)
    with pytest.raises(Refused, match="why it is not done") as refusal:
        handed_in(told, {point.pk: Answered(is_done=False)})
    assert refusal.value.field == f"answer_{point.pk}"
    assert Deliverable.objects.count() == 1
    assert not PointAnswer.objects.exists()


def test_a_return_needs_a_reason_or_a_point(told):
    with pytest.raises(Refused, match="note at least one point"):
        actions.return_deliverable(newest(told), by=told.manager)
    noted(told, told.manager)
    actions.return_deliverable(newest(told), by=told.manager)
    assert newest(told).returned_by == told.manager


@pytest.mark.parametrize(("field", "words"), [("where", "Say where"), ("text", "Say what is")])
def test_a_point_without_words_is_refused_beside_its_field(told, field, words):
    with pytest.raises(Refused, match=words) as refusal:
        noted(told, told.manager, **{field: "   "})
    assert refusal.value.field == field


def test_who_noted_what_must_be_mended_does_not_accept(told):
    point = noted(told, told.manager)
    with pytest.raises(Refused, match="take these points back"):
        actions.accept_deliverable_for_cluster(newest(told), by=told.manager)
    actions.drop_point(point, by=told.manager)
    noted(told, told.manager, weight="should")
    actions.accept_deliverable_for_cluster(newest(told), by=told.manager)
    assert DeliverablePoint.objects.get().sent_at is not None


def test_who_accepted_for_the_cluster_and_changed_sides_does_not_accept_for_the_partner(told):
    cluster = told.voucher.award.application.cluster
    post = Representative.objects.create(cluster=cluster, user=person(), level="manager")
    deputy = post.user
    actions.accept_deliverable_for_cluster(newest(told), by=deputy)
    remove_representative(post, by=told.manager)
    grant_role(deputy, Role.OFFICER, country_code=cluster.country_id, by=None)
    with pytest.raises(Refused, match="A second person must do this"):
        actions.accept_deliverable(newest(told), by=User.objects.get(pk=deputy.pk))
    assert newest(told).state == Deliverable.State.CLUSTER_ACCEPTED
    actions.accept_deliverable(newest(told), by=told.officer)


def test_points_of_the_other_side_are_neither_seen_nor_lost(told):
    own = noted(told, told.officer, where="Page 9")
    assert queries.points_shown(newest(told), "cluster") == []
    with pytest.raises(NotAllowed):
        actions.drop_point(own, by=told.manager)
    actions.return_deliverable(newest(told), reason="Empty.", by=told.manager)
    second = handed_in(told)
    assert queries.points_shown(newest(told), None) == []
    assert queries.unsent_before(second, "partner") == [own]
    assert queries.unsent_before(second, "cluster") == []


def test_a_version_that_is_not_the_newest_is_not_judged(told):
    first = newest(told)
    actions.return_deliverable(first, reason="Empty.", by=told.manager)
    handed_in(told)
    for judged in (
        lambda: actions.accept_deliverable_for_cluster(first, by=told.manager),
        lambda: actions.return_deliverable(first, reason="No.", by=told.officer),
        lambda: actions.note_point(first, where="Page 1", text="No.", by=told.officer),
    ):
        with pytest.raises(OutOfOrder, match="version 2 was handed in since"):
            judged()


def test_a_file_of_an_unknown_type_is_refused_by_its_name_in_three_languages(told):
    actions.return_deliverable(newest(told), reason="Empty.", by=told.manager)
    unknown = SimpleUploadedFile("model.exe", b"MZ\x90\x00")
    said = set()
    for language in ("en", "fr", "ar"):
        with override(language), pytest.raises(Refused, match=r"model\.exe: ") as refusal:
            handed_in(told, uploads=[pdf(), unknown])
        assert refusal.value.field == "uploads"
        said.add(str(refusal.value.message))
    assert len(said) == 3
    assert Deliverable.objects.count() == 1


def test_no_file_and_too_many_are_refused(told):
    actions.return_deliverable(newest(told), reason="Empty.", by=told.manager)
    for uploads, words in (([], "at least one"), ([pdf()] * 11, "At most 10")):
        with pytest.raises(Refused, match=words):
            handed_in(told, uploads=uploads)


def test_the_clock_is_that_of_the_call(told):
    Call.objects.update(days_of_a_turn=3)
    clock = queries.clock_of(newest(told))
    assert clock.most == 3
    assert (clock.until - clock.since).days == 3
    assert clock.is_late == (clock.days > 3)


def broken(change):
    """What the database answers to a change that no action makes."""

    def changed():
        with transaction.atomic():
            change()
            connection.check_constraints()

    with pytest.raises((IntegrityError, InternalError)) as refusal:
        changed()
    return str(refusal.value)


def test_the_database_holds_what_points_say(told):
    point = noted(told, told.manager)
    rows = Deliverable.objects.filter(pk=newest(told).pk)
    now = timezone.now()
    accepted = {"cluster_accepted_by": told.manager, "cluster_accepted_at": now}
    assert "must be mended" in broken(lambda: rows.update(state="cluster_accepted", **accepted))
    returned = {"returned_by": told.officer, "returned_at": now}
    assert "says what is wrong" in broken(lambda: rows.update(state="returned", **returned))
    actions.return_deliverable(newest(told), by=told.manager)
    assert "never changes" in broken(lambda: DeliverablePoint.objects.update(text="All well."))
    second = handed_in(told, {point.pk: Answered(is_done=True)})
    assert "Cannot" in broken(lambda: PointAnswer.objects.update(is_done=False))
    assert "the one before it" in broken(
        lambda: PointAnswer.objects.create(
            point=DeliverablePoint.objects.create(
                deliverable=second, side="partner", where="x", text="y", made_by=told.officer
            ),
            version=second,
            is_done=True,
        )
    )


def test_the_database_wants_a_file_and_every_answer(told):
    noted(told, told.manager)
    actions.return_deliverable(newest(told), by=told.manager)
    bare = {"milestone": told._milestone(0), "number": 2, "summary": "x", "changes": "y"}

    def without_answers(*, with_file):
        version = Deliverable.objects.create(submitted_by=told.manager, **bare)
        if with_file:
            about = {"name": "x", "content_type": "x", "size": 1, "sha256": "x"}
            DeliverableFile.objects.create(deliverable=version, file="x", **about)

    assert "has a file" in broken(lambda: without_answers(with_file=False))
    assert "answers every point" in broken(lambda: without_answers(with_file=True))


def test_a_point_that_is_noted_twice_is_one():
    told = voucher_story("handed in 0")
    point = noted(told, told.manager)
    assert noted(told, told.manager) == point
    assert noted(told, told.manager, where="Page 5") != point
    # The other side reads for itself.
    assert noted(told, told.officer).side != point.side
    assert DeliverablePoint.objects.count() == 3
