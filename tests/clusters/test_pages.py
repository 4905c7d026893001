"""The public page: the cluster chooses, the partner publishes, and what is public stays as approved."""

from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from PIL import Image, PngImagePlugin

from clusters.actions import (
    approve_page,
    change_logo,
    enter_figures,
    register_cluster,
    request_publication,
    return_page,
    save_track_record,
    take_page_down,
    update_profile,
)
from clusters.actions.profile import Achievement
from clusters.models import Country, PagePart, PublicPage, Representative
from conduct.actions import NotAllowed, OutOfOrder, Refused
from demonstration.content.clusters import made_up
from notices.models import Notice
from tests.people import log_in, person

pytestmark = pytest.mark.django_db

State = PublicPage.State


def page(cluster, name="page", *more):
    return reverse(f"clusters:{name}", args=[cluster.slug, *more])


def picture(size=(900, 600), form="PNG", name="logo.png", **saving):
    file = BytesIO()
    Image.new("RGB", size, "navy").save(file, form, **saving)
    return SimpleUploadedFile(name, file.getvalue())


@pytest.fixture
def officer(cast):
    return cast.officer("LB")


def published(cluster, parts, manager, officer):
    return approve_page(request_publication(cluster, parts, by=manager), by=officer)


# --- Asking and deciding -------------------------------------------------------------------------
def test_nothing_is_public_until_the_partner_publishes_it(client, manager, officer, cluster):
    assert client.get(cluster.get_absolute_url()).status_code == 404
    log_in(client, manager).post(page(cluster), {"parts": ["mission", "website"]})
    asked = PublicPage.objects.get()
    assert (asked.state, asked.parts) == (State.REQUESTED, ["mission", "website"])
    assert Notice.objects.get(kind="page-requested").recipient == officer
    client.logout()
    assert client.get(cluster.get_absolute_url()).status_code == 404
    assert list(client.get(reverse("clusters:directory")).context["page"]) == []
    log_in(client, officer)
    assert cluster.mission in client.get(asked.get_absolute_url()).content.decode()
    assert cluster.name in client.get("/").content.decode(), "it waits on the officer's home page"
    assert cluster.name in client.get(reverse("clusters:waiting_pages")).content.decode()
    client.post(reverse("clusters:approve_page", args=[asked.pk]))
    assert Notice.objects.get(kind="page-approved").recipient == manager
    client.logout()
    assert cluster.mission in client.get(cluster.get_absolute_url()).content.decode()
    assert list(client.get(reverse("clusters:directory")).context["page"]) == [asked]


def test_only_the_chosen_parts_are_public(client, manager, officer, cluster):
    update_profile(
        cluster, by=manager, services="Matchmaking", member_count=78, website="https://qoot.example"
    )
    save_track_record(cluster, [Achievement(2023, "Grew to 117 members")], by=manager)
    enter_figures(cluster, year=2023, members=117, turnover="1500.00", by=manager)
    cluster.refresh_from_db()
    told = {
        "mission": cluster.mission,
        "services": "Matchmaking",
        "members": "78 · ",
        "track_record": "Grew to 117 members",
        "growth": "1,500",
        "website": "https://qoot.example",
    }
    secrets = [cluster.registration_number, cluster.legal_representative, cluster.email]
    for part, text in told.items():
        published(cluster, [part], manager, officer)
        html = client.get(cluster.get_absolute_url()).content.decode()
        assert text in html, part
        for other in told.keys() - {part}:
            assert told[other] not in html, f"{other} shows with {part}"
        for secret in secrets:
            assert secret not in html


def test_a_later_change_shows_only_when_it_is_published_again(client, manager, officer, cluster):
    first = published(cluster, ["mission"], manager, officer)
    update_profile(cluster, by=manager, name="New Name", mission="Another mission.")
    cluster.refresh_from_db()
    html = client.get(cluster.get_absolute_url()).content.decode()
    assert first.facts["mission"] in html
    assert "Another mission." not in html
    assert "New Name" not in html
    second = request_publication(cluster, ["mission"], by=manager)
    assert "Another mission." not in client.get(cluster.get_absolute_url()).content.decode()
    approve_page(second, by=officer)
    assert "Another mission." in client.get(cluster.get_absolute_url()).content.decode()
    first.refresh_from_db()
    assert first.state == State.REPLACED


def test_a_page_is_given_back_with_a_reason(client, manager, officer, cluster):
    first = published(cluster, ["mission"], manager, officer)
    second = request_publication(cluster, ["mission", "services"], by=manager)
    log_in(client, officer)
    url = reverse("clusters:return_page", args=[second.pk])
    assert client.post(url, {"reason": ""}).status_code == 200
    client.post(url, {"reason": "The mission names a firm that is no member."})
    second.refresh_from_db()
    first.refresh_from_db()
    assert (second.state, first.state) == (State.RETURNED, State.APPROVED)
    notice = Notice.objects.get(kind="page-returned")
    assert notice.facts["reason"] == "The mission names a firm that is no member."
    html = log_in(client, manager).get(page(cluster)).content.decode()
    assert "names a firm that is no member" in html
    with pytest.raises(OutOfOrder):
        approve_page(second, by=officer)


def test_a_newer_request_takes_back_the_one_that_waits(manager, cluster):
    first = request_publication(cluster, ["mission"], by=manager)
    with pytest.raises(Refused, match="waits for your country partner"):
        request_publication(cluster, ["mission"], by=manager)
    request_publication(cluster, ["mission", "members"], by=manager)
    first.refresh_from_db()
    assert first.state == State.WITHDRAWN


