"""Where each event of history is found again: by who did it, what it concerns and when.

Each kind of record keeps its history in a table of its own (pghistory). A trace is the line of one
event in a table of all: triggers write it with the event (`models.tracing`), nothing else does, so
that what happened in all rooms is searched by one index.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Trace(models.Model):
    """One event of history: when it was decided (UTC), by whom, in which action, of which record.

    `deed` is what all events of one action have in common. Keys stand here without a constraint:
    the room is below those whose records they name, and history outlives its records.
    """

    # As the action tells it; for a change without an action, the database's clock.
    at = models.DateTimeField()
    deed = models.UUIDField()
    # The model of the record, as `Model._meta.model_name`, its key, and that of its event.
    # Texts without a limit: no name of the domain may be too long to be written.
    kind = models.TextField()
    record = models.TextField()
    event = models.BigIntegerField()
    is_new = models.BooleanField()
    # Empty where the portal did it by itself, or somebody by a personal link (`by_link`).
    person = models.BigIntegerField(null=True)
    by_link = models.BooleanField()
    # The function of the action, as `conduct.actions.action_label` reads it, or the work of a worker;
    # empty where the change was made by neither: by hand in the database, or by a library.
    action = models.TextField(blank=True)
    # Whether it is the step of a worker that makes a letter or sends a message, which nobody decides.
    is_step = models.BooleanField()
    # What the record belongs to, as far as its foreign keys lead there.
    application = models.BigIntegerField(null=True)
    call = models.BigIntegerField(null=True)
    country = models.CharField(max_length=2, null=True)
    # Whether these are certain. Where the record may belong to an application that is not known here,
    # nobody reads its trace.
    is_placed = models.BooleanField()

    class Meta:
        indexes = [
            # What people and the portal decided, and apart from it what workers went through.
            models.Index(fields=["-at", "-deed"], name="trace_decided", condition=Q(is_step=False)),
            models.Index(fields=["-at", "-deed"], name="trace_worked", condition=Q(is_step=True)),
            models.Index(fields=["kind", "-at", "-deed"], name="trace_of_kind"),
            models.Index(fields=["action", "-at", "-deed"], name="trace_of_action"),
            models.Index(fields=["kind", "record", "-at", "-deed"], name="trace_of_record"),
            models.Index(fields=["deed", "id"], name="trace_of_deed"),
            *(
                models.Index(
                    fields=[name, "-at", "-deed"],
                    name=f"trace_of_{name}",
                    condition=Q(**{f"{name}__isnull": False}),
                )
                for name in ("person", "application", "call", "country")
            ),
            models.Index(fields=["-at", "-deed"], name="trace_by_link", condition=Q(by_link=True)),
            models.Index(
                fields=["-at", "-deed"],
                name="trace_of_the_portal",
                condition=Q(person__isnull=True, by_link=False, is_step=False) & ~Q(action=""),
            ),
        ]

    @property
    def is_unnamed(self) -> bool:
        """Whether neither an action nor a worker made the change: by hand, or by a library."""
        return not self.action and not self.is_step

    def __str__(self) -> str:
        return f"{self.kind} {self.record}"
