"""More time for a voucher: who asks, who decides, which days, and where the new end is in force."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils.translation import override

from conduct.actions import NotAllowed, OutOfOrder, Refused
from demonstration.clock import noon, on
from documents.models import Document
from notices.models import Notice
from tests.endings.making import (
    ahead,
    asked,
    coordinators,
    ended,
    noticed,
    rules,
    signed_by_one_side,
)
from tests.people import log_in
from vouchers.awards.models import Voucher
from vouchers.endings import actions
from vouchers.endings.models import Extension
from vouchers.standing.queries.facts import facts_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def told():
    """Whose agreement the cluster alone signs: of one that both sign, see `test_amendments`."""
    return signed_by_one_side()


def fresh(told) -> Voucher:
    return Voucher.objects.get(pk=told.voucher.pk)


def test_a_manager_asks_and_the_officer_grants_with_letter_and_notices(told):
    end = told.voucher.valid_until
    extension = asked(told)
    assert Notice.objects.filter(recipient=told.officer, kind="voucher-extension-asked").exists()
    assert fresh(told).valid_until == end
    extension = actions.decide_extension(extension, by=told.officer)
    assert extension.state == "granted"
    assert fresh(told).valid_until == end + timedelta(days=30)
    assert Document.objects.filter(kind="extension").count() == 3
    notice = Notice.objects.get(recipient=told.manager, kind="voucher-extension-granted")
    assert notice.documents.count() == 1


def test_the_new_end_is_in_force_for_those_who_watch_the_voucher(told):
    actions.decide_extension(asked(told, 45), by=told.officer)
    facts = facts_of([told.voucher.pk])[told.voucher.pk]
    assert facts.valid_until == told.voucher.valid_until + timedelta(days=45)


def test_where_the_call_says_so_a_coordinator_decides_second(told):
    rules(extensions_to_coordinator=True)
    extension = actions.decide_extension(asked(told), by=told.officer)
    assert (extension.state, fresh(told).valid_until) == ("agreed", told.voucher.valid_until)
    with pytest.raises(NotAllowed):
        actions.decide_extension(extension, by=told.officer)
    assert actions.decide_extension(extension, by=coordinators()[0]).state == "granted"


def test_nobody_decides_on_what_they_asked_for_or_agreed_to(told):
    rules(extensions_to_coordinator=True)
    extension = asked(told, by=coordinators()[0])
    with pytest.raises(NotAllowed, match="Another person decides"):
        actions.decide_extension(extension, by=coordinators()[0])
    extension = actions.decide_extension(extension, by=coordinators()[1])
    for person in coordinators()[:2]:
        with pytest.raises(NotAllowed, match="Another person decides"):
            actions.decide_extension(extension, by=person)
        with pytest.raises(NotAllowed):
            actions.refuse_extension(extension, reason="No.", by=person)


@pytest.mark.parametrize(
    "column", ["decided_by_id = asked_by_id", "agreed_by_id = asked_by_id, decided_by_id = %s"]
)
def test_the_database_wants_four_eyes_too(told, column):

    extension = asked(told, by=told.officer)
    values = [coordinators()[0].pk] if "%s" in column else []
    with (
        pytest.raises(IntegrityError, match="four_eyes"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            f"UPDATE vouchers_extension SET state = 'granted', decided_at = now(), {column}"
            " WHERE id = %s",
            [*values, extension.pk],
        )


def test_neither_a_stranger_nor_an_officer_elsewhere_nor_an_editor_decides(told):
    extension = asked(told)
    for person in (told.manager, told.cast.officer("MA"), told.cast.finance[0]):
        with pytest.raises(NotAllowed):
            actions.decide_extension(extension, by=person)


@pytest.mark.parametrize(
    ("until", "sentence"),
    [
        (lambda voucher: voucher.valid_from - timedelta(days=1), "starts on"),
        (lambda voucher: ahead(-1), "is past"),
        (lambda voucher: ahead(1), "already"),
        (lambda voucher: voucher.valid_until, "already"),
        (lambda voucher: voucher.valid_until + timedelta(days=181), "The last day that can be"),
        (lambda voucher: date(9999, 12, 31), "The last day that can be"),
    ],
)
def test_days_that_cannot_be_are_refused_beside_their_field(told, until, sentence):
    with pytest.raises(Refused, match=sentence) as refused:
        actions.ask_for_extension(
            told.voucher, until=until(told.voucher), reason="Late.", by=told.manager
        )
    assert refused.value.field == "until"


@pytest.mark.parametrize("reason", ["", "   ", "\n\t"])
def test_so_is_a_reason_that_says_nothing(told, reason):
    until = told.voucher.valid_until + timedelta(days=9)
    with pytest.raises(Refused) as refused:
        actions.ask_for_extension(told.voucher, until=until, reason=reason, by=told.manager)
    assert refused.value.field == "reason"


def test_no_more_than_the_call_allows_counted_from_the_first_end(told):
    rules(extension_days_most=40)
    actions.decide_extension(asked(told, 30), by=told.officer)
    told.voucher.refresh_from_db()
    with pytest.raises(Refused, match="The last day"):
        asked(told, 11)
    actions.decide_extension(asked(told, 10), by=told.officer)
    told.voucher.refresh_from_db()
    with pytest.raises(Refused, match="as often as"):
        asked(told, 1)


def test_a_limit_that_was_lowered_meanwhile_counts_when_it_is_granted(told):
    extension = asked(told, 30)
    rules(extensions_most=0)
    with pytest.raises(Refused, match="as often as"):
        actions.decide_extension(extension, by=told.officer)
    assert fresh(told).valid_until == told.voucher.valid_until


def test_one_is_asked_for_at_a_time_and_taken_back_by_who_asked(told):
    extension = asked(told)
    with pytest.raises(Refused, match="already"):
        asked(told, 20)
    with pytest.raises(NotAllowed):
        actions.withdraw_extension(extension, by=told.officer)
    actions.withdraw_extension(extension, by=told.manager)
    assert asked(told, 20).state == "asked"


def test_a_refusal_says_why_and_the_end_stays(told):
    extension = asked(told)
    with pytest.raises(Refused, match="Say why"):
        actions.refuse_extension(extension, reason=" ", by=told.officer)
    actions.refuse_extension(extension, reason="The plan has time enough.", by=told.officer)
    assert fresh(told).valid_until == told.voucher.valid_until
    notice = Notice.objects.get(recipient=told.manager, kind="voucher-extension-refused")
    assert notice.facts["reason"] == "The plan has time enough."


def test_neither_a_voucher_that_ended_nor_one_under_notice_is_extended(told):
    extension = asked(told)
    noticed(told.voucher)
    extension.refresh_from_db()
    assert extension.state == "withdrawn"
    with pytest.raises(OutOfOrder, match="under notice"):
        asked(told)


def test_nor_one_that_was_terminated(told):
    ended(told.voucher)
    with pytest.raises(OutOfOrder, match="terminated"):
        asked(told)


def test_a_day_that_passed_while_it_waited_is_not_granted(told):
    extension = asked(told, 10)
    late = (told.voucher.valid_until - ahead(0)).days + 11
    with on(noon(late)), pytest.raises(Refused, match="is past"):
        actions.decide_extension(extension, by=told.officer)


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_what_is_typed_stays_beside_its_error_in_each_language(client, told, language):
    log_in(client, told.manager)
    client.cookies["django_language"] = language
    address = reverse("endings:extend", args=[told.voucher.pk])
    answer = client.post(
        address, {"until": "2020-01-01", "reason": "  "}, headers={"accept-language": language}
    )
    assert answer.status_code == 200
    assert set(answer.context["form"].errors) == {"reason"}
    answer = client.post(address, {"until": "2020-01-01", "reason": "Une machine en retard"})
    assert set(answer.context["form"].errors) == {"until"}
    assert "Une machine en retard" in answer.content.decode()
    assert not Extension.objects.exists()


def test_the_pages_lead_from_the_voucher_to_the_grant(client, told):
    log_in(client, told.manager)
    page = client.get(told.voucher.get_absolute_url()).content.decode()
    address = reverse("endings:extend", args=[told.voucher.pk])
    assert address in page
    until = (told.voucher.valid_until + timedelta(days=14)).isoformat()
    made = client.post(address, {"until": until, "reason": "The machine is late."}, follow=True)
    extension = Extension.objects.get()
    assert made.redirect_chain[-1][0] == extension.get_absolute_url()
    assert reverse("endings:grant", args=[extension.pk]) not in made.content.decode()
    log_in(client, told.officer)
    page = client.get(extension.get_absolute_url()).content.decode()
    assert reverse("endings:grant", args=[extension.pk]) in page
    home = client.get(reverse("dashboards:home")).content.decode()
    assert extension.get_absolute_url() in home
    client.post(reverse("endings:grant", args=[extension.pk]))
    assert fresh(told).valid_until.isoformat() == until
    log_in(client, told.cast.officer("MA"))
    assert client.get(extension.get_absolute_url()).status_code == 404


def test_lists_narrow_by_what_is_asked_for(client, told):
    log_in(client, told.officer)
    address = reverse("dashboards:vouchers")
    assert (
        told.voucher.reference not in client.get(address, {"ending": "extension"}).content.decode()
    )
    asked(told)
    with override("en"):
        found = client.get(address, {"ending": "extension"}).content.decode()
    assert told.voucher.reference in found
