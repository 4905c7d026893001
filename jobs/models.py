"""A job is a row before it is a task: what is known of the attempts at it."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Job(models.Model):
    """What every row has that a worker works on; its states are `pending`, its own, and `failed`.

    A job that has failed `MAX_ATTEMPTS` times is set aside: its state is `failed`, and nobody tries
    it again unless somebody asks.
    """

    # How long a task has before the sweeper queues another; doubled with each attempt.
    PATIENCE: ClassVar[timedelta] = timedelta(seconds=20)
    MAX_ATTEMPTS: ClassVar[int] = 5

    # Counted when a worker begins, so that a job that kills its worker is given up too.
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.TextField(blank=True)
    # Once it is set aside: when that was.
    next_attempt_at = models.DateTimeField(default=timezone.now)
    # While it waits for room on the disk, which is no fault of its own: since when.
    no_space_since = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True


class Trouble(models.Model):
    """Work on a record that has no row of its own as a job, and that did not succeed yet.

    The row is there while the work is done, and goes once it is: what stays has failed, or its
    worker was killed.
    """

    kind = models.CharField(_("kind of work"), max_length=40)
    # The record's key, as text.
    key = models.CharField(max_length=60)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    last_error = models.TextField(_("last error"), blank=True)
    began_at = models.DateTimeField(_("first tried"), default=timezone.now)
    next_attempt_at = models.DateTimeField(default=timezone.now)
    set_aside_at = models.DateTimeField(_("set aside"), null=True)
    no_space_since = models.DateTimeField(null=True, editable=False)

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
