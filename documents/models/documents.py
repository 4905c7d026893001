"""A document: the facts that it states, frozen, and the file made from them."""

from __future__ import annotations

import uuid
from datetime import date
from zoneinfo import ZoneInfo

import pghistory
from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from conduct.actions import move
from conduct.models.states import Flow, States, Tone, follows_its_flow
from conduct.models.tracking import in_one_go
from conduct.queries.days import day_of
from documents.kinds import kind
from documents.rules.codes import grouped, new_code
from jobs.models import MadeJob

from .enforced import CONSTRAINTS, TRIGGERS


def file_path(_document: Document, _filename: str) -> str:
    """A random name, so that nothing can be guessed from it."""
    return f"documents/{uuid.uuid4().hex}.pdf"


@follows_its_flow
@pghistory.track(
    *in_one_go(),
    # The facts never change and may be long; the rest is the worker's business, not history.
    exclude=[
        *("facts", "attempts", "last_error", "next_attempt_at", "no_space_since", "priority"),
    ],
)
class Document(MadeJob):
    """One letter, order, record or report in one language, made once from frozen facts.

    The row comes first; a worker renders the file, then seals it. `state` tells whether there is a
    file, `validity` whether what it says still holds.

    `rendered_sha256` is of what was rendered, and can be computed again from the facts; the sealed
    file, which is served, begins with those `rendered_size` bytes (`file_sha256`, `size`).
    """

    class State(States):
        PENDING = "pending", Tone.WAITING, _("being prepared")
        RENDERED = "rendered", Tone.WAITING, _("made, not sealed yet")
        READY = "ready", Tone.GOOD, _("ready")
        FAILED = "failed", Tone.BAD, _("could not be made")

    FLOW = Flow(
        {
            State.PENDING: [State.RENDERED, State.READY, State.FAILED],
            State.RENDERED: [State.READY, State.FAILED],
            State.FAILED: [State.PENDING, State.RENDERED],
        }
    )
    WAITING = Q(state__in=[State.PENDING, State.RENDERED])

    state = models.CharField(
        _("state"), max_length=8, choices=State.choices, default=State.PENDING, editable=False
    )

    class Validity(models.TextChoices):
        CURRENT = "current", _("current")
        SUPERSEDED = "superseded", _("superseded")
        WITHDRAWN = "withdrawn", _("withdrawn")

    class Priority(models.IntegerChoices):
        """Who waits for the file, as the queue counts: the lowest is made first."""

        # Somebody looks at the page that waits for it.
        SCREEN = 0
        # An e-mail waits for it.
        MAIL = 3
        # A batch does, and who will download it.
        BATCH = 6
        # Nobody yet: a copy in another language.
        NOBODY = 9

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    priority = models.PositiveSmallIntegerField(
        _("priority"), choices=Priority.choices, default=Priority.MAIL, editable=False
    )
    kind = models.CharField(_("kind"), max_length=40)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    reference = models.CharField(_("reference"), max_length=60, blank=True)
    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    # As text, so that records with numbers and records with UUIDs serve alike.
    object_id = models.CharField(max_length=36)
    about = GenericForeignKey("content_type", "object_id")
    facts = models.JSONField(_("facts"))
    facts_sha256 = models.CharField(_("SHA-256 of the facts"), max_length=64)
    validity = models.CharField(
        _("validity"), max_length=10, choices=Validity.choices, default=Validity.CURRENT
    )
    withdrawal_reason = models.TextField(_("reason for the withdrawal"), blank=True)
    code = models.CharField(
        _("verification code"), max_length=20, unique=True, default=new_code, editable=False
    )
    file = models.FileField(_("file"), upload_to=file_path, max_length=120, blank=True)
    file_sha256 = models.CharField(_("SHA-256 of the file"), max_length=64, blank=True)
    # What was rendered: kept as a file of its own until it is sealed.
    rendered_file = models.FileField(
        _("file before its seal"), upload_to=file_path, max_length=120, blank=True
    )
    rendered_sha256 = models.CharField(max_length=64, blank=True)
    rendered_size = models.PositiveIntegerField(null=True)
    # The copy for an archive (PDF/A-3u, with the facts): of kinds that prove something.
    archive = models.FileField(_("archive copy"), upload_to=file_path, max_length=120, blank=True)
    archive_sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField(_("size (bytes)"), null=True)
    pages = models.PositiveIntegerField(_("pages"), null=True)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    issued_at = models.DateTimeField(_("issued"), default=timezone.now)
    rendered_at = models.DateTimeField(_("made"), null=True)
    sealed_at = models.DateTimeField(_("sealed"), null=True)
    # Of the certificate that sealed it: whom it names, its SHA-256, who vouches for it, until when.
    sealed_by = models.CharField(_("sealed by"), max_length=300, blank=True)
    seal_fingerprint = models.CharField(
        _("fingerprint of the certificate"), max_length=64, blank=True
    )
    seal_is_self_made = models.BooleanField(_("certificate vouches for itself"), default=False)
    seal_valid_until = models.DateTimeField(_("certificate valid until"), null=True)

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["-issued_at"]
        indexes = [
            # The documents of a record, on its page.
            models.Index(fields=["content_type", "object_id"], name="documents_about"),
            # Whether a file is ours.
            models.Index(
                fields=["file_sha256"], condition=~Q(file_sha256=""), name="documents_by_file"
            ),
            models.Index(
                fields=["rendered_sha256"],
                condition=~Q(rendered_sha256=""),
                name="documents_by_rendering",
            ),
            models.Index(
                fields=["archive_sha256"],
                condition=~Q(archive_sha256=""),
                name="documents_by_archive",
            ),
            # What the sweeper looks for.
            models.Index(
                fields=["next_attempt_at"],
                condition=Q(state__in=["pending", "rendered"]),
                name="documents_to_make",
            ),
        ]
        constraints = CONSTRAINTS
        triggers = TRIGGERS

    def __str__(self) -> str:
        return f"{self.title} {self.reference}".strip()

    def get_absolute_url(self) -> str:
        return reverse("documents:download", args=[self.pk])

    def take_up(self) -> None:
        """Go on where it was given up: what was rendered is not rendered anew."""
        move(self, self.State.RENDERED if self.rendered_at else self.State.PENDING)

    @property
    def is_pending(self) -> bool:
        return self.state in (self.State.PENDING, self.State.RENDERED)

    @property
    def waits_for_seal(self) -> bool:
        return self.state == self.State.RENDERED

    @property
    def proves(self) -> bool:
        """Whether it bears a code and a seal: a draft does not."""
        return kind(self.kind).proves

    @property
    def status_url(self) -> str:
        return reverse("documents:status", args=[self.pk])

    @property
    def issued_on(self) -> date:
        """The day on which it was issued: in the country that its facts name, or the programme's."""
        zone = self.facts.get("time_zone")
        return day_of(self.issued_at, ZoneInfo(zone)) if zone else day_of(self.issued_at)

    @property
    def title(self) -> str:
        """What kind of document this is, in the reader's language."""
        return str(kind(self.kind).title)

    @property
    def title_in_its_language(self) -> str:
        """What kind of document this is, in the document's own language."""
        with override(self.language):
            return self.title

    @property
    def is_current(self) -> bool:
        return self.validity == self.Validity.CURRENT

    @property
    def version(self) -> int | None:
        """Which version of its record it states, where that has versions (a plan, a call's form)."""
        found = self.facts.get("version")
        return found if isinstance(found, int) else None

    @property
    def grouped_code(self) -> str:
        """The verification code as it is printed and typed."""
        return grouped(self.code)

    @property
    def verification_url(self) -> str:
        """The public page, with host, that tells whether the document is genuine."""
        return settings.SITE_URL + reverse("documents:verify", args=[self.grouped_code])

    @property
    def file_name(self) -> str:
        """The name under which the file is saved by whoever downloads it."""
        return self._named("")

    @property
    def archive_name(self) -> str:
        """The name under which its copy for an archive is saved."""
        return self._named("PDFA")

    def _named(self, which: str) -> str:
        parts = (self.reference, self.kind, self.language, which)
        return "-".join(filter(None, parts)) + ".pdf"
