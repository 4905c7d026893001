"""A report in versions: sent, returned at the line, mended, accepted by two; what is wrong is said."""

import pytest
from django.db import DatabaseError, transaction

from clusters.models import Representative
from conduct.actions import NotAllowed, OutOfOrder, Refused
from drafts.actions import RemarkInput
from notices.models import Notice
from tests.assistance.reports.writing import (
    BROUGHT,
    INDICATORS,
    PROVIDER,
    TOLD,
    changed,
    report_of,
    returned,
    seen_of,
)
from tests.making import MA, voucher_story
from tests.people import person
from vouchers.applications.models import Recusal
from vouchers.assistance.reports import actions
from vouchers.assistance.reports.models import (
    FinalReport,
    ReportedIndicator,
    ReportRemark,
    ReportVersion,
)
from vouchers.assistance.reports.permissions import may_read_report
from vouchers.assistance.reports.queries import raw_rows
from vouchers.calls.models import Call
from vouchers.payments import actions as payments

pytestmark = pytest.mark.django_db
State = FinalReport.State


@pytest.fixture
def sent():
    return voucher_story("reported")


@pytest.fixture
def draft(sent):
    returned(sent)
    return sent


def indicator(told, place=0):
    return raw_rows(report_of(told))[INDICATORS][place]


def colleague(told, role):
    cluster = told.voucher.award.application.cluster
    return Representative.objects.create(cluster=cluster, user=person(), level=role).user


def obstacles(told):
    return actions.obstacles_of(report_of(told))


def test_what_was_sent_stands_beside_the_plan_that_was_in_force(sent):
    version = report_of(sent).version
    first = version.indicators.first()
    planned = version.plan_version.results.get(key=first.key)
    assert version.plan_version.plan.in_force == version.plan_version
    assert (first.name, first.baseline, first.target) == (
        planned.name,
        planned.baseline,
        planned.target,
    )
    assert version.indicators.count() == version.plan_version.results.count() > 0


@pytest.mark.parametrize(
    "change",
    [
        lambda version: ReportVersion.objects.filter(pk=version.pk).update(summary="Otherwise."),
        lambda version: version.indicators.update(value=1),
        lambda version: version.delete(),
        lambda version: ReportedIndicator.objects.create(
            **{
                **ReportedIndicator.objects.filter(version=version).values().first(),
                "id": None,
                "key": "0b8f1c1e-0000-4000-8000-000000000001",
            }
        ),
    ],
)
def test_the_database_lets_nobody_change_what_was_sent(sent, change):
    with pytest.raises(DatabaseError), transaction.atomic():
        change(report_of(sent).version)


def test_a_return_keeps_remarks_at_the_line_and_the_next_version_is_another(sent):
    first = report_of(sent).version
    key = str(first.indicators.first().key)
    remarks = [RemarkInput(INDICATORS, "Who counted?", key), RemarkInput(TOLD, " ")]
    report = returned(sent, reason="", remarks=remarks)
    assert report.state == State.DRAFT
    assert report.return_reason == "See the remarks at the lines."
    [remark] = ReportRemark.objects.all()
    assert (remark.version, remark.part, str(remark.key)) == (first, INDICATORS, key)
    # The draft goes on from what was typed.
    assert indicator(sent)["value"]
    changed(sent, INDICATORS, note="Counted by two people.")
    actions.submit_report(report_of(sent), by=sent.manager)
    second = report_of(sent).version
    assert (first.number, second.number) == (1, 2)
    assert second.indicators.first().note == "Counted by two people."
    assert (
        ReportVersion.objects.get(pk=first.pk).indicators.first().note != "Counted by two people."
    )


def test_a_return_says_why(sent):
    with pytest.raises(Refused, match="Say why you return it"):
        returned(sent, reason=" ")
    assert report_of(sent).state == State.SUBMITTED


def test_an_outdated_version_is_neither_returned_nor_accepted(draft):
    actions.submit_report(report_of(draft), by=draft.manager)
    report = report_of(draft)
    with pytest.raises(OutOfOrder, match="the newest is version 2"):
        actions.return_report(report, reason="x", number=1, by=draft.officer)
    with pytest.raises(OutOfOrder, match="the newest is version 2"):
        payments.accept_report(report, number=1, by=draft.officer)
    payments.accept_report(report, number=2, by=draft.officer)
    assert report_of(draft).state == State.ACCEPTED


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"value": ""}, "Write which value was reached of"),
        ({"value": "about twelve"}, "This is not a number"),
        ({"value": "NaN"}, "This is not a number"),
        ({"value": "-3"}, "“Reached” cannot be below zero."),
        ({"value": "1e9"}, "This is not a number"),
        ({"value": "1.2345"}, "An amount has at most two decimals."),
        ({"value": "9" * 16}, "This number is too large."),
        ({"evidence": " "}, "Say what shows the value of"),
        ({"note": "x" * 2001}, "has more than 2,000 characters"),
    ],
)
def test_a_value_that_cannot_stand_is_said_and_nothing_is_lost(draft, typed, sentence):
    changed(draft, INDICATORS, **typed)
    assert any(sentence in said for said in obstacles(draft))
    with pytest.raises(OutOfOrder):
        actions.submit_report(report_of(draft), by=draft.manager)
    assert all(indicator(draft)[name] == text for name, text in typed.items())


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("12,5", "12.50"),
        ("١٢٫٥", "12.50"),
        ("1 200", "1200.00"),
        ("۱۲", "12.00"),
        ("5.000", "5000.00"),
    ],
)
def test_a_value_is_read_as_it_is_written_in_each_country(draft, typed, value):
    changed(draft, INDICATORS, value=typed)
    actions.submit_report(report_of(draft), by=draft.manager)
    assert str(report_of(draft).version.indicators.first().value) == value


