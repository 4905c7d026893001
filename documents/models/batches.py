"""Letters that somebody has made together: the batch, and the letters that it made or waits for."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conduct.models.guards import fixed, frozen_in, never_deleted, refuses, written_once
from conduct.models.states import Flow, States, Tone, follows_its_flow
from conduct.models.tracking import in_one_go

from .documents import Document

_OPEN = ["running", "paused"]


@follows_its_flow
@pghistory.track()
class LetterBatch(models.Model):
    """All letters of some kinds about what belongs to one record, made with one press.

    While it is paused no worker takes any of its letters; what a worker has in hand when it is paused
    stops between rendering and sealing. Done means that all are there; stopped, that somebody gave
    up what still waited.
    """

    class State(States):
        RUNNING = "running", Tone.WAITING, _("being made")
        PAUSED = "paused", Tone.BAD, _("paused")
        DONE = "done", Tone.GOOD, _("all made")
        STOPPED = "stopped", Tone.QUIET, _("stopped")

    FLOW = Flow(
        {
            State.RUNNING: [State.PAUSED, State.DONE, State.STOPPED],
            State.PAUSED: [State.RUNNING, State.DONE, State.STOPPED],
        }
    )
    OPEN = Q(state__in=_OPEN)

    state = models.CharField(
        _("state"), max_length=8, choices=State.choices, default=State.RUNNING, editable=False
    )
    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    object_id = models.CharField(max_length=36)
    about = GenericForeignKey("content_type", "object_id")
    # The kinds of letters that were asked for (`documents.kinds`).
    kinds = ArrayField(models.CharField(max_length=40), verbose_name=_("kinds of letters"))
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("started by"),
    )
    started_at = models.DateTimeField(_("started"), default=timezone.now)
    ended_at = models.DateTimeField(_("ended"), null=True)

    class Meta:
        verbose_name = _("batch of letters")
        verbose_name_plural = _("batches of letters")
        ordering = ["-started_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id"],
                condition=Q(state__in=_OPEN),
                name="one_open_batch_of_letters",
                violation_error_message=_("These letters are being made already."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=_OPEN, ended_at=None)
                | (~Q(state__in=_OPEN) & Q(ended_at__isnull=False)),
                name="an_ended_batch_says_when",
            ),
            models.CheckConstraint(condition=Q(kinds__len__gt=0), name="a_batch_names_its_kinds"),
        ]
        indexes = [
            # Of the batches of a record, on its page, the newest first.
            models.Index(fields=["content_type", "object_id"], name="batches_about"),
        ]
        triggers = [
            fixed("content_type", "object_id", "kinds", "started_by", "started_at"),
            frozen_in("done", "stopped"),
            never_deleted(),
        ]

    def __str__(self) -> str:
        return str(_("Letters of %(record)s") % {"record": self.about})

    @property
    def is_open(self) -> bool:
        return self.state in _OPEN

    @property
    def is_paused(self) -> bool:
        return self.state == self.State.PAUSED


@pghistory.track(*in_one_go())
class BatchedLetter(models.Model):
    """One letter of a batch."""

    batch = models.ForeignKey(
        LetterBatch, on_delete=models.PROTECT, related_name="letters", verbose_name=_("batch")
    )
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, related_name="batched", verbose_name=_("letter")
    )
    # Whether the batch issued it; others had been issued, and were not made yet.
    is_new = models.BooleanField(_("issued by the batch"), default=False)
    # When the batch was stopped before it was made.
    given_up_at = models.DateTimeField(_("given up"), null=True)

    class Meta:
        verbose_name = _("letter of a batch")
        verbose_name_plural = _("letters of a batch")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "document"],
                name="a_letter_once_in_a_batch",
                violation_error_message=_("This letter is in the batch already."),
            ),
        ]
        triggers = [
            fixed("batch", "document", "is_new"),
            written_once("given_up_at"),
            refuses(
                "added_while_running",
                pgtrigger.Insert,
                "NOT EXISTS (SELECT FROM documents_letterbatch batch"
                " WHERE batch.id = NEW.batch_id AND batch.state = 'running')",
                "A letter joins a batch that is running.",
            ),
            never_deleted(),
        ]

    def __str__(self) -> str:
        return str(self.document)
