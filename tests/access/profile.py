"""A cluster with something on every page of its profile, and which address is about what."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from accounts.models import Role, User
from bulk.actions import choose_rows
from bulk.kinds import list_called
from clusters.actions import (
    approve_page,
    change_account,
    change_letterhead,
    change_logo,
    enter_figures,
    enter_member,
    invite_representative,
    keep_list,
    request_publication,
)
from clusters.models import Cluster, Representative, RepresentativeInvitation
from conduct.models import Trace
from conduct.queries.days import today
from demonstration.clock import noon, on
from demonstration.content.accounts import bank_account
from reports.actions import (
    ScheduleTerms,
    issue_financial_report,
    issue_programme_report,
    set_schedule,
)
from reports.actions.due import let_fall_due
from reports.actions.preparing import REPORTS
from saved_views.actions import save_view
from saved_views.permissions import Audience
from tests.people import person
from tests.texts.making import owned_closing

# Addresses that are asked with the one round of selection.
OF_ROUNDS = tuple(
    f"awards:{page}"
    for page in (
        *("round", "annex", "approve", "ask_dossier", "move_publication", "return"),
        *("letters", "download_letters"),
    )
)


def fill_profile(cluster: Cluster, *, manager: User, officer: User) -> dict[str, int]:
    """Fill the profile; the key of the record that each address of it names."""
    member = enter_member(cluster, name="Mill", kind="sme", by=manager)
    row = {"number": "2", "name": "Press", "kind": "sme"}
    waiting = keep_list(cluster, file_name="a.csv", rows=[row], by=manager)
    figures = enter_figures(cluster, year=2023, members=5, by=manager)
    account = change_account(
        cluster,
        holder="Cluster",
        bank="Bank",
        account=bank_account("LB", 3),
        bic="",
        currency="USD",
        by=manager,
    )
    of_partner = change_account(
        cluster.country.partner,
        holder="Partner",
        bank="Bank",
        account=bank_account("LB", 4),
        bic="",
        currency="EUR",
        by=officer,
    )
    change_logo(cluster, _picture(), by=manager)
    change_letterhead(cluster.country.partner, logo=_picture(), by=officer)
    cluster.refresh_from_db()
    approve_page(request_publication(cluster, ["logo", "mission"], by=manager), by=officer)
    page = request_publication(cluster, ["logo"], by=manager)
    reader = Representative.objects.create(cluster=cluster, user=person(), level="reader")
    invitation = invite_representative(cluster, email="x@example.org", level="editor", by=manager)
    return {
        **dict.fromkeys(["edit_member", "member_left"], member.pk),
        **dict.fromkeys(["list_preview", "take_list_over", "discard_list"], waiting.pk),
        "edit_figures": figures.pk,
        **dict.fromkeys(["letterhead", "letterhead_logo"], cluster.country_id),
        **dict.fromkeys(["partner_bank", "change_partner_account"], cluster.country_id),
        "verify_partner_account": of_partner.pk,
        "verify_account": account.pk,
        **dict.fromkeys(["review_page", "approve_page", "return_page", "page_logo"], page.pk),
        **dict.fromkeys(["change_level", "hand_over", "remove_person"], reader.pk),
        **dict.fromkeys(["resend_invitation", "withdraw_invitation"], invitation.pk),
    }


def token_of_invitation() -> str:
    """The secret of the link with which somebody takes up acting for a cluster."""
    return RepresentativeInvitation.objects.get().token


def _picture() -> SimpleUploadedFile:
    file = BytesIO()
    Image.new("RGB", (40, 20), "navy").save(file, "PNG")
    return SimpleUploadedFile("logo.png", file.getvalue())


def told_by_staff(call, *, officer, coordinator):
    """A view that Lebanese officers open, which nobody but who made it changes, a text and a report."""
    owned_closing(by=coordinator)
    audience = Audience(Role.OFFICER, "LB")
    return {
        "chosen": _chosen(officer),
        "view": save_view(
            "dashboards:vouchers", "sort=oldest", "Oldest first", by=officer, audience=audience
        ),
        "report": issue_programme_report(call, by=coordinator)["en"],
        "financial_report": issue_financial_report(
            call, first=today() - timedelta(days=90), last=today(), by=coordinator
        )["en"],
        "due_report": _due_report(call, officer=officer, coordinator=coordinator),
    }


def _due_report(call, *, officer, coordinator):
    """A report about Lebanon that fell due by its schedule, and waits for a look."""
    terms = ScheduleTerms(due_day=1, ends_on=None, sends_at_once=False, hearers=[officer])
    with on(noon(-40)):
        schedule = set_schedule(
            call,
            kind="progress",
            country=call.quotas.get(country="LB").country,
            frequency="monthly",
            starts_on=today(),
            terms=terms,
            by=coordinator,
        )
    let_fall_due(schedule, by=None)
    run = schedule.runs.first()
    REPORTS.conduct(run.pk)
    return run


def of_reports(world, page):
    """What fell due, or the schedule by which it did."""
    run = world["due_report"]
    of_what_fell_due = {"due", "issue_due", "pass_over", "try_again"}
    return run.pk if page in of_what_fell_due else run.schedule_id


def letter_of(world, name):
    """The document of an address: of reports the programme's, or the financial one with an annex."""
    if name in {"reports:annex", "reports:sheet"}:
        return world["financial_report"]
    return world["report" if name.startswith("reports:") else "letter"]


def of_history(voucher):
    """A record, and the action that made it."""
    made = Trace.objects.get(kind="voucher", record=str(voucher.pk), is_new=True)
    return {"model": "voucher", "record": voucher.pk, "deed_id": made.deed}


def _chosen(officer):
    """A voucher that an officer has ticked, to write to its cluster."""
    among = list_called("vouchers")
    return choose_rows(
        among,
        among.action("write"),
        among.records(officer)[:1],
        ticked=1,
        back="/vouchers/",
        by=officer,
    )
