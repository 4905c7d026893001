"""The pages of a plan: written with and without scripts, read, returned at the line, compared."""

import re
from html import unescape

import pytest
from django.urls import reverse

from drafts.actions import RemarkInput
from tests.assistance.plans.writing import (
    LINES,
    MILESTONES,
    amended,
    changed,
    newest,
    put_in_force,
    rows,
)
from tests.making import MA, voucher_story
from tests.people import log_in
from vouchers.assistance.plans import actions
from vouchers.assistance.plans.models import PlanVersion
from vouchers.assistance.plans.queries import plan_of
from vouchers.calls.models import Call

pytestmark = pytest.mark.django_db
State = PlanVersion.State


def address(told, name="plan", *more):
    return reverse(f"plans:{name}", args=[told.voucher.pk, *more])


def fields_of(html):
    """What a browser sends of the form of the plan, read from its page."""
    sent = {}
    for tag in re.findall(r"<input[^>]*form=\"draft\"[^>]*>", html):
        if 'type="checkbox"' in tag and " checked" not in tag:
            continue
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        text = unescape(value[1]) if value else ""
        # Several boxes of one name are all sent.
        sent[name[1]] = [*sent.get(name[1], []), text] if 'type="checkbox"' in tag else text
    for name, text in re.findall(
        r'<textarea[^>]*form="draft"\s+name="([^"]*)"[^>]*>\n?(.*?)</textarea>', html, re.S
    ):
        sent[name] = unescape(text)
    for name, options in re.findall(
        r'<select[^>]*form="draft" name="([^"]*)"[^>]*>(.*?)</select>', html, re.S
    ):
        chosen = re.search(r'<option value="([^"]*)"[^>]* selected', options)
        sent[name] = chosen[1] if chosen else re.search(r'<option value="([^"]*)"', options)[1]
    return sent


def page(client, told, who=None, at=None):
    return log_in(client, who or told.manager).get(at or address(told)).content.decode()


def test_a_plan_is_begun_with_a_button_and_then_written(client):
    told = voucher_story("needs")
    assert "Begin the plan" in page(client, told)
    assert client.post(address(told))["Location"] == address(told)
    html = client.get(address(told)).content.decode()
    assert 'name="part_6_0_rate"' in html
    assert "0.00 of 5,000.00 EUR planned · 5,000.00 left" in html


def test_before_the_needs_are_recorded_nothing_is_begun(client):
    told = voucher_story()
    assert "Begin the plan" not in page(client, told)
    assert "which is not recorded yet" in client.post(address(told)).content.decode()
    assert plan_of(told.voucher) is None


def test_the_page_works_without_scripts(client):
    told = voucher_story("plan drafted")
    html = page(client, told)
    sent = fields_of(html)
    before = rows(told)
    answer = client.post(address(told), sent)
    assert answer.status_code == 302
    assert rows(told) == before
    sent |= {"part_4_0_days": "5,25", "part_6_0_rate": "٤٨٠", "part_6_1_amount": "abc"}
    sent = fields_of(client.get(address(told)).content.decode()) | sent
    sent |= {
        name: v
        for name, v in fields_of(client.get(address(told)).content.decode()).items()
        if name.startswith("seen")
    }
    assert client.post(address(told), sent).status_code == 302
    assert rows(told)[LINES][1]["amount"] == "abc"
    html = client.get(address(told)).content.decode()
    assert 'value="abc"' in html
    assert "Row 2: This is not a number." in html
    assert "Row 1: The milestone has 5.25 days, its lines pay for 5." in unescape(html)


def test_rows_are_added_moved_and_taken_out_without_scripts(client):
    told = voucher_story("plan drafted")
    sent = fields_of(page(client, told))
    titles = [row["title"] for row in rows(told)[MILESTONES]]
    html = client.post(address(told), {**sent, "add_row": "4"}).content.decode()
    assert 'name="part_4_2_title"' in html
    sent = fields_of(html)
    client.post(address(told), {**sent, "row_down": "4-0"})
    assert [row["title"] for row in rows(told)[MILESTONES]] == titles[::-1]
    sent = fields_of(client.get(address(told)).content.decode())
    client.post(address(told), {**sent, "remove_row": "4-1"})
    assert [row["title"] for row in rows(told)[MILESTONES]] == titles[1:]


