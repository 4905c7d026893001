"""Remarks at the lines of what was sent: part of the action that returns it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.utils.translation import gettext as _

from accounts.models import User
from conduct.actions import Refused
from drafts.models import LineRemark


@dataclass(frozen=True)
class RemarkInput:
    """What is said of a row (its key), or of a part as a whole (no key)."""

    part: int
    text: str
    key: str = ""


def record_remarks(
    model: type[LineRemark],
    version: Model,
    remarks: Sequence[RemarkInput],
    *,
    parts: Collection[int],
    reason: str,
    otherwise: str,
    by: User,
) -> str:
    """Write the remarks on the `parts` of a version; returns the reason for which it goes back.

    Raises Refused with the sentence `otherwise`, where neither a reason nor a remark is given.
    """
    said = [remark for remark in remarks if remark.text.strip() and remark.part in parts]
    if not reason.strip():
        if not said:
            raise Refused(otherwise, field="reason")
        reason = _("See the remarks at the lines.")
    model._default_manager.bulk_create(_remark(model, version, one, by) for one in said)
    return reason.strip()


def _remark(model: type[LineRemark], version: Model, said: RemarkInput, by: User) -> LineRemark:
    # Part and version are fields of the room's own model.
    about: dict[str, Any] = {"version": version, "part": said.part}
    return model(**about, key=_key(said.key), text=said.text.strip(), made_by=by)


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
