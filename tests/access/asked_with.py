"""What each address is asked with: the record, slug or token that it needs."""

from __future__ import annotations

from accounts.models import RoleExclusion, RoleGrant
from documents.models import LetterBatch
from notices.models import Notice
from notices.queries.unsubscribing import unsubscribe_address
from tests.access.paying import of_receipts, of_recoveries
from tests.access.profile import OF_ROUNDS, letter_of, of_history, of_reports, token_of_invitation
from tests.providers.quotes.asking import NAMES
from texts.models import TextVersion
from vouchers.awards.dossiers.models import Dossier
from vouchers.awards.models import Appeal, Decision, ReservePlace, SelectionRound
from vouchers.awards.proposals.models import Proposal
from vouchers.correspondence.models import PublicQuestion
from vouchers.payments.control.models import SeparationPolicy
from vouchers.payments.models import Claim

DRAFTS = {"attach", "copy", "edit", "print", "review", "save", "section", "session", "submit"}
CHECKING = {"check", "draft", "ask", "compare"}
CONSENSUS = {"consensus", "agree", "consensus_again", "rapporteur", "step_back", "third"}
OF_OPEN_CALLS = {"detail", "amend", "copy", "form_docx", "form_pdf"}


OF_PROVIDER_FILES = tuple(
    f"providers:{page}"
    for page in ("file", "approve_file", "remove_file", "own_file", "remove_own_file")
)
# Of these tests reports have no files: who sees one is tried in tests/assistance/reports.
NO_FILE_YET = {"file", "remove_file", "public_picture"}
OF_NEEDS = ("record", "revise", "correct")
OF_DRAFTED_NEEDS = (
    *("write", "save", "session", "share", "discard"),
    *("files", "file", "remove_file"),
)


def _of_batches(world, page):
    """The proposed batch, its payment, or the profile that it is paid from."""
    batch = world["batch"]
    if page in {"record", "return"}:
        return batch.payments.get().pk
    return (batch.profile if "profile" in page else batch).pk


def _of_bank(world, page):
    """The statement of the bank, its file, or a line of it that is no payment of ours."""
    statement = world["bank_statement"]
    if page in {"file", "content"}:
        return statement.file_id
    return (statement if page in {"statement", "confirm"} else statement.lines.get()).pk


def _of_endings(world, page):
    """The voucher, its extension that is asked for, its amendment, or its end that is proposed."""
    if page.startswith("amendment") or page.endswith("_amendment"):
        return world["amendment"].pk
    if page in {"ending", "decide", "refuse", "revoke"}:
        return world["ending"].pk
    if page in {"extension", "grant", "refuse_extension", "withdraw_extension"}:
        return world["extension"].pk
    return world["told"].voucher.pk


_OF_A_LIST = ("sanctions_list", "put_in_force", "download")
OF_SANCTIONS_LISTS = tuple(f"screening:{page}" for page in _OF_A_LIST)
OF_POLICIES = ("control:confirm_policy", "control:drop_policy")
OF_PERIODS = ("ledger:close_period", "ledger:drop_period")
OF_ACCOUNTS = ("ledger:account", "ledger:issue_account")


def _of_delivery(world, page):
    """The voucher, a picture, or the session."""
    if page in {"log", "sessions"}:
        return world["told"].voucher.pk
    return world["session_picture" if page in {"picture", "remove_picture"} else "session"].pk


