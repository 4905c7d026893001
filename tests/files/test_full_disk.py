"""On a full disk no half file has a name, an upload waits, and a form loses nothing but the file."""

from __future__ import annotations

import hashlib
import tempfile
from errno import EDQUOT, EIO, ENOSPC

import pytest
from django import forms
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import RequestFactory

from conduct.actions import NoSpace, Refused
from conduct.views import refusal_beside
from files.actions import storing
from files.models import Upload
from files.views import uploads as views
from tests.files import samples
from tests.files.tus import HALF, PDF, SIZE, ask, begin, patch
from tests.full import KILOBYTE, files_on_small_disk, small_disk

__all__ = ["files_on_small_disk", "small_disk"]

pytestmark = pytest.mark.django_db


def test_a_file_that_finds_no_room_leaves_nothing_under_any_name(files_on_small_disk):
    with pytest.raises(NoSpace):
        default_storage.save("letters/a.pdf", ContentFile(b"x" * 500 * KILOBYTE))
    assert files_on_small_disk.files() == []
    kept = default_storage.save("letters/a.pdf", ContentFile(b"y" * 90 * KILOBYTE))
    assert kept == "letters/a.pdf"
    assert default_storage.open(kept).read() == b"y" * 90 * KILOBYTE
    assert [path.name for path in files_on_small_disk.files()] == ["a.pdf"]


@pytest.mark.parametrize("number", [ENOSPC, EDQUOT, EIO])
def test_whatever_ends_the_writing_nothing_stays(settings, monkeypatch, number):
    def half(draft, content):
        draft.write_bytes(next(iter(content.chunks()))[:10])
        raise OSError(number, "in the middle")

    monkeypatch.setattr(storing, "_write", half)
    expected = OSError if number == EIO else NoSpace
    with pytest.raises(expected):
        default_storage.save("letters/a.pdf", ContentFile(b"x" * 100))
    assert [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()] == []


def test_the_name_comes_after_the_last_byte(settings, monkeypatch):
    write, seen = storing._write, []

    def watched(draft, content):
        write(draft, content)
        seen.append(default_storage.exists("a.pdf"))

    monkeypatch.setattr(storing, "_write", watched)
    default_storage.save("a.pdf", ContentFile(b"whole"))
    assert seen == [False]
    assert default_storage.open("a.pdf").read() == b"whole"


@pytest.mark.parametrize("links", [True, False])
def test_no_file_takes_the_name_of_another(monkeypatch, links):
    if not links:

        def refused(*_paths):
            raise OSError(EIO, "no links here")

        monkeypatch.setattr(storing.os, "link", refused)
    first = default_storage.save("a.pdf", ContentFile(b"first"))
    # As if both had asked for a free name at the same instant.
    asked = iter(["a.pdf"])
    free = default_storage.get_available_name
    monkeypatch.setattr(
        default_storage._wrapped,
        "get_available_name",
        lambda name, **kwargs: next(asked, None) or free(name, **kwargs),
    )
    second = default_storage.save("a.pdf", ContentFile(b"second"))
    assert first != second
    assert default_storage.open(first).read() == b"first"
    assert default_storage.open(second).read() == b"second"


def test_a_piece_that_finds_no_room_is_kept_by_the_browser(own, shelf, files_on_small_disk):
    address = begin(own)["Location"]
    assert patch(own, address, PDF[:HALF], 0).status_code == 204
    files_on_small_disk.fill()
    answer = patch(own, address, PDF[HALF:], HALF)
    assert answer.status_code == 507
    assert answer["Content-Type"].startswith("text/plain")
    assert "no room left on its disk" in answer.content.decode()
    assert ask(own, "HEAD", address)["Upload-Offset"] == str(HALF)
    assert shelf.taken == []
    files_on_small_disk.make_room()
    assert patch(own, address, PDF[HALF:], HALF).status_code == 204
    assert shelf.taken == [("plan.pdf", SIZE, hashlib.sha256(PDF).hexdigest())]


