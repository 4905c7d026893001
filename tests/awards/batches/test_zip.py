"""All letters of a round as one ZIP: streamed, named for people, and only what its reader may read."""

from __future__ import annotations

import csv
import hashlib
import io
import tracemalloc
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.urls import reverse

from accounts.models import RoleGrant
from documents.models import Document
from documents.views import packing
from documents.views.packing import letters_as_zip
from exports.letters.streamed import StreamedFile, streamed_zip
from tests.awards.batches.rounds import letters, make_all, told
from tests.people import log_in
from vouchers.applications.models import Recusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def unpacked(client):
    """A function that downloads the ZIP of a round as a person: the ZIP and the lines of its manifest."""

    def download(selection_round, who, **asked):
        log_in(client, who)
        answer = client.get(reverse("awards:download_letters", args=[selection_round.pk]), asked)
        assert answer.status_code == 200
        assert answer.streaming
        archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
        assert archive.testzip() is None
        return archive, manifest_of(archive)

    return download


def manifest_of(archive):
    return list(csv.DictReader(io.StringIO(archive.read("manifest.csv").decode("utf-8-sig"))))


def test_it_holds_every_letter_with_both_its_hashes(unpacked):
    _story, found, by = told()
    make_all()
    archive, lines = unpacked(found, by)
    assert len(lines) == 9
    assert set(archive.namelist()) == {line["path"] for line in lines} | {"manifest.csv"}
    for line in lines:
        content = archive.read(line["path"])
        assert line["addressee"]
        named = f"{line['language']}/{line['reference']} {line['addressee'][:40].strip()}"
        assert line["path"].startswith(named)
        assert hashlib.sha256(content).hexdigest() == line["file_sha256"]
        rendered = content[: int(line["rendered_size"])]
        assert hashlib.sha256(rendered).hexdigest() == line["rendered_sha256"]
        assert line["problem"] == ""


def test_what_is_not_made_or_gone_or_altered_is_named(unpacked):
    _story, found, by = told()
    make_all()
    gone, altered = letters().filter(language="fr")[:2]
    Path(gone.file.path).unlink()
    Path(altered.file.path).write_bytes(b"%PDF other")
    _archive, lines = unpacked(found, by)
    problems = {(line["reference"], line["language"]): line["problem"] for line in lines}
    assert problems[gone.reference, "fr"] == packing.GONE
    assert problems[altered.reference, "fr"] == packing.ALTERED


def test_it_is_what_the_list_is_narrowed_to(unpacked):
    _story, found, by = told()
    make_all()
    archive, lines = unpacked(found, by, language="ar", kind="refusal")
    assert [line["language"] for line in lines] == ["ar"]
    assert len(archive.namelist()) == 2


def test_what_waits_stands_in_the_manifest_alone(unpacked):
    _story, found, by = told()
    archive, lines = unpacked(found, by)
    assert archive.namelist() == ["manifest.csv"]
    assert {(line["state"], line["path"]) for line in lines} == {("pending", "")}


def test_an_officer_is_given_no_letter_of_whom_they_are_recused_from(unpacked):
    story, found, _by = told()
    make_all()
    officer = story.cast.officer("LB")
    refused = found.decisions.get(outcome="refuse").application
    Recusal.objects.create(application=refused, person=officer, reason="My sister.")
    _archive, lines = unpacked(found, officer)
    assert len(lines) == 6
    assert refused.reference not in {line["reference"] for line in lines}


def test_a_role_that_ends_while_it_is_sent_ends_it(client, monkeypatch):
    monkeypatch.setattr(packing, "_AT_ONCE", 2)
    story, found, _by = told()
    make_all()
    officer = story.cast.officer("LB")
    log_in(client, officer)
    answer = client.get(reverse("awards:download_letters", args=[found.pk]))
    pieces = iter(answer.streaming_content)
    sent = [next(pieces)]
    RoleGrant.objects.filter(user=officer).update(revoked_at=datetime.now(UTC))
    sent += pieces
    archive = zipfile.ZipFile(io.BytesIO(b"".join(sent)))
    assert len(manifest_of(archive)) == 2


@pytest.mark.parametrize(
    ("addressee", "named"),
    [
        ("Cèdre Textile", "en/SUV Cèdre Textile Refusal letter.pdf"),
        ("عنقود الأرز", "en/SUV عنقود الأرز Refusal letter.pdf"),
        ("../../etc/passwd", "en/SUV ..-..-etc-passwd Refusal letter.pdf"),
        ("C:\\Windows", "en/SUV C_-Windows Refusal letter.pdf"),
        ("evil\u202efdp.exe", "en/SUV evilfdp.exe Refusal letter.pdf"),
        ("x" * 300, f"en/SUV {'x' * 40} Refusal letter.pdf"),
        ("", "en/SUV Refusal letter.pdf"),
    ],
)
def test_names_are_readable_and_safe(addressee, named):
    document = Document(kind="refusal", language="en", reference="SUV")
    document.addressee = addressee
    assert packing._path(document, set()) == named


def test_names_that_some_file_system_takes_for_one_are_told_apart():
    taken: set[str] = set()
    paths = []
    for name in ("Cèdre", "CÈDRE", "Ce\u0300dre"):
        document = Document(kind="refusal", language="fr", reference="SUV")
        document.addressee = name
        paths.append(packing._path(document, taken))
    assert len({path.casefold() for path in paths}) == 3


def test_no_cell_of_the_manifest_is_a_formula():
    document = Document(kind="refusal", language="en", reference="=1+1")
    document.addressee = "@SUM(A1)"
    document.issued_at = datetime(2026, 1, 1, tzinfo=UTC)
    answer = letters_as_zip([document.pk], lambda keys: [document], name="x.zip")
    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    (line,) = manifest_of(archive)
    assert (line["reference"], line["addressee"]) == ("'=1+1", "'@SUM(A1)")


def test_memory_stays_flat_however_large_it_is():
    piece = bytes(range(256)) * 256
    members = (
        StreamedFile(f"{number}.pdf", datetime(2026, 1, 1, tzinfo=UTC), (piece for _ in range(64)))
        for number in range(50)
    )
    tracemalloc.start()
    size = sum(len(part) for part in streamed_zip(members))
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    # 200 MB went through.
    assert size > 0
    assert peak < 2 * 1024 * 1024
