"""The pages of versions, as people use them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.making import pdf, voucher_story
from tests.people import log_in
from vouchers.assistance.deliverables import actions
from vouchers.assistance.deliverables.models import Deliverable, DeliverablePoint

from .version import newest, noted

pytestmark = pytest.mark.django_db

POINT = {"where": "Page 2", "text": "No names.", "weight": "must"}


@pytest.fixture
def told():
    return voucher_story("handed in 0")


def judge(client, told, **typed):
    address = reverse("deliverables:judge", args=[newest(told).pk])
    return client.post(address, {**POINT, "reason": "", **typed})


def test_a_point_is_noted_while_the_reason_that_was_begun_stays(client, told):
    log_in(client, told.manager)
    page = judge(client, told, reason="Too early to say", note="1").content.decode()
    assert "The point is noted" in page
    assert "Too early to say" in page
    assert DeliverablePoint.objects.get().sent_at is None
    assert judge(client, told, where="Page 3", note="1").status_code == 302
    assert DeliverablePoint.objects.count() == 2


def test_the_point_in_the_fields_goes_along_with_the_return(client, told):
    log_in(client, told.manager)
    assert judge(client, told, **{"return": "1"}).status_code == 302
    assert newest(told).state == "returned"
    assert DeliverablePoint.objects.get().text == "No names."


def test_a_return_that_is_refused_says_why_and_loses_nothing(client, told):
    log_in(client, told.manager)
    page = judge(client, told, where="", text="", **{"return": "1"}).content.decode()
    assert "Say why you return it, or note at least one point." in page
    page = judge(client, told, reason="Mend it", text="", **{"return": "1"}).content.decode()
    assert "Say what is wrong there." in page
    assert "Mend it" in page


def test_a_point_that_is_noted_already_goes_along_once(client, told):
    log_in(client, told.manager)
    noted(told, told.manager, where="Page 2", text="No names.")
    assert judge(client, told, reason="Mend it", **{"return": "1"}).status_code == 302
    assert newest(told).state == "returned"
    assert DeliverablePoint.objects.count() == 1


def test_what_is_typed_of_a_version_that_somebody_returned_meanwhile_stays_on_the_page(
    client, told
):
    log_in(client, told.officer)
    actions.return_deliverable(newest(told), reason="Empty.", by=told.manager)
    page = judge(client, told, note="1").content.decode()
    assert "returned" in page
    assert "No names." in page
    assert not DeliverablePoint.objects.exists()


def test_a_point_without_words_is_said_beside_its_field_and_keeps_the_place(client, told):
    log_in(client, told.manager)
    page = judge(client, told, text="", note="1").content.decode()
    assert "Say what is wrong there." in page
    assert "Page 2" in page


def test_the_next_version_answers_each_point_beside_its_field(client, told):
    point = noted(told, told.manager)
    actions.return_deliverable(newest(told), by=told.manager)
    log_in(client, told.manager)
    address = reverse("deliverables:hand_in", args=[told._milestone(0).pk])
    page = client.get(address).content.decode()
    assert "The figures do not add up." in page
    assert "What the plan expects" in page
    said = {
        "summary": "The study.",
        "changes": "Page 4.",
        f"done_{point.pk}": "not done",
        f"answer_{point.pk}": "",
        "uploads": [pdf("a.pdf"), pdf("b.pdf", "b")],
    }
    page = client.post(address, said).content.decode()
    assert "Say why it is not done." in page
    assert "Choose the files once more" in page
    files = [pdf("a.pdf"), pdf("b.pdf", "b")]
    answered = {**said, f"answer_{point.pk}": "They do.", "uploads": files}
    assert client.post(address, answered).status_code == 302
    assert newest(told).files.count() == 2
    page = client.get(newest(told).get_absolute_url()).content.decode()
    assert "They do." in page
    assert "What changed" in page
    assert page.index("Version 1") < page.index("Points of version 1")


def test_a_file_of_an_unknown_type_keeps_what_was_typed(client, told):
    actions.return_deliverable(newest(told), reason="Empty.", by=told.manager)
    log_in(client, told.manager)
    address = reverse("deliverables:hand_in", args=[told._milestone(0).pk])
    unknown = SimpleUploadedFile("model.exe", b"MZ")
    said = {"summary": "All of it", "changes": "New model", "uploads": [unknown]}
    page = client.post(address, said).content.decode()
    assert "model.exe: " in page
    assert "New model" in page
    assert Deliverable.objects.count() == 1


def test_who_does_not_judge_finds_no_buttons_and_no_point_that_is_not_sent(client, told):
    noted(told, told.manager)
    address = newest(told).get_absolute_url()
    page = log_in(client, told.officer).get(address).content.decode()
    assert "The figures do not add up." not in page
    assert "Return with all points" in page
    page = log_in(client, told.cast.coordinators[0]).get(address).content.decode()
    assert "Return with all points" not in page


def test_the_waiting_is_said_on_the_voucher_and_on_the_version(client, told):
    log_in(client, told.officer)
    for address in (told.voucher.get_absolute_url(), newest(told).get_absolute_url()):
        assert f"Waiting for {told.voucher.award.application.cluster}" in (
            client.get(address).content.decode()
        )
