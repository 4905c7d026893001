"""Saving while somebody types, and going on after the session ended: what every draft answers."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from conduct.actions import Refused
from conduct.views import refused_status
from drafts.rules import versions_seen

Record = TypeVar("Record", bound=Model)


@dataclass(frozen=True)
class StandingText:
    """A part as it is saved, for a page that shows an older one: a text or rows, who wrote it, when."""

    text: str = ""
    rows: list[dict[str, str]] = field(default_factory=list)
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class Saved:
    """What came of saving.

    `typed` are the ids of the parts that were sent, `overtaken` of those that were not saved since
    somebody else changed them meanwhile; `versions` has every part that is shown as it is now, and
    `standing` tells one of them; `problems` are sentences by part; `more` what the form tells besides.
    """

    typed: Collection[int]
    overtaken: Collection[int]
    versions: Mapping[int, int]
    standing: Callable[[int], StandingText]
    problems: Mapping[int, list[str]]
    more: Mapping[str, Any] = field(default_factory=dict)


class Draft(ABC, Generic[Record]):
    """A form that saves itself, in one request."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @abstractmethod
    def records(self) -> QuerySet[Record]:
        """The records that the person may see at all; for others the address does not exist."""

    def closed(self, record: Record) -> str:  # noqa: ARG002 - forms that close look at it
        """Why the draft is closed to the person for good, in a sentence; empty while it is open."""
        return ""

    @abstractmethod
    def saved(self, record: Record) -> Saved:
        """Save what was sent, by an action; without a change only judge and tell. Raises Refused."""

    def seen(self, parts: Collection[int]) -> dict[int, int]:
        """The version of each part that the page had before it; 0 for none."""
        return versions_seen(self.request.POST, parts)


def save_draft(draft: Draft[Any], pk: int) -> JsonResponse:
    """Save while somebody types, and tell what others did; without a change it only tells.

    Takes the parts that changed, in fields of the form's own, with `seen_<id>` for every part that the
    page shows, and `person`, the id of who typed: somebody else may be logged in by now. Answers with
    JSON: `saved` (version by id), `overtaken` and `changed` (parts as they are now, which were not
    overwritten, and which others changed), `problems` (sentences by id), and what the form adds.
    401 without a session of that person, 404 where they may not see it, 409 with the sentence of a
    refusal (507 for want of room), 410 with a sentence once it is closed to them for good.
    """
    request = draft.request
    is_typist = request.POST.get("person", str(request.user.pk)) == str(request.user.pk)
    if not request.user.is_authenticated or not is_typist:
        return JsonResponse({"refused": _("You are no longer logged in.")}, status=401)
    record = get_object_or_404(draft.records(), pk=pk)
    if reason := draft.closed(record):
        return JsonResponse({"refused": reason}, status=410)
    try:
        saved = draft.saved(record)
    except Refused as refusal:
        return JsonResponse({"refused": str(refusal)}, status=refused_status(refusal))
    return JsonResponse(_told(draft, saved))


def draft_session(draft: Draft[Any], pk: int) -> JsonResponse:
    """Who is logged in now, and the token with which a page that was left open may go on.

    401 without a session, 404 for somebody who may not see the record.
    """
    request = draft.request
    if not request.user.is_authenticated:
        return JsonResponse({}, status=401)
    get_object_or_404(draft.records(), pk=pk)
    return JsonResponse({"person": request.user.pk, "token": get_token(request)})


def _told(draft: Draft[Any], saved: Saved) -> dict[str, Any]:
    versions = saved.versions
    shown = [part for part in versions if f"seen_{part}" in draft.request.POST]
    seen = draft.seen(shown)
    changed = [part for part in shown if part not in saved.typed and versions[part] > seen[part]]
    return {
        "saved": {
            part: version
            for part, version in versions.items()
            if part in saved.typed and part not in saved.overtaken
        },
        "overtaken": [_part(saved, part) for part in versions if part in saved.overtaken],
        "changed": [_part(saved, part) for part in changed],
        "problems": saved.problems,
        **saved.more,
    }


def _part(saved: Saved, part: int) -> dict[str, Any]:
    standing = saved.standing(part)
    return {
        "question": part,
        "version": saved.versions[part],
        "text": standing.text,
        "rows": standing.rows,
        "by": standing.by,
        "at": standing.at.isoformat() if standing.at else "",
    }
