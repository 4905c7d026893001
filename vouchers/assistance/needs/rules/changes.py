"""What changed between two texts of a record of needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

FIELDS = ("theme", "what", "priority", "evidence", "existing")


@dataclass(frozen=True)
class NeedContent:
    """What a record says of one need; `theme` is the code of its theme."""

    key: str
    theme: str
    what: str
    priority: str
    evidence: str = ""
    existing: str = ""


@dataclass(frozen=True)
class FileContent:
    """A file that goes with a record; `size` in bytes."""

    key: str
    name: str
    size: int


@dataclass(frozen=True)
class RecordContent:
    """What a record says: its needs in order, its decisions, and the files that go with it."""

    needs: tuple[NeedContent, ...]
    decisions: str = ""
    files: tuple[FileContent, ...] = ()


@dataclass(frozen=True)
class ChangedNeed:
    """A need that says something else than before; `fields` names what is different."""

    before: NeedContent
    after: NeedContent
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Changes:
    """What was added, changed and taken away, in the order of the newer text."""

    added: tuple[NeedContent, ...] = ()
    changed: tuple[ChangedNeed, ...] = ()
    removed: tuple[NeedContent, ...] = ()
    # Before and after; None where they say the same.
    decisions: tuple[str, str] | None = None
    added_files: tuple[FileContent, ...] = ()
    removed_files: tuple[FileContent, ...] = ()
    by_key: Mapping[str, ChangedNeed | None] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return any(
            (
                *(self.added, self.changed, self.removed),
                *(self.decisions, self.added_files, self.removed_files),
            )
        )


def changes_between(before: RecordContent, after: RecordContent) -> Changes:
    """What `after` says otherwise than `before`; a need or file is the same one by its key.

    White space at the ends of a text and at the ends of its lines says nothing.
    """
    known = {need.key: need for need in before.needs}
    kept = {need.key for need in after.needs}
    added = tuple(need for need in after.needs if need.key not in known)
    changed = tuple(
        ChangedNeed(known[need.key], need, fields)
        for need in after.needs
        if need.key in known and (fields := _different(known[need.key], need))
    )
    same_decisions = _plain(before.decisions) == _plain(after.decisions)
    return Changes(
        added=added,
        changed=changed,
        removed=tuple(need for need in before.needs if need.key not in kept),
        decisions=None if same_decisions else (before.decisions, after.decisions),
        added_files=_without(after.files, before.files),
        removed_files=_without(before.files, after.files),
        by_key={
            **dict.fromkeys((need.key for need in added), None),
            **{change.after.key: change for change in changed},
        },
    )


def _without(
    files: Iterable[FileContent], others: Iterable[FileContent]
) -> tuple[FileContent, ...]:
    known = {file.key for file in others}
    return tuple(file for file in files if file.key not in known)


def _different(before: NeedContent, after: NeedContent) -> tuple[str, ...]:
    return tuple(
        name for name in FIELDS if _plain(getattr(before, name)) != _plain(getattr(after, name))
    )


def _plain(text: str) -> str:
    return "\n".join(_trimmed(text.splitlines())).strip()


def _trimmed(lines: Iterable[str]) -> list[str]:
    return [line.rstrip() for line in lines]