def test_a_first_piece_that_finds_no_room_leaves_no_empty_file(own, shelf, files_on_small_disk):
    address = begin(own)["Location"]
    files_on_small_disk.fill()
    assert patch(own, address, PDF[:HALF], 0).status_code == 507
    assert files_on_small_disk.files() == []
    files_on_small_disk.make_room()
    assert patch(own, address, PDF, 0).status_code == 204
    assert len(shelf.taken) == 1


def test_the_last_piece_counts_once_there_is_room_for_the_file_itself(
    own, shelf, files_on_small_disk, monkeypatch
):
    """A client that finds every byte arrived would ask no more, and the file were lost."""

    def keep(key, file, by):
        kept.append(default_storage.save("kept/a.pdf", file))
        take(key, file, by)

    kept, take = [], shelf.complete
    address = begin(own)["Location"]
    patch(own, address, PDF[:HALF], 0)
    monkeypatch.setattr(shelf, "complete", keep)
    from files.targets import Target, forget_target, register_target

    forget_target("shelf")
    register_target(Target("shelf", shelf.terms, keep))
    files_on_small_disk.fill(leave=SIZE - HALF + 2 * KILOBYTE)
    assert patch(own, address, PDF[HALF:], HALF).status_code == 507
    assert ask(own, "HEAD", address)["Upload-Offset"] == str(HALF)
    assert Upload.objects.get().state == "receiving"
    assert (files_on_small_disk.files(below="kept"), kept) == ([], [])
    files_on_small_disk.make_room()
    assert patch(own, address, PDF[HALF:], HALF).status_code == 204
    assert default_storage.open(kept[0]).read() == PDF


def test_what_cannot_find_room_is_refused_before_a_byte_is_sent(own, shelf, files_on_small_disk):
    answer = begin(own, size=400 * KILOBYTE)
    assert answer.status_code == 507
    assert "this file was not taken" in answer.content.decode()
    assert not Upload.objects.exists()


def test_a_piece_for_which_there_is_no_room_is_no_broken_line(
    own, shelf, small_disk, monkeypatch, settings
):
    """Half of it must not be taken for all that came."""
    monkeypatch.setattr(tempfile, "tempdir", str(small_disk.folder))
    monkeypatch.setattr(views, "_IN_MEMORY", 10)
    address = begin(own)["Location"]
    small_disk.fill()
    assert patch(own, address, PDF[:HALF], 0).status_code == 507
    assert ask(own, "HEAD", address)["Upload-Offset"] == "0"


class TypedForm(forms.Form):
    said = forms.CharField()
    file = forms.FileField()


@pytest.fixture
def large_form(settings, small_disk):
    """A form with a text and a file of 400 kB, for which the system's temporary folder has no room."""
    settings.FILE_UPLOAD_TEMP_DIR = str(small_disk.folder)
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10 * KILOBYTE
    file = ContentFile(b"x" * 400 * KILOBYTE, name="large.pdf")
    return RequestFactory().post("/", {"said": "What I typed", "file": file})


def test_a_form_whose_file_finds_no_room_stands_there_again(large_form, small_disk):
    form = TypedForm(large_form.POST, large_form.FILES)
    assert not form.is_valid()
    assert "no room left on its disk" in form.errors["file"][0]
    assert "said" not in form.errors
    assert 'value="What I typed"' in form.as_p()
    assert small_disk.files() == []


def test_who_reads_such_a_file_without_a_form_is_refused_too(large_form):
    with pytest.raises(Refused, match="no room left"):
        _ = large_form.FILES["file"].size
    form = forms.Form()
    form.cleaned_data = {}
    form._errors = forms.utils.ErrorDict()
    with refusal_beside(form):
        _ = large_form.FILES["file"].size
    assert "no room left" in form.errors["__all__"][0]


def test_a_form_whose_file_finds_room_is_taken(settings, small_disk):
    settings.FILE_UPLOAD_TEMP_DIR = str(small_disk.folder)
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10 * KILOBYTE
    file = ContentFile(samples.pdf(), name="plan.pdf")
    request = RequestFactory().post("/", {"said": "Here", "file": file})
    form = TypedForm(request.POST, request.FILES)
    assert form.is_valid()
    assert form.cleaned_data["file"].read() == samples.pdf()
