"""A file is taken out of what stands now: a draft, and a file that is still there."""

import pytest

from conduct.actions import OutOfOrder
from tests.making import LB, fill_in, open_story
from vouchers.applications import actions
from vouchers.applications.models import Application, Attachment

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft():
    story = open_story()
    draft = story.apply(LB, send=False)
    if not draft.attachments.exists():
        fill_in(story, draft)
    return draft


def test_a_file_of_what_was_sent_meanwhile_stays(draft):
    seen = Attachment.objects.select_related("application").first()
    Application.objects.filter(pk=draft.pk).update(
        state=Application.State.SUBMITTED,
        reference="SUV-2026-LB-0001",
        submitted_by=draft.started_by,
        submitted_at=draft.started_at,
    )
    with pytest.raises(OutOfOrder):
        actions.remove_attachment(seen, by=draft.started_by)
    assert Attachment.objects.filter(pk=seen.pk).exists()


def test_a_file_that_a_colleague_took_out_already_is_told_of(draft):
    first, again = Attachment.objects.first(), Attachment.objects.first()
    actions.remove_attachment(first, by=draft.started_by)
    with pytest.raises(OutOfOrder, match="not there any more"):
        actions.remove_attachment(again, by=draft.started_by)
