"""The page on which a cluster writes a claim of many lines: every button keeps what is typed."""

from __future__ import annotations

from secrets import token_urlsafe
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.middleware import PersonRequest
from conduct.actions import NotAllowed, Refused, require
from inputs.rules.numbers import sent_number
from vouchers.awards.models import Voucher
from vouchers.awards.queries import vouchers_visible_to
from vouchers.payments.claims import actions, queries
from vouchers.payments.claims.actions.drafting import ONLY_MANAGERS
from vouchers.payments.claims.forms.writing import ClaimForms
from vouchers.payments.claims.panels import worth_panel
from vouchers.payments.claims.rules import content as typing
from vouchers.payments.models import Claim
from vouchers.payments.permissions import may_submit_claim
from vouchers.payments.queries import came_back_last, claims_visible_to

# What the button that was pressed says; none of them is sending.
DO, LOOK, DISCARD = "do", "look", "discard"


@login_required
def write(request: PersonRequest, pk: int) -> HttpResponse:
    """Claim the payment of a provider's invoices; their euro are shown before they are sent."""
    voucher = _voucher(request, pk)
    if request.method == "POST":
        try:
            return _Sent(request, voucher).answer()
        except actions.SentAlready as sent:
            return _is_sent(request, sent.claim)
    draft = queries.draft_of(voucher)
    last = _filled_with(request, voucher)
    if draft is not None and not typing.is_empty(draft.content):
        content, last = draft.content, None
    elif last is not None:
        content = queries.content_of(last)
    else:
        content = typing.blank(request.GET.get("milestone", "")[:20])
    boxes = _boxes(voucher, content, is_sent=False)
    version = draft.version if draft else 0
    return _page(request, voucher, boxes, version=version, draft=draft, last=last)


@login_required
@require_POST
def worth(request: PersonRequest, pk: int) -> HttpResponse:
    """What is typed comes to in euro, as a piece of the form; it is kept as a draft meanwhile."""
    voucher = _voucher(request, pk)
    content = _typed(request, voucher)
    seen = sent_number(request.POST.get("version", ""), 9) or 0
    overtaken = ""
    try:
        seen = actions.save_draft(
            voucher, content, seen=seen, window=_window(request), by=request.user
        ).version
    except (actions.DraftOvertaken, actions.DraftGone, actions.SentAlready) as refusal:
        overtaken = str(refusal.message)
    boxes = _boxes(voucher, content, is_sent=True, looking=True)
    boxes.is_valid()
    context = {"worth": worth_panel(voucher, boxes), "overtaken": overtaken, "version": seen}
    return render(request, "payments/claims/_worth.html", context)


class _Sent:
    """What the page sent: files and words are kept first, then the button is heeded."""

    def __init__(self, request: PersonRequest, voucher: Voucher) -> None:
        self.request, self.voucher = request, voucher
        self.button = request.POST.get(DO, "")
        self.content = _typed(request, voucher)
        self.version = sent_number(request.POST.get("version", ""), 9) or 0
        self.refusals: list[Refused] = []

    def answer(self) -> HttpResponse:
        address = reverse("payments:submit", args=[self.voucher.pk])
        if self.button == DISCARD:
            actions.discard_draft(self.voucher, by=self.request.user)
            messages.success(self.request, _("What was typed of the claim is put aside."))
            return redirect(self.voucher)
        self._keep_files()
        moved = typing.changed(self.content, self.button)
        is_kept = self._keep(moved)
        if moved != self.content and is_kept and not self.refusals:
            return redirect(f"{address}#{_place(self.button, moved)}")
        self.content = moved
        return self._shown_or_sent(may_send=is_kept and not self.button)

    def _keep_files(self) -> None:
        """Each file that arrived is kept at once: nobody chooses it again."""
        for at, invoice in enumerate(self.content["invoices"]):
            for box, name in (("file", "upload"), ("proof", "proof_upload")):
                self._keep_file(invoice, box, f"{typing.prefix_of(at)}-{name}")

    def _keep_file(self, invoice: dict[str, Any], box: str, field: str) -> None:
        upload = self.request.FILES.get(field)
        if upload is None:
            return
        try:
            kept = actions.keep_invoice_file(
                self.voucher, upload, by=self.request.user, field=field
            )
        except NotAllowed:
            raise
        except Refused as refusal:
            self.refusals.append(refusal)
        else:
            invoice[box] = str(kept.pk)

    def _keep(self, content: typing.Content) -> bool:
        """Whether it was kept; not where another window has written since."""
        try:
            draft = actions.save_draft(
                self.voucher,
                content,
                seen=self.version,
                window=_window(self.request),
                by=self.request.user,
            )
        except (actions.DraftOvertaken, actions.DraftGone) as refusal:
            self.version = refusal.version
            self.refusals.append(refusal)
            return False
        self.version = draft.version
        return True

    def _shown_or_sent(self, *, may_send: bool) -> HttpResponse:
        looking = not may_send or bool(self.refusals)
        boxes = _boxes(self.voucher, self.content, is_sent=True, looking=looking)
        is_valid = boxes.is_valid()
        for refusal in self.refusals:
            boxes.show(refusal)
        shown = worth_panel(self.voucher, boxes)
        # What was shown and is sent along; another amount, or none, is shown first.
        has_seen = not shown.is_foreign or self.request.POST.get("seen") == str(shown.total)
        if may_send and is_valid and has_seen and not self.refusals:
            claim = self._sent(boxes)
            if claim is not None:
                return _is_sent(self.request, claim)
        must_look = may_send and is_valid and not has_seen and not boxes.has_errors
        return _page(
            self.request,
            self.voucher,
            boxes,
            version=self.version,
            worth=shown,
            must_look=must_look,
        )

    def _sent(self, boxes: ClaimForms) -> Claim | None:
        """The claim, or None where a rule of the domain refuses it, which the boxes then say."""
        try:
            return actions.submit_claim(self.voucher, invoices=boxes.typed(), by=self.request.user)
        except NotAllowed:
            raise
        except Refused as refusal:
            boxes.show(refusal)
            return None


