"""Pictures of a session: without where they were taken, until it is confirmed, never public."""

from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from PIL import Image

from accounts.models import User
from conduct.actions import NotAllowed, OutOfOrder, Refused
from files.actions.redrawing import MOST_BYTES
from tests.assistance.delivery.session import logged, milestone_of, said
from tests.assistance.reports.writing import photograph
from tests.assistance.workroom.working import at_work
from tests.links.linking import proven
from tests.making import MA, pdf, voucher_story
from tests.people import log_in, person
from vouchers.applications.models import Recusal
from vouchers.assistance.delivery import actions
from vouchers.assistance.delivery.models import SessionPicture
from vouchers.assistance.delivery.models.pictures import MOST_PICTURES

pytestmark = pytest.mark.django_db
SEEN = "Five people around a table"


@pytest.fixture
def told():
    return voucher_story("plan approved")


@pytest.fixture
def session(told):
    return logged(told)


def add(session, by, upload=None, **other):
    return actions.add_session_picture(
        session, upload or photograph(), alternative=other.get("alternative", SEEN), by=by
    )


def address(session):
    return reverse("delivery:pictures", args=[session.pk])


def test_where_it_was_taken_is_gone(told, session):
    taken = photograph()
    assert Image.open(BytesIO(taken.read())).getexif().get_ifd(0x8825)
    taken.seek(0)
    added = add(session, told.officer, taken)
    with added.file.open() as file:
        kept = file.read()
    picture = Image.open(BytesIO(kept))
    assert (picture.format, picture.size) == ("WEBP", (60, 40))
    assert not picture.getexif()
    assert b"MakerOfTelephones" not in kept
    assert (added.name, added.content_type) == ("session.webp", "image/webp")


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
def test_what_is_no_picture_is_refused_beside_the_file(told, session, upload, sentence):
    with pytest.raises(Refused, match=sentence) as refused:
        add(session, told.officer, upload())
    assert refused.value.field == "file"
    assert not SessionPicture.objects.exists()


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
@pytest.mark.parametrize(
    ("upload", "field"),
    [
        (lambda: pdf("session.jpg"), "file"),
        (lambda: SimpleUploadedFile("a.jpg", bytes(50 * 1024**2)), "file"),
        (lambda: None, "file"),
        (photograph, "alternative"),
    ],
)
def test_bad_input_is_said_beside_its_field_and_the_words_stay(
    client, told, session, language, upload, field
):
    User.objects.filter(pk=told.officer.pk).update(language=language)
    client = log_in(client, User.objects.get(pk=told.officer.pk))
    file = upload()
    typed = {"alternative": " " if field == "alternative" else SEEN}
    if file is not None:
        typed["file"] = file
    answer = client.post(address(session), typed)
    assert answer.status_code == 200
    assert language == answer.wsgi_request.LANGUAGE_CODE
    assert answer.context["form"].errors.keys() == {field}
    assert field == "alternative" or SEEN in answer.content.decode()
    assert not SessionPicture.objects.exists()


def test_who_logs_adds_and_takes_out_and_who_reads_the_voucher_sees(client, told, session):
    log_in(client, told.manager)
    added = client.post(address(session), {"alternative": SEEN, "file": photograph()})
    assert added["Location"] == address(session)
    picture = SessionPicture.objects.get()
    shown = reverse("delivery:picture", args=[picture.pk])
    assert f'alt="{SEEN}"' in client.get(address(session)).content.decode()
    for who in (told.officer, told.cast.coordinators[0], told.cast.finance[0]):
        reader = log_in(Client(), who)
        page = reader.get(session.get_absolute_url()).content.decode()
        assert shown in page
        assert f'alt="{SEEN}"' in page
        answer = reader.get(shown)
        assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp")
        assert "no-store" in answer["Cache-Control"]
    assert log_in(Client(), told.cast.coordinators[0]).get(address(session)).status_code == 403
    gone = client.post(reverse("delivery:remove_picture", args=[picture.pk]))
    assert gone["Location"] == address(session)
    assert client.get(shown).status_code == 404
    # The same one can come again.
    add(session, told.manager)


