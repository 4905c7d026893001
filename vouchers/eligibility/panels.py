"""What is shown side by side: before and after a clarification, and two texts that are alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from accounts.models import User
from vouchers.applications.models import Answer, Application
from vouchers.applications.queries import applications_visible_to
from vouchers.applications.queries.filled_forms import Item
from vouchers.eligibility.queries import alike_texts, is_compared

from .models import (
    Clarification,
    ClarificationFile,
    ClarificationItem,
    PossibleDuplicate,
)
from .permissions import may_look_at_duplicates
from .queries import duplicates_of, items_of
from .rules.similarity import Passage, compared


@dataclass(frozen=True)
class ComparedItem:
    """One question of a clarification: what was there before, and what was written (None: not shown)."""

    item: ClarificationItem
    before: Item
    after: Item | None
    files_before: list[dict[str, Any]]
    files_added: list[ClarificationFile]


def compared_items(clarification: Clarification, *, shows_after: bool) -> list[ComparedItem]:
    """The questions of a clarification as a person reads them."""
    return [
        ComparedItem(
            item=item,
            before=_as_item(item, item.before_text, item.before_rows),
            after=_as_item(item, item.text, item.rows) if shows_after else None,
            files_before=item.before_files,
            files_added=list(item.files.all()) if shows_after else [],
        )
        for item in items_of(clarification)
    ]


def _as_item(item: ClarificationItem, text: str, rows: list[dict[str, str]]) -> Item:
    return Item(
        question=item.question,
        answer=Answer(question=item.question, text=text, rows=rows),
        attachments=[],
        shown=True,
        problems=[],
    )


def alike_passages(duplicate: PossibleDuplicate) -> tuple[list[Passage], list[Passage]]:
    """The two answers of a possible duplicate by its text, common parts marked; two queries."""
    return compared(*alike_texts(duplicate))


@dataclass(frozen=True)
class ShownDuplicate:
    """A possible duplicate as somebody may read it: with the other application or its country alone."""

    duplicate: PossibleDuplicate
    other_is_visible: bool


def duplicates_for(application: Application, user: User) -> dict[str, Any]:
    """What a page says of what an application resembles; three queries."""
    duplicates = list(duplicates_of(application))
    others = applications_visible_to(user).filter(
        pk__in=[duplicate.other_id for duplicate in duplicates]
    )
    visible = set(others.order_by().values_list("pk", flat=True)) if duplicates else set()
    return {
        "duplicates": [
            ShownDuplicate(duplicate, duplicate.other_id in visible) for duplicate in duplicates
        ],
        "is_compared": is_compared(application),
        "may_look": may_look_at_duplicates.test(user, application),
    }
