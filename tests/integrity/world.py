"""The world that the statements meet: a decided call with a paid claim, and an open one."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from io import BytesIO

from django.utils import timezone

from accounts.actions import invite_person
from accounts.models import FactorReset, Role, RoleGrant, User
from bulk.actions import choose_rows
from bulk.kinds import list_called
from clusters.models import Representative
from demonstration.calls import open_call
from demonstration.clock import noon, on
from demonstration.content.banks import bank_profile
from demonstration.story import Story
from links.actions import issue_link
from saved_views.actions import save_view
from tests.assistance.delivery.session import logged
from tests.assistance.needs.meeting import agreed, ahead, corrected_attendance, proposed
from tests.assistance.plans.writing import amended
from tests.assistance.reports.writing import photograph, reported_twice
from tests.integrity.books import books_of
from tests.integrity.messages import messages_of
from tests.integrity.offering import what_is_offered
from tests.integrity.papers import papers_of
from tests.integrity.quoting import what_was_quoted
from tests.making import LB, LB_SECOND, pdf, today_there, voucher_story
from tests.payments.afterwards import what_came_after
from tests.payments.bank.making import the_bank_said
from tests.people import person
from tests.providers.sending import sent_by_provider
from tests.screening.making import asked_for_more, screened_alike
from vouchers.applications.models import Recusal
from vouchers.assistance.delivery.actions import (
    add_session_picture,
    return_session,
    withdraw_session,
)
from vouchers.assistance.needs.actions import (
    add_needs_file,
    cancel_meeting,
    correct_record,
    move_meeting,
    share_record,
)
from vouchers.correspondence.actions import send_voucher_message
from vouchers.endings.actions import (
    ask_for_extension,
    name_representative,
    propose_ending,
    resume_voucher,
    suspend_voucher,
)
from vouchers.payments.actions import read_rate_file
from vouchers.payments.batches.actions import enter_profile
from vouchers.payments.models import ExchangeRate
from vouchers.providers.models import Provider, ProviderLink
from vouchers.providers.tasks import mail_provider_link
from vouchers.screening.models import HitDecision
from vouchers.standing.actions import set_light
from vouchers.standing.models import Standing


def told_world() -> dict[str, int | Decimal]:
    """The ids of its records and two amounts (EUR), by the names that the rules use."""
    told = voucher_story("claimed 1")
    voucher = told.voucher
    application = voucher.award.application
    call = application.call
    coordinator = told.cast.coordinators[0]
    offers = {**what_is_offered(told.cast, voucher.award), **what_was_quoted(told.cast)}
    view = save_view("dashboards:vouchers", "light=red", "Late", by=coordinator, is_first=True)
    outbox = list_called("outbox")
    chosen = choose_rows(
        outbox,
        outbox.action("hold"),
        outbox.records(coordinator).order_by("pk"),
        ticked=None,
        back="",
        by=coordinator,
    )
    with on(noon(-1)):
        opened = open_call(
            by=coordinator,
            code="NEXT",
            slug="next",
            opens=timezone.now(),
            deadline=noon(40),
            amount="5000.00",
            quotas={"LB": 2},
        )
    meeting = agreed(told, ahead(30))
    meeting = move_meeting(meeting, starts_at=ahead(31), reason="Rain", by=told.officer)
    cancelled = cancel_meeting(proposed(told), reason="Rain", by=told.officer)
    needs_file = _file_shared_in_a_correction(told)
    draft = Story(told.cast, opened).apply(LB, send=False)
    other = Story(told.cast, opened).apply(LB_SECOND, send=False)
    paid, submitted = voucher.claims.order_by("pk")
    paid_line = paid.lines.get()
    order = paid.payment_orders.get()
    decision = application.decisions.get()
    revoked = RoleGrant.objects.create(
        user=told.cast.coordinators[1], role=Role.AUDITOR, granted_by=coordinator
    )
    RoleGrant.objects.filter(pk=revoked.pk).update(revoked_at=timezone.now())
    administrator, auditor = (
        User.objects.get(role_grants__role=role, role_grants__revoked_at=None)
        for role in (Role.ADMINISTRATOR, Role.AUDITOR)
    )
    link, _secret = issue_link(
        ProviderLink(provider=told.provider, name="Amal", email="amal@example.org"),
        task=mail_provider_link,
        by=told.officer,
    )
    own_file, update = sent_by_provider(link)
    corrected = corrected_attendance(told)
    light = set_light(
        voucher,
        light="red",
        until=today_there() + timedelta(days=10),
        reason="The provider is ill.",
        by=told.officer,
    )
    report, returned = reported_twice(told)
    extension = ask_for_extension(
        voucher,
        until=voucher.valid_until + timedelta(days=30),
        reason="The machine is late.",
        by=told.manager,
    )
    suspend_voucher(
        voucher, review_on=today_there() + timedelta(days=9), reason="War.", by=told.officer
    )
    suspension = resume_voucher(voucher, by=told.officer)
    ending = propose_ending(
        voucher,
        ends_on=today_there() + timedelta(days=40),
        reason="Nobody answers.",
        by=told.officer,
    )
    heir = person("heir@example.org")
    Representative.objects.create(cluster=application.cluster, user=heir, level="manager")
    succession = name_representative(
        voucher, person=heir, reason="She left the cluster.", by=told.manager
    )
    picture = add_session_picture(
        logged(told, 4), photograph(), alternative="People talking", by=told.officer
    )
    other_provider = Provider.objects.create(name="Sidon Experts", country_id="LB")
    screening, likeness = screened_alike(told, other_provider)
    override = asked_for_more(told)
    after_payment = what_came_after(told, order)
    records = {
        **offers,
        **papers_of(decision, coordinator),
        "screening": screening,
        "likeness": likeness,
        "sanctions_list": screening.sanctions_list,
        "listed_entity": likeness.entity,
        "listed_name": likeness.alias,
        "word": HitDecision.objects.create(
            hit=likeness, verdict="other", reason="Another year.", decided_by=told.cast.finance[1]
        ),
        "override": override,
        "override_money": application.cluster.earlier_money.get(programme="An earlier round"),
        "clear_screening": told.provider.screenings.get(),
        "second_finance": told.cast.finance[1],
        "report": report,
        "report_version": returned,
        "newest_report": report.version,
        "reported": returned.indicators.first(),
        "report_remark": returned.remarks.get(),
        "consent": voucher.consents.filter(kind="story").get(),
        "extension": extension,
        "suspension": suspension,
        "ending": ending,
        "succession": succession,
        "provider_link": link,
        "own_file": own_file,
        "update": update,
        "call": call,
        "quota": call.quotas.get(country="LB"),
        "open_call": opened,
        "open_quota": opened.quotas.get(),
        "open_criterion": opened.criteria.first(),
        "application": application,
        "draft": draft,
        "other_cluster": other.cluster,
        "recusal": Recusal.objects.create(
            application=application, person=told.cast.coordinators[1], reason="My sister."
        ),
        "assignment": application.assignments.first(),
        "round": decision.selection_round,
        "decision": decision,
        "award": voucher.award,
        "voucher": voucher,
        "plan": voucher.plan,
        "version": voucher.plan.in_force,
        "line": voucher.plan.in_force.lines.first(),
        "planned": voucher.plan.in_force.milestones.first(),
        "draft_version": amended(told),
        "other_provider": other_provider,
        "milestone": paid_line.milestone,
        "needs_record": voucher.needs_records.get(number=1),
        "need": voucher.needs_records.get(number=1).needs.first(),
        "needs_file": needs_file,
        "meeting": meeting,
        "cancelled_meeting": cancelled,
        "held_meeting": corrected.meeting,
        "attendance_correction": corrected,
        "attendance": corrected.meeting.attendances.filter(correction=None).first(),
        "session": logged(told),
        "session_picture": picture,
        "pictured_session": picture.session,
        "returned_session": return_session(
            logged(told, 2), reason="It was shorter.", by=told.manager
        ),
        "withdrawn_session": withdraw_session(
            logged(told, 3), reason="It was not held.", by=told.officer
        ),
        "message": send_voucher_message(application, "Well done.", by=coordinator),
        "slot": meeting.slots.first(),
        "deliverable": paid_line.milestone.deliverables.get(),
        "deliverable_file": paid_line.milestone.deliverables.get().files.get(),
        "claim": paid,
        "open_claim": submitted,
        "policy": paid.policy,
        "control": paid.controls.get(),
        "controlled_line": paid.controls.get().lines.get(),
        "approval": paid.approvals.get(),
        "open_milestone": submitted.lines.get().milestone,
        "open_line": submitted.lines.get(),
        "paid_line": paid_line,
        "invoice": paid_line.invoice,
        "invoice_file": paid_line.invoice.file,
        "order": order,
        "account": order.account,
        "batch": order.batch,
        "batch_file": order.batch.file,
        "bank_profile": order.batch.profile,
        "waiting_profile": enter_profile(
            by=told.cast.finance[0], **{**bank_profile(), "name": "Second"}
        ),
        **the_bank_said(told, order),
        **books_of(paid),
        **after_payment,
        "rate": ExchangeRate.objects.create(
            currency="USD",
            month="2026-01",
            units_per_euro="1.1",
            entered_by=coordinator,
            confirmed_by=told.cast.finance[0],
            confirmed_at=timezone.now(),
        ),
        "rate_file": read_rate_file(
            BytesIO(b"currency;value;month\nMAD;10.8;2026-02\n"),
            name="rates.csv",
            by=told.cast.finance[0],
        ),
        "coordinator": coordinator,
        "light": light,
        "standing": Standing.objects.get(voucher=voucher),
        "officer": told.cast.officer("LB"),
        "officer_elsewhere": told.cast.officer("MA"),
        "recused": told.cast.coordinators[1],
        "finance": told.cast.finance[0],
        "booker": told.cast.finance[1],
        "assessor": told.cast.assessors[0],
        "auditor": auditor,
        "administrator": administrator,
        "manager": told.manager,
        "representative": application.cluster.representatives.get(user=told.manager),
        "invitation": invite_person("rana@example.org", Role.FINANCE, by=administrator),
        "reset": FactorReset.objects.create(
            person=coordinator, reason="Her telephone is lost.", asked_by=administrator
        ),
        "grant": coordinator.role_grants.get(),
        "view": view,
        "chosen": chosen,
        "chosen_row": chosen.items.first(),
        "first_view": view.first_of.get(),
        "revoked_grant": revoked,
    }
    assert LB.name == application.cluster.name
    amounts = {"amount": paid.amount, "open_amount": submitted.amount}
    ids = {name: record.pk for name, record in records.items()}
    return ids | amounts | messages_of(coordinator)


def _file_shared_in_a_correction(told):
    correction = correct_record(
        told.voucher.needs_records.get(), reason="The survey was missing.", by=told.officer
    )
    added = add_needs_file(correction, pdf("survey.pdf"), by=told.officer)
    share_record(correction, by=told.officer)
    return added