def test_typing_saves_itself_and_tells_sums_problems_and_warnings(client):
    told = voucher_story("plan drafted")
    draft = newest(told)
    sent = {name: v for name, v in fields_of(page(client, told)).items() if "_6" in name}
    sent |= {"part_6_0_rate": "700", "person": str(told.manager.pk)}
    answer = client.post(reverse("plans:save", args=[draft.pk]), sent).json()
    assert answer["saved"] == {"6": 2}
    assert answer["totals"]["total"] == "6100.00"
    assert answer["problems"] == {
        "6": ["The lines add up to 6,100.00 EUR; the voucher is worth 5,000.00 EUR."]
    }
    assert any("above what is usual in this call" in line for line in answer["warnings"]["6"])
    stale = client.post(
        reverse("plans:save", args=[draft.pk]), {**sent, "part_6_0_rate": "1", "seen_6": "1"}
    ).json()
    assert stale["overtaken"][0]["question"] == 6
    assert stale["overtaken"][0]["rows"][0]["rate"] == "700"


def test_a_page_that_was_left_open_is_told_that_the_plan_is_sent(client):
    told = voucher_story("plan submitted")
    log_in(client, told.manager)
    answer = client.post(reverse("plans:save", args=[newest(told).pk]), {"rows_6": "0"})
    assert answer.status_code == 410
    assert "Version 1 is sent" in answer.json()["refused"]


def test_what_is_missing_is_listed_and_only_a_whole_plan_can_be_sent(client):
    told = voucher_story("plan drafted")
    changed(told, MILESTONES, 0, title="")
    at = address(told, "version", 1)
    html = page(client, told, at=at)
    assert "“What is reached” is missing." in html
    assert "Send to your country partner" not in html
    answer = client.post(address(told, "send", 1))
    assert answer.status_code == 409
    assert "is missing" in answer.content.decode()
    changed(told, MILESTONES, 0, title="Manuals")
    assert "Send to your country partner" in client.get(at).content.decode()
    assert client.post(address(told, "send", 1))["Location"] == at


def test_the_cluster_keeps_its_draft_to_itself(client):
    told = voucher_story("plan drafted")
    title = told.facts.milestones[0]
    at = address(told, "version", 1)
    assert title in page(client, told, at=at)
    officer = log_in(client, told.officer)
    assert officer.get(at).status_code == 404
    assert officer.get(address(told)).status_code in (403, 404)
    assert title not in officer.get(told.voucher.get_absolute_url()).content.decode()
    log_in(client, told.cast.officer(MA.country))
    assert client.get(at).status_code == 404


def test_remarks_at_the_line_are_written_and_found_beside_the_line_of_the_next_draft(client):
    told = voucher_story("plan submitted")
    key = rows(told)[LINES][0]["key"]
    at = address(told, "version", 1)
    html = page(client, told, told.officer, at)
    assert f'name="remark_6_{key}"' in html
    answer = client.post(address(told, "return", 1), {"reason": "", "remark_6_": "  "})
    assert answer.status_code == 409
    assert "Say why you return it." in answer.content.decode()
    client.post(address(told, "return", 1), {"reason": "", f"remark_6_{key}": "Too dear"})
    html = page(client, told)
    row = html.split('name="part_6_0_key"')[1].split('name="part_6_1_key"')[0]
    assert "Too dear" in row


