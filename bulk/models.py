"""Rows that were chosen together, what was pressed, and what became of each."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import User
from conduct.actions import TooLate
from conduct.models.guards import fixed, refuses, written_once
from conduct.models.states import follows_its_flow
from jobs.models import LongJob

# So many rows at once: what one still looks through before and after.
MOST_ROWS = 500
# So long after the rows were chosen it may be pressed.
CHOICE_HOLDS = timedelta(hours=12)
# So long after the press the rest of a run that failed may be tried again: nobody means it for ever.
PRESS_HOLDS = timedelta(days=3)
LONGEST_ADDRESS = 2000


@follows_its_flow
@pghistory.track(
    # The rest is the worker's business, or the page's, and not history.
    exclude=[
        *("done", "total", "run", "back", "lost"),
        *("attempts", "last_error", "next_attempt_at", "no_space_since"),
    ]
)
class BulkRun(LongJob):
    """One action on several rows of a list: chosen, then pressed once, then done row by row."""

    WAITING = Q(state="pending", pressed_at__isnull=False)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="bulk_runs", verbose_name=_("pressed by")
    )
    # The list and the action as rooms register them.
    of = models.CharField(_("list"), max_length=40)
    slug = models.CharField(_("action"), max_length=40)
    # The list as it was narrowed, where people go back to.
    back = models.CharField(_("Back to the list"), max_length=LONGEST_ADDRESS, blank=True)
    # Reason or text, where the action asks for it.
    words = models.TextField(_("words"), blank=True)
    # How many of the ticked rows were not in the list (any more).
    lost = models.PositiveIntegerField(_("rows left out"), default=0)
    chosen_at = models.DateTimeField(_("chosen"), default=timezone.now)
    pressed_at = models.DateTimeField(_("pressed"), null=True)
    done_at = models.DateTimeField(_("done"), null=True)

    class Meta:
        verbose_name = _("action on several rows")
        verbose_name_plural = _("actions on several rows")
        ordering = ["-chosen_at"]
        indexes = [
            # What the sweeper looks for.
            models.Index(
                fields=["next_attempt_at"],
                condition=Q(state="pending", pressed_at__isnull=False),
                name="bulk_runs_to_do",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(pressed_at__isnull=False) | Q(state="pending", done_at=None),
                name="nothing_is_done_before_the_press",
                violation_error_message=_("Nothing is done before somebody presses."),
            ),
            models.CheckConstraint(
                condition=~Q(state="ready") | Q(done_at__isnull=False),
                name="a_bulk_that_is_done_says_when",
            ),
        ]
        triggers = [
            fixed("by", "of", "slug", "chosen_at"),
            written_once("words", "pressed_at", "done_at"),
        ]

    def __str__(self) -> str:
        return f"{self.of} · {self.slug}"

    def get_absolute_url(self) -> str:
        return reverse("bulk:run", args=[self.pk])

    @property
    def status_url(self) -> str:
        """Where its panel asks for itself."""
        return self.get_absolute_url()

    @property
    def is_pressed(self) -> bool:
        return self.pressed_at is not None

    @property
    def is_stale(self) -> bool:
        """Whether it was chosen too long ago to be pressed."""
        return not self.is_pressed and timezone.now() > self.chosen_at + CHOICE_HOLDS

    def take_up(self) -> None:
        """Wait again, after having failed. Raises TooLate where it was pressed long ago."""
        if self.pressed_at and timezone.now() > self.pressed_at + PRESS_HOLDS:
            raise TooLate(
                ngettext(
                    "This was pressed more than %(number)d day ago, and is not done any more: whoever "
                    "wants it still chooses the rows again.",
                    "This was pressed more than %(number)d days ago, and is not done any more: whoever "
                    "wants it still chooses the rows again.",
                    PRESS_HOLDS.days,
                )
                % {"number": PRESS_HOLDS.days}
            )
        super().take_up()


class BulkItem(models.Model):
    """One of the rows that were chosen, by its key as it was then, and what became of it."""

    class Outcome(models.TextChoices):
        WAITING = "waiting", _("not yet looked at")
        DONE = "done", _("done")
        UNCHANGED = "unchanged", _("nothing had to be done")
        REFUSED = "refused", _("refused")
        GONE = "gone", _("not in the list any more")

    bulk = models.ForeignKey(BulkRun, on_delete=models.CASCADE, related_name="items")
    key = models.CharField(max_length=60)
    # In the order of the list.
    position = models.PositiveIntegerField()
    # What the row was called and where its page is, as the person saw it.
    label = models.CharField(max_length=300)
    url = models.CharField(max_length=300, blank=True)
    outcome = models.CharField(max_length=9, choices=Outcome.choices, default=Outcome.WAITING)
    # Why it was refused, in the person's language.
    why = models.TextField(blank=True)

    class Meta:
        verbose_name = _("row of an action on several")
        verbose_name_plural = _("rows of an action on several")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["bulk", "key"], name="a_row_is_chosen_once"),
            models.CheckConstraint(
                condition=~Q(outcome="refused") | ~Q(why=""), name="a_refused_row_says_why"
            ),
        ]
        triggers = [
            fixed("bulk", "key"),
            refuses(
                "a_row_ends_once",
                pgtrigger.Update,
                "OLD.outcome <> 'waiting' AND OLD.outcome IS DISTINCT FROM NEW.outcome",
                "What became of a row stands.",
            ),
        ]

    def __str__(self) -> str:
        return self.label
