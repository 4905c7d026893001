"""Malware is refused and recorded; a scanner that is away holds or refuses, and takes nothing."""

from __future__ import annotations

import logging
import threading
from datetime import timedelta

import pytest
from django.utils import timezone

from conduct.actions import Refused
from files.actions import uploads as actions
from files.actions.inspection import inspect_upload
from files.actions.refusals import Infected, NotScanned
from files.models import Upload
from files.tasks import sweep_uploads
from tests.files import samples
from tests.files.conftest import EICAR, Clamd

pytestmark = pytest.mark.django_db

CLEAN = samples.pdf()
INFECTED = CLEAN + f"%{EICAR}".encode()


def take(owner, content):
    return actions.take_file("shelf", "shelf-1", samples.named("plan.pdf", content), by=owner)


@pytest.fixture
def away(settings):
    """A scanner's address at which nobody answers."""
    server = Clamd()
    settings.CLAMD_URL, settings.CLAMD_TIMEOUT = server.url, 2
    server.server_close()
    return server


def test_a_clean_file_is_scanned_and_taken(shelf, owner, clamd):
    assert take(owner, CLEAN).state == "done"
    assert clamd.scanned == [shelf.taken[0][2]]


def test_malware_is_refused_with_its_name_and_recorded(shelf, owner, clamd):
    assert EICAR.encode() in INFECTED
    with pytest.raises(Refused, match="found “Eicar-Signature” in this file"):
        take(owner, INFECTED)
    assert not shelf.taken
    upload = Upload.objects.get()
    assert (upload.state, upload.finding, upload.owner) == ("refused", "Eicar-Signature", owner)


def test_the_record_of_malware_outlives_the_sweeper(
    shelf, owner, clamd, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(Refused):
        take(owner, INFECTED)
    Upload.objects.update(expires_at=timezone.now() - timedelta(days=1))
    sweep_uploads()
    upload = Upload.objects.get()
    assert upload.finding == "Eicar-Signature"
    assert not upload.path.exists()


def test_every_form_that_takes_a_file_has_it_scanned(clamd):
    with pytest.raises(Infected):
        inspect_upload(samples.named("invoice.pdf", INFECTED), max_size=10**6)


def test_with_the_scanner_away_a_file_is_kindly_refused(shelf, owner, away, caplog):
    caplog.set_level(logging.CRITICAL)
    with pytest.raises(Refused, match=r"does not answer just now.*try again in some minutes"):
        take(owner, CLEAN)
    assert not shelf.taken
    assert Upload.objects.get().state == "refused"


def test_or_it_is_held_until_the_scanner_is_back(shelf, owner, away, settings):
    settings.CLAMD_WHEN_AWAY = "hold"
    assert take(owner, CLEAN).state == "checking"
    assert not shelf.taken
    sweep_uploads()
    assert Upload.objects.get().state == "checking"
    back = Clamd(port=away.server_address[1])
    threading.Thread(target=back.serve_forever, daemon=True).start()
    Upload.objects.update(next_check_at=timezone.now())
    sweep_uploads()
    back.shutdown()
    back.server_close()
    assert Upload.objects.get().state == "done"
    assert shelf.taken[0][1] == len(CLEAN)


def test_a_file_is_not_held_for_ever(shelf, owner, away, settings):
    settings.CLAMD_WHEN_AWAY = "hold"
    take(owner, CLEAN)
    Upload.objects.update(expires_at=timezone.now(), next_check_at=timezone.now() + timedelta(1))
    sweep_uploads()
    upload = Upload.objects.get()
    assert upload.state == "refused"
    assert "could not be checked for viruses" in upload.refusal


def test_a_held_file_in_which_something_is_found_says_so_later(shelf, owner, away, settings):
    settings.CLAMD_WHEN_AWAY = "hold"
    take(owner, INFECTED)
    back = Clamd(port=away.server_address[1])
    threading.Thread(target=back.serve_forever, daemon=True).start()
    Upload.objects.update(next_check_at=timezone.now())
    sweep_uploads()
    back.shutdown()
    back.server_close()
    upload = Upload.objects.get()
    assert (upload.state, upload.finding) == ("refused", "Eicar-Signature")


@pytest.mark.parametrize("url", ["unix:///nowhere/clamd.ctl", "tcp://127.0.0.1:1"])
def test_both_kinds_of_addresses_are_understood(settings, url):
    settings.CLAMD_URL, settings.CLAMD_TIMEOUT = url, 1
    with pytest.raises(NotScanned):
        inspect_upload(samples.named("a.pdf", CLEAN), max_size=10**6)
