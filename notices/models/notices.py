"""A notice: a message to one person, kept as a row before it is sent."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conduct.models.guards import frozen_in, refuses
from conduct.models.states import Flow, States, Tone, follows_its_flow
from conduct.models.tracking import in_one_go
from documents.models import Document
from jobs.models import Job
from notices.wording.topics import Delivery, Topic

# One e-mail that gathers several notices; itself a notice, but not one to read in the portal.
DIGEST_KIND = "notice-digest"


@dataclass(frozen=True)
class CalendarPart:
    """What a message tells the reader's calendar: an iTIP method (RFC 5546) and the iCalendar text."""

    method: str
    text: str


@follows_its_flow
@pghistory.track(
    *in_one_go(),
    # What was said is on the row; the rest is the worker's business, not history.
    exclude=[
        "facts",
        "subject",
        "body",
        "topic",
        "hold_until",
        "attempts",
        "last_error",
        "next_attempt_at",
        "no_space_since",
        "seen_at",
        "letters_follow",
        "calendar",
        "calendar_method",
        "service_id",
        "awaits_letters_since",
    ],
)
class Notice(Job):
    """One message to one person, sent by e-mail and shown in their inbox here."""

    class State(States):
        PENDING = "pending", Tone.WAITING, _("on its way")
        SENT = "sent", Tone.GOOD, _("sent")
        FAILED = "failed", Tone.BAD, _("could not be sent")
        HELD = "held", Tone.WAITING, _("waits for the next gathered e-mail")
        KEPT = "kept", Tone.QUIET, _("only in the portal")
        # By a person, with a reason; HELD is what waits for the clock.
        STOPPED = "stopped", Tone.WAITING, _("held back")
        DROPPED = "dropped", Tone.QUIET, _("cancelled")
        # The line broke after the text was handed over: nobody knows whether the server took it.
        UNSURE = "unsure", Tone.BAD, _("perhaps sent")

    # Mail servers are away for hours: the last attempt comes about six hours after the first.
    MAX_ATTEMPTS = 11

    # Every notice is pending first, so that a worker writes its text, and only then laid aside.
    FLOW = Flow(
        {
            State.PENDING: [
                *(State.SENT, State.FAILED, State.HELD, State.KEPT),
                *(State.STOPPED, State.DROPPED, State.UNSURE),
            ],
            State.HELD: [State.SENT, State.FAILED, State.KEPT, State.STOPPED, State.DROPPED],
            State.FAILED: [State.PENDING, State.DROPPED],
            State.STOPPED: [State.PENDING, State.DROPPED],
            State.UNSURE: [State.SENT, State.PENDING],
        }
    )

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="notices"
    )
    kind = models.CharField(_("kind"), max_length=60)
    # Empty for an e-mail that only gathers others.
    topic = models.CharField(_("topic"), max_length=12, choices=Topic.choices, blank=True)
    # The language that the recipient read when it was written; the row keeps what was said.
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    facts = models.JSONField(_("facts"), default=dict)
    url = models.CharField(_("page"), max_length=300, blank=True)
    # What the reader's calendar is told: the same bytes however often it is sent.
    calendar = models.TextField(_("what it tells the calendar"), blank=True, editable=False)
    calendar_method = models.CharField(
        _("what the calendar is to do"), max_length=10, blank=True, editable=False
    )
    documents = models.ManyToManyField(
        Document, related_name="notices", blank=True, verbose_name=_("attached documents")
    )
    content_type = models.ForeignKey(
        ContentType, on_delete=models.PROTECT, null=True, related_name="+"
    )
    object_id = models.CharField(max_length=36, blank=True)
    about = GenericForeignKey("content_type", "object_id")
    # One event notifies a person once, whatever is repeated: null where nobody asked for that.
    key = models.CharField(max_length=120, null=True)
    state = models.CharField(
        _("state"), max_length=8, choices=State.choices, default=State.PENDING, editable=False
    )
    # As the person had chosen when it was written; a flood of notices is gathered all the same.
    delivery = models.CharField(
        _("delivery"), max_length=6, choices=Delivery.choices, default=Delivery.NOW
    )
    hold_until = models.DateTimeField(_("held until"), null=True)
    gathered_in = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="members"
    )
    # Kept as they were sent, so that the inbox shows what the mail said.
    subject = models.CharField(_("subject"), max_length=250, blank=True)
    body = models.TextField(_("text"), blank=True)
    created_at = models.DateTimeField(_("written"), default=timezone.now)
    sent_at = models.DateTimeField(_("sent"), null=True)
    seen_at = models.DateTimeField(_("read"), null=True)
    # Sent without a letter that could not be made: it follows once it is made after all.
    letters_follow = models.BooleanField(default=False)
    # Since when a worker finds letters of it not made yet.
    awaits_letters_since = models.DateTimeField(_("waits for letters"), null=True, editable=False)
    # The address that the mail was handed over for: the account's may change afterwards.
    sent_to = models.EmailField(_("sent to"), blank=True)
    # The name that a delivery service gave to the mail, where one sends it (django-anymail).
    service_id = models.CharField(
        _("name at the delivery service"), max_length=250, blank=True, editable=False
    )
    # It brings once more what bounced; the first stays as it was sent.
    again_of = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="repeats", editable=False
    )
    # While it is held back, and once it is cancelled: who did so, and why.
    stopped_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    stop_reason = models.TextField(_("why it was stopped"), blank=True)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-created_at"]
        indexes = [
            # A person's inbox, newest first.
            models.Index(fields=["recipient", "-created_at"], name="notices_of_a_person"),
            # The number beside the bell.
            models.Index(
                fields=["recipient"], condition=Q(seen_at=None), name="notices_not_yet_seen"
            ),
            # What the sweeper looks for.
            models.Index(
                fields=["next_attempt_at"], condition=Q(state="pending"), name="notices_to_send"
            ),
            # What is gathered when its time has come.
            models.Index(
                fields=["hold_until"],
                condition=Q(state="held", gathered_in=None),
                name="notices_to_gather",
            ),
            # What somebody must look after.
            models.Index(
                fields=["-created_at"], condition=Q(state="failed"), name="notices_that_failed"
            ),
            # To whom a letter follows.
            models.Index(
                fields=["sent_at"],
                condition=Q(letters_follow=True),
                name="notices_with_late_letters",
            ),
            # What was sent about a record, and whether it arrived.
            models.Index(fields=["content_type", "object_id"], name="notices_about_a_record"),
            # What a report of a delivery service is about.
            models.Index(
                fields=["service_id"], condition=~Q(service_id=""), name="notices_of_a_service"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "key"],
                name="one_notice_per_event_and_person",
                violation_error_message=_("The person has been told already."),
            ),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False)
                | (~Q(state="sent") & Q(sent_at=None)),
                name="a_sent_notice_has_its_instant",
            ),
            models.CheckConstraint(
                condition=Q(delivery="digest", hold_until__isnull=False)
                | (~Q(delivery="digest") & Q(hold_until=None)),
                name="a_gathered_notice_knows_until_when",
            ),
            models.CheckConstraint(
                condition=Q(calendar="", calendar_method="")
                | ~(Q(calendar="") | Q(calendar_method="")),
                name="what_calendars_are_told_has_a_method",
            ),
            models.CheckConstraint(
                condition=~Q(state="held") | Q(delivery="digest"),
                name="only_gathered_notices_are_held",
            ),
            models.CheckConstraint(
                condition=(
                    Q(state__in=["stopped", "dropped"], stopped_by__isnull=False)
                    & ~Q(stop_reason="")
                )
                | (~Q(state__in=["stopped", "dropped"]) & Q(stopped_by=None, stop_reason="")),
                name="who_stops_a_notice_says_why",
                violation_error_message=_("Say why the message is held back or cancelled."),
            ),
            models.UniqueConstraint(
                fields=["again_of"],
                name="a_notice_is_sent_again_once",
                violation_error_message=_("It was sent again already."),
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="fixed_when_written",
                fields=[
                    "id",
                    "recipient",
                    "kind",
                    "topic",
                    "language",
                    "facts",
                    "url",
                    "calendar",
                    "calendar_method",
                    "key",
                    "created_at",
                    "again_of",
                ],
            ),
            # Read by its person, or followed by a letter: nothing else happens to what went out.
            frozen_in("sent", "dropped", but=("seen_at", "letters_follow")),
            refuses(
                "words_change_with_their_revision",
                pgtrigger.Update,
                "OLD.subject <> '' AND (OLD.subject, OLD.body) IS DISTINCT FROM"
                " (NEW.subject, NEW.body) AND (NEW.subject, NEW.body) IS DISTINCT FROM"
                " (SELECT (one.subject, one.body) FROM notices_noticerevision one"
                " WHERE one.notice_id = NEW.id ORDER BY one.number DESC LIMIT 1)",
                "The words of a message change with a revision that says who changed them.",
            ),
        ]

    def __str__(self) -> str:
        return self.subject or self.kind

    def get_absolute_url(self) -> str:
        return reverse("notices:read", args=[self.pk])

    @property
    def is_digest(self) -> bool:
        """Whether it is an e-mail that gathers others."""
        return self.kind == DIGEST_KIND

    @property
    def is_unsure(self) -> bool:
        """Whether nobody knows if the mail server took it."""
        return self.state == self.State.UNSURE

    @property
    def is_stopped(self) -> bool:
        """Whether somebody holds it back."""
        return self.state == self.State.STOPPED

    @property
    def is_seen(self) -> bool:
        return self.seen_at is not None

    @property
    def absolute_url(self) -> str:
        """The address of the page that the notice is about, with the host; empty without one."""
        return f"{settings.SITE_URL}{self.url}" if self.url else ""
