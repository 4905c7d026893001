"""Freezing which rows are meant, and the one press."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from bulk.kinds import BulkAction, BulkList, list_and_action
from bulk.models import CHOICE_HOLDS, LONGEST_ADDRESS, MOST_ROWS, BulkItem, BulkRun
from bulk.permissions import chose_the_rows
from bulk.queries import Beforehand, beforehand, records_of
from bulk.tasks import do_to_each
from conduct.actions import OutOfOrder, Refused, TooLate, action, judged, require, require_words
from conduct.actions.queueing import queue_after_commit

Outcome = BulkItem.Outcome


class ChangedSinceShown(Refused):
    """It would not be done to the rows that the page showed."""


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
    rows = list(records[: MOST_ROWS + 1])
    if len(rows) > MOST_ROWS or (ticked or 0) > MOST_ROWS:
        raise Refused(too_many())
    if not rows:
        raise Refused(_("Tick at least one row first."))
    run = BulkRun.objects.create(
        by=by,
        of=among.slug,
        slug=chosen.slug,
        back=back if len(back) <= LONGEST_ADDRESS else among.address,
        lost=max((ticked or 0) - len(rows), 0),
        next_attempt_at=BulkRun.first_turn(),
    )
    BulkItem.objects.bulk_create(_items(run, among, rows))
    return run


@action(gettext_lazy("Chosen rows forgotten"))
def forget_choices() -> int:
    """Delete what was chosen and not pressed in time, with the names of its rows; how many runs."""
    stale = BulkRun.objects.filter(pressed_at=None, chosen_at__lt=timezone.now() - CHOICE_HOLDS)
    return stale.delete()[1].get(BulkRun._meta.label, 0)


def too_many() -> str:
    """The sentence that says how many rows go at once."""
    return ngettext(
        "At most %(number)d row goes at once. Narrow the list by its filters, or tick fewer.",
        "At most %(number)d rows go at once. Narrow the list by its filters, or tick fewer.",
        MOST_ROWS,
    ) % {"number": MOST_ROWS}


def _items(run: BulkRun, among: BulkList, rows: Sequence[Any]) -> Iterable[BulkItem]:
    for position, record in enumerate(rows):
        yield BulkItem(
            bulk=run,
            key=str(record.pk),
            position=position,
            label=among.label_of(record)[:300],
            url=among.url_of(record)[:300],
        )


@action(gettext_lazy("Several rows at one press"))
def press(run: BulkRun, *, words: str, seen: str, by: User) -> BulkRun:
    """Have it done to the rows that the page showed, by a worker; a second press changes nothing.

    `seen` is the mark of what was shown (`Beforehand.mark`). What is left out now ends here, with its
    reason: nothing that happens to it afterwards brings it back. Raises ChangedSinceShown where it
    would be done to other rows than were shown, NotAllowed for anybody but who chose them, TooLate
    where that was long ago, OutOfOrder where there is nothing to do, NotOffered, Refused (beside
    `words`) without the words it needs.
    """
    run = judged(run, chose_the_rows, by=by)
    if run.is_pressed:
        return run
    if run.is_stale:
        raise TooLate(_("These rows were chosen long ago. Choose them again in the list."))
    among, chosen = list_and_action(run.of, run.slug)
    require(chosen.may, by)
    if chosen.asks:
        require_words(words, _("Write something first."), field="words")
    items = list(run.items.all())
    told = beforehand(items, list(records_of(items, among, by)), chosen, by)
    if told.mark != seen:
        raise ChangedSinceShown(
            _("What would be done has changed since you opened this page: see what it is now.")
        )
    if not told.ready:
        raise OutOfOrder(_("There is nothing to do"))
    _leave_out(told)
    run.words, run.pressed_at = words.strip(), timezone.now()
    run.next_attempt_at = BulkRun.first_turn()
    run.save(update_fields=["words", "pressed_at", "next_attempt_at"])
    queue_after_commit(do_to_each, str(run.pk))
    return run


def _leave_out(told: Beforehand) -> None:
    ended = list(told.gone)
    for item in told.gone:
        item.outcome = Outcome.GONE
    for why, items in told.skipped.items():
        for item in items:
            item.outcome, item.why = Outcome.REFUSED, why
        ended += items
    BulkItem.objects.bulk_update(ended, ["outcome", "why"])
