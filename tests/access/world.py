"""A portal in which every kind of record is, and the people who visit it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from accounts.actions import invite_person
from accounts.models import FactorReset
from demonstration.calls import open_call
from demonstration.clock import noon, on
from demonstration.content.clusters import made_up
from demonstration.story import Story
from documents.actions import start_batch
from documents.actions.making import render_document
from documents.models import Document
from files.actions.making import make_preview
from files.models import Preview
from links.actions import issue_link
from notices.actions import take_report
from notices.models import Notice
from notices.wording.messages import write_text
from tests.access.paying import proposed_for_pages, uploaded
from tests.access.profile import fill_profile, told_by_staff
from tests.assistance.delivery.session import logged
from tests.assistance.needs.meeting import agreed, ahead, proposed
from tests.assistance.plans.writing import amended
from tests.assistance.reports.writing import photograph
from tests.endings.making import asked as asked_for
from tests.endings.making import drawn_up
from tests.endings.making import proposed as proposed_end
from tests.making import LB_SECOND, LB_THIRD, MA, PDF, voucher_story
from tests.payments.afterwards import what_came_after
from tests.payments.bank.making import a_statement
from tests.payments.making import paid
from tests.people import log_in, person
from tests.providers.quotes.asking import sealed
from tests.providers.sending import linked, sent_by_provider
from tests.remembering import remembered
from tests.screening.making import asked_for_more, screened_alike
from vouchers.applications.actions import attach_file
from vouchers.assistance.delivery.actions import add_session_picture
from vouchers.assistance.needs.actions import add_needs_file, correct_record, renew_feed
from vouchers.assistance.plans.actions import submit_version
from vouchers.awards.dossiers.models import Dossier
from vouchers.awards.models import Appeal, Decision, ReservePlace
from vouchers.awards.proposals.models import Proposal
from vouchers.books.actions import take_in_earlier_money
from vouchers.books.models import LedgerAccount
from vouchers.calls.actions import add_question, add_section, create_call
from vouchers.correspondence.actions import ask_question
from vouchers.eligibility.actions import add_file, ask_clarification
from vouchers.eligibility.models import PossibleDuplicate
from vouchers.payments.actions import read_rate_file
from vouchers.payments.models import ExchangeRate
from vouchers.payments.receipts.models import ReceiptLink
from vouchers.payments.receipts.tasks import mail_receipt_link
from vouchers.scoring.offline.models import ReturnedWorkbook
from vouchers.scoring.support.models import SupportSession


@pytest.fixture
def world():
    """One voucher in Lebanon with a claim to verify, a draft, a draft of a call, and everybody."""
    return told_world()


@remembered
def told_world():
    told = voucher_story("claimed 0")
    call = told.voucher.award.application.call
    with on(noon(-20)):
        opened = open_call(
            by=told.cast.coordinators[0],
            code="SUX",
            slug="open-call",
            opens=timezone.now(),
            deadline=noon(40),
            amount="5000.00",
            quotas={"LB": 2, "MA": 2},
        )
        other_call = open_call(
            by=told.cast.coordinators[0],
            code="SUZ",
            slug="other-open-call",
            opens=timezone.now(),
            deadline=noon(40),
            amount="5000.00",
            quotas={"LB": 2},
        )
    draft_call = create_call(
        by=told.cast.coordinators[0],
        name="Draft",
        purpose="Draft",
        slug="draft-call",
        programme_code="SUY",
        year=2026,
        opens_at=noon(1),
        deadline=noon(2),
        decision_due=noon(3).date(),
        assistance_starts=noon(3).date(),
        assistance_ends=noon(4).date(),
        voucher_amount=1,
        budget=1,
    )
    section = add_section(draft_call, title="Growth", by=told.cast.coordinators[0])
    asked = add_question(section, text="How?", by=told.cast.coordinators[0])
    story = Story(told.cast, opened)
    with on(noon(-10)):
        draft = story.apply(told.facts, send=False)
        file = SimpleUploadedFile("a.pdf", PDF, content_type="application/pdf")
        attach_file(draft, opened.questions.get(key="documents"), file, by=draft.started_by)
        eligible = story.check(story.apply(LB_SECOND))
        unchecked = story.apply(LB_THIRD)
        asked = Story(told.cast, other_call).apply(told.facts)
        assignment = story.assign(eligible, 1)[0]
        elsewhere = story.apply(MA)
        differing = story.check(story.apply(made_up("LB", 7)))
        for each, score in zip(story.assign(differing, 2), "42", strict=True):
            story.score(each, (score,) * 3)
    correction = correct_record(
        told.voucher.needs_records.get(), reason="A need was missing.", by=told.officer
    )
    needs_file = add_needs_file(
        correction, SimpleUploadedFile("survey.pdf", PDF, "application/pdf"), by=told.officer
    )
    clarification, added = ask_about(asked, by=told.cast.officer("LB"))
    decided(told)
    hint = PossibleDuplicate.objects.create(application=asked, other=unchecked, kind="name")
    SupportSession.objects.create(
        assessor=assignment.assessor, seen_by=told.cast.coordinators[1], reason="To help"
    )
    returned = ReturnedWorkbook.objects.create(
        call=opened,
        assessor=assignment.assessor,
        file_name="a.xlsx",
        issued={"assignments": {}, "call_version": 1},
    )
    letter = Document.objects.get(kind="agreement", language="en", validity="current")
    render_document(letter.pk)
    letter.refresh_from_db()
    notice = Notice.objects.filter(recipient=told.manager).first()
    write_text(notice)
    notice.state = "failed"
    notice.save()
    for preview in Preview.objects.all():
        make_preview(preview.pk)
    upload = uploaded(told)
    ask_question(opened, "May a foundation apply?", language="en", by=told.manager)
    invitation = invite_person("new@example.org", "assessor", by=told.cast.coordinators[0])
    to_confirm = invite_person(
        "officer@example.org", "officer", country_code="LB", by=told.cast.coordinators[0]
    )
    FactorReset.objects.create(
        person=assignment.assessor, reason="Lost", asked_by=told.cast.coordinators[1]
    )
    cluster = told.voucher.award.application.cluster
    provider_link, secret = linked(told)
    own_file, update = sent_by_provider(provider_link)
    session = logged(told)
    batch = proposed_for_pages(told)
    bank_statement = a_statement(told)
    after_payment = what_came_after(
        told, paid(told, told._milestone(1), amount="50.00", number="F-3")
    )
    after_payment["receipt_link"], receipt_secret = issue_link(
        ReceiptLink(
            receipt=after_payment["receipt"], mail="anew", name="Amal", email="amal@example.org"
        ),
        task=mail_receipt_link,
        by=told.officer,
    )
    screening, likeness = screened_alike(told)
    return {
        "screening": screening,
        "likeness": likeness,
        "override": asked_for_more(told),
        "own_file": own_file,
        "update": update,
        "provider_link": provider_link,
        "secret": secret,
        "set_aside": take_report(b"What is no report is set aside."),
        "receipt_secret": receipt_secret,
        "profile": fill_profile(cluster, manager=told.manager, officer=told.officer),
        "told": told,
        **told_by_staff(call, officer=told.officer, coordinator=told.cast.coordinators[0]),
        "plan_version": submit_version(amended(told), by=told.manager),
        "call": call,
        "opened": opened,
        "draft_call": draft_call,
        "section": section,
        "asked": asked,
        "draft": draft,
        "eligible": eligible,
        "differing": differing,
        "unchecked": unchecked,
        "clarification": clarification,
        "added": added,
        "hint": hint,
        "assignment": assignment,
        "returned": returned,
        "elsewhere": elsewhere,
        "letter": letter,
        "notice": notice,
        "invitation": invitation,
        "to_confirm": to_confirm,
        "upload": upload,
        "meeting": agreed(told),
        "correction": correction,
        "session": session,
        "needs_file": needs_file,
        "session_picture": add_session_picture(
            session, photograph(), alternative="People talking", by=told.officer
        ),
        "extension": asked_for(told),
        "amendment": drawn_up(told.voucher, article_4="The provider speaks Arabic."),
        "ending": proposed_end(told.voucher, by=told.officer),
        "proposed": proposed(told, ahead(8)),
        "quotes": sealed(told),
        "feed": renew_feed(told.manager, by=told.manager),
        "ledger_account": LedgerAccount.objects.get(
            application=told.voucher.award.application, kind="committed"
        ),
        "earlier_money": take_in_earlier_money(
            told.voucher.award.application.cluster,
            programme="Round 1",
            received_on=date(2022, 5, 1),
            amount=Decimal("5000.00"),
            reason="Letter of the lead partner",
            by=told.cast.finance[0],
        ),
        "batch": batch,
        "bank_statement": bank_statement,
        "after_payment": after_payment,
        "rate": ExchangeRate.objects.create(
            currency="USD", month="2026-01", units_per_euro=1, entered_by=told.cast.finance[1]
        ),
        "rate_file": read_rate_file(
            BytesIO(b"currency;value;month\nUSD;1.1;2026-02\n"),
            name="rates.csv",
            by=told.cast.finance[1],
        ),
    }


def decided(told):
    """What may follow a decision, whatever it was: a review, a place, letters, a dossier."""
    decision = Decision.objects.get()
    Appeal.objects.create(decision=decision, grounds="It came too late.", made_by=told.manager)
    ReservePlace.objects.create(decision=decision, position=1, until=noon(20))
    of, coordinator = decision.selection_round, told.cast.coordinators[0]
    start_batch(of, ["award"], by=coordinator)
    Dossier.objects.create(selection_round=of, asked_by=coordinator)
    Proposal.objects.create(call=of.call, asked_by=coordinator, participants="Maya")
    Proposal.objects.update(state="ready", selection_round=of)


def ask_about(application, *, by):
    """A clarification of the files of an application, with one that its cluster adds."""
    question = application.call.questions.get(key="documents")
    clarification = ask_clarification(
        application, [question], text="Which page?", until=noon(7).date(), by=by
    )
    item = clarification.items.get()
    file = SimpleUploadedFile("b.pdf", PDF + b"%", content_type="application/pdf")
    return clarification, add_file(item, file, by=application.submitted_by)


def clients(world):
    """A client logged in as each role; the record belongs to Lebanon."""
    return clients_of(
        world["told"],
        stranger=world["elsewhere"].submitted_by,
        assessor=world["assignment"].assessor,
    )


def clients_of(told, *, stranger, assessor):
    """A client logged in as each role; the stranger acts for a cluster of another country."""
    people = {
        "cluster, own": told.manager,
        "cluster, other": stranger,
        "assessor": assessor,
        "officer, own": told.officer,
        "officer, other": told.cast.officer("MA"),
        "coordinator": told.cast.coordinators[1],
        "finance": told.cast.finance[0],
        "auditor": person(role="auditor"),
        "administrator": person(role="administrator"),
    }
    return {"visitor": Client(), **{role: log_in(Client(), who) for role, who in people.items()}}