@pytest.mark.parametrize(
    ("part", "typed", "sentence"),
    [
        (TOLD, {"summary": " "}, "“What the cluster did with the voucher” is missing."),
        (BROUGHT, {"members_reached": ""}, "“Members reached” is missing."),
        (BROUGHT, {"members_reached": "-1", "women_reached": "0"}, "cannot be below zero"),
        (BROUGHT, {"members_reached": "3", "women_reached": "4"}, "No more than all the members"),
        (BROUGHT, {"members_reached": "2.5"}, "This is not a whole number"),
        (PROVIDER, {"satisfaction": ""}, "Say how satisfied you are with the provider."),
        (PROVIDER, {"satisfaction": "6"}, "Say how satisfied you are: 1 to 5."),
    ],
)
def test_what_else_keeps_a_report_from_being_sent(draft, part, typed, sentence):
    changed(draft, part, **typed)
    assert any(sentence in said for said in obstacles(draft))
    with pytest.raises(OutOfOrder):
        actions.submit_report(report_of(draft), by=draft.manager)


def test_it_waits_for_every_milestone():
    told = voucher_story("accepted 0")
    with pytest.raises(OutOfOrder, match="not delivered and accepted"):
        told._report()
    assert report_of(told).version is None


def test_two_windows_warn_each_other(draft):
    seen = seen_of(draft)
    changed(draft, TOLD, summary="From one window.")
    rows = [{"summary": "From the other.", "story": ""}]
    [overtaken] = actions.save_report_parts(
        draft.voucher, {TOLD: rows}, seen=seen, by=draft.manager
    )
    assert overtaken.theirs.rows[0]["summary"] == "From one window."
    assert raw_rows(report_of(draft))[TOLD][0]["summary"] == "From one window."


def test_what_is_sent_is_not_written_any_more(sent):
    with pytest.raises(OutOfOrder):
        changed(sent, TOLD, summary="Too late.")


def test_who_may(draft):
    editor, reader = (colleague(draft, role) for role in ("editor", "reader"))
    changed(draft, TOLD, by=editor, summary="By the editor.")
    with pytest.raises(NotAllowed):
        changed(draft, TOLD, by=reader, summary="By the reader.")
    with pytest.raises(NotAllowed, match="Only a manager"):
        actions.submit_report(report_of(draft), by=editor)
    actions.submit_report(report_of(draft), by=draft.manager)
    for other in (
        draft.cast.officer(MA.country),
        draft.cast.coordinators[0],
        draft.manager,
        editor,
    ):
        with pytest.raises(NotAllowed):
            actions.return_report(report_of(draft), reason="x", by=other)
        with pytest.raises(NotAllowed):
            payments.accept_report(report_of(draft), by=other)
    assert not may_read_report(draft.cast.officer(MA.country), report_of(draft))


def test_a_conflict_shuts_an_officer_out(sent):
    application = sent.voucher.award.application
    Recusal.objects.create(application=application, person=sent.officer, reason="My sister’s firm.")
    with pytest.raises(NotAllowed):
        returned(sent)
    with pytest.raises(NotAllowed):
        payments.accept_report(report_of(sent), by=sent.officer)


def test_a_coordinator_reads_it_too_where_the_call_says_so(sent):
    Call.objects.update(plans_to_coordinator=True)
    coordinator = sent.cast.coordinators[0]
    # One alone does not close it, whatever page was left open.
    with pytest.raises(Refused, match="one after the other"):
        payments.accept_report(report_of(sent), by=sent.officer)
    with pytest.raises(NotAllowed):
        payments.accept_report(report_of(sent), by=coordinator)
    actions.accept_report_for_partner(report_of(sent), number=1, by=sent.officer)
    assert report_of(sent).state == State.PARTNER_ACCEPTED
    told_of = {notice.recipient for notice in Notice.objects.filter(kind="report-to-accept")}
    assert coordinator in told_of
    with pytest.raises(NotAllowed):
        payments.accept_report(report_of(sent), by=sent.officer)
    payments.accept_report(report_of(sent), by=coordinator)
    sent.voucher.refresh_from_db()
    assert sent.voucher.state == "closed"
    assert report_of(sent).accepted_by == coordinator


def test_a_coordinator_may_return_it_and_the_partner_reads_it_anew(sent):
    Call.objects.update(plans_to_coordinator=True)
    actions.accept_report_for_partner(report_of(sent), by=sent.officer)
    actions.return_report(report_of(sent), reason="No.", by=sent.cast.coordinators[0])
    report = report_of(sent)
    assert (report.state, report.partner_accepted_by) == (State.DRAFT, None)
    actions.submit_report(report, by=sent.manager)
    assert report_of(sent).state == State.SUBMITTED


def test_it_closes_only_what_is_paid():
    told = voucher_story("accepted 1")
    told._report()
    with pytest.raises(OutOfOrder, match="not paid yet"):
        payments.accept_report(report_of(told), by=told.officer)
