"""The pages on which claims are controlled, approved, and policies and checklists changed."""

from decimal import Decimal

import pytest
from django.urls import reverse

from tests.payments.control.making import approved_in_part, cut, line_of, two_approve_above
from tests.payments.making import claim
from tests.people import log_in
from vouchers.payments import actions
from vouchers.payments.control.actions import propose_policy, write_checklist
from vouchers.payments.control.models import ControlChecklist, SeparationPolicy
from vouchers.payments.control.rules.separations import USUAL
from vouchers.payments.models import Claim

pytestmark = pytest.mark.django_db


def boxes(asked, **typed):
    return {f"line-{line_of(asked)}-{name}": value for name, value in typed.items()}


def test_the_reader_judges_without_leaving_the_page(client, delivered, milestone):
    earlier = claim(milestone, delivered.manager, amount="100.00", number="F-0")
    asked = claim(milestone, delivered.manager, amount="1000.00")
    log_in(client, delivered.officer)
    page = client.get(reverse("payments:verify", args=[asked.pk]))
    text = page.content.decode()
    deliverable = milestone.deliverables.get()
    for shown in (
        asked.invoices.get().file.name,
        deliverable.get_absolute_url(),
        deliverable.files.first().name,
        str(deliverable.accepted_by),
        str(deliverable.cluster_accepted_by),
        "No contract is entered",
        "No quote was chosen",
        earlier.get_absolute_url(),
        "Policy of separations",
        "in order",
    ):
        assert shown in text, shown
    # Folded where the screen is small: all but the first of what was delivered is closed.
    assert text.count("<details") > 4


def test_a_control_is_typed_and_nothing_typed_is_lost_when_it_is_refused(
    client, delivered, milestone
):
    asked = claim(milestone, delivered.manager, amount="1000.00")
    log_in(client, delivered.officer)
    address = reverse("payments:verify", args=[asked.pk])
    typed = boxes(
        asked, deducted="120,00", reason="No time sheet.", parked="80", park_reason="Train."
    )
    page = client.post(address, typed)
    text = page.content.decode()
    assert "Choose the type of error" in text
    for kept in ("120,00", "No time sheet.", "Train."):
        assert kept in text
    answer = client.post(address, typed | boxes(asked, error_type="evidence"), follow=True)
    assert "eligible" in answer.content.decode()
    found = Claim.objects.get()
    assert (found.eligible, found.deducted, found.parked) == (800, 120, 80)


@pytest.mark.parametrize("typed", ["-1", "1e3", "1.005", "NaN", "abc", "1000.01"])
def test_what_is_no_sum_of_the_line_is_refused_beside_its_box(client, delivered, milestone, typed):
    asked = claim(milestone, delivered.manager, amount="1000.00")
    log_in(client, delivered.officer)
    page = client.post(
        reverse("payments:verify", args=[asked.pk]),
        boxes(asked, deducted=typed, error_type="vat", reason="x"),
    )
    assert set(page.context["form"].errors) == {f"line-{line_of(asked)}-deducted"}
    assert Claim.objects.get().state == "submitted"


def test_the_page_says_which_approval_is_missing_and_who_may_not_give_it(client, delivered):
    two_approve_above(delivered, "500")
    found = cut(delivered)
    one, other = delivered.cast.coordinators
    log_in(client, one)
    address = reverse("payments:approve", args=[found.pk])
    told = client.post(address, {"seen": found.control_id}, follow=True).content.decode()
    assert "needs somebody else" in told
    assert "1 of 2 approvals are given." in told
    assert "You do not approve it: you approved this claim." in told
    assert f'action="{address}"' not in told
    log_in(client, other)
    page = client.get(found.get_absolute_url())
    assert page.context["step"].whose == "you"
    assert f'action="{address}"' in page.content.decode()
    log_in(client, delivered.officer)
    assert "another coordinator" in client.get(found.get_absolute_url()).content.decode()


def test_what_is_set_aside_waits_on_the_desk_and_is_decided_on_its_page(client, delivered):
    found = approved_in_part(delivered)
    address = reverse("control:parked", args=[found.pk])
    log_in(client, delivered.officer)
    assert address in client.get("/").content.decode()
    assert address in client.get(found.get_absolute_url()).content.decode()
    listed = client.get(reverse("payments:claim_list"), {"parked": "yes"}).content.decode()
    assert found.get_absolute_url() in listed
    seen = {"seen": found.control_id}
    page = client.post(
        address, seen | {f"line-{line_of(found)}": "81", "decision": "take_in", "reason": "x"}
    )
    assert "80.00 EUR of this line are set aside" in page.content.decode()
    page = client.post(
        address,
        seen | {f"line-{line_of(found)}": "30", "decision": "refuse", "reason": "Too late."},
    )
    assert "Choose a type of error" in page.content.decode()
    assert "Too late." in page.content.decode()
    client.post(
        address,
        seen
        | {
            f"line-{line_of(found)}": "80",
            "decision": "take_in",
            "reason": "The ticket has come.",
        },
    )
    further = Claim.objects.get(continues=found)
    assert further.amount == Decimal(80)
    log_in(client, delivered.cast.coordinators[0])
    assert "taken in by a later control" in client.get(further.get_absolute_url()).content.decode()


