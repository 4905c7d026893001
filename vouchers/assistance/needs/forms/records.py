"""The record of needs as it is typed: its parts, and what stands in them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from vouchers.assistance.needs.actions import DECISIONS, NeedInput
from vouchers.assistance.needs.models import Need, NeedsRecord
from vouchers.calls.models import NeedTheme

TEXTS = ("what", "evidence", "existing")


def typed_parts(data: Mapping[str, str], needs: Iterable[Need]) -> dict[int, NeedInput | str]:
    """The parts that were sent: `what_<id>` and its like for a need, `decisions` for the decisions."""
    parts: dict[int, NeedInput | str] = {
        need.pk: NeedInput(
            what=_text(data, f"what_{need.pk}"),
            priority=data.get(f"priority_{need.pk}", need.priority),
            evidence=_text(data, f"evidence_{need.pk}"),
            existing=_text(data, f"existing_{need.pk}"),
        )
        for need in needs
        if f"what_{need.pk}" in data
    }
    if "decisions" in data:
        parts[DECISIONS] = _text(data, "decisions")
    return parts


def _text(data: Mapping[str, str], name: str) -> str:
    # Browsers send line ends as two characters, and PostgreSQL keeps no NUL.
    return data.get(name, "").replace("\r\n", "\n").replace("\x00", "")


@dataclass(frozen=True)
class NeedRow:
    """A need in the editor: as it was typed, and as it stands where somebody else changed it."""

    need: Need
    typed: NeedInput
    version: int
    theirs: Need | None = None
    problems: list[str] = field(default_factory=list)

    @property
    def priorities(self) -> list[tuple[str, str, bool]]:
        """Value, name, and whether it is chosen."""
        return [
            (value, str(name), value == self.typed.priority)
            for value, name in Need.Priority.choices
        ]


@dataclass(frozen=True)
class ThemeRows:
    """A theme with the needs under it."""

    theme: NeedTheme
    rows: list[NeedRow]


@dataclass(frozen=True)
class RecordSheet:
    """The editor: themes in order, and the decisions."""

    themes: list[ThemeRows]
    decisions: str
    decisions_version: int
    decisions_theirs: str | None = None
    decision_problems: list[str] = field(default_factory=list)


def sheet_of(
    record: NeedsRecord,
    themes: Iterable[NeedTheme],
    needs: Collection[Need],
    *,
    typed: Mapping[int, NeedInput | str] | None = None,
    overtaken: Collection[int] = (),
    problems: Mapping[int, list[str]] | None = None,
) -> RecordSheet:
    """The editor of a record; with what was `typed` where that is not saved yet."""
    typed, problems = typed or {}, problems or {}
    rows: dict[int, list[NeedRow]] = {}
    for need in needs:
        content = typed.get(need.pk)
        rows.setdefault(need.theme_id, []).append(
            NeedRow(
                need,
                content if isinstance(content, NeedInput) else _standing(need),
                need.version,
                need if need.pk in overtaken else None,
                problems.get(need.pk, []),
            )
        )
    decisions = typed.get(DECISIONS, record.decisions)
    return RecordSheet(
        [ThemeRows(theme, rows.get(theme.pk, [])) for theme in themes],
        str(decisions),
        record.decisions_version,
        record.decisions if DECISIONS in overtaken else None,
        problems.get(DECISIONS, []),
    )


def _standing(need: Need) -> NeedInput:
    return NeedInput(need.what, need.priority, need.evidence, need.existing)


def typed_remarks(data: Mapping[str, str], needs: Iterable[Need]) -> dict[UUID | None, str]:
    """What was remarked, by the key of the need: `remark_<key>`; on the decisions `remark_decisions`."""
    remarks: dict[UUID | None, str] = {
        need.key: _text(data, f"remark_{need.key}") for need in needs
    }
    remarks[None] = _text(data, "remark_decisions")
    return remarks