def parameters(world, name):
    """The record that an address is visited with."""
    told, letter = world["told"], world["letter"]
    room, _colon, page = name.partition(":")
    application = told.voucher.award.application
    found = _found_once(world)
    milestone = found["milestone"]
    pk = {
        "accounts": _of_accounts(world, page),
        "applications": (world["draft"] if page in DRAFTS else application).pk,
        "assistance": told.voucher.pk,
        "awards": found["letter_batch"] if "batch" in page else told.voucher.award.pk,
        "dashboards": told.voucher.pk,
        "needs": world["meeting"].pk,
        "plans": told.voucher.pk,
        "final_reports": 0 if page in NO_FILE_YET else told.voucher.pk,
        "delivery": _of_delivery(world, page),
        "eligibility": world["unchecked" if page in CHECKING else "eligible"].pk,
        "payments": Claim.objects.get(state="submitted").pk,
        "batches": _of_batches(world, page),
        "bank": _of_bank(world, page),
        "ledger": told.voucher.pk,
        "correspondence": (
            application.pk if page in {"thread", "settle"} else found["public_question"]
        ),
        "scoring": world["differing" if page in CONSENSUS else "assignment"].pk,
        "clusters": world["profile"].get(page, 0),
        "contracts": told.voucher.pk,
        "endings": _of_endings(world, page),
        "saved_views": world["view"].pk,
        "bulk": world["chosen"].pk,
        "screening": world["screening"].pk,
        "quotes": _of_quotes(world, page),
        "texts": _found_once(world)["text_version"],
        "receipts": of_receipts(world, page) if room == "receipts" else 0,
        "reports": of_reports(world, page) if room == "reports" else 0,
        "recoveries": of_recoveries(world, page) if room == "recoveries" else 0,
    }.get(room, 0)
    # Read once for all addresses.
    special = world.get("special") or {
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
        "deliverables:hand_in": milestone.pk,
        "deliverables:version": told._deliverable(0).pk,
        "deliverables:judge": told._deliverable(0).pk,
        "deliverables:accept": told._deliverable(0).pk,
        "deliverables:file": told._deliverable(0).files.get().pk,
        "deliverables:preview": told._deliverable(0).files.get().pk,
        "scoring:why": application.pk,
        **dict.fromkeys(OF_ROUNDS, SelectionRound.objects.get().pk),
        "awards:feedback": Decision.objects.get().pk,
        "awards:offer_reserve": ReservePlace.objects.get().pk,
        "awards:ask_for_review": application.pk,
        "awards:appeal": Appeal.objects.get().pk,
        "awards:write_on_appeal": Appeal.objects.get().pk,
        "awards:decide_appeal": Appeal.objects.get().pk,
        "awards:dossier": Dossier.objects.get().pk,
        "awards:proposal": Proposal.objects.get().pk,
        "awards:download_dossier": Dossier.objects.get().pk,
        "plans:save": world["plan_version"].pk,
        "plans:session": world["plan_version"].pk,
        "correspondence:voucher_thread": told.voucher.pk,
        "correspondence:settle_voucher": told.voucher.pk,
        "payments:submit": told.voucher.pk,
        "payments:advance": told.voucher.pk,
        **dict.fromkeys(OF_ACCOUNTS, world["ledger_account"].pk),
        **dict.fromkeys(OF_PERIODS, world["after_payment"]["closing"].pk),
        "ledger:period": world["after_payment"]["period"].pk,
        "ledger:take_back": world["earlier_money"].pk,
        "payments:worth": told.voucher.pk,
        "payments:share": Claim.objects.get(number=1).invoices.get().pk,
        "payments:file": Claim.objects.get(number=1).invoices.get().file_id,
        "payments:preview": Claim.objects.get(number=1).invoices.get().file_id,
        "payments:correct_rate": world["rate"].pk,
        "payments:confirm_rate": world["rate"].pk,
        "payments:rate_file": world["rate_file"].pk,
        "control:parked": Claim.objects.get(number=1).pk,
        "control:send_back": Claim.objects.get(number=1).pk,
        **dict.fromkeys(OF_POLICIES, SeparationPolicy.objects.latest("number").pk),
        "needs:propose": told.voucher.pk,
        "needs:begin": told.voucher.pk,
        **{f"needs:{page}": world["correction"].pk for page in OF_DRAFTED_NEEDS},
        **{f"needs:{page}": world["correction"].based_on_id for page in OF_NEEDS},
        "payments:accept_report": told.voucher.pk,
        "providers:provider": told.provider.pk,
        "providers:change_account": told.provider.pk,
        "providers:describe": told.provider.pk,
        "providers:tell_apart": told.provider.pk,
        "providers:send_link": told.provider.pk,
        "providers:withdraw_link": world["provider_link"].pk,
        "dashboards:report_seen": world["set_aside"].pk,
        "providers:add_file": told.provider.pk,
        "providers:take_update_over": world["update"].pk,
        "providers:return_update": world["update"].pk,
        **dict.fromkeys(OF_PROVIDER_FILES, world["own_file"].pk),
        "providers:verify_account": told.provider.accounts.get().pk,
        **dict.fromkeys(OF_SANCTIONS_LISTS, world["screening"].sanctions_list_id),
        "screening:screen": told.provider.pk,
        "screening:hit": world["likeness"].pk,
        "awards:ceiling": application.pk,
        "awards:decide_ceiling": world["override"].pk,
        "scoring:application": world["eligible"].pk,
        "scoring:returned": world["returned"].pk,
        "scoring:take_workbook_over": world["returned"].pk,
        "scoring:discard_workbook": world["returned"].pk,
    }
    world["special"] = special
    slugs = {
        "applications": world["opened"].slug,
        "awards": world["call"].slug,
        "calls": world["opened" if page in OF_OPEN_CALLS else "draft_call"].slug,
        "clusters": application.cluster.slug,
        "ledger": world["call"].slug,
        "control": world["call"].slug,
        "correspondence": world["opened"].slug,
        "reports": world["call"].slug,
        "scoring": world["call"].slug,
    }
    return {
        "pk": special.get(name, pk),
        "slug": slugs.get(room, ""),
        "token": _token(world, room),
        "question": found["question"],
        "number": 0,
        "of": "vouchers",
        "version_number": world["plan_version"].number,
        "kind": "award" if room == "texts" else "documents",
        "family": "letter",
        "language": "en",
        "place": 1,
        "key": (
            world["needs_file"] if room == "needs" else told.voucher.plan.in_force.results.first()
        ).key,
        **of_history(told.voucher),
        "user_pk": world["assignment"].assessor_id,
        "file_pk": found["file_pk"],
        "document_id": letter_of(world, name).pk,
        "code": "LB" if room == "clusters" else letter.grouped_code,
        "notice_id": world["notice"].pk,
        "upload_id": world["upload"].pk,
        "other_pk": 0,
        "payee": "provider",
        "work": "claims-to-verify",
        "slot_pk": found["slot_pk"],
        "secret": _secret(world, room),
        "quote_pk": 0,
        "section_pk": world["section"].pk,
        "question_pk": world["asked"].pk,
    }


