"""The key with which letters are sealed: which serves, and what happens while none does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.checks import run_checks
from django.urls import reverse
from django.utils import timezone

from demonstration.clock import on
from documents.actions.making import DOCUMENTS, render_document
from documents.models import Document
from documents.sealing import keys
from documents.sealing.self_made import make_certificate
from jobs.actions.attempts import UNTIMELY_WAIT
from notices.actions import notify
from notices.actions.sending import LETTERS_WAIT, send_notice
from notices.models import Notice
from notices.tasks import send_late_letters
from tests.documents.checking import issued, kept, seals_of
from tests.documents.conftest import HOLDER
from tests.documents.samples import sample_facts
from tests.people import log_in, person

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("letters_for_all")]


def test_the_key_is_loaded_once_in_a_process(sealing):
    keys._loaded.cache_clear()
    for _number in range(3):
        keys.sealing_key()
    assert keys._loaded.cache_info().misses == 1


def with_wrong_passphrase(path):
    make_certificate(path, HOLDER, passphrase="another")


def expired(path):
    make_certificate(path, HOLDER, valid_until=datetime(2021, 1, 1, tzinfo=UTC))


def not_yet(path):
    make_certificate(path, HOLDER, valid_from=datetime(2059, 1, 1, tzinfo=UTC))


def missing(path):
    path.unlink(missing_ok=True)


def no_certificate(path):
    path.write_bytes(b"no certificate")


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (with_wrong_passphrase, "passphrase is wrong"),
        (expired, "expired on 2021-01-01"),
        (not_yet, "holds from 2059-01-01 only"),
        (missing, "cannot be read: No such file"),
        (no_certificate, "is no PKCS#12"),
    ],
)
def test_without_a_key_that_serves_a_letter_waits_and_is_sealed_later(
    spoil, reason, tmp_path, settings, client, mailoutbox
):
    path = tmp_path / "seal.p12"
    spoil(path)
    settings.SEAL_CERTIFICATE = str(path)
    letter = issued()
    facts = {**sample_facts("award"), "accept_by": "2026-06-30"}
    notice = notify(person("m@example.org"), "award-offered", facts=facts, documents=[letter])
    # More often than it may fail.
    for _number in range(2 * Document.MAX_ATTEMPTS):
        assert render_document(letter.pk) is False
    letter.refresh_from_db()
    assert (letter.state, letter.attempts) == ("rendered", 0)
    assert reason in letter.last_error
    assert letter.rendered_at
    # Nobody is given an unsealed file in its place; its message waits with it.
    assert not letter.file
    assert send_notice(notice.pk) is False
    log_in(client, person(role="coordinator"))
    assert "1 letter is made and waits for its electronic seal" in client.get("/").content.decode()
    background = client.get(reverse("dashboards:background")).content.decode()
    assert str(letter.pk) in background
    assert reason in background
    assert "not sealed yet" in client.get(letter.verification_url).content.decode()
    # The file is mended: no process is started anew, and nothing is rendered anew.
    make_certificate(path, HOLDER)
    assert DOCUMENTS.claim_due(timezone.now() + UNTIMELY_WAIT) == [letter.pk]
    assert render_document(letter.pk) is True
    mended = Document.objects.get(pk=letter.pk)
    assert mended.rendered_at == letter.rendered_at
    (seal,) = seals_of(mended.file.read(), trusted=path)
    assert seal.bottom_line
    assert kept() == {Path(mended.file.path), Path(mended.archive.path)}
    assert send_notice(notice.pk) is True
    assert "electronic seal" not in client.get("/").content.decode()


def test_a_letter_that_waits_long_for_its_seal_follows_its_message(tmp_path, settings, mailoutbox):
    """It is rendered before the message goes, and ready only after it."""
    path = tmp_path / "seal.p12"
    settings.SEAL_CERTIFICATE = str(path)
    letter = issued()
    facts = {**sample_facts("award"), "accept_by": "2026-06-30"}
    notice = notify(person("m@example.org"), "award-offered", facts=facts, documents=[letter])
    assert render_document(letter.pk) is False
    with on(timezone.now() - LETTERS_WAIT - timedelta(minutes=1)):
        assert send_notice(notice.pk) is False
    assert send_notice(notice.pk) is True
    assert not mailoutbox[0].attachments
    assert "What could not be attached yet" in mailoutbox[0].body
    assert send_late_letters() == 0
    make_certificate(path, HOLDER)
    assert render_document(letter.pk) is True
    assert send_late_letters() == 1
    assert send_notice(Notice.objects.get(kind="letter-follows").pk) is True
    assert len(mailoutbox[1].attachments) == 1


def test_a_key_of_another_certificate_is_refused(tmp_path, settings):
    from cryptography.hazmat.primitives.serialization import NoEncryption, pkcs12

    first, second = tmp_path / "1.p12", tmp_path / "2.p12"
    for path in (first, second):
        make_certificate(path, HOLDER)
    one, other = (pkcs12.load_pkcs12(path.read_bytes(), None) for path in (first, second))
    with pytest.raises(ValueError):
        pkcs12.serialize_key_and_certificates(
            None, one.key, other.cert.certificate, None, NoEncryption()
        )
    mixed = pkcs12.PKCS12KeyAndCertificates(one.key, other.cert, [])
    with pytest.raises(keys.NoSeal, match="not that of its certificate"):
        keys._as_key(mixed)


@pytest.mark.parametrize(
    ("named", "found"),
    [(None, "W001"), (missing, "W002"), (make_certificate, "W003"), ("soon", "W004")],
)
def test_whoever_deploys_is_told_of_the_seal(named, found, tmp_path, settings):
    path = tmp_path / "seal.p12"
    if named == "soon":
        make_certificate(path, HOLDER, valid_until=timezone.now() + timedelta(days=10))
    elif named is make_certificate:
        make_certificate(path, HOLDER)
    settings.SEAL_CERTIFICATE = "" if named is None else str(path)
    told = {one.id for one in run_checks(tags=["seal"], include_deployment_checks=True)}
    assert f"documents.{found}" in told
    assert run_checks(tags=["seal"]) == []
