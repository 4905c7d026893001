"""What a provider does by its link, and what is refused of it."""

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from conduct.actions import NotAllowed, OutOfOrder
from conduct.queries.history import timeline
from tests.assistance.delivery.session import ago, logged, milestone_of, said
from tests.assistance.delivery.test_contracts import contracted
from tests.endings.making import ended
from tests.links.linking import newest_code, proven
from tests.making import pdf
from tests.people import log_in
from vouchers.assistance.deliverables import actions as deliverables
from vouchers.assistance.deliverables.models import Deliverable
from vouchers.assistance.delivery import actions
from vouchers.assistance.delivery.models import Session
from vouchers.assistance.workroom.actions import (
    require_at_work,
    send_work_link,
    withdraw_work_link,
)
from vouchers.assistance.workroom.models import WorkLink, WorkMail
from vouchers.assistance.workroom.tasks import mail_at_work
from vouchers.awards.models import Voucher
from vouchers.providers.contracts.models import Contract

from .working import at_work, linked

pytestmark = pytest.mark.django_db


def typed(told, **other):
    """A session as the form of the link has it."""
    return {
        "milestone": milestone_of(told).pk,
        "day": ago(1).isoformat(),
        "hours": "4",
        "activity": "Interviews of six members",
        "expert_name": "Nour Haddad",
        "expert_email": "nour@cedar.example",
        "place": "Byblos",
        "participants": "6",
        "women": "2",
        "young": "1",
        "notes": "They asked for templates.",
        **other,
    }


def test_a_provider_logs_by_its_link_and_history_says_so():
    told, link, address = at_work()
    browser = proven(address)
    answer = browser.post(f"{address}sessions/", typed(told))
    assert answer.status_code == 302
    session = Session.objects.get()
    assert (session.logged_by, session.logged_through, session.logged_for) == (
        None,
        link,
        "provider",
    )
    assert any("through the link of Amal" in str(entry.who) for entry in timeline(session))
    actions.confirm_session(session, by=told.manager)
    page = browser.get(address).content.decode()
    assert "Interviews of six members" in page
    assert "confirmed" in page


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"hours": "25"}, "hours"),
        ({"hours": "0.3"}, "hours"),
        ({"women": "7"}, "women"),
        ({"day": "before"}, "day"),
    ],
)
def test_bad_input_by_link_is_said_beside_its_field_and_nothing_is_lost(language, wrong, field):
    told, _link, address = at_work(language=language)
    if wrong.get("day"):
        wrong = {"day": ago(8).isoformat()}
    answer = proven(address).post(f"{address}sessions/", typed(told, **wrong))
    assert answer.status_code == 200
    assert answer.context["form"].errors.keys() == {field}
    assert language == answer.wsgi_request.LANGUAGE_CODE
    assert "They asked for templates." in answer.content.decode()
    assert not Session.objects.exists()


def test_a_returned_session_is_mended_by_link_and_only_the_first_of_two_people_is_taken():
    told, link, address = at_work()
    session = actions.log_session(milestone_of(told), said(), by=link)
    actions.return_session(session, reason="It was shorter.", by=told.manager)
    told_of = WorkMail.objects.get()
    mail_at_work(told_of.pk)
    mail_at_work(told_of.pk)
    assert [one.to for one in mail.outbox].count(["amal@byblos.example"]) == 2
    assert "It was shorter." in mail.outbox[-1].body
    one, two = proven(address), proven(address)
    assert "It was shorter." in one.get(address).content.decode()
    anew = f"{address}sessions/{session.pk}/"
    assert one.post(anew, typed(told, hours="3")).status_code == 302
    late = two.post(anew, typed(told, hours="2", notes="Two hours, I say."))
    assert late.status_code == 200
    assert "Two hours, I say." in late.content.decode()
    session.refresh_from_db()
    assert session.hours == 3


def test_what_the_cluster_logged_is_mended_by_the_cluster():
    told, link, address = at_work()
    session = logged(told, by=told.manager)
    Session.objects.filter(pk=session.pk).update(
        state="returned",
        returned_by=told.manager,
        returned_at=timezone.now(),
        return_reason="No.",
    )
    assert proven(address).get(f"{address}sessions/{session.pk}/").status_code == 404
    with pytest.raises(NotAllowed, match="mends it itself"):
        actions.log_session_anew(session, milestone_of(told), said(), by=link)


