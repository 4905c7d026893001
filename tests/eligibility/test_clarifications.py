"""Clarifications: asked, answered, and closed on their day."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from conduct.actions import Refused, TooLate
from demonstration.clock import on
from notices.models import Notice
from tests.eligibility.asking import (
    answer_of,
    application,
    ask,
    in_days,
    manager,
    officer,
    question,
    save,
    story,
)
from tests.eligibility.checking import filled
from tests.people import log_in
from vouchers.applications.models import Application
from vouchers.eligibility import actions
from vouchers.eligibility.models import Clarification
from vouchers.eligibility.tasks import lapse_clarifications

__all__ = ["application", "manager", "officer", "story"]

pytestmark = pytest.mark.django_db


def test_the_officer_asks_on_the_page_and_the_cluster_is_told(
    client, application, officer, manager
):
    log_in(client, officer)
    client.post(
        reverse("eligibility:ask", args=[application.pk]),
        {
            "questions": [question(application, "voucher-use").pk],
            "text": "Which experts do you mean?",
            "until": in_days(7).isoformat(),
        },
    )
    clarification = Clarification.objects.get()
    assert clarification.until.isoformat().startswith(f"{in_days(7)}T2")
    assert [item.question.key for item in clarification.items.all()] == ["voucher-use"]
    assert Application.objects.get(pk=application.pk).state == "submitted"
    notice = Notice.objects.get(kind="clarification-asked")
    assert (notice.recipient, notice.url) == (manager, clarification.get_absolute_url())


def test_the_last_instant_is_the_end_of_the_day_in_the_country(application, officer):
    clarification = ask(application, officer)
    local = clarification.until.astimezone(timezone.zoneinfo.ZoneInfo("Asia/Beirut"))
    assert (local.date(), local.hour, local.minute) == (in_days(7), 23, 59)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"until": "2020-01-01"}, "This day is over"),
        ({"questions": []}, "Choose the questions that you ask about."),
        ({"text": ""}, "This field is required."),
    ],
)
def test_what_is_missing_is_said_and_nothing_typed_is_lost(
    client, application, officer, change, sentence
):
    log_in(client, officer)
    typed = {
        "questions": [question(application, "voucher-use").pk],
        "text": "Which experts?",
        "until": in_days(7).isoformat(),
        **change,
    }
    html = client.post(reverse("eligibility:ask", args=[application.pk]), typed).content.decode()
    assert sentence in html
    assert not Clarification.objects.exists()


def test_a_question_of_another_call_cannot_be_asked_about(application, officer):
    with pytest.raises(Refused, match="Choose the questions"):
        actions.ask_clarification(application, [], text="?", until=in_days(2), by=officer)


def test_a_late_answer_is_refused_and_kept(client, application, officer, manager):
    clarification = ask(application, officer)
    before = answer_of(application, "voucher-use").text
    item = clarification.items.get(question__key="voucher-use")
    with on(clarification.until + timedelta(seconds=1)):
        log_in(client, manager)
        page = client.post(
            reverse("eligibility:send", args=[clarification.pk]),
            {f"answer_{item.question_id}": "A second too late."},
            headers={"referer": clarification.get_absolute_url()},
            follow=True,
        )
        html = page.content.decode()
        assert "The time to answer has passed." in html
        assert "A second too late." in html
        with pytest.raises(TooLate):
            actions.answer_clarification(clarification, by=manager)
    item.refresh_from_db()
    assert item.text == "A second too late."
    assert answer_of(application, "voucher-use").text == before


def test_an_answer_in_the_last_second_arrives(application, officer, manager):
    clarification = ask(application, officer)
    save(clarification, "voucher-use", "In time.", manager)
    with on(clarification.until - timedelta(seconds=1)):
        actions.answer_clarification(clarification, by=manager)
    assert answer_of(application, "voucher-use").text == "In time."


def test_it_lapses_by_itself_and_both_sides_are_told(client, application, officer, manager):
    clarification = ask(application, officer)
    save(clarification, "voucher-use", "Half an answ", manager)
    assert lapse_clarifications() == 0
    with on(clarification.until + timedelta(seconds=2)):
        assert lapse_clarifications() == 1
        assert lapse_clarifications() == 0
    assert Clarification.objects.get().state == "lapsed"
    assert Notice.objects.get(kind="clarification-lapsed").recipient == officer
    assert Notice.objects.get(kind="clarification-over").recipient == manager
    html = log_in(client, officer).get(clarification.get_absolute_url()).content.decode()
    assert "Half an answ" in html
    assert "the application stands as it was" in html


def test_one_loop_is_the_rule_and_another_needs_a_reason(application, officer, manager):
    clarification = ask(application, officer)
    with pytest.raises(Refused):
        ask(application, officer, again_reason="At once again.")
    save(clarification, "voucher-use", "Two experts.", manager)
    actions.answer_clarification(clarification, by=manager)
    with pytest.raises(Refused, match="why it must be asked once more"):
        ask(application, officer)
    again = ask(application, officer, again_reason="Their days are missing.")
    assert (again.number, again.again_reason) == (2, "Their days are missing.")


def test_nothing_is_decided_while_the_cluster_is_asked(client, application, officer):
    clarification = ask(application, officer)
    address = reverse("eligibility:check", args=[application.pk])
    html = log_in(client, officer).post(address, filled(application)).content.decode()
    assert "The cluster is being asked about its answers" in html
    assert Application.objects.get(pk=application.pk).state == "submitted"
    with on(clarification.until + timedelta(minutes=1)):
        actions.check_eligibility(
            application,
            {
                rule.pk: actions.Verdict("met", "Seen on paper.")
                for rule in application.call.eligibility_rules.all()
            },
            by=officer,
        )
    assert Clarification.objects.get().state == "lapsed"
    assert Application.objects.get(pk=application.pk).state == "eligible"