def test_what_the_public_sees_already_is_not_asked_for_again(manager, officer, cluster):
    published(cluster, ["mission"], manager, officer)
    with pytest.raises(Refused, match="sees exactly this"):
        request_publication(cluster, ["mission"], by=manager)


def test_a_cluster_takes_its_page_down_at_once(client, manager, officer, cluster):
    published(cluster, ["mission"], manager, officer)
    request_publication(cluster, ["members"], by=manager)
    log_in(client, manager).post(page(cluster, "take_page_down"))
    client.logout()
    assert client.get(cluster.get_absolute_url()).status_code == 404
    assert set(PublicPage.objects.values_list("state", flat=True)) == {State.WITHDRAWN}
    with pytest.raises(OutOfOrder):
        take_page_down(cluster, by=manager)


# --- Who may -------------------------------------------------------------------------------------
def test_only_officers_of_the_country_decide(client, cast, manager, cluster):
    asked = request_publication(cluster, ["mission"], by=manager)
    for someone in (cast.officer("MA"), cast.coordinators[0], manager):
        with pytest.raises(NotAllowed):
            approve_page(asked, by=someone)
        with pytest.raises(NotAllowed):
            return_page(asked, reason="No.", by=someone)
    for stranger in (person(), cast.officer("MA")):
        log_in(client, stranger)
        assert client.get(asked.get_absolute_url()).status_code == 404
        assert client.post(reverse("clusters:approve_page", args=[asked.pk])).status_code == 404
    reader = person()
    Representative.objects.create(cluster=cluster, user=reader, level="reader")
    with pytest.raises(NotAllowed):
        request_publication(cluster, ["members"], by=reader)


def test_what_was_approved_cannot_be_rewritten(manager, officer, cluster):
    asked = published(cluster, ["mission"], manager, officer)
    asked.facts = {"mission": "Something else"}
    with pytest.raises(Exception, match="fixed_when_asked_for"), transaction.atomic():
        asked.save()


def test_one_page_is_published_at_a_time(manager, officer, cluster):
    asked = published(cluster, ["mission"], manager, officer)
    asked.pk = None
    asked._state.adding = True
    with pytest.raises(IntegrityError), transaction.atomic():
        asked.save(force_insert=True)


# --- Logo ----------------------------------------------------------------------------------------
def test_a_logo_is_made_anew_without_what_the_file_told(client, manager, cluster):
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Author", "Somebody private")
    upload = picture(pnginfo=notes)
    log_in(client, manager).post(page(cluster, "logo"), {"file": upload})
    cluster.refresh_from_db()
    content = cluster.logo.read()
    with Image.open(BytesIO(content)) as kept:
        assert (kept.format, kept.size) == ("WEBP", (512, 341))
        assert "exif" not in kept.info
    assert b"Somebody private" not in content
    shown = client.get(page(cluster, "private_logo"))
    assert shown["Content-Type"] == "image/webp"
    assert shown["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("upload", "sentence"),
    [
        (
            SimpleUploadedFile("logo.png", b"<svg onload='x()'></svg>"),
            "not a file of an accepted type",
        ),
        (SimpleUploadedFile("logo.svg", b"<svg></svg>"), "not a file of an accepted type"),
        (SimpleUploadedFile("logo.png", picture().read()[:200]), "damaged"),
        (SimpleUploadedFile("logo.png", b"x" * (1024**2 + 1)), "at most 1.0"),
        (picture((20_000, 12_000), compress_level=9), "pixels"),
        (picture(form="GIF", name="logo.gif"), "not a file of an accepted type"),
    ],
    ids=["script", "svg", "cut", "too large", "bomb of pixels", "gif"],
)
def test_a_picture_that_is_none_is_refused_with_a_sentence(
    client, manager, cluster, upload, sentence
):
    upload.seek(0)
    answer = log_in(client, manager).post(page(cluster, "logo"), {"file": upload})
    problems = str(answer.context["form"].errors)
    assert sentence in problems.replace("\xa0", " ")
    cluster.refresh_from_db()
    assert not cluster.logo


def test_the_public_sees_the_approved_logo_and_only_while_a_page_is_published(
    client, manager, officer, cluster
):
    change_logo(cluster, picture(), by=manager)
    cluster.refresh_from_db()
    url = page(cluster, "public_logo")
    assert client.get(url).status_code == 404
    published(cluster, ["logo"], manager, officer)
    approved = b"".join(client.get(url).streaming_content)
    assert url in client.get(cluster.get_absolute_url()).content.decode()
    change_logo(cluster, picture((100, 100)), by=manager)
    assert b"".join(client.get(url).streaming_content) == approved
    cluster.refresh_from_db()
    with default_storage.open(cluster.logo.name) as newer:
        assert newer.read() != approved
    published(cluster, ["mission"], manager, officer)
    assert client.get(url).status_code == 404
    log_in(client, person())
    assert client.get(page(cluster, "private_logo")).status_code == 404


# --- Speed ---------------------------------------------------------------------------------------
def test_the_directory_and_a_page_cost_the_same_however_many_there_are(
    client, cast, manager, officer, cluster, django_assert_num_queries
):
    published(cluster, PagePart.values, manager, officer)
    directory = reverse("clusters:directory")
    with django_assert_num_queries(3):
        client.get(directory)
    with django_assert_num_queries(3):
        client.get(cluster.get_absolute_url())
    for number in range(3, 9, 2):
        by = person()
        other = register_cluster(
            country=Country.objects.get(code="LB"), by=by, **made_up("LB", number).profile
        )
        published(other, PagePart.values, by, officer)
    with django_assert_num_queries(3):
        assert len(client.get(directory).context["page"]) == 4
    with django_assert_num_queries(3):
        client.get(cluster.get_absolute_url())
