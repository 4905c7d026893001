"""The pages of a report: written with and without scripts, read, returned at the line, accepted."""

import re

import pytest
from django.urls import reverse

from drafts.actions import RemarkInput
from tests.assistance.reports.writing import (
    INDICATORS,
    TOLD,
    changed,
    fields_of,
    report_of,
    returned,
)
from tests.making import MA, voucher_story
from tests.people import log_in
from vouchers.assistance.reports import actions
from vouchers.assistance.reports.models import FinalReport
from vouchers.assistance.reports.queries import raw_rows
from vouchers.calls.models import Call

pytestmark = pytest.mark.django_db
State = FinalReport.State


@pytest.fixture
def sent():
    return voucher_story("reported")


@pytest.fixture
def draft(sent):
    returned(sent)
    return sent


def address(told, name="report", *more):
    return reverse(f"final_reports:{name}", args=[told.voucher.pk, *more])


def page(client, told, who=None, at=None):
    return log_in(client, who or told.manager).get(at or address(told)).content.decode()


def test_it_is_begun_by_writing(client):
    told = voucher_story("plan approved")
    sent = fields_of(page(client, told))
    assert not FinalReport.objects.exists()
    answer = client.post(address(told), {**sent, "part_1_0_summary": "We met buyers."})
    assert answer["Location"] == address(told)
    assert raw_rows(report_of(told))[TOLD][0]["summary"] == "We met buyers."
    assert "We met buyers." in client.get(address(told)).content.decode()


def test_the_page_shows_what_the_plan_aimed_at(draft, client):
    html = page(client, draft)
    aim = report_of(draft).version.indicators.first()
    assert aim.name in html
    assert f"Target: {aim.target.normalize():f}" in html
    assert 'name="part_3_0_value"' in html


def test_the_page_works_without_scripts_and_keeps_what_is_wrong(draft, client):
    sent = fields_of(page(client, draft))
    sent |= {
        "part_3_0_value": "about twelve",
        "part_1_0_summary": "Line\x00\x07 one",
        "go": "review",
    }
    answer = client.post(address(draft), sent, follow=True)
    html = answer.content.decode()
    assert "This is not a number. Write it like 1234.50." in html
    assert "Send to your country partner" not in html
    html = client.get(address(draft)).content.decode()
    assert 'value="about twelve"' in html
    assert raw_rows(report_of(draft))[TOLD][0]["summary"] == "Line one"


def test_it_saves_itself_and_warns_of_another_window(draft, client):
    sent = fields_of(page(client, draft))
    save = address(draft, "save")
    told = client.post(save, {**sent, "part_1_0_summary": "From here."}).json()
    assert told["saved"]["1"] == int(sent["seen_1"]) + 1
    again = client.post(save, {**sent, "part_1_0_summary": "From an old window."}).json()
    [overtaken] = again["overtaken"]
    assert (overtaken["question"], overtaken["rows"][0]["summary"]) == (1, "From here.")
    assert raw_rows(report_of(draft))[TOLD][0]["summary"] == "From here."


def test_a_window_that_is_left_open_learns_that_the_report_was_sent(draft, client):
    sent = fields_of(page(client, draft))
    actions.submit_report(report_of(draft), by=draft.manager)
    answer = client.post(address(draft, "save"), {**sent, "part_1_0_summary": "Late."})
    assert answer.status_code == 410
    assert "nothing of it changes any more" in answer.json()["refused"]


def test_it_is_read_through_and_sent(draft, client):
    html = page(client, draft, at=address(draft, "review"))
    assert "Everything is there." in html
    assert client.post(address(draft, "send"))["Location"] == draft.voucher.get_absolute_url()
    assert report_of(draft).state == State.SUBMITTED


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("en", "Write which value was reached of"), ("fr", "part_3_0"), ("ar", "part_3_0")],
)
def test_sending_too_early_says_what_is_missing(draft, client, language, sentence):
    changed(draft, INDICATORS, value="")
    log_in(client, draft.manager)
    client.cookies["django_language"] = language
    answer = client.post(address(draft, "send"))
    assert answer.status_code == 409
    if language == "en":
        assert sentence in answer.content.decode()
    assert report_of(draft).state == State.DRAFT


def test_the_officer_returns_it_with_a_remark_at_an_indicator(sent, client):
    version = report_of(sent).version
    key = str(version.indicators.first().key)
    html = page(client, sent, sent.officer, version.get_absolute_url())
    assert f'name="remark_3_{key}"' in html
    client.post(address(sent, "return"), {"version": 1, f"remark_3_{key}": "Who counted?"})
    html = page(client, sent)
    assert "Who counted?" in html.split('id="part-3"')[1].split('id="part-4"')[0]
    assert "See the remarks at the lines." in html


