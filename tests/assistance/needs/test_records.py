"""The record of needs: written, shared, remarked on, confirmed by both sides, corrected."""

import pytest
from django.db import IntegrityError, transaction

from conduct.actions import NotAllowed, OutOfOrder, Refused
from documents.models import Document
from notices.models import Notice
from tests.assistance.needs.record import confirmed, represent, rewrite, shared, standing, written
from tests.making import LB, MA, voucher_story
from tests.people import person
from vouchers.assistance.needs import actions, queries
from vouchers.assistance.needs.actions import DECISIONS, NeedInput
from vouchers.assistance.needs.models import Need, NeedsRecord, NeedsSharing
from vouchers.calls.actions import copy_call

pytestmark = pytest.mark.django_db


def kinds_to(person):
    return list(
        Notice.objects.filter(recipient=person, kind__startswith="needs-")
        .order_by("created_at")
        .values_list("kind", flat=True)
    )


def test_it_begins_with_a_row_for_each_theme_of_the_call():
    told = voucher_story()
    record = actions.begin_record(told.voucher, by=told.officer)
    assert [need.theme.code for need in queries.needs_of(record)] == [
        "governance",
        "services",
        "internationalisation",
        "innovation",
        "digital",
        "finance",
        "communication",
    ]
    with pytest.raises(Refused, match="begun already"):
        actions.begin_record(told.voucher, by=told.officer)


def test_only_the_officer_of_the_country_writes_it():
    told = voucher_story()
    for somebody in (told.manager, told.cast.coordinators[0], told.cast.officer(MA.country)):
        with pytest.raises(NotAllowed):
            actions.begin_record(told.voucher, by=somebody)
    assert not NeedsRecord.objects.exists()


def test_two_windows_never_overwrite_each_other():
    told = voucher_story()
    record = written(told)
    need = record.needs.first()
    seen = {need.pk: need.version, DECISIONS: standing(record).decisions_version}
    mine, theirs = (NeedInput(text, "low") for text in ("Mine", "Theirs"))
    assert actions.save_record(record, {need.pk: theirs}, seen=seen, by=told.officer) == []
    late = {need.pk: mine, DECISIONS: "Decided"}
    assert actions.save_record(record, late, seen=seen, by=told.officer) == [need.pk]
    need.refresh_from_db()
    assert (need.what, need.priority) == ("Theirs", "low")
    assert standing(record).decisions == "Decided"


def test_parts_of_another_version_are_left_alone():
    told = voucher_story()
    first = confirmed(told)
    second = actions.correct_record(first, reason="A mistake.", by=told.officer)
    foreign = first.needs.first()
    actions.save_record(
        second, {foreign.pk: NeedInput("Taken", "low")}, seen={foreign.pk: 1}, by=told.officer
    )
    foreign.refresh_from_db()
    assert foreign.what != "Taken"


def test_a_forged_priority_and_a_pasted_book_are_refused():
    told = voucher_story()
    record = written(told)
    need = record.needs.first()
    for content, sentence in [
        (NeedInput("Export", "urgent"), "how urgent"),
        (NeedInput("x" * 100_001, "low"), "cannot be saved"),
    ]:
        with pytest.raises(Refused, match=sentence):
            actions.save_record(record, {need.pk: content}, seen={need.pk: 9}, by=told.officer)


def test_sharing_leaves_out_empty_rows_and_says_what_is_missing():
    told = voucher_story()
    record = actions.begin_record(told.voucher, by=told.officer)
    with pytest.raises(Refused, match="at least one need"):
        actions.share_record(record, by=told.officer)
    first, second, *_others = record.needs.all()
    half = {
        first.pk: NeedInput("", "high", evidence="A survey"),
        second.pk: NeedInput("Export", "low"),
    }
    actions.save_record(record, half, seen={first.pk: 1, second.pk: 1}, by=told.officer)
    with pytest.raises(Refused, match="Say what is needed"):
        actions.share_record(record, by=told.officer)
    assert standing(record).state == NeedsRecord.State.DRAFT
    assert record.needs.count() == 7
    full = {first.pk: NeedInput("Statutes", "high", evidence="A survey")}
    actions.save_record(record, full, seen={first.pk: 2}, by=told.officer)
    record = actions.share_record(record, by=told.officer)
    assert [need.what for need in queries.needs_of(record)] == ["Statutes", "Export"]
    assert kinds_to(told.manager) == ["needs-shared"]


def test_a_text_that_is_too_long_is_kept_and_told():
    told = voucher_story()
    record = written(told)
    need = record.needs.first()
    rewrite(record, "x" * 1001, by=told.officer)
    assert actions.problems_of_record(record) == {
        need.pk: ["“what is needed” is longer than 1,000 characters."]
    }
    with pytest.raises(Refused, match="longer than 1,000"):
        actions.share_record(record, by=told.officer)


def test_both_sides_confirm_it_and_a_document_says_so():
    told = voucher_story()
    record = shared(told)
    record = actions.confirm_record(record, seen=1, by=told.manager)
    assert record.state == NeedsRecord.State.SHARED
    assert not queries.needs_in_force(told.voucher).exists()
    assert "needs-to-confirm" in kinds_to(told.officer)
    record = actions.confirm_record(record, seen=1, by=told.officer)
    assert record.state == NeedsRecord.State.CONFIRMED
    assert list(queries.needs_in_force(told.voucher)) == queries.needs_of(record)
    documents = Document.objects.filter(kind="needs-assessment")
    assert sorted(documents.values_list("language", flat=True)) == ["ar", "en", "fr"]
    facts = documents.get(language="fr").facts
    assert facts["cluster_confirmed_by"] == str(told.manager)
    assert [need["what"] for theme in facts["themes"] for need in theme["needs"]] == [
        need.what for need in queries.needs_of(record)
    ]
    assert kinds_to(told.manager)[-1] == kinds_to(told.officer)[-1] == "needs-confirmed"


