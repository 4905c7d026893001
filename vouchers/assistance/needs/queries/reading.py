"""A record of needs as it is read: by theme, with what changed and what was remarked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from vouchers.assistance.needs.models import Need, NeedRemark, NeedsRecord
from vouchers.assistance.needs.rules import (
    ChangedNeed,
    Changes,
    FileContent,
    NeedContent,
    RecordContent,
    changes_between,
)

from .records import content_of, content_shared


@dataclass(frozen=True)
class NeedRead:
    """A need, what it said before where that is something else, and the remarks on it."""

    content: NeedContent
    is_new: bool = False
    change: ChangedNeed | None = None
    remarks: Sequence[NeedRemark] = ()
    # What the reader is about to remark, where it is not sent yet.
    typed: str = ""

    @property
    def priority(self) -> str:
        """The priority in words."""
        return str(Need.Priority(self.content.priority).label)

    @property
    def before(self) -> NeedContent | None:
        return self.change.before if self.change else None

    @property
    def priority_before(self) -> str:
        """The priority that it had before, in words, where it is another one now."""
        if self.change is None or "priority" not in self.change.fields:
            return ""
        return str(Need.Priority(self.change.before.priority).label)


@dataclass(frozen=True)
class ThemeRead:
    """A theme by its name, and what is needed there."""

    name: str
    needs: list[NeedRead]


@dataclass(frozen=True)
class Reading:
    """A record as a person reads it; `is_current` unless it is the text that was shared last."""

    themes: list[ThemeRead]
    decisions: str
    changes: Changes
    is_current: bool
    removed: list[NeedRead] = field(default_factory=list)
    decisions_remarks: Sequence[NeedRemark] = ()
    decisions_typed: str = ""
    files: Sequence[FileContent] = ()


def reading_of(
    record: NeedsRecord,
    remarks: Iterable[NeedRemark] = (),
    typed: Mapping[UUID | None, str] | None = None,
    *,
    shows_draft: bool,
) -> Reading:
    """The record with its `remarks`, and with what the reader has `typed` of theirs.

    Who does not see a draft (`shows_draft`) reads what was shared last. What changed is told
    against the text that was shared before, of a confirmed version against the one that it corrects.
    """
    hidden = _is_hidden(record, shows_draft=shows_draft)
    content = content_read(record, shows_draft=shows_draft)
    before = _text_before(record, is_draft=record.state == NeedsRecord.State.DRAFT and not hidden)
    changes = changes_between(before, content) if before is not None else Changes()
    typed = typed or {}
    on_need: dict[str | None, list[NeedRemark]] = {}
    for remark in remarks:
        on_need.setdefault(str(remark.need_key) if remark.need_key else None, []).append(remark)
    words = {str(key): text for key, text in typed.items() if key is not None}

    def read(need: NeedContent) -> NeedRead:
        change = changes.by_key.get(need.key)
        return NeedRead(
            need,
            is_new=need.key in changes.by_key and change is None,
            change=change,
            remarks=on_need.get(need.key, ()),
            typed=words.get(need.key, ""),
        )

    names = {
        theme.code: str(theme.name)
        for theme in record.voucher.award.application.call.need_themes.all()
    }
    themes: dict[str, ThemeRead] = {}
    for need in content.needs:
        theme = themes.setdefault(need.theme, ThemeRead(names.get(need.theme, need.theme), []))
        theme.needs.append(read(need))
    return Reading(
        list(themes.values()),
        content.decisions,
        changes,
        is_current=not hidden,
        removed=[NeedRead(need, remarks=on_need.get(need.key, ())) for need in changes.removed],
        decisions_remarks=on_need.get(None, ()),
        decisions_typed=typed.get(None, ""),
        files=content.files,
    )


def content_read(record: NeedsRecord, *, shows_draft: bool) -> RecordContent:
    """What a person reads of the record: without `shows_draft`, of a draft what was shared last."""
    hidden = _is_hidden(record, shows_draft=shows_draft)
    shared = content_shared(record, record.sharing_number) if hidden else None
    return shared if shared is not None else content_of(record)


def _is_hidden(record: NeedsRecord, *, shows_draft: bool) -> bool:
    return record.state == NeedsRecord.State.DRAFT and not shows_draft


def _text_before(record: NeedsRecord, *, is_draft: bool) -> RecordContent | None:
    earlier = None
    if record.is_in_work:
        earlier = content_shared(record, record.sharing_number - (0 if is_draft else 1))
    if earlier is None and record.based_on is not None:
        earlier = content_of(record.based_on)
    return earlier
