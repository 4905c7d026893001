"""The page of one text: its boxes, a sample of what is typed, and its versions."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.middleware import PersonRequest
from conduct.actions import Refused, require
from conduct.views import refusal_beside
from inputs.rules.numbers import sent_number
from texts import actions
from texts.forms import WordingForm, direction_of
from texts.kinds import RealRecord, drawing_of, records_of
from texts.models import TextVersion
from texts.permissions import may_write_texts
from texts.wording.samples import explained, shown

from .places import address_of, built_in_at, place_of, require_reader, told_apart, versions_at

# The last versions, which the page of a text lists.
_VERSIONS_SHOWN = 30


class TextPage:
    """What the page shows of one text, with what was typed in its boxes; made for each request."""

    def __init__(self, request: PersonRequest, family: str, kind: str, language: str) -> None:
        require_reader(request)
        self.request = request
        self.place = place_of(request, family, kind, language)
        self.form = WordingForm(
            self.place.kind,
            language,
            request.POST or None,
            initial={**self.held, "seen": self.versions[0].number if self.versions else 0},
        )
        # What somebody else saved meanwhile, and how what was typed differs from it.
        self.their_version: TextVersion | None = None
        self.theirs: list[tuple[Any, Any]] = []

    @cached_property
    def versions(self) -> list[TextVersion]:
        return list(versions_at(self.place)[:_VERSIONS_SHOWN])

    @cached_property
    def held(self) -> dict[str, str]:
        """The wording that is said today: what the call says, else all calls, else what is built in."""
        general = actions.TextPlace(self.place.kind, self.place.language)
        of_all = versions_at(general).first() if self.place.call else None
        return {
            **built_in_at(self.place),
            **(of_all.passages if of_all else {}),
            **(self.versions[0].passages if self.versions else {}),
        }

    @cached_property
    def records(self) -> list[RealRecord]:
        """Real records that the text can be shown on; none for who only reads."""
        if not may_write_texts.test(self.request.user):
            return []
        return records_of(self.request.user, self.place.kind, self.place.language)

    @cached_property
    def record(self) -> RealRecord | None:
        """The record that was chosen; None for the sample, or where it is there no more."""
        chosen = self.request.POST.get("record", "")
        return next((one for one in self.records if one.key == chosen), None)

    @property
    def typed(self) -> dict[str, str] | None:
        """The passages as they were typed, or as they are held; None while something is wrong."""
        if not self.form.is_bound:
            return self.held
        return self.form.passages if self.form.is_valid() else None

    def write(self) -> None:
        """Save what was typed. Raises Refused, and keeps what somebody else saved meanwhile."""
        typed, seen = self.form.passages, self.form.cleaned_data["seen"]
        try:
            actions.save_wording(self.place, typed, seen=seen, by=self.request.user)
        except actions.ChangedMeanwhile as changed:
            self.their_version = changed.theirs
            self.theirs = told_apart(changed.theirs, built_in_at(self.place), typed)
            self.form.now_seen(changed.theirs.number)
            raise

    def answer(self) -> HttpResponse:
        """The page, with a sample of what stands in its boxes."""
        place, typed, built_in = self.place, self.typed, built_in_at(self.place)
        context: dict[str, Any] = {
            "place": place,
            "form": self.form,
            "action": address_of(place),
            "sample_action": address_of(place, "texts:sample"),
            "drawn_action": address_of(place, "texts:drawn"),
            "reset_action": address_of(place, "texts:reset"),
            "theirs": self.theirs,
            "their_version": self.their_version,
            "versions": self.versions,
            "owned": bool(self.versions) and not self.versions[0].is_reset,
            "built_in": [(one, built_in[one.slug]) for one in place.kind.passages],
            "explained": explained(place.kind, place.language),
            "sample": shown(place.kind, typed, place.language, self.record)
            if typed is not None
            else [],
            "records": self.records,
            "record": self.record,
            "may_write": may_write_texts.test(self.request.user),
            "can_draw": drawing_of(place.kind.family) is not None,
            "language_name": dict(settings.LANGUAGES)[place.language],
            "direction": direction_of(place.language),
        }
        return render(self.request, "texts/text.html", context)


@login_required
def text(request: PersonRequest, family: str, kind: str, language: str) -> HttpResponse:
    """One text: a box for each passage, the placeholders, the versions; saved when it is sent."""
    page = TextPage(request, family, kind, language)
    if request.method == "POST" and page.form.is_valid():
        require(may_write_texts, request.user)
        with refusal_beside(page.form):
            page.write()
            messages.success(request, _("Saved. What is issued or sent from now on says it so."))
            return redirect(address_of(page.place))
    return page.answer()


@login_required
@require_POST
def sample(request: PersonRequest, family: str, kind: str, language: str) -> HttpResponse:
    """What is typed, filled in with a sample or a real record; nothing is saved."""
    page = TextPage(request, family, kind, language)
    require(may_write_texts, request.user)
    return page.answer()


@login_required
@require_POST
def drawn(request: PersonRequest, family: str, kind: str, language: str) -> HttpResponse:
    """What is typed as the PDF of a sample, or as the draft of a real letter, or the page that says what
    is wrong; nothing is saved.

    Http404 for what is no letter.
    """
    page = TextPage(request, family, kind, language)
    require(may_write_texts, request.user)
    draw = drawing_of(page.place.kind.family)
    if draw is None:
        raise Http404
    typed = page.typed
    if typed is None:
        return page.answer()
    real = page.record.draw if page.record else None
    return HttpResponse(
        real(typed) if real else draw(page.place.kind, typed, language),
        content_type="application/pdf",
        headers={"Content-Disposition": 'inline; filename="preview.pdf"'},
    )


@login_required
@require_POST
def reset(request: PersonRequest, family: str, kind: str, language: str) -> HttpResponse:
    """Put the wording back that holds without this text."""
    require_reader(request)
    require(may_write_texts, request.user)
    place = place_of(request, family, kind, language)
    seen = sent_number(request.POST.get("seen", ""))
    try:
        actions.reset_wording(place, seen=seen, by=request.user)
    except actions.ChangedMeanwhile:
        messages.error(request, _("Somebody else has saved this text meanwhile. Look at it first."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The wording that was there before holds again."))
    return redirect(address_of(place))