def test_a_deliverable_goes_all_the_way_by_link():
    told, _link, address = at_work()
    browser = proven(address)
    page = f"{address}milestones/{milestone_of(told).pk}/"
    assert "What the plan expects" in browser.get(page).content.decode()
    first = {"summary": "The study.", "uploads": [pdf("study.pdf")]}
    assert browser.post(page, first).status_code == 302
    version = Deliverable.objects.get()
    points = [
        deliverables.note_point(version, where=where, text="Unclear.", by=told.manager)
        for where in ("Page 2", "Annex")
    ]
    deliverables.return_deliverable(version, by=told.manager)
    assert "Page 2: Unclear." in WorkMail.objects.get().facts["reason"]
    said_of = {f"done_{point.pk}": "done" for point in points}
    second = {"summary": "The study.", "changes": "Both.", "uploads": [pdf("v2.pdf")], **said_of}
    assert browser.post(page, second).status_code == 302
    newest = Deliverable.objects.get(number=2)
    deliverables.accept_deliverable_for_cluster(newest, by=told.manager)
    deliverables.accept_deliverable(newest, by=told.officer)
    shown = browser.get(f"{address}versions/{newest.pk}/").content.decode()
    assert "Page 2" in shown
    file = newest.files.get()
    assert browser.get(f"{address}files/{file.pk}/").status_code == 200
    assert Client().get(f"{address}files/{file.pk}/").status_code == 200  # the page for the code
    assert "Is it you?" in Client().get(f"{address}files/{file.pk}/").content.decode()


def test_a_link_that_is_passed_on_asks_for_a_code_and_keeps_what_was_typed():
    told, _link, address = at_work()
    forwarded = Client()
    asked = forwarded.post(f"{address}sessions/", typed(told)).content.decode()
    assert "Is it you?" in asked
    assert "They asked for templates." in asked
    assert not Session.objects.exists()
    forwarded.post(f"{address}sessions/", {**typed(told), "link_step": "send"})
    code = {"link_step": "try", "link_code": newest_code(), "carried": "1"}
    forwarded.post(f"{address}sessions/", {**typed(told), **code})
    assert Session.objects.count() == 1


@pytest.mark.parametrize("how", ["withdrawn", "expired", "replaced"])
def test_a_link_that_ended_says_so_and_shows_what_was_typed(how):
    told, link, address = at_work()
    browser = proven(address)
    if how == "withdrawn":
        withdraw_work_link(link, by=told.officer)
    elif how == "replaced":
        linked(told)
    else:
        WorkLink.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    answer = browser.post(f"{address}sessions/", typed(told))
    assert answer.status_code == 410
    assert "They asked for templates." in answer.content.decode()
    with pytest.raises(OutOfOrder, match="link has ended"):
        actions.log_session(milestone_of(told), said(), by=link)


def test_nothing_is_taken_once_the_voucher_is_over():
    told, link, address = at_work()
    browser = proven(address)
    ended(told.voucher)
    assert browser.get(address).status_code == 410
    with pytest.raises(OutOfOrder):
        actions.log_session(milestone_of(told), said(), by=link)


def test_a_link_is_sent_by_officer_or_manager_until_the_contract_ends(client):
    told, link, _address = at_work()
    contract = Contract.objects.get()
    assert link.expires_at.date() >= contract.ends_on
    send = reverse("workroom:send", args=[told.voucher.pk])
    form = {"name": "Rana", "email": "rana@byblos.example", "language": "fr"}
    for person in (told.manager, told.officer):
        assert log_in(client, person).post(send, form).status_code == 302
    assert "Rana" in client.get(contract.get_absolute_url()).content.decode()
    wrong = client.post(send, {**form, "email": "rana"})
    assert "Rana" in wrong.content.decode()
    assert log_in(client, told.cast.coordinators[0]).post(send, form).status_code == 403
    standing = WorkLink.objects.get(withdrawn_at=None, replaced_at=None)
    log_in(client, told.manager).post(reverse("workroom:withdraw", args=[standing.pk]))
    assert not WorkLink.objects.filter(withdrawn_at=None, replaced_at=None).exists()


def test_after_the_contract_the_next_step_is_to_send_the_link(client):
    told = contracted(6, -30)
    step = reverse("workroom:send", args=[told.voucher.pk])
    for person in (told.manager, told.officer):
        html = log_in(client, person).get(told.voucher.get_absolute_url()).content.decode()
        assert "send the provider the link" in html
        assert step in html
    log_in(client, told.cast.coordinators[0])
    html = client.get(told.voucher.get_absolute_url()).content.decode()
    assert "send the provider the link" in html
    assert step not in html
    linked(told)
    log_in(client, told.manager)
    assert "send the provider" not in client.get(told.voucher.get_absolute_url()).content.decode()


def test_where_work_began_without_a_link_none_is_asked_for(client):
    told = contracted(6, -30)
    logged(told)
    log_in(client, told.manager)
    assert "send the provider" not in client.get(told.voucher.get_absolute_url()).content.decode()


def test_no_link_is_sent_after_the_contract():
    told, _link, _address = at_work()
    contract = Contract.objects.get()
    with (
        patch("vouchers.assistance.workroom.actions.links.last_day_of", return_value=ago(1)),
        pytest.raises(OutOfOrder, match="must be amended first"),
    ):
        send_work_link(contract, name="A", email="a@b.example", language="en", by=told.officer)


def test_a_link_opens_no_other_voucher():
    told, link, address = at_work()
    other = Voucher(pk=told.voucher.pk + 1)
    with pytest.raises(NotAllowed, match="another voucher"):
        require_at_work(link, other)
    assert proven(address).get(f"{address}milestones/0/").status_code == 404
