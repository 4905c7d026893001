"""A job is a row before it is a task: what is known of the attempts at it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conduct.actions import move
from conduct.models.states import Flow, States, Tone


class Attempted(models.Model):
    """What every row has at which attempts are made: how often, why in vain, and when next.

    A model says which of its rows wait (`WAITING`) and what becomes of one that is given up.
    """

    # How long a task has before the sweeper queues another; doubled with each attempt.
    PATIENCE: ClassVar[timedelta] = timedelta(seconds=20)
    MAX_ATTEMPTS: ClassVar[int] = 5
    WAITING: ClassVar[Q]
    GIVEN_UP: ClassVar[Q]
    # The fields that giving up and taking up again change.
    ENDS_IN: ClassVar[tuple[str, ...]]

    # Counted when a worker begins, so that a job that kills its worker is given up too.
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.TextField(blank=True)
    # Once it is set aside: when that was.
    next_attempt_at = models.DateTimeField(default=timezone.now)
    # While it waits for room on the disk, which is no fault of its own: since when.
    no_space_since = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True

    @classmethod
    def first_turn(cls) -> datetime:
        """When (UTC) the sweeper looks after a row that is made now: its own task comes before."""
        return timezone.now() + cls.PATIENCE

    def give_up(self) -> None:
        """Become what nobody tries again unless somebody asks; the caller saves `ENDS_IN`."""
        raise NotImplementedError

    def take_up(self) -> None:
        """Wait again, after having been given up; the caller saves `ENDS_IN`."""
        raise NotImplementedError


class Job(Attempted):
    """A row that a worker works on; its states are `pending`, its own, and `failed`.

    A job that has failed `MAX_ATTEMPTS` times is set aside: its state is `failed`, and nobody tries
    it again unless somebody asks.
    """

    WAITING = Q(state="pending")
    GIVEN_UP = Q(state="failed")
    ENDS_IN = ("state",)

    state: Any
    # Whether its panel draws how far it is.
    shows_progress = False

    class Meta:
        abstract = True

    @property
    def panel_id(self) -> str:
        """The identifier of its panel (templates/jobs/_panel.html) within a page."""
        return f"{self._meta.model_name}-{self.pk}"

    @property
    def status_url(self) -> str:
        """Where its panel asks for itself while it waits; empty where it does not ask."""
        return ""

    def give_up(self) -> None:
        move(self, "failed")
        self.next_attempt_at = timezone.now()

    def take_up(self) -> None:
        move(self, "pending")

    @property
    def is_pending(self) -> bool:
        return self.state == "pending"

    @property
    def is_failed(self) -> bool:
        return self.state == "failed"


class MadeJob(Job):
    """A job that makes something: a file, pictures, figures. It is ready once that is there."""

    class State(States):
        PENDING = "pending", Tone.WAITING, _("being prepared")
        READY = "ready", Tone.GOOD, _("ready")
        FAILED = "failed", Tone.BAD, _("could not be made")

    FLOW = Flow({State.PENDING: [State.READY, State.FAILED], State.FAILED: [State.PENDING]})

    state = models.CharField(
        _("state"), max_length=8, choices=State.choices, default=State.PENDING, editable=False
    )

    class Meta:
        abstract = True

    @property
    def is_ready(self) -> bool:
        return self.state == self.State.READY


class LongJob(MadeJob):
    """A job of minutes: it shows how far it is, and its worker holds a lease instead of a lock."""

    shows_progress = True

    # The worker that is at it: another that takes over bears another name, and the first gives up.
    run = models.UUIDField(null=True)
    # How far the worker has come, of how much.
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True

    @property
    def progress(self) -> int:
        """How much is done, in whole per cent."""
        return self.done * 100 // self.total if self.total else 0


class Trouble(Attempted):
    """Work on a record that has no row of its own as a job, and that did not succeed yet.

    The row is there while the work is done, and goes once it is: what stays has failed, or its
    worker was killed.
    """

    kind = models.CharField(_("kind of work"), max_length=40)
    # The record's key, as text.
    key = models.CharField(max_length=60)
    began_at = models.DateTimeField(_("first tried"), default=timezone.now)
    set_aside_at = models.DateTimeField(_("set aside"), null=True)

    class Meta:
        verbose_name = _("work that did not succeed yet")
        verbose_name_plural = _("work that did not succeed yet")
        ordering = ["began_at"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="one_trouble_per_record"),
        ]
        indexes = [
            models.Index(
                fields=["kind"], condition=Q(set_aside_at__isnull=False), name="what_is_set_aside"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
