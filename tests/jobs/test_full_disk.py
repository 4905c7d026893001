"""Work that finds no room waits without spending its attempts, whatever kind of work it is."""

from __future__ import annotations

from datetime import timedelta
from errno import ENOSPC

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse

from accounts.actions import invite_person
from accounts.actions.mailing import send_invitation
from accounts.models import Invitation
from conduct.actions.space import lacks_space, no_space_noted_at
from files.actions.making import make_preview
from files.actions.previews import request_preview
from files.models import Preview
from files.wording import kinds
from jobs.actions.trouble import attempted, resting_keys
from jobs.models import Trouble
from jobs.queries import waiting_for_space
from tests.awards.deciding import published
from tests.files import samples
from tests.full import (
    KILOBYTE,
    fail_for_want_of_room,
    files_on_small_disk,
    small_disk,
)
from tests.jobs.test_set_aside import ONCE
from tests.people import log_in, person
from vouchers.awards.dossiers.actions import building
from vouchers.awards.dossiers.actions.asking import ask_for_dossier
from vouchers.awards.dossiers.actions.building import make_dossier
from vouchers.awards.dossiers.models import Dossier

__all__ = ["files_on_small_disk", "small_disk"]

pytestmark = pytest.mark.django_db


def waiting():
    return {kind.slug: number for kind, number in waiting_for_space()}


def test_a_dossier_waits_for_room(files_on_small_disk, monkeypatch):
    monkeypatch.setattr(building, "WAIT_FOR_LETTERS", timedelta(0))
    story, proposal, _sent = published()
    dossier = ask_for_dossier(proposal, by=story.cast.coordinators[0])
    before = set(files_on_small_disk.files())
    files_on_small_disk.fill(leave=4 * KILOBYTE)
    for _number in range(2 * Dossier.MAX_ATTEMPTS):
        assert make_dossier(dossier.pk) is False
    dossier.refresh_from_db()
    assert (dossier.state, dossier.attempts, dossier.run) == ("pending", 0, None)
    assert set(files_on_small_disk.files()) == before
    assert waiting() == {"dossiers": 1}
    files_on_small_disk.make_room()
    assert make_dossier(dossier.pk) is True
    dossier.refresh_from_db()
    assert len(dossier.file.read()) == dossier.size
    assert waiting() == {}


def test_a_dossier_whose_scratch_file_finds_no_room_waits_too(monkeypatch, small_disk):
    """It is packed in the system's temporary folder, which may be another disk."""
    monkeypatch.setattr(building, "WAIT_FOR_LETTERS", timedelta(0))
    story, proposal, _sent = published()
    dossier = ask_for_dossier(proposal, by=story.cast.coordinators[0])
    small_disk.fill()
    monkeypatch.setattr(building.tempfile, "tempdir", str(small_disk.folder))
    assert make_dossier(dossier.pk) is False
    dossier.refresh_from_db()
    assert (dossier.state, dossier.attempts) == ("pending", 0)
    assert dossier.no_space_since


def test_a_preview_waits_for_room_and_leaves_no_half_set_of_pictures(files_on_small_disk):
    name = default_storage.save("attachments/00ff", samples.named("00ff", samples.pdf(pages=5)))

    class Stored:
        pass

    Stored.name = name
    preview = request_preview(Stored, kinds.PDF.content_type)
    # The thumbnail finds room, the pages do not.
    files_on_small_disk.fill(leave=6 * KILOBYTE)
    for _number in range(2 * Preview.MAX_ATTEMPTS):
        assert make_preview(preview.pk) is False
    preview.refresh_from_db()
    assert (preview.state, preview.attempts) == ("pending", 0)
    assert files_on_small_disk.files(below="previews") == []
    files_on_small_disk.make_room()
    assert make_preview(preview.pk) is True


def test_an_errand_waits_and_no_attempt_counts():
    for _number in range(2 * ONCE.max_attempts):
        assert attempted("test_once", 7, fail_for_want_of_room) is None
        trouble = Trouble.objects.get()
        assert (trouble.attempts, trouble.set_aside_at) == (0, None)
        assert resting_keys("test_once") == {"7"}
        Trouble.objects.update(next_attempt_at=trouble.began_at)
    assert waiting() == {"test_once": 1}
    assert attempted("test_once", 7, lambda: "done") == "done"
    assert waiting() == {}


def test_an_invitation_is_not_given_up_for_want_of_room(monkeypatch):
    invitation = invite_person(
        "new@example.org", role="auditor", language="en", by=person(role="administrator")
    )
    monkeypatch.setattr("django.core.mail.EmailMessage.send", fail_for_want_of_room)
    send_invitation(invitation.pk)
    found = Invitation.objects.get(pk=invitation.pk)
    assert (found.attempts, found.mailed_at, found.failed_at) == (0, None, None)


def test_the_desk_tells_of_any_full_disk_that_somebody_met(client, monkeypatch, settings):
    settings.LOW_DISK_MB = 0
    administrator = person(role="administrator")
    log_in(client, administrator)
    assert "was full some minutes ago" not in client.get("/").content.decode()
    with monkeypatch.context() as patched:
        patched.setattr("django.db.models.Model.full_clean", fail_for_want_of_room)
        answer = client.post(reverse("accounts:profile"), {"full_name": "A"})
    assert answer.status_code == 507
    assert no_space_noted_at()
    assert "was full some minutes ago" in client.get("/").content.decode()


def test_what_tells_of_a_full_disk():
    def raised(inner, outer):
        try:
            try:
                raise inner
            except Exception:
                raise outer  # noqa: B904 - as what fails while tidying up does
        except Exception as error:
            return error

    full = OSError(ENOSPC, "No space left on device")
    assert lacks_space(full)
    assert lacks_space(raised(full, ValueError("The archive cannot be closed")))
    assert not lacks_space(raised(ValueError("x"), ZeroDivisionError()))
    assert not lacks_space(OSError(5, "Input/output error"))
    assert not lacks_space(None)