def test_one_person_never_confirms_for_both_sides():
    told = voucher_story()
    record = shared(told)
    actions.confirm_record(record, seen=1, by=told.officer)
    with pytest.raises(Refused, match="already"):
        actions.confirm_record(record, seen=1, by=told.officer)
    with pytest.raises(IntegrityError, match="two_people_confirm_needs"), transaction.atomic():
        NeedsRecord.objects.filter(pk=record.pk).update(
            cluster_confirmed_by=told.officer, cluster_confirmed_at=record.shared_at
        )
    assert standing(record).state == NeedsRecord.State.SHARED


def test_who_only_reads_neither_confirms_nor_remarks():
    told = voucher_story()
    record = shared(told)
    reader = represent(person(), record.voucher.award.application.cluster, "reader")
    for somebody in (reader, told.cast.coordinators[0], told.cast.officer(MA.country)):
        with pytest.raises(NotAllowed):
            actions.confirm_record(record, seen=1, by=somebody)
        with pytest.raises(NotAllowed):
            actions.send_remarks(record, {None: "No"}, seen=1, by=somebody)


def test_remarks_stand_beside_the_need_and_the_partner_revises():
    told = voucher_story()
    record = shared(told)
    need = record.needs.first()
    for _press in range(2):
        actions.send_remarks(
            record, {need.key: "It is more urgent.", None: "  "}, seen=1, by=told.manager
        )
    assert kinds_to(told.officer) == ["needs-remarked"]
    (wait,) = queries.waiting_for(standing(record), queries.remarks_on(record))
    assert (wait.side, wait.what) == ("partner", "answer")
    actions.confirm_record(record, seen=1, by=told.manager)
    record = actions.revise_record(record, by=told.officer)
    assert record.cluster_confirmed_by is None
    rewrite(record, "Export, at once", by=told.officer)
    record = actions.share_record(record, by=told.officer)
    assert record.sharing_number == 2
    reading = queries.reading_of(record, queries.remarks_on(record), shows_draft=False)
    (change,) = reading.changes.changed
    assert (change.fields, change.after.what) == (("what",), "Export, at once")
    told_remarks = [
        remark.text for theme in reading.themes for one in theme.needs for remark in one.remarks
    ]
    assert told_remarks == ["It is more urgent."]
    assert NeedsSharing.objects.filter(record=record).count() == 2


def test_what_was_shared_anew_is_not_confirmed_unread():
    told = voucher_story()
    record = shared(told)
    record = actions.revise_record(record, by=told.officer)
    rewrite(record, "Something else", by=told.officer)
    record = actions.share_record(record, by=told.officer)
    for conduct in (
        lambda: actions.confirm_record(record, seen=1, by=told.manager),
        lambda: actions.send_remarks(record, {None: "No"}, seen=1, by=told.manager),
    ):
        with pytest.raises(Refused, match="shared again meanwhile"):
            conduct()
    assert standing(record).cluster_confirmed_by is None


def test_the_cluster_reads_a_draft_only_as_it_was_shared_last():
    told = voucher_story()
    record = written(told)
    assert not queries.records_visible_to(told.manager).exists()
    assert queries.records_visible_to(told.officer).get() == record
    record = actions.share_record(record, by=told.officer)
    before = queries.content_of(record)
    record = actions.revise_record(record, by=told.officer)
    rewrite(record, "Not for your eyes yet", by=told.officer)
    reading = queries.reading_of(record, shows_draft=False)
    assert not reading.is_current
    assert [one.content for theme in reading.themes for one in theme.needs] == list(before.needs)


def test_nothing_changes_once_it_is_shared():
    told = voucher_story()
    record = shared(told)
    need = record.needs.first()
    for conduct in (
        lambda: rewrite(record, "Other", by=told.officer),
        lambda: actions.remove_need(record, need, by=told.officer),
        lambda: actions.add_need(record, need.theme, by=told.officer),
    ):
        with pytest.raises(OutOfOrder):
            conduct()
    assert Need.objects.get(pk=need.pk).what == need.what


def test_a_theme_of_another_call_is_refused():
    told = voucher_story()
    record = written(told)
    call = told.voucher.award.application.call
    terms = {name: getattr(call, name) for name in ("opens_at", "deadline", "decision_due")}
    days = {name: getattr(call, name) for name in ("assistance_starts", "assistance_ends")}
    coordinator = told.cast.coordinators[0]
    other = copy_call(call, slug="other", year=call.year + 1, by=coordinator, **terms, **days)
    with pytest.raises(Refused, match="themes of this call"):
        actions.add_need(record, other.need_themes.first(), by=told.officer)
    need = record.needs.first()
    with pytest.raises(IntegrityError, match="one of its call"), transaction.atomic():
        Need.objects.filter(pk=need.pk).update(theme=other.need_themes.first())


def test_the_story_tells_what_the_cluster_needs():
    told = voucher_story("needs", facts=LB)
    assert queries.needs_in_force(told.voucher).filter(priority="high").exists()
