"""Freezing which rows are meant, and the one press."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from bulk.kinds import BulkAction, BulkList, list_called
from bulk.models import CHOICE_HOLDS, LONGEST_ADDRESS, MOST_ROWS, BulkItem, BulkRun
from bulk.permissions import chose_the_rows
from bulk.tasks import do_to_each
from conduct.actions import OutOfOrder, Refused, TooLate, action, judged, require, require_words
from conduct.actions.queueing import queue_after_commit


@action(gettext_lazy("Rows of a list chosen"))
def choose_rows(
    among: BulkList,
    chosen: BulkAction,
    records: QuerySet[Any],
    *,
    ticked: int | None,
    back: str,
    by: User,
) -> BulkRun:
    """Keep which rows are meant, in their order; nothing is done to them yet.

    `records` are those the person reaches, already narrowed to the ticked rows, or to the whole view
    (`ticked` is None). Raises NotAllowed for who may not do this at all, Refused for none or too many.
    """
    require(chosen.may, by)
    found = list(records[: MOST_ROWS + 1])
    if len(found) > MOST_ROWS or (ticked or 0) > MOST_ROWS:
        raise Refused(too_many())
    if not found:
        raise Refused(_("Tick at least one row first."))
    # What was chosen and never pressed is nobody's any more.
    BulkRun.objects.filter(
        by=by, pressed_at=None, chosen_at__lt=timezone.now() - CHOICE_HOLDS
    ).delete()
    run = BulkRun.objects.create(
        by=by,
        of=among.slug,
        slug=chosen.slug,
        back=back if len(back) <= LONGEST_ADDRESS else among.address,
        lost=max((ticked or 0) - len(found), 0),
        next_attempt_at=BulkRun.first_turn(),
    )
    BulkItem.objects.bulk_create(_items(run, among, found))
    return run


def too_many() -> str:
    """The sentence that says how many rows go at once."""
    return ngettext(
        "At most %(number)d row goes at once. Narrow the list by its filters, or tick fewer.",
        "At most %(number)d rows go at once. Narrow the list by its filters, or tick fewer.",
        MOST_ROWS,
    ) % {"number": MOST_ROWS}


def _items(run: BulkRun, among: BulkList, found: Sequence[Any]) -> Iterable[BulkItem]:
    for position, record in enumerate(found):
        yield BulkItem(
            bulk=run,
            key=str(record.pk),
            position=position,
            label=among.label_of(record)[:300],
            url=among.url_of(record)[:300],
        )


@action(gettext_lazy("Several rows at one press"))
def press(run: BulkRun, *, words: str, by: User) -> BulkRun:
    """Have it done to every chosen row, by a worker; a second press changes nothing.

    Raises NotAllowed for anybody but who chose the rows, TooLate where that was long ago, OutOfOrder
    where the action is not offered any more, Refused (beside `words`) without the words it needs.
    """
    run = judged(run, chose_the_rows, by=by)
    if run.is_pressed:
        return run
    if run.is_stale:
        raise TooLate(_("These rows were chosen long ago. Choose them again in the list."))
    among = list_called(run.of)
    chosen = among.action(run.slug) if among else None
    if chosen is None:
        raise OutOfOrder(_("This is not offered any more."))
    require(chosen.may, by)
    if chosen.asks:
        require_words(words, _("Write something first."), field="words")
    run.words, run.pressed_at = words.strip(), timezone.now()
    run.next_attempt_at = BulkRun.first_turn()
    run.save(update_fields=["words", "pressed_at", "next_attempt_at"])
    queue_after_commit(do_to_each, str(run.pk))
    return run
