"""Writing a record of needs, which saves itself while somebody types."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.middleware import PersonRequest
from conduct.actions import require
from conduct.views import refusal_beside
from drafts.rules import versions_seen
from drafts.views import Draft, Saved, StandingText, draft_session, save_draft
from inputs.rules.numbers import sent_number
from vouchers.assistance.needs import actions, queries
from vouchers.assistance.needs.actions import DECISIONS
from vouchers.assistance.needs.forms.records import sheet_of, typed_parts
from vouchers.assistance.needs.models import Need, NeedsRecord
from vouchers.assistance.needs.permissions import may_revise_record
from vouchers.calls.models import NeedTheme

from .finding import found_record


class RecordDraft(Draft[NeedsRecord]):
    """Needs by their ids and the decisions as DECISIONS, as `forms.records` describes."""

    request: PersonRequest

    def records(self) -> QuerySet[NeedsRecord]:
        return queries.records_visible_to(self.request.user)

    def closed(self, record: NeedsRecord) -> str:
        if record.state == NeedsRecord.State.DRAFT:
            return ""
        return _("The record is shared meanwhile: take it back before you change it.")

    def saved(self, record: NeedsRecord) -> Saved:
        request = self.request
        require(may_revise_record, request.user, record)
        needs = queries.needs_of(record)
        typed = typed_parts(request.POST, needs)
        overtaken: list[int] = []
        if typed:
            overtaken = actions.save_record(
                record,
                typed,
                seen=self.seen([*(need.pk for need in needs), DECISIONS]),
                by=request.user,
            )
            record.refresh_from_db()
            needs = queries.needs_of(record)
        by_id = {need.pk: need for need in needs}
        return Saved(
            typed=typed.keys(),
            overtaken=overtaken,
            versions={pk: need.version for pk, need in by_id.items()}
            | {DECISIONS: record.decisions_version},
            standing=lambda part: _standing(record, by_id.get(part)),
            problems={
                part: found
                for part, found in actions.problems_of_record(record).items()
                if part != DECISIONS
            },
        )


@require_POST
@never_cache
def save(request: HttpRequest, pk: int) -> JsonResponse:
    """Save what was typed, and tell what others did."""
    return save_draft(RecordDraft(request), pk)


@never_cache
def session(request: HttpRequest, pk: int) -> JsonResponse:
    """Whose session this is, for a page that was left open."""
    return draft_session(RecordDraft(request), pk)


@login_required
def write(request: PersonRequest, pk: int) -> HttpResponse:
    """The editor. Its buttons send `go`: nothing to save, else where to go on (see `_went`)."""
    found = found_record(request, pk)
    require(may_revise_record, request.user, found)
    if request.method == "GET" and found.state != NeedsRecord.State.DRAFT:
        return redirect(found.get_absolute_url())
    form = Form(request.POST if request.method == "POST" else None)
    needs = queries.needs_of(found)
    typed = typed_parts(request.POST, needs) if request.method == "POST" else {}
    overtaken: list[int] = []
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            seen = versions_seen(request.POST, [*(need.pk for need in needs), DECISIONS])
            overtaken = actions.save_record(found, typed, seen=seen, by=request.user)
            if not overtaken:
                return redirect(_went(request, found, needs))
            typed = {part: content for part, content in typed.items() if part in overtaken}
        found = found_record(request, pk)
        needs = queries.needs_of(found)
    sheet = sheet_of(
        found,
        found.voucher.award.application.call.need_themes.all(),
        needs,
        typed=typed,
        overtaken=overtaken,
    )
    context = {
        "record": found,
        "voucher": found.voucher,
        "form": form,
        "sheet": sheet,
        "files": found.standing_files,
    }
    return render(request, "needs/write.html", context)


def _went(request: PersonRequest, found: NeedsRecord, needs: list[Need]) -> str:
    """What the button asks for once everything is saved; where it leads."""
    editor = reverse("needs:write", args=[found.pk])
    go, _dash, which = request.POST.get("go", "").partition("-")
    number = sent_number(which, 9)
    if go in ("files", "share"):
        return reverse(f"needs:{go}", args=[found.pk])
    if go == "add":
        theme = get_object_or_404(
            NeedTheme, call=found.voucher.award.application.call_id, pk=number
        )
        need = actions.add_need(found, theme, by=request.user)
        return f"{editor}#need-{need.pk}"
    taken_out = next((one for one in needs if go == "remove" and one.pk == number), None)
    if taken_out is not None:
        actions.remove_need(found, taken_out, by=request.user)
        return f"{editor}#theme-{taken_out.theme_id}"
    messages.success(request, _("Saved."))
    return editor


@login_required
def share(request: PersonRequest, pk: int) -> HttpResponse:
    """Look through the draft once more, and share it."""
    found = found_record(request, pk)
    require(may_revise_record, request.user, found)
    form = Form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            actions.share_record(found, by=request.user)
            messages.success(
                request, _("Shared. The cluster is told, and confirms it or remarks on it.")
            )
            return redirect(found.get_absolute_url())
    if found.state != NeedsRecord.State.DRAFT:
        return redirect(found.get_absolute_url())
    return render(
        request,
        "needs/share.html",
        {
            "record": found,
            "voucher": found.voucher,
            "form": form,
            "reading": queries.reading_of(found, [], {}, shows_draft=True),
            "problems": _problems(found),
            "meetings": queries.meetings_held_before(found),
        },
    )


def _problems(found: NeedsRecord) -> list[dict[str, Any]]:
    """What is missing, with the need that it is about; None for the whole record."""
    needs = {need.pk: need for need in queries.needs_of(found)}
    return [
        {"need": needs.get(part), "sentences": sentences}
        for part, sentences in actions.problems_of_record(found).items()
    ]


def _standing(record: NeedsRecord, need: Need | None) -> StandingText:
    if need is None:
        return StandingText(record.decisions, [], str(record.written_by), record.written_at)
    row = {
        "what": need.what,
        "priority": need.priority,
        "evidence": need.evidence,
        "existing": need.existing,
    }
    return StandingText("", [row], str(need.written_by), need.written_at)