def _is_sent(request: PersonRequest, claim: Claim) -> HttpResponse:
    messages.success(request, _("The claim is with your country partner."))
    return redirect(claim)


def _voucher(request: PersonRequest, pk: int) -> Voucher:
    voucher = get_object_or_404(vouchers_visible_to(request.user), pk=pk)
    require(
        may_submit_claim,
        request.user,
        voucher,
        otherwise=ONLY_MANAGERS,
    )
    return voucher


def _filled_with(request: PersonRequest, voucher: Voucher) -> Claim | None:
    """The claim with which the form comes filled: the one that is asked for, or that came back last."""
    asked = sent_number(request.GET.get("from", ""), 12)
    if asked:
        return claims_visible_to(request.user).filter(voucher=voucher, pk=asked).first()
    return came_back_last(voucher)


def _typed(request: PersonRequest, voucher: Voucher) -> typing.Content:
    """What was sent; a file is only what was kept for this voucher."""
    content = typing.read(request.POST)
    if not content["invoices"]:
        return typing.blank()
    kept = {str(one) for one in voucher.invoice_files.values_list("pk", flat=True)}
    for invoice in content["invoices"]:
        for box in ("file", "proof"):
            if invoice[box] not in kept:
                invoice[box] = ""
        invoice["lines"] = invoice["lines"] or [typing.blank_line()]
    return content


def _boxes(
    voucher: Voucher, content: typing.Content, *, is_sent: bool, looking: bool = False
) -> ClaimForms:
    milestones = {str(one.pk): one for one in queries.claimable_milestones(voucher)}
    files = {str(one.pk): one for one in voucher.invoice_files.all()}
    return ClaimForms(
        content,
        milestones=milestones,
        files=files,
        is_sent=is_sent,
        paid_first=actions.is_paid_first(voucher),
        looking=looking,
    )


def _window(request: PersonRequest) -> str:
    return request.POST.get("window", "")[:40]


def _place(button: str, content: typing.Content) -> str:
    """Where the page goes on after a button that added or took away."""
    what, *places = button.split(":")
    last = len(content["invoices"]) - 1
    at = last if what == "add-invoice" or not places else min(int(places[0]), last)
    return typing.prefix_of(at)


def _page(
    request: PersonRequest,
    voucher: Voucher,
    boxes: ClaimForms,
    *,
    version: int,
    **more: Any,
) -> HttpResponse:
    context = {
        "voucher": voucher,
        "boxes": boxes,
        "version": version,
        "window": _window(request) or token_urlsafe(8),
        "has_room": typing.has_room(boxes.content),
        "may_choose": queries.claimable_milestones(voucher).exists(),
        **more,
    }
    return render(request, "payments/claims/write.html", context)
