"""Correcting a record of needs that is in force."""

import pytest

from conduct.actions import OutOfOrder, Refused
from documents.queries import documents_about
from tests.assistance.needs.record import confirmed, rewrite, standing
from tests.making import voucher_story
from vouchers.assistance.needs import actions, queries
from vouchers.assistance.needs.actions import NeedInput
from vouchers.assistance.needs.models import NeedsRecord

pytestmark = pytest.mark.django_db


def test_a_correction_takes_the_place_of_what_was_in_force():
    told = voucher_story()
    first = confirmed(told)
    with pytest.raises(Refused, match="Say what is corrected"):
        actions.correct_record(first, reason=" ", by=told.officer)
    second = actions.correct_record(first, reason="A need was missing.", by=told.officer)
    assert [need.key for need in second.needs.all()] == [need.key for need in first.needs.all()]
    with pytest.raises(Refused, match="in work already"):
        actions.correct_record(first, reason="Again.", by=told.officer)
    with pytest.raises(Refused, match="Nothing is changed"):
        actions.share_record(second, by=told.officer)
    added = actions.add_need(second, first.needs.first().theme, by=told.officer)
    actions.save_record(
        second, {added.pk: NeedInput("A second need", "low")}, seen={added.pk: 1}, by=told.officer
    )
    second = actions.share_record(second, by=told.officer)
    second = actions.confirm_record(second, seen=1, by=told.officer)
    assert queries.record_in_force(told.voucher) == first
    second = actions.confirm_record(second, seen=1, by=told.manager)
    assert queries.record_in_force(told.voucher) == second
    assert standing(first).state == NeedsRecord.State.REPLACED
    assert added.key in {need.key for need in queries.needs_in_force(told.voucher)}
    reading = queries.reading_of(second, shows_draft=True)
    assert [need.what for need in reading.changes.added] == ["A second need"]
    validities = documents_about(told.voucher).filter(kind="needs-assessment", language="en")
    assert sorted(validities.values_list("validity", flat=True)) == ["current", "superseded"]
    with pytest.raises(OutOfOrder):
        actions.correct_record(first, reason="Too late.", by=told.officer)


def test_a_correction_that_nobody_saw_can_be_given_up():
    told = voucher_story()
    first = confirmed(told)
    second = actions.correct_record(first, reason="A mistake.", by=told.officer)
    actions.discard_correction(second, by=told.officer)
    assert list(told.voucher.needs_records.all()) == [first]
    third = actions.correct_record(first, reason="A mistake indeed.", by=told.officer)
    rewrite(third, "Other", by=told.officer)
    third = actions.share_record(third, by=told.officer)
    third = actions.revise_record(third, by=told.officer)
    with pytest.raises(Refused, match="never shared"):
        actions.discard_correction(third, by=told.officer)
