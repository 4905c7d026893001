"""A full disk while somebody applies: a sentence, and nothing typed or attached is half there."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from files.models import Upload
from tests.applications.attachments.attaching import address_of, draft, own, question, story
from tests.full import fail_for_want_of_room, files_on_small_disk, small_disk
from tests.making import pdf
from vouchers.applications import actions
from vouchers.applications.models import Answer, Attachment

__all__ = [
    "draft",
    "files_on_small_disk",
    "own",
    "question",
    "small_disk",
    "story",
]

pytestmark = pytest.mark.django_db

TYPED = "What nobody wants to type a second time"


def test_a_file_that_finds_no_room_is_told_beside_the_form(
    own, draft, question, files_on_small_disk
):
    files_on_small_disk.fill(leave=2048)
    page = own.post(address_of(draft, question), {"file": pdf("plan.pdf", "1")})
    told = page.content.decode()
    assert "plan.pdf: The portal has no room left on its disk" in told
    assert not Attachment.objects.filter(question=question).exists()
    assert not Upload.objects.exists()
    assert files_on_small_disk.files() == []
    files_on_small_disk.make_room()
    own.post(address_of(draft, question), {"file": pdf("plan.pdf", "1")})
    kept = Attachment.objects.get(question=question)
    assert len(kept.file.read()) == kept.size


def test_a_file_whose_rows_find_no_room_leaves_nothing(
    own, draft, question, settings, monkeypatch, django_capture_on_commit_callbacks
):
    """It was stored by then."""
    stored = []

    def fail(file, _content_type):
        stored.append(file.path)
        fail_for_want_of_room()

    monkeypatch.setattr(actions.attachments, "request_preview", fail)
    with django_capture_on_commit_callbacks(execute=True):
        page = own.post(address_of(draft, question), {"file": pdf("plan.pdf", "1")})
    assert "plan.pdf: The portal has no room left on its disk" in page.content.decode()
    assert len(stored) == 1
    assert not Attachment.objects.filter(question=question).exists()
    assert not Upload.objects.exists()
    assert [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()] == []


@pytest.fixture
def text_question(draft):
    return draft.call.questions.filter(kind__in=["short_text", "long_text"]).first()


def fields(text_question):
    found = Answer.objects.filter(question=text_question).first()
    return {
        f"answer_{text_question.pk}": TYPED,
        f"seen_{text_question.pk}": found.version if found else 0,
    }


def test_saving_while_typing_says_so_and_the_browser_keeps_it(
    own, draft, text_question, monkeypatch
):
    before = list(Answer.objects.values_list("pk", "text", "version"))
    monkeypatch.setattr(actions.writing, "_write", fail_for_want_of_room)
    address = reverse("applications:save", args=[draft.pk])
    answer = own.post(address, fields(text_question))
    assert answer.status_code == 507
    assert "no room left on its disk" in answer.json()["refused"]
    assert list(Answer.objects.values_list("pk", "text", "version")) == before
    monkeypatch.undo()
    assert own.post(address, fields(text_question)).status_code == 200
    assert Answer.objects.get(question=text_question).text == TYPED


def test_a_section_stands_there_again_with_what_was_typed(own, draft, text_question, monkeypatch):
    monkeypatch.setattr(actions.writing, "_write", fail_for_want_of_room)
    place = text_question.section.position
    page = own.post(
        reverse("applications:section", args=[draft.pk, place]), fields(text_question)
    ).content.decode()
    assert "no room left on its disk" in page
    assert TYPED in page


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("fr", "ltr"), ("ar", "rtl")])
def test_a_page_that_foresees_nothing_keeps_what_was_typed(
    own, draft, monkeypatch, language, direction
):
    """Whatever the view, and however late the database tells."""
    by = draft.started_by
    by.language = language
    by.save()
    monkeypatch.setattr("django.db.models.Model.full_clean", fail_for_want_of_room)
    address = reverse("accounts:profile")
    answer = own.post(address, {"full_name": TYPED, "language": language, "two": ["a", "<b>"]})
    page = answer.content.decode()
    assert answer.status_code == 507
    assert f'lang="{language}" dir="{direction}"' in page
    assert f'<form method="post" action="{address}">' in page
    kept = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page)
    assert ("full_name", TYPED) in kept
    assert ("two", "a") in kept
    assert ("two", "&lt;b&gt;") in kept
    if language == "en":
        assert "no room left on its disk" in page


def test_a_script_gets_the_bare_sentence(own, monkeypatch):
    monkeypatch.setattr("django.db.models.Model.full_clean", fail_for_want_of_room)
    answer = own.post(
        reverse("accounts:profile"), {"full_name": TYPED}, headers={"HX-Request": "true"}
    )
    assert answer.status_code == 507
    assert answer["Content-Type"].startswith("text/plain")


def test_no_page_shows_a_password_again(client, monkeypatch):
    from conduct.views.no_space import _SECRET

    for name in ("password", "password1", "oldpassword", "code", "recovery_code", "otp"):
        assert _SECRET.search(name), name
    for name in ("country_code", "full_name", "answer_12", "codes"):
        assert not _SECRET.search(name), name


def test_a_session_that_cannot_be_kept_is_told_too(own, settings, monkeypatch):
    """It is saved after the view, where no handler of its own stands."""
    own.raise_request_exception = False
    settings.SESSION_SAVE_EVERY_REQUEST = True
    monkeypatch.setattr(
        "django.contrib.sessions.backends.db.SessionStore.save", fail_for_want_of_room
    )
    answer = own.get(reverse("accounts:profile"))
    assert answer.status_code == 507
    assert "no room left on its disk" in answer.content.decode()
