"""The page on which a plan is written: it saves itself, and works without JavaScript too."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.middleware import PersonRequest
from conduct.actions import Refused, require
from drafts.actions import note_presence
from drafts.rules import versions_seen
from drafts.views import draft_session, save_draft
from inputs.rules.numbers import sent_number
from vouchers.assistance.plans import actions, queries
from vouchers.assistance.plans.forms.editing import Choices, parts_to_fill
from vouchers.assistance.plans.forms.typed import presses_a_row, typed_parts
from vouchers.assistance.plans.models import PlanVersion
from vouchers.assistance.plans.permissions import may_submit_plan, may_write_plan
from vouchers.assistance.plans.queries.contents import drafted_rows
from vouchers.assistance.plans.rules.parts import PartOf, RawRow
from vouchers.assistance.plans.rules.reading import content_of
from vouchers.awards.models import Voucher
from vouchers.providers.queries import providers_for

from .finding import found_voucher
from .saving import PlanDraft, overtaken_told, standing_of


@login_required
@never_cache
def plan(request: PersonRequest, pk: int) -> HttpResponse:
    """The plan of a voucher: the draft where the person writes it, else the newest version to read.

    A plan is begun here by pressing a button.
    """
    voucher = found_voucher(request, pk)
    standing = queries.plan_of(voucher)
    versions = queries.versions_visible_to(request.user).filter(plan=standing)
    newest = versions.first() if standing is not None else None
    if newest is None or newest.state == PlanVersion.State.WITHDRAWN:
        in_force = standing.in_force if standing is not None else None
        if in_force is None:
            require(may_write_plan, request.user, voucher)
            return _begin(request, voucher)
        return redirect("plans:version", pk, in_force.number)
    if newest.state != PlanVersion.State.DRAFT or not may_write_plan.test(request.user, voucher):
        return redirect(newest)
    if request.method == "POST":
        return _saved_page(request, newest)
    note_presence(newest, request.user, 1)
    return _page(request, newest, queries.raw_rows(newest))


@require_POST
@never_cache
def save(request: HttpRequest, pk: int) -> JsonResponse:
    """Save the parts that were typed, and tell what others did; `pk` is the version's."""
    return save_draft(PlanDraft(request), pk)


@never_cache
def session(request: HttpRequest, pk: int) -> JsonResponse:
    """Whose session this is, for a page that was left open; `pk` is the version's."""
    return draft_session(PlanDraft(request), pk)


def _begin(request: PersonRequest, voucher: Voucher) -> HttpResponse:
    refused = ""
    if request.method == "POST":
        try:
            actions.begin_plan(voucher, by=request.user)
            return redirect("plans:plan", voucher.pk)
        except Refused as refusal:
            refused = str(refusal)
    context = {
        "voucher": voucher,
        "needs": queries.needs_of(voucher),
        "may_begin": queries.needs_are_confirmed(voucher),
        "refused": refused,
    }
    return render(request, "plans/begin.html", context)


def _saved_page(request: PersonRequest, draft: PlanVersion) -> HttpResponse:
    """Save all of it, then lead on, or show it again with what prevents it from being saved."""
    voucher = draft.plan.voucher
    application = voucher.award.application
    typed = typed_parts(request.POST, application.call.indicators.all(), application.language)
    seen = versions_seen(request.POST, typed)
    refused, overtaken = "", []
    try:
        overtaken = actions.save_parts(draft, typed, seen=seen, by=request.user)
    except Refused as refusal:
        refused = str(refusal)
    if refused or overtaken:
        # Saving once more, with what others wrote before one's eyes, replaces it.
        now_seen = {**seen, **{item.part: item.theirs.seen_as for item in overtaken}}
        shown = {**queries.raw_rows(draft), **typed}
        told = overtaken_told(overtaken)
        return _page(request, draft, shown, seen=now_seen, refused=refused, overtaken=told)
    if presses_a_row(request.POST):
        more = sent_number(request.POST.get("add_row", ""), 2)
        return _page(request, draft, queries.raw_rows(draft), more_in=more)
    messages.success(request, _("Saved."))
    if request.POST.get("go") == "review":
        return redirect(draft)
    return redirect("plans:plan", voucher.pk)


def _page(
    request: PersonRequest,
    draft: PlanVersion,
    typed: Mapping[int, list[RawRow]],
    *,
    seen: Mapping[int, int] | None = None,
    more_in: int = 0,
    **extra: Any,
) -> HttpResponse:
    voucher = draft.plan.voucher
    call = voucher.award.application.call
    needs = queries.needs_of(voucher)
    choices = Choices(
        list(providers_for(voucher.award.application.country_id)),
        list(call.indicators.all()),
        needs,
    )
    standing = standing_of(draft)
    known = {drafted.part: drafted.seen_as for drafted in drafted_rows(draft).values()}
    content, _unread = content_of(typed)
    parts = parts_to_fill(
        typed,
        choices,
        seen={**known, **(seen or {})},
        problems=standing.problems,
        warnings=standing.warnings,
        remarks=queries.remarks_before(draft),
        more_in=more_in,
    )
    return render(
        request,
        "plans/edit.html",
        {
            "voucher": voucher,
            "draft": draft,
            "parts": parts,
            "needs": needs,
            "totals": standing.totals,
            "content": content,
            "call": call,
            "frame": PartOf.FRAME,
            "returned": draft.based_on
            if draft.based_on and draft.based_on.state == PlanVersion.State.RETURNED
            else None,
            "may_submit": may_submit_plan.test(request.user, voucher),
            **extra,
        },
    )