def test_strangers_and_the_public_find_nothing(told, session):
    picture = add(session, told.officer)
    shown = reverse("delivery:picture", args=[picture.pk])
    remove = reverse("delivery:remove_picture", args=[picture.pk])
    assert Client().get(shown).status_code == 302
    recused = told.cast.coordinators[1]
    Recusal.objects.create(
        application=told.voucher.award.application, person=recused, reason="My sister."
    )
    strangers = (told.cast.officer(MA.country), told.cast.assessors[0], person(), recused)
    for stranger in strangers:
        client = log_in(Client(), stranger)
        assert client.get(shown).status_code == 404
        assert client.get(address(session)).status_code == 404
        assert client.post(remove).status_code == 404
        with pytest.raises(NotAllowed):
            add(session, stranger, photograph(colour="#000000"))
    with pytest.raises(NotAllowed):
        actions.remove_session_picture(picture, by=told.cast.coordinators[0])


def test_six_are_taken_each_once(told, session):
    add(session, told.officer)
    with pytest.raises(Refused, match="there already"):
        add(session, told.officer, photograph("other.jpg"))
    for number in range(1, MOST_PICTURES):
        add(session, told.officer, photograph(colour=f"#{40 * number:02x}8040"))
    with pytest.raises(Refused, match="at most 6 pictures"):
        add(session, told.officer, photograph(colour="#ffffff"))
    with pytest.raises(IntegrityError, match="at most 6 pictures"), transaction.atomic():
        put(session, told.officer)
    actions.remove_session_picture(session.pictures.first(), by=told.officer)
    add(session, told.officer, photograph(colour="#ffffff"))


def put(session, by, **other):
    """A row beside the action."""
    return SessionPicture.objects.create(
        session=session,
        **{
            "file": ContentFile(b"x", name="x"),
            "name": "x.webp",
            "alternative": SEEN,
            "content_type": "image/webp",
            "size": 1,
            "sha256": "0" * 64,
            "added_by": by,
            **other,
        },
    )


def test_they_stand_once_the_session_is_confirmed(client, told, session):
    picture = add(session, told.officer)
    actions.confirm_session(session, by=told.manager)
    with pytest.raises(OutOfOrder):
        add(session, told.officer, photograph(colour="#000000"))
    with pytest.raises(OutOfOrder):
        actions.remove_session_picture(picture, by=told.officer)
    for change in (
        lambda: put(session, told.officer),
        lambda: SessionPicture.objects.update(removed_at=session.logged_at),
        lambda: SessionPicture.objects.update(alternative="Nobody"),
        picture.delete,
    ):
        with pytest.raises(Exception, match=r"stand|never|delete"), transaction.atomic():
            change()
    page = log_in(client, told.manager).get(session.get_absolute_url()).content.decode()
    assert reverse("delivery:picture", args=[picture.pk]) in page
    assert address(session) not in page


def test_the_database_wants_words_and_who_added_it(told, session):
    for wrong in ({"alternative": ""}, {"added_by": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            put(session, told.officer, **wrong)


@pytest.mark.usefixtures("no_attempts_yet")
def test_a_provider_adds_them_by_its_link_to_what_was_logged_for_it():
    told, link, path = at_work()
    session = actions.log_session(milestone_of(told), said(), by=link)
    browser = proven(path)
    pictures = f"{path}sessions/{session.pk}/pictures/"
    assert pictures in browser.get(path).content.decode()
    refused = browser.post(pictures, {"alternative": SEEN, "file": pdf("a.jpg")})
    assert refused.context["form"].errors.keys() == {"file"}
    assert SEEN in refused.content.decode()
    assert browser.post(pictures, {"alternative": SEEN, "file": photograph()}).status_code == 302
    picture = SessionPicture.objects.get()
    assert (picture.added_by, picture.added_through) == (None, link)
    shown = f"{path}pictures/{picture.pk}/"
    assert shown in browser.get(pictures).content.decode()
    assert browser.get(shown)["Content-Type"] == "image/webp"
    # Without the code that was mailed the link alone opens nothing.
    assert Client().get(shown).headers.get("Content-Type") != "image/webp"
    assert browser.post(f"{shown}remove/").status_code == 302
    assert browser.get(shown).status_code == 404


@pytest.mark.usefixtures("no_attempts_yet")
def test_a_link_does_not_reach_what_the_cluster_logged():
    told, link, path = at_work()
    own = logged(told, by=told.manager)
    picture = add(own, told.manager)
    browser = proven(path)
    assert browser.get(f"{path}sessions/{own.pk}/pictures/").status_code == 404
    assert browser.get(f"{path}pictures/{picture.pk}/").status_code == 404
    with pytest.raises(NotAllowed):
        add(own, link, photograph(colour="#000000"))
