"""Files on their way in."""

from __future__ import annotations

import uuid
from pathlib import Path

import pghistory
from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conduct.models.states import Flow, States, Tone, follows_its_flow


def upload_folder() -> Path:
    """Where the bytes of uploads lie while they are on their way: all web processes share it."""
    return Path(settings.UPLOAD_ROOT or Path(settings.MEDIA_ROOT) / "uploads")


@follows_its_flow
@pghistory.track(exclude=["offset", "expires_at", "next_check_at", "content_type", "object_id"])
class Upload(models.Model):
    """A file on its way in, piece by piece; its bytes lie in a private file until it is settled."""

    class State(States):
        RECEIVING = "receiving", Tone.QUIET, _("being uploaded")
        CHECKING = "checking", Tone.QUIET, _("being checked")
        DONE = "done", Tone.QUIET, _("taken")
        REFUSED = "refused", Tone.BAD, _("refused")

    FLOW = Flow(
        {
            State.RECEIVING: [State.CHECKING, State.DONE, State.REFUSED],
            State.CHECKING: [State.DONE, State.REFUSED],
        }
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="uploads"
    )
    # What the file is for: the name of a target, and the record of it in the target's own words.
    target = models.CharField(max_length=40)
    key = models.CharField(max_length=80)
    # What that belongs to, so that who may not read of it does not read of the upload either.
    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    object_id = models.CharField(max_length=36)
    about = GenericForeignKey("content_type", "object_id")
    name = models.CharField(_("name"), max_length=200)
    size = models.PositiveBigIntegerField(_("size (bytes)"))
    # How much of it has arrived.
    offset = models.PositiveBigIntegerField(default=0)
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=State.choices,
        default=State.RECEIVING,
        editable=False,
    )
    # Why it was not taken, in the owner's language; and what the virus scanner called it.
    refusal = models.TextField(_("why it was refused"), blank=True)
    finding = models.CharField(_("what the scanner found"), max_length=200, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    # Set while the virus scanner is away: when it is asked again.
    next_check_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("upload")
        verbose_name_plural = _("uploads")
        ordering = ["created_at"]
        indexes = [
            # A person's unfinished uploads, beside the form that takes them.
            models.Index(fields=["owner", "target", "key"], name="uploads_of_a_person"),
            # What the sweeper looks for.
            models.Index(fields=["expires_at"], name="uploads_by_expiry"),
            models.Index(
                fields=["next_check_at"], condition=Q(state="checking"), name="uploads_to_check"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(size__gt=0) & Q(offset__lte=F("size")),
                name="no_more_arrives_than_was_announced",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(refusal=""), name="a_refused_upload_says_why"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> Path:
        """Where its bytes lie until it is settled."""
        return upload_folder() / self.id.hex

    @property
    def is_complete(self) -> bool:
        """Whether every byte has arrived."""
        return self.offset == self.size

    @property
    def is_expired(self) -> bool:
        return self.expires_at <= timezone.now()

    @property
    def is_receiving(self) -> bool:
        return self.state == self.State.RECEIVING

    @property
    def is_checking(self) -> bool:
        return self.state == self.State.CHECKING

    @property
    def is_refused(self) -> bool:
        return self.state == self.State.REFUSED