def test_a_refused_return_keeps_every_remark(draft, client):
    """An old page: the version that it shows is not the newest any more."""
    key = raw_rows(report_of(draft))[INDICATORS][0]["key"]
    actions.submit_report(report_of(draft), by=draft.manager)
    log_in(client, draft.officer)
    typed = {"version": 1, "reason": "Not yet.", f"remark_3_{key}": "Who counted?"}
    answer = client.post(address(draft, "return"), typed)
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "the newest is version 2" in html
    assert html.count("Who counted?") == 1
    assert "Not yet." in html
    assert report_of(draft).state == State.SUBMITTED


def test_what_was_remarked_on_a_report_that_was_accepted_meanwhile_is_shown_again(sent, client):
    log_in(client, sent.officer)
    sent._close()
    answer = client.post(address(sent, "return"), {"version": 1, "reason": "Count again."})
    assert answer.status_code == 409
    assert "Count again." in answer.content.decode()


def test_accepting_an_outdated_page_is_refused(draft, client):
    actions.submit_report(report_of(draft), by=draft.manager)
    log_in(client, draft.officer)
    close = reverse("payments:accept_report", args=[draft.voucher.pk])
    html = client.post(close, {"version": 1}, follow=True).content.decode()
    assert "the newest is version 2" in html
    assert report_of(draft).state == State.SUBMITTED
    draft.voucher.refresh_from_db()
    client.post(close, {"version": 2, "seen": str(draft.voucher.balance)})
    assert report_of(draft).state == State.ACCEPTED


def test_accepting_drops_no_remark_that_was_typed_for_a_return(sent, client):
    log_in(client, sent.officer)
    close = reverse("payments:accept_report", args=[sent.voucher.pk])
    for typed in ({"reason": "My reason"}, {"reason": " ", "remark_1_": "My remark"}):
        for at in (close, address(sent, "accept")):
            answer = client.post(at, {"version": 1, **typed})
            assert answer.status_code == 409
            assert "Return the report with them, or empty them" in answer.content.decode()
            assert list(typed.values())[-1] in answer.content.decode()
    assert report_of(sent).state == State.SUBMITTED
    sent.voucher.refresh_from_db()
    seen = str(sent.voucher.balance)
    client.post(close, {"version": 1, "seen": seen, "reason": " ", "remark_1_": ""})
    assert report_of(sent).state == State.ACCEPTED


def test_partner_then_coordinator(sent, client):
    Call.objects.update(plans_to_coordinator=True)
    version = report_of(sent).version
    html = page(client, sent, sent.officer, version.get_absolute_url())
    assert "close the voucher" not in html
    for nothing in ({}, {"version": "x"}):
        refused = client.post(address(sent, "accept"), nothing, follow=True).content.decode()
        assert "Please read the newest version of the report first" in refused
    assert report_of(sent).state == State.SUBMITTED
    client.post(address(sent, "accept"), {"version": 1})
    coordinator = sent.cast.coordinators[0]
    html = page(client, sent, coordinator, version.get_absolute_url())
    assert "Accept the report and close the voucher" in html
    seen = re.search(r'name="seen" value="([^"]*)"', html)[1]
    close = reverse("payments:accept_report", args=[sent.voucher.pk])
    client.post(close, {"version": 1, "seen": seen})
    sent.voucher.refresh_from_db()
    assert sent.voucher.state == "closed"


def test_other_countries_and_those_before_it_is_sent_find_nothing(client):
    told = voucher_story("paid 1")
    actions.save_report(told.voucher, summary="A draft.", by=told.manager)
    assert log_in(client, told.officer).get(address(told, "review")).status_code == 404
    told._report()
    shown = [address(told, "version", 1), address(told, "publication")]
    log_in(client, told.officer)
    assert [client.get(one).status_code for one in shown] == [200, 200]
    log_in(client, told.cast.officer(MA.country))
    assert [client.get(one).status_code for one in shown] == [404, 404]
    for name in ("send", "return", "accept", "save"):
        assert client.post(address(told, name)).status_code == 404


def test_remarks_stand_beside_the_version_that_they_were_made_of(sent, client):
    returned(sent, remarks=[RemarkInput(TOLD, "Shorter, please.")])
    version = report_of(sent).version
    assert "Shorter, please." in page(client, sent, sent.officer, version.get_absolute_url())