def test_others_neither_control_nor_decide(client, delivered, milestone):
    asked = claim(milestone, delivered.manager, amount="1000.00")
    for person in (delivered.manager, delivered.cast.coordinators[0], delivered.cast.finance[0]):
        log_in(client, person)
        for name in ("payments:verify", "control:parked"):
            address = reverse(name, args=[asked.pk])
            assert client.get(address).status_code == 403
            client.post(address, {"decision": "take_in", "reason": "x"})
    asked.refresh_from_db()
    assert asked.state == "submitted"
    log_in(client, delivered.cast.officer("MA"))
    assert client.get(reverse("payments:verify", args=[asked.pk])).status_code == 404


def test_a_policy_is_proposed_and_confirmed_on_its_page(client, delivered):
    one, other = delivered.cast.coordinators
    actions.verify_claim(claim(delivered._milestone(0), delivered.manager), by=delivered.officer)
    address = reverse("control:policies")
    log_in(client, one)
    assert "two people" in client.get(address).content.decode()
    page = client.post(address, {"apart": ["submitter-controller"], "reason": ""})
    assert page.context["form"].errors["reason"]
    client.post(address, {"apart": ["submitter-controller"], "reason": "We are few."})
    policy = SeparationPolicy.objects.get(number=2)
    assert "controller-approver" in policy.apart
    confirm = reverse("control:confirm_policy", args=[policy.pk])
    client.post(confirm)
    policy.refresh_from_db()
    assert policy.is_open
    log_in(client, other)
    assert reverse("control:policies") in client.get("/").content.decode()
    client.post(confirm)
    policy.refresh_from_db()
    assert policy.confirmed_by == other
    log_in(client, delivered.manager)
    assert client.get(address).status_code == 404
    assert client.post(confirm).status_code == 404


def test_a_proposal_is_dropped_with_a_reason(client, delivered):
    one, other = delivered.cast.coordinators
    policy = propose_policy(USUAL[:1], reason="Few.", by=one)
    log_in(client, other)
    address = reverse("control:drop_policy", args=[policy.pk])
    client.post(address, {"reason": "Too few."})
    policy.refresh_from_db()
    assert policy.dropped_by == other


def test_a_checklist_is_written_in_versions(client, delivered):
    call = delivered.voucher.award.application.call
    address = reverse("control:checklist", args=[call.slug])
    log_in(client, delivered.cast.coordinators[0])
    page = client.get(address)
    assert "These questions are a beginning" in page.content.decode()
    typed = {
        "form-TOTAL_FORMS": "1",
        "form-INITIAL_FORMS": "1",
        "form-0-text_0": "Is it signed?",
        "form-0-text_1": "Est-ce signé ?",
        "form-0-text_2": "هل هو موقّع؟",
        "form-0-ORDER": "1",
    }
    assert client.post(address, typed | {"form-0-text_2": ""}).status_code == 200
    assert not ControlChecklist.objects.exists()
    assert client.post(address, typed).status_code == 302
    written = ControlChecklist.objects.get()
    assert (written.number, set(written.questions[0])) == (1, {"en", "fr", "ar"})
    assert "the checklist already" in client.post(address, typed).content.decode()
    log_in(client, delivered.officer)
    assert "Is it signed?" in client.get(address).content.decode()
    assert client.post(address, typed).status_code == 403
    log_in(client, delivered.manager)
    assert client.get(address).status_code == 404


def test_the_checklist_is_answered_on_the_page_of_the_control(client, delivered, milestone):
    call = delivered.voucher.award.application.call
    question = {"en": "Is it signed?", "fr": "Est-ce signé ?", "ar": "هل هو موقّع؟"}
    write_checklist(call, [question], by=delivered.cast.coordinators[0])
    asked = claim(milestone, delivered.manager, amount="1000.00")
    log_in(client, delivered.officer)
    address = reverse("payments:verify", args=[asked.pk])
    assert "Answer this question" in client.post(address, {}).content.decode()
    page = client.post(address, {"answer-0-answer": "no"})
    assert "Say what is missing or wrong" in page.content.decode()
    client.post(address, {"answer-0-answer": "no", "answer-0-remark": "By nobody."})
    assert "By nobody." in client.get(asked.get_absolute_url()).content.decode()