def test_a_refused_return_loses_nothing_that_was_typed(client):
    told = voucher_story("plan submitted")
    old = newest(told)
    actions.return_version(old, reason="Mend it.", by=told.officer)
    actions.submit_version(newest(told), by=told.manager)
    key = rows(told)[LINES][0]["key"]
    log_in(client, told.officer)
    typed = {"reason": "My reason", f"remark_6_{key}": "My remark"}
    answer = client.post(address(told, "return", 1), typed)
    html = answer.content.decode()
    assert "the newest is version 2" in html
    assert "My reason" in html
    assert "My remark" in html
    refused = client.post(address(told, "approve", 1), follow=True)
    assert "the newest is version 2" in refused.content.decode()
    assert newest(told).state == State.SUBMITTED


def test_approving_drops_no_remark_that_was_typed_for_a_return(client):
    told = voucher_story("plan submitted")
    key = rows(told)[LINES][0]["key"]
    log_in(client, told.officer)
    for typed in ({"reason": "My reason"}, {"reason": " ", f"remark_6_{key}": "My remark"}):
        answer = client.post(address(told, "approve", 1), typed)
        assert answer.status_code == 409
        assert "Return the plan with them, or empty them first." in answer.content.decode()
        assert list(typed.values())[-1] in answer.content.decode()
        assert newest(told).state == State.SUBMITTED
    client.post(address(told, "approve", 1), {"reason": " ", f"remark_6_{key}": ""})
    assert newest(told).state == State.IN_FORCE


def test_two_versions_side_by_side_show_what_changed(client):
    told = voucher_story("plan submitted")
    actions.return_version(newest(told), reason="Mend it.", by=told.officer)
    changed(told, LINES, 0, rate="440")
    html = unescape(page(client, told, at=address(told, "changes", 2)))
    assert "<del>480.00</del> <ins>440.00</ins>" in html
    assert "<del>2,400.00</del> <ins>2,200.00</ins>" in html
    assert "5,000.00 → 4,800.00 EUR" in html
    same = html.split("Nothing changed in:")[1].split("</p>")[0].split(" · ")
    assert [part.strip() for part in same] == [
        *("Aim and provider", "Objectives", "Activities", "Milestones"),
        *("What is handed in", "Expected results"),
    ]
    assert html.count("plan-changed") == 1
    assert client.get(address(told, "changes", 1)).status_code == 404


def test_partner_and_coordinator_approve_on_the_page(client):
    told = voucher_story("plan submitted")
    Call.objects.update(plans_to_coordinator=True)
    coordinator = told.cast.coordinators[0]
    at = address(told, "version", 1)
    assert "Approve the plan" not in page(client, told, coordinator, at)
    log_in(client, told.officer).post(address(told, "approve", 1))
    assert newest(told).state == State.PARTNER_APPROVED
    assert "Approve the plan" in page(client, told, coordinator, at)
    client.post(address(told, "approve", 1))
    assert newest(told).state == State.IN_FORCE


def test_an_amendment_is_begun_with_kind_and_reason_and_may_be_dropped(client):
    told = voucher_story("plan approved")
    log_in(client, told.manager)
    html = client.post(address(told, "amend"), {"kind": "extension"}).content.decode()
    assert "error" in html
    client.post(address(told, "amend"), {"kind": "extension", "reason": "Exams in June."})
    assert (newest(told).amendment, newest(told).reason) == ("extension", "Exams in June.")
    assert "Exams in June." in client.get(address(told)).content.decode()
    client.post(address(told, "take_back", 2))
    assert newest(told).state == State.WITHDRAWN
    assert "Amend the plan" in client.get(told.voucher.get_absolute_url()).content.decode()


def test_the_page_of_the_voucher_says_which_version_is_in_force(client):
    told = voucher_story("plan approved")
    amended(told)
    changed(told, LINES, 0, rate="440")
    put_in_force(told)
    html = page(client, told, told.officer, told.voucher.get_absolute_url())
    assert "Version 2 is in force since" in html
    assert "2,800.00" in html


def test_remarks_of_a_part_stand_above_it(client):
    told = voucher_story("plan submitted")
    actions.return_version(
        newest(told), reason="x", remarks=[RemarkInput(LINES, "Add travel.")], by=told.officer
    )
    part = page(client, told).split('id="part-6"')[1].split("data-lines")[0]
    assert "Add travel." in part