def _found_once(world):
    """What is asked for of many addresses; read once, since each visit of a walk is undone."""
    if "found" not in world:
        told = world["told"]
        world["found"] = {
            "milestone": told._milestone(1),
            "public_question": PublicQuestion.objects.get().pk,
            "question": world["draft"].attachments.get().question_id,
            "file_pk": world["eligible"].attachments.get().pk,
            "slot_pk": world["proposed"].slots.get().pk,
            "derogation": world["quotes"].terms.derogations.get(),
            "invitation": world["quotes"].invitation(NAMES[1]),
            "exclusion": RoleExclusion.objects.get(),
            "auditor": RoleGrant.objects.get(role="auditor"),
            "stop_token": _stop_token(),
            "letter_batch": LetterBatch.objects.get().pk,
            "text_version": TextVersion.objects.get().pk,
        }
    return world["found"]


def _secret(world, room):
    """What the personal link of an address says."""
    if room == "quotes":
        return world["quotes"].links[NAMES[0]]
    secrets = {"providers": world["secret"], "receipts": world["receipt_secret"]}
    return secrets.get(room) or world["feed"].secret


def _of_quotes(world, page):
    """The record of an address about quotes."""
    found = _found_once(world)
    records = {
        "answer_derogation": found["derogation"],
        "send_again": found["invitation"],
        "withdraw_invitation": found["invitation"],
    }
    return 0 if "file" in page else records.get(page, world["quotes"].terms).pk


def _of_accounts(world, page):
    """The record of an address about roles and invitations."""
    records = {
        "withdraw": world["invitation"],
        "confirm": world["to_confirm"],
        "lift": _found_once(world)["exclusion"],
    }
    return records.get(page, _found_once(world)["auditor"]).pk


def _token(world, room):
    if room == "notices":
        return _found_once(world)["stop_token"]
    return token_of_invitation() if room == "clusters" else world["invitation"].token


def _stop_token():
    """The secret of a link with which somebody stops e-mails."""
    notice = Notice.objects.filter(topic="assistance").first()
    return unsubscribe_address(notice).rstrip("/").rpartition("/")[2]
