"""The mailbox for bounces on an IMAP server: a real client, a real line, and what goes wrong on it."""

from __future__ import annotations

import ssl
from datetime import timedelta
from imaplib import IMAP4

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.utils import timezone

from notices import actions
from notices.actions.mailbox import read_mailbox
from notices.actions.sending import send_notice
from notices.models import Notice, SetAsideReport
from notices.tasks import read_bounces
from tests.notices.mailbox.imap_server import Box, Server
from tests.notices.making import FACTS, events_of, report
from tests.people import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(mailoutbox, settings):
    settings.SITE_URL = "http://localhost:8000"
    notice = actions.notify(
        person("nadine@example.org"), "plan-approved", facts=FACTS, url="/vouchers/"
    )
    assert send_notice(notice.pk) is True
    return Notice.objects.get(pk=notice.pk)


@pytest.fixture
def box():
    return Box()


@pytest.fixture
def address(box):
    with Server(box) as server:
        # The stroke in the password as docs/deployment.md says that it is written.
        yield f"imap://bounces:secret%2Fword@127.0.0.1:{server.port}/INBOX"
        server.shutdown()


def bounce_of(notice, **more):
    return report(f"<notice-{notice.pk}@localhost>", **more)


def test_what_lies_on_the_server_is_read_once_and_marked(sent, box, address, settings):
    settings.BOUNCE_MAILBOX = address
    box.put(bounce_of(sent))
    box.put(report("<x@elsewhere.org>"))
    box.put(bounce_of(sent, words="smtp; 550 Utilisateur inconnu \u0645\u062c\u0647\u0648\u0644"))
    box.put(b"Subject: read already\r\n\r\nBy somebody.").seen = True
    assert read_bounces() == 2
    assert [kind for kind, _words in events_of(sent)] == ["accepted", "hard", "hard"]
    assert SetAsideReport.objects.count() == 1
    assert all(one.seen for one in box.messages)
    assert read_mailbox(address).total() == 0
    # Nothing is deleted: how long reports stay is for whoever keeps the mailbox.
    assert len(box.messages) == 4


def test_a_folder_of_its_own_and_nothing_in_it(box, address):
    box.folder = "Bounces/2026"
    assert read_mailbox(address.replace("INBOX", "Bounces%2F2026")).total() == 0
    assert box.heard[-1] == b"LOGOUT"


def test_of_a_message_that_is_too_large_no_more_is_fetched_than_is_needed(sent, box, address):
    box.put(b"Subject: big\r\n\r\n" + b"x" * 3_000_000)
    box.put(bounce_of(sent))
    assert read_mailbox(address) == {"set_aside": 1, "new": 1}
    assert SetAsideReport.objects.get().why == "unreadable"


def test_a_line_that_is_dropped_before_it_is_marked_loses_nothing_and_counts_once(
    sent, box, address
):
    box.put(bounce_of(sent))
    box.drops_at = b"UID STORE"
    with pytest.raises((IMAP4.abort, OSError)):
        read_mailbox(address)
    assert [kind for kind, _words in events_of(sent)] == ["accepted", "hard"]
    assert not box.messages[0].seen
    box.drops_at = b""
    assert read_mailbox(address) == {"known": 1}
    assert [kind for kind, _words in events_of(sent)] == ["accepted", "hard"]


def test_a_mailbox_that_cannot_be_marked_is_said_to_fail(sent, box, address):
    box.put(bounce_of(sent))
    box.refuses = b"UID STORE"
    assert read_mailbox(address) == {"failed": 1}
    box.refuses = b""
    assert read_mailbox(address) == {"known": 1}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda address: address.replace("secret", "another"), "AUTHENTICATIONFAILED"),
        (lambda address: address.replace("INBOX", "Bounces"), "no such folder"),
    ],
)
def test_a_wrong_password_or_folder_is_an_error_and_no_empty_mailbox(box, address, change, words):
    with pytest.raises(IMAP4.error, match=words):
        read_mailbox(change(address))


def test_a_server_that_is_away_is_an_error(box, address):
    with pytest.raises(OSError, match="refused"):
        read_mailbox("imap://bounces:secret@127.0.0.1:1/INBOX")


def test_nothing_is_told_to_a_server_of_which_nobody_knows_who_it_is(box, tmp_path):
    with Server(box, _self_made(tmp_path, "127.0.0.1")) as server:
        with pytest.raises(ssl.SSLCertVerificationError):
            read_mailbox(f"imaps://bounces:secret%2Fword@127.0.0.1:{server.port}/INBOX")
        server.shutdown()
    assert box.heard == []


def test_a_server_with_a_certificate_that_is_trusted_is_read(sent, box, tmp_path, monkeypatch):
    context = _self_made(tmp_path, "localhost")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "cert.pem"))
    box.put(bounce_of(sent))
    with Server(box, context) as server:
        address = f"imaps://bounces:secret%2Fword@localhost:{server.port}/INBOX"
        assert read_mailbox(address) == {"new": 1}
        server.shutdown()


def _self_made(folder, host):
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(timezone.now() - timedelta(days=1))
        .not_valid_after(timezone.now() + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = made.public_bytes(serialization.Encoding.PEM)
    (folder / "cert.pem").write_bytes(pem)
    (folder / "key.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    return context
