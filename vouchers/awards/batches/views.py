"""The letters of a round: made with one press, followed, found and downloaded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.middleware import PersonRequest
from accounts.models import User
from conduct.queries.history import timeline
from conduct.views.refusals import refusal_beside
from documents.actions import (
    pause_batch,
    resume_batch,
    retry_failed,
    start_batch,
    stop_batch,
)
from documents.models import Document, LetterBatch
from documents.views.packing import letters_as_zip
from exports.rules.columns import Column, Kind
from lists.views import ListPage, Order
from vouchers.awards.batches.forms import BatchForm, LetterFilters
from vouchers.awards.batches.letters import OF_ROUNDS
from vouchers.awards.batches.queries import (
    batch_progress,
    batches_of_rounds_visible_to,
    before_the_press,
    failed_in,
    letters_of_round_visible_to,
    rounds_with_letters_visible_to,
    with_addressee,
)
from vouchers.awards.models import SelectionRound
from vouchers.awards.permissions import may_steer_round
from vouchers.awards.queries.selection import rounds_visible_to

# Failures that the page names; the list shows all.
FAILURES = 10
_STEPS = {
    "pause": (pause_batch, gettext_lazy("The letters are paused.")),
    "resume": (resume_batch, gettext_lazy("The letters are being made again.")),
    "retry": (retry_failed, gettext_lazy("What had failed is tried again.")),
    "stop": (stop_batch, gettext_lazy("What waited is given up.")),
}


class LettersOfRound(ListPage):
    """The letters of one round that the person may read."""

    request: PersonRequest

    name = "letters"
    title = gettext_lazy("Letters")
    template = "awards/letters.html"
    filter_class = LetterFilters
    orders: Mapping[str, Order] = {
        "reference": Order(gettext_lazy("Reference"), ("reference", "kind", "language")),
        "made": Order(gettext_lazy("Last made first"), ("-rendered_at",)),
    }
    columns = (
        Column("reference", gettext_lazy("Reference"), value=lambda one: one.reference),
        Column("addressee", gettext_lazy("Cluster"), value=lambda one: one.addressee),
        Column(
            "kind",
            gettext_lazy("Kind of letter"),
            kind=Kind.STATE,
            value=lambda one: one.kind,
            words={kind.slug: kind.title for kind in OF_ROUNDS},
        ),
        Column(
            "language",
            gettext_lazy("Language"),
            kind=Kind.STATE,
            value=lambda one: one.language,
            words=dict(settings.LANGUAGES),
        ),
        Column(
            "state",
            gettext_lazy("State"),
            kind=Kind.STATE,
            value=lambda one: one.state,
            words=dict(Document.State.choices),
        ),
        Column(
            "issued_at",
            gettext_lazy("Issued"),
            kind=Kind.MOMENT,
            value=lambda one: one.issued_at,
        ),
        Column("pages", gettext_lazy("Pages"), kind=Kind.NUMBER, value=lambda one: one.pages),
        Column(
            "file_sha256", gettext_lazy("SHA-256 of the file"), value=lambda one: one.file_sha256
        ),
    )

    def __init__(self, request: PersonRequest, selection_round: SelectionRound) -> None:
        super().__init__(request)
        self.selection_round = selection_round

    def records(self) -> QuerySet[Document]:
        return letters_of_round_visible_to(self.request.user, self.selection_round)

    def with_facts(self, records: QuerySet[Document]) -> QuerySet[Document]:
        return with_addressee(records)

    @cached_property
    def keys(self) -> list[UUID]:
        """Those of the letters that the list is narrowed to, in the order of their references."""
        found = self.filters.qs.order_by("reference", "kind", "language", "pk")
        return list(found.values_list("pk", flat=True))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def letters(request: PersonRequest, pk: int) -> HttpResponseBase:
    """The letters of a round: what is to be made, how far it is, each letter, all as a ZIP."""
    found = _round(request, pk)
    may_steer = may_steer_round.test(request.user, found) and found.is_published
    kinds = before_the_press(found, OF_ROUNDS) if may_steer else []
    form = BatchForm(request.POST if request.method == "POST" else None, found=kinds)
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            start_batch(found, form.cleaned_data["kinds"], by=request.user)
            messages.success(request, _("The letters are being made."))
            return redirect("awards:letters", found.pk)
    listed = LettersOfRound(request, found)
    batches = batches_of_rounds_visible_to(request.user).filter(object_id=str(found.pk))
    batch = batches.first()
    reads_round = rounds_visible_to(request.user).filter(pk=found.pk).exists()
    return listed.answer(
        round=found,
        round_url=found.get_absolute_url() if reads_round else "",
        may_steer=may_steer,
        form=form,
        kinds=kinds,
        to_make=sum(one.to_make for one in kinds),
        **(_of_batch(batch, listed.readable) if batch else {"batch": None}),
        entries=timeline(*batches[:5]) if may_steer and batch else [],
    )


@login_required
@require_safe
def batch(request: PersonRequest, pk: int) -> HttpResponse:
    """How far a batch is: the part of the page that asks for itself; without a script, the page."""
    found = _batch(request, pk)
    about = _round_of(request, found)
    if not getattr(request, "htmx", None):
        return redirect("awards:letters", about.pk)
    readable = letters_of_round_visible_to(request.user, about)
    may_steer = may_steer_round.test(request.user, about)
    context = {**_of_batch(found, readable), "round": about, "may_steer": may_steer}
    return render(request, "awards/_letter_batch.html", context)


@login_required
@require_POST
def steer(request: PersonRequest, pk: int, step: str) -> HttpResponse:
    """Pause a batch, resume it, try again what failed, or give up what waits."""
    found = _batch(request, pk)
    conduct, told = _STEPS[step]
    conduct(found, by=request.user)
    messages.success(request, told)
    return redirect("awards:letters", found.object_id)


@login_required
@require_safe
def download(request: PersonRequest, pk: int) -> HttpResponseBase:
    """The letters that the list is narrowed to, as a ZIP."""
    found = _round(request, pk)
    return letters_as_zip(
        LettersOfRound(request, found).keys,
        partial(_still_readable, request.user.pk, found.pk),
        name=f"letters-{found.call.reference}.zip",
    )


def _still_readable(person: int, selection_round: int, keys: Sequence[UUID]) -> list[Document]:
    """Those of the letters that the person may read now: a role may end while a ZIP is sent."""
    user = User.objects.filter(pk=person, is_active=True).first()
    found = user and rounds_with_letters_visible_to(user).filter(pk=selection_round).first()
    if not (user and found):
        return []
    letters = letters_of_round_visible_to(user, found).filter(pk__in=keys)
    return list(letters.order_by("reference", "kind", "language", "pk"))


def _of_batch(batch: LetterBatch, readable: QuerySet[Document]) -> dict[str, Any]:
    return {
        "batch": batch,
        "progress": batch_progress(batch, readable),
        "failures": failed_in(batch, readable)[:FAILURES],
        "batch_url": reverse("awards:batch", args=[batch.pk]),
    }


def _round(request: PersonRequest, pk: int) -> SelectionRound:
    return get_object_or_404(rounds_with_letters_visible_to(request.user), pk=pk)


def _batch(request: PersonRequest, pk: int) -> LetterBatch:
    return get_object_or_404(batches_of_rounds_visible_to(request.user), pk=pk)


def _round_of(request: PersonRequest, batch: LetterBatch) -> SelectionRound:
    return _round(request, int(batch.object_id))
