"""Pictures and evidence: by content, without where they were taken, kept with what was sent."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from conduct.actions import NotAllowed, OutOfOrder, Refused
from tests.assistance.reports.writing import (
    INDICATORS,
    PICTURES,
    changed,
    photograph,
    report_of,
    returned,
    seen_of,
)
from tests.making import MA, pdf, voucher_story
from tests.people import log_in, person
from vouchers.assistance.reports import actions
from vouchers.assistance.reports.actions.files import MOST_BYTES, MOST_PICTURES
from vouchers.assistance.reports.models import ReportFile
from vouchers.assistance.reports.queries import raw_rows, sheet_of

pytestmark = pytest.mark.django_db
WORDS = {
    "caption": "A session",
    "credit": "The cluster, CC BY 4.0",
    "alternative": "People talking",
}


@pytest.fixture
def draft():
    told = voucher_story("reported")
    returned(told)
    return told


def words(told, picture, **cells):
    rows = [{"key": str(picture.key), **WORDS, **cells}]
    return actions.save_report_parts(
        told.voucher, {PICTURES: rows}, seen=seen_of(told), by=told.manager
    )


def test_where_it_was_taken_is_gone_from_a_photograph(draft):
    taken = photograph()
    assert Image.open(BytesIO(taken.read())).getexif().get_ifd(0x8825)
    taken.seek(0)
    added = actions.add_picture(draft.voucher, taken, by=draft.manager)
    with added.file.open() as file:
        kept = file.read()
    picture = Image.open(BytesIO(kept))
    assert (picture.format, picture.size) == ("WEBP", (60, 40))
    assert not picture.getexif()
    assert b"MakerOfTelephones" not in kept
    assert added.name == "session.webp"


@pytest.mark.parametrize(
    ("upload", "sentence"),
    [
        (lambda: pdf("session.jpg"), "By its content this file is a PDF"),
        (lambda: pdf(), "A picture is a JPEG, PNG or WebP file."),
        (lambda: SimpleUploadedFile("a.jpg", b"no picture at all"), "."),
        (lambda: SimpleUploadedFile("a.png", b""), "The file is empty"),
        (lambda: SimpleUploadedFile("a.jpg", photograph().read()[:300]), "."),
        (lambda: SimpleUploadedFile("a.jpg", bytes(MOST_BYTES + 1)), "at most 10.0"),
    ],
)
def test_what_is_no_picture_is_refused(draft, upload, sentence):
    with pytest.raises(Refused, match=sentence):
        actions.add_picture(draft.voucher, upload(), by=draft.manager)
    assert not ReportFile.objects.exists()


def test_fifty_megabytes_are_refused_before_a_byte_is_sent(draft, client):
    answer = log_in(client, draft.manager).post(
        reverse("files:uploads"),
        headers={
            "Tus-Resumable": "1.0.0",
            "Upload-Length": str(50 * 1024**2),
            "Upload-Metadata": tus(
                target="report-file", key=f"{draft.voucher.pk}:pictures", filename="a.jpg"
            ),
        },
    )
    assert answer.status_code == 413
    assert "at most 10.0" in answer.content.decode()


def tus(**facts):
    from base64 import b64encode

    return ",".join(f"{name} {b64encode(text.encode()).decode()}" for name, text in facts.items())


def test_the_same_picture_is_there_once_and_there_are_not_too_many(draft):
    actions.add_picture(draft.voucher, photograph(), by=draft.manager)
    with pytest.raises(Refused, match="there already"):
        actions.add_picture(draft.voucher, photograph("other.jpg"), by=draft.manager)
    report = report_of(draft)
    ReportFile.objects.bulk_create(
        ReportFile(
            report=report, kind="picture", file="x", name="x", size=1, added_by=draft.manager
        )
        for _more in range(MOST_PICTURES - 1)
    )
    with pytest.raises(Refused, match="at most 12 pictures"):
        actions.add_picture(draft.voucher, photograph(colour="#000000"), by=draft.manager)


@pytest.mark.parametrize(
    ("column", "sentence"),
    [
        ("caption", "“Caption” is missing."),
        ("credit", "“Who took it, and who may use it” is missing."),
        ("alternative", "“What can be seen, for those who do not see it” is missing."),
    ],
)
def test_a_picture_has_caption_rights_and_words_for_those_who_do_not_see_it(
    draft, column, sentence
):
    picture = actions.add_picture(draft.voucher, photograph(), by=draft.manager)
    words(draft, picture, **{column: " "})
    assert any(sentence in said for said in actions.obstacles_of(report_of(draft)))
    words(draft, picture)
    actions.submit_report(report_of(draft), by=draft.manager)
    [shown] = report_of(draft).version.pictures.all()
    assert (shown.file, shown.caption) == (picture, "A session")


def test_a_picture_that_is_taken_out_stays_with_what_was_sent(draft):
    picture = actions.add_picture(draft.voucher, photograph(), by=draft.manager)
    words(draft, picture)
    actions.submit_report(report_of(draft), by=draft.manager)
    with pytest.raises(OutOfOrder):
        actions.remove_report_file(picture, by=draft.manager)
    returned(draft)
    actions.remove_report_file(picture, by=draft.manager)
    assert sheet_of(draft.voucher, report_of(draft)).pictures == []
    assert report_of(draft).version.pictures.get().file == picture
    with picture.file.open() as file:
        assert file.read()


def test_a_file_is_evidence_in_the_place_of_a_sentence(draft):
    key = raw_rows(report_of(draft))[INDICATORS][0]["key"]
    changed(draft, INDICATORS, evidence="")
    assert actions.obstacles_of(report_of(draft))
    actions.add_evidence(draft.voucher, key, pdf("list.pdf"), by=draft.manager)
    better = actions.add_evidence(draft.voucher, key, pdf("better.pdf", "b"), by=draft.manager)
    assert actions.obstacles_of(report_of(draft)) == []
    actions.submit_report(report_of(draft), by=draft.manager)
    assert report_of(draft).version.indicators.get(key=key).file == better
    returned(draft)
    unknown = "0b8f1c1e-0000-4000-8000-000000000001"
    with pytest.raises(Refused, match="not in the plan any more"):
        actions.add_evidence(draft.voucher, unknown, pdf(), by=draft.manager)


def test_who_sees_a_file_before_and_after_it_is_sent(draft, client):
    picture = actions.add_picture(draft.voucher, photograph(), by=draft.manager)
    address = reverse("final_reports:file", args=[picture.pk])
    assert log_in(client, draft.manager).get(address).status_code == 200
    assert log_in(client, draft.officer).get(address).status_code == 404
    words(draft, picture)
    actions.submit_report(report_of(draft), by=draft.manager)
    answer = log_in(client, draft.officer).get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/webp"
    for other in (draft.cast.officer(MA.country), person()):
        assert log_in(client, other).get(address).status_code == 404
    with pytest.raises(NotAllowed):
        actions.add_picture(draft.voucher, photograph(), by=draft.officer)


def test_the_page_takes_pictures_without_scripts_and_says_what_is_wrong(draft, client):
    address = reverse("final_reports:pictures", args=[draft.voucher.pk])
    log_in(client, draft.manager)
    html = client.post(address, {"file": pdf("paper.pdf")}).content.decode()
    assert "paper.pdf: A picture is a JPEG, PNG or WebP file." in html
    assert client.post(address, {"file": photograph()}).status_code == 302
    assert "session.webp" in client.get(address).content.decode()
    removed = client.post(reverse("final_reports:remove_file", args=[ReportFile.objects.get().pk]))
    assert removed["Location"] == address
    assert "session.webp" not in client.get(address).content.decode().split("is taken out")[-1]
