"""Every write of texts that coordinators own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from conduct.actions import OutOfOrder, Refused, action, constraints_of, judged, require
from texts.kinds import OwnedKind
from texts.models import OwnText, TextVersion
from texts.permissions import may_write_texts
from texts.rules.placeholders import problems, tidied
from texts.wording.sentences import told


class ChangedMeanwhile(Refused):
    """Somebody else saved the text since the person opened it: `theirs` is what stands now."""

    def __init__(self, theirs: TextVersion) -> None:
        super().__init__(
            _(
                "Somebody else has saved this text meanwhile. Nothing of yours is lost: both stand "
                "below. Save again to put yours in force."
            )
        )
        self.theirs = theirs


@dataclass(frozen=True)
class TextPlace:
    """Where a wording is put: a kind, in a language, for one call or (None) for all."""

    kind: OwnedKind
    language: str
    call: models.Model | None = None


@action(_("Wording saved"))
def save_wording(
    place: TextPlace, passages: Mapping[str, str], *, seen: int, by: User
) -> TextVersion:
    """Put a wording in force for what is issued and told from now on; the version that holds it.

    `passages` are what was typed of each; one that says what is built in is not owned. `seen` is the
    number of the version that the person had before them, 0 for none. Raises NotAllowed,
    ChangedMeanwhile, and Refused (beside the passage) for an unknown placeholder or another mistake,
    or where nothing changes.
    """
    require(may_write_texts, by)
    text = _locked_text(place, by=by)
    before = _unchanged_since(text, seen)
    owned = _owned(place, passages)
    if owned == (before.passages if before else {}):
        raise OutOfOrder(_("Nothing is changed: this is the wording that holds already."))
    return _written(text, before, owned, by)


@action(_("Wording put back"))
def reset_wording(place: TextPlace, *, seen: int, by: User) -> TextVersion:
    """Return to the wording that holds without this text; its versions stay in the history.

    Raises NotAllowed, ChangedMeanwhile, and OutOfOrder where nothing is owned.
    """
    require(may_write_texts, by)
    text = _locked_text(place, by=by)
    before = _unchanged_since(text, seen)
    if before is None or before.is_reset:
        raise OutOfOrder(_("The built-in wording holds already."))
    return _written(text, before, {}, by)


def _locked_text(place: TextPlace, *, by: User) -> OwnText:
    """The row of the place, made where there is none yet, under its lock."""
    where: dict[str, Any] = {
        "family": place.kind.family,
        "kind": place.kind.slug,
        "language": place.language,
        "call_id": place.call.pk if place.call else None,
    }
    with constraints_of(OwnText):
        text, _made = OwnText.objects.get_or_create(**where)
    return judged(text, may_write_texts, by=by)


def _unchanged_since(text: OwnText, seen: int) -> TextVersion | None:
    newest = text.versions.select_related("written_by").first()
    if newest is not None and newest.number != seen:
        raise ChangedMeanwhile(newest)
    return newest


def _owned(place: TextPlace, passages: Mapping[str, str]) -> dict[str, str]:
    """The passages that differ from the built-in wording, each of them sound."""
    with translation.override(place.language):
        built_in = place.kind.built_in()
    owned = {}
    for passage in place.kind.passages:
        text = tidied(passages.get(passage.slug, built_in[passage.slug]))
        if text == built_in[passage.slug]:
            continue
        for problem in problems(text, passage.shape, place.kind.placeholders):
            raise Refused(told(problem), field=passage.slug)
        owned[passage.slug] = text
    return owned


def _written(
    text: OwnText, before: TextVersion | None, passages: dict[str, str], by: User
) -> TextVersion:
    with constraints_of(TextVersion):
        return TextVersion.objects.create(
            text=text,
            number=before.number + 1 if before else 1,
            passages=passages,
            written_by=by,
        )
