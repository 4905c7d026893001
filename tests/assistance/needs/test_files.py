"""Files that go with a record of needs: added to a draft, and kept with what was shared."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from clusters.models import Cluster
from conduct.actions import NotAllowed, OutOfOrder, Refused
from documents.models import Document
from tests.assistance.needs.record import confirmed, represent, shared, standing, written
from tests.making import MA, pdf, voucher_story
from tests.people import log_in, person
from vouchers.assistance.needs import actions, queries
from vouchers.assistance.needs.actions.attaching import MOST_FILES

pytestmark = pytest.mark.django_db


def with_file(told, name="survey.pdf"):
    record = written(told)
    return record, actions.add_needs_file(record, pdf(name), by=told.officer)


def status(client, somebody, file, name="file"):
    log_in(client, somebody)
    return client.get(reverse(f"needs:{name}", args=[file.record_id, file.key])).status_code


def test_a_file_is_added_read_and_taken_out_on_the_pages(client):
    told = voucher_story()
    record = written(told)
    log_in(client, told.officer)
    page = client.get(reverse("needs:write", args=[record.pk])).content.decode()
    assert "No file yet" in page
    gone = client.post(
        reverse("needs:write", args=[record.pk]), {"decisions": "Typed", "seen_0": 1, "go": "files"}
    )
    assert (gone.url, standing(record).decisions) == (
        reverse("needs:files", args=[record.pk]),
        "Typed",
    )
    added = client.post(gone.url, {"upload": pdf("survey.pdf")}, follow=True).content.decode()
    assert "“survey.pdf” is added" in added
    file = record.files.get()
    assert client.get(reverse("needs:file", args=[record.pk, file.key])).status_code == 200
    taken_out = client.post(reverse("needs:remove_file", args=[record.pk, file.key]), follow=True)
    assert "“survey.pdf” is taken out" in taken_out.content.decode()
    assert client.get(reverse("needs:file", args=[record.pk, file.key])).status_code == 404


@pytest.mark.parametrize(
    ("upload", "sentence"),
    [
        (None, "Choose a file"),
        (("notes.exe", b"MZ\x90\x00" + b"\x00" * 60), "not a file of an accepted type"),
        (("empty.pdf", b""), "empty"),
    ],
)
def test_what_is_wrong_with_a_file_stands_beside_the_field(client, upload, sentence):
    told = voucher_story()
    record = written(told)
    log_in(client, told.officer)
    data = {"upload": SimpleUploadedFile(*upload)} if upload else {}
    page = client.post(reverse("needs:files", args=[record.pk]), data).content.decode()
    beside = page[page.index("upload") :]
    assert sentence in beside
    assert not record.files.exists()


def test_the_same_file_and_one_too_many_are_refused():
    told = voucher_story()
    record, _file = with_file(told)
    with pytest.raises(Refused, match=r"there already, as “survey\.pdf”"):
        actions.add_needs_file(record, pdf("again.pdf"), by=told.officer)
    for number in range(1, MOST_FILES):
        actions.add_needs_file(record, pdf(f"{number}.pdf", str(number)), by=told.officer)
    with pytest.raises(Refused, match="At most 10 files"):
        actions.add_needs_file(record, pdf("more.pdf", "more"), by=told.officer)


def test_only_who_writes_the_record_adds_files_and_only_to_a_draft():
    told = voucher_story()
    record, file = with_file(told)
    for somebody in (told.manager, told.cast.coordinators[0], told.cast.officer(MA.country)):
        with pytest.raises(NotAllowed):
            actions.add_needs_file(record, pdf("other.pdf", "other"), by=somebody)
        with pytest.raises(NotAllowed):
            actions.remove_needs_file(file, by=somebody)
    actions.share_record(record, by=told.officer)
    with pytest.raises(OutOfOrder):
        actions.add_needs_file(record, pdf("late.pdf", "late"), by=told.officer)
    with pytest.raises(OutOfOrder):
        actions.remove_needs_file(file, by=told.officer)


def test_the_cluster_reads_what_was_shared_and_nothing_of_a_draft(client):
    told = voucher_story()
    record, first = with_file(told)
    assert status(client, told.manager, first) == 404
    actions.share_record(record, by=told.officer)
    assert status(client, told.manager, first) == 200
    assert status(client, told.cast.officer(MA.country), first) == 404
    actions.revise_record(standing(record), by=told.officer)
    actions.remove_needs_file(first, by=told.officer)
    second = actions.add_needs_file(standing(record), pdf("new.pdf", "new"), by=told.officer)
    assert (status(client, told.manager, first), status(client, told.manager, second)) == (200, 404)
    assert (status(client, told.officer, first), status(client, told.officer, second)) == (404, 200)
    actions.share_record(standing(record), by=told.officer)
    assert (status(client, told.manager, first), status(client, told.manager, second)) == (404, 200)
    page = client.get(reverse("needs:record", args=[record.pk])).content.decode()
    assert "<del><bdi>survey.pdf</bdi></del>" in page


def test_a_member_who_only_reads_reads_the_files_too(client):
    told = voucher_story()
    record, file = with_file(told)
    actions.share_record(record, by=told.officer)
    cluster = Cluster.objects.get(pk=told.voucher.award.application.cluster_id)
    reader = represent(person("reader@cluster.example"), cluster, level="reader")
    assert status(client, reader, file) == 200


def test_a_correction_takes_the_files_over_and_one_more_is_a_change():
    told = voucher_story()
    record, file = with_file(told)
    actions.share_record(record, by=told.officer)
    for somebody in (told.manager, told.officer):
        record = actions.confirm_record(standing(record), seen=1, by=somebody)
    correction = actions.correct_record(record, reason="Minutes are missing.", by=told.officer)
    assert [one.key for one in correction.files.all()] == [file.key]
    with pytest.raises(Refused, match="Nothing is changed"):
        actions.share_record(correction, by=told.officer)
    actions.add_needs_file(correction, pdf("minutes.pdf", "minutes"), by=told.officer)
    assert actions.share_record(standing(correction), by=told.officer).sharing_number == 1
    assert [one.name for one in queries.content_of(record).files] == ["survey.pdf"]


def test_a_correction_with_files_is_given_up():
    told = voucher_story()
    correction = actions.correct_record(confirmed(told), reason="A mistake.", by=told.officer)
    actions.add_needs_file(correction, pdf(), by=told.officer)
    actions.discard_correction(correction, by=told.officer)
    assert told.voucher.needs_records.count() == 1


def test_the_letter_names_the_files():
    told = voucher_story()
    record, _file = with_file(told)
    actions.share_record(record, by=told.officer)
    for somebody in (told.manager, told.officer):
        actions.confirm_record(standing(record), seen=1, by=somebody)
    letter = Document.objects.filter(kind="needs-assessment").first()
    assert [file["name"] for file in letter.facts["files"]] == ["survey.pdf"]


def test_what_was_shared_once_is_seen_by_a_share_without_files(client):
    told = voucher_story()
    record = shared(told)
    log_in(client, told.manager)
    assert "Attachments" not in client.get(record.get_absolute_url()).content.decode()
