"""Every address as every role: what is answered is written down in `table.md`."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from accounts.actions import invite_person
from accounts.models import FactorReset, RoleExclusion, RoleGrant
from demonstration.calls import open_call
from demonstration.clock import noon, on
from demonstration.content.clusters import made_up
from demonstration.story import Story
from documents.making import render_document
from documents.models import Document
from files.making import make_preview
from files.models import Preview, Upload
from notices.messages import write_text
from notices.models import Notice
from notices.unsubscribing import unsubscribe_address
from tests.access.profile import fill_profile, token_of_invitation
from tests.access.walking import addresses, visit, write_table, written_table
from tests.making import LB_SECOND, LB_THIRD, MA, PDF, voucher_story
from tests.people import log_in, person
from vouchers.applications.actions import attach_file
from vouchers.awards.dossiers.models import Dossier
from vouchers.awards.models import Appeal, Decision, ReservePlace, SelectionRound
from vouchers.calls.actions import add_question, add_section, create_call
from vouchers.correspondence.actions import ask_question
from vouchers.correspondence.models import PublicQuestion
from vouchers.eligibility.actions import add_file, ask_clarification
from vouchers.eligibility.models import PossibleDuplicate
from vouchers.payments.models import Claim, ExchangeRate
from vouchers.scoring.offline.models import ReturnedWorkbook
from vouchers.scoring.support.models import SupportSession

pytestmark = pytest.mark.django_db

DRAFTS = {"attach", "copy", "edit", "print", "review", "save", "section", "session", "submit"}
CHECKING = {"check", "draft", "ask", "compare"}
CONSENSUS = {"consensus", "agree", "consensus_again", "rapporteur", "step_back", "third"}
OF_OPEN_CALLS = {"detail", "amend", "copy", "form_docx", "form_pdf"}


@pytest.fixture
def world():
    """One voucher in Lebanon with a claim to verify, a draft, a draft of a call, and everybody."""
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
    letter = Document.objects.filter(kind="agreement", language="en").get()
    render_document(letter.pk)
    letter.refresh_from_db()
    notice = Notice.objects.filter(recipient=told.manager).first()
    write_text(notice)
    notice.state = "failed"
    notice.save()
    for preview in Preview.objects.all():
        make_preview(preview.pk)
    upload = Upload.objects.create(
        owner=told.manager, target="none", key="", name="a.pdf", size=9, expires_at=noon(1)
    )
    ask_question(opened, "May a foundation apply?", language="en", by=told.manager)
    invitation = invite_person("new@example.org", "assessor", by=told.cast.coordinators[0])
    to_confirm = invite_person(
        "officer@example.org", "officer", country_code="LB", by=told.cast.coordinators[0]
    )
    FactorReset.objects.create(
        person=assignment.assessor, reason="Lost", asked_by=told.cast.coordinators[1]
    )
    cluster = told.voucher.award.application.cluster
    return {
        "profile": fill_profile(cluster, manager=told.manager, officer=told.officer),
        "told": told,
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
        "rate": ExchangeRate.objects.create(
            currency="USD", month="2026-01", units_per_euro=1, entered_by=told.cast.finance[1]
        ),
    }


def decided(told):
    """What may follow a decision, whatever it was: a request for review, a place, a dossier."""
    decision = Decision.objects.get()
    Appeal.objects.create(decision=decision, grounds="It came too late.", made_by=told.manager)
    ReservePlace.objects.create(decision=decision, position=1, until=noon(20))
    Dossier.objects.create(
        selection_round=decision.selection_round, asked_by=told.cast.coordinators[0]
    )


def ask_about(application, *, by):
    """A clarification of the files of an application, with one that its cluster adds."""
    question = application.call.questions.get(key="documents")
    clarification = ask_clarification(
        application, [question], text="Which page?", until=noon(7).date(), by=by
    )
    item = clarification.items.get()
    file = SimpleUploadedFile("b.pdf", PDF + b"%", content_type="application/pdf")
    return clarification, add_file(item, file, by=application.submitted_by)


def parameters(world, name):
    """The record that an address is visited with."""
    told, letter = world["told"], world["letter"]
    room, _colon, page = name.partition(":")
    application = told.voucher.award.application
    milestone = told._milestone(1)
    pk = {
        "accounts": _of_accounts(world, page),
        "applications": (world["draft"] if page in DRAFTS else application).pk,
        "assistance": told.voucher.pk,
        "awards": told.voucher.award.pk,
        "dashboards": told.voucher.pk,
        "eligibility": world["unchecked" if page in CHECKING else "eligible"].pk,
        "payments": Claim.objects.get().pk,
        "correspondence": (
            application.pk if page in {"thread", "settle"} else PublicQuestion.objects.get().pk
        ),
        "scoring": world["differing" if page in CONSENSUS else "assignment"].pk,
        "clusters": world["profile"].get(page, 0),
    }.get(room, 0)
    special = {
        "eligibility:clarification": world["clarification"].pk,
        "eligibility:save": world["clarification"].pk,
        "eligibility:send": world["clarification"].pk,
        "eligibility:end": world["clarification"].pk,
        "eligibility:add_file": world["added"].item.pk,
        "eligibility:file": world["added"].pk,
        "eligibility:remove_file": world["added"].pk,
        "eligibility:hint": world["hint"].pk,
        "applications:attachment": application.attachments.get().pk,
        "applications:preview": application.attachments.get().pk,
        "applications:remove": world["draft"].attachments.get().pk,
        "assistance:hand_in": milestone.pk,
        "assistance:accept": told._deliverable(0).pk,
        "assistance:deliverable": told._deliverable(0).pk,
        "assistance:return_deliverable": told._deliverable(0).pk,
        "scoring:why": application.pk,
        "awards:round": SelectionRound.objects.get().pk,
        "awards:approve": SelectionRound.objects.get().pk,
        "awards:ask_dossier": SelectionRound.objects.get().pk,
        "awards:move_publication": SelectionRound.objects.get().pk,
        "awards:feedback": Decision.objects.get().pk,
        "awards:offer_reserve": ReservePlace.objects.get().pk,
        "awards:ask_for_review": application.pk,
        "awards:appeal": Appeal.objects.get().pk,
        "awards:write_on_appeal": Appeal.objects.get().pk,
        "awards:decide_appeal": Appeal.objects.get().pk,
        "awards:dossier": Dossier.objects.get().pk,
        "awards:download_dossier": Dossier.objects.get().pk,
        "awards:return": SelectionRound.objects.get().pk,
        "payments:submit": milestone.pk,
        "payments:worth": milestone.pk,
        "payments:correct_rate": world["rate"].pk,
        "payments:accept_report": told.voucher.pk,
        "providers:provider": told.provider.pk,
        "providers:change_account": told.provider.pk,
        "providers:verify_account": told.provider.accounts.get().pk,
        "scoring:application": world["eligible"].pk,
        "scoring:returned": world["returned"].pk,
        "scoring:take_workbook_over": world["returned"].pk,
        "scoring:discard_workbook": world["returned"].pk,
    }
    slugs = {
        "applications": world["opened"].slug,
        "awards": world["call"].slug,
        "calls": world["opened" if page in OF_OPEN_CALLS else "draft_call"].slug,
        "clusters": application.cluster.slug,
        "correspondence": world["opened"].slug,
        "reports": world["call"].slug,
        "scoring": world["call"].slug,
    }
    return {
        "pk": special.get(name, pk),
        "slug": slugs.get(room, ""),
        "token": _token(world, room),
        "question": world["draft"].attachments.get().question_id,
        "number": 0,
        "kind": "documents",
        "place": 1,
        "user_pk": world["assignment"].assessor_id,
        "file_pk": world["eligible"].attachments.get().pk,
        "document_id": letter.pk,
        "code": letter.grouped_code,
        "notice_id": world["notice"].pk,
        "upload_id": world["upload"].pk,
        "section_pk": world["section"].pk,
        "question_pk": world["asked"].pk,
    }


def _of_accounts(world, page):
    """The record of an address about roles and invitations."""
    records = {
        "withdraw": world["invitation"],
        "confirm": world["to_confirm"],
        "lift": RoleExclusion.objects.get(),
    }
    return records.get(page, RoleGrant.objects.get(role="auditor")).pk


def _token(world, room):
    if room == "notices":
        return _stop_token()
    return token_of_invitation() if room == "clusters" else world["invitation"].token


def _stop_token():
    """The secret of a link with which somebody stops e-mails."""
    notice = Notice.objects.filter(topic="assistance").first()
    return unsubscribe_address(notice).rstrip("/").rpartition("/")[2]


def clients(world):
    """A client logged in as each role; the record belongs to Lebanon."""
    cast, told = world["told"].cast, world["told"]
    people = {
        "cluster, own": told.manager,
        "cluster, other": world["elsewhere"].submitted_by,
        "assessor": world["assignment"].assessor,
        "officer, own": told.officer,
        "officer, other": cast.officer("MA"),
        "coordinator": cast.coordinators[1],
        "finance": cast.finance[0],
        "auditor": person(role="auditor"),
        "administrator": person(role="administrator"),
    }
    return {"visitor": Client(), **{role: log_in(Client(), who) for role, who in people.items()}}


def test_every_address_answers_every_role_as_written(world, request):
    answers = {}
    for address in addresses():
        if address.name in ("healthz", "readyz"):
            continue
        known = parameters(world, address.name)
        answers[address.name] = (address, known)
    walkers = clients(world)
    found = {
        name: {role: visit(client, *answer) for role, client in walkers.items()}
        for name, answer in answers.items()
    }
    if request.config.getoption("--write-table"):
        write_table(found)
    assert found == written_table()


def test_nobody_outside_reaches_what_is_private():
    """Whatever the table says elsewhere: these cells may never open."""
    table = written_table()
    private = [
        name
        for name in table
        if name.startswith(
            ("assistance:", "payments:", "scoring:", "applications:", "eligibility:")
        )
        or name == "correspondence:thread"
    ]
    shut = {"login", "404", "403"}
    assert len(private) > 40
    assert {table[name]["visitor"] for name in private} <= {"login", "404", "401"}
    own_pages = {
        "scoring:ranking",
        "scoring:ranking_state",
        "scoring:export_csv",
        "scoring:export_xlsx",
        "applications:mine",
        "applications:export_mine",
        "applications:start",
        "payments:claim_list",
        "scoring:mine",
        "scoring:profile",
    }
    lists = {
        "applications:list",
        "applications:export",
        "scoring:list",
        "scoring:register",
        "scoring:register_export",
        "scoring:consensuses",
        # Another country's officer sees an empty page.
        "scoring:balance",
        "providers:list",
        "eligibility:waiting",
    }
    for name in set(private) - own_pages - lists:
        assert table[name]["cluster, other"] in shut, name
        assert table[name]["officer, other"] in shut, name
        assert table[name]["administrator"] in shut, name
