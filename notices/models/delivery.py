"""What became of an e-mail after it was handed over, as servers tell it."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from conduct.models.guards import append_only, refuses
from conduct.models.states import Tone

from .notices import Notice


class EventKind(models.TextChoices):
    """What a server may say of a message."""

    ACCEPTED = "accepted", pgettext_lazy("e-mail", "taken over by the mail server")
    DELIVERED = "delivered", pgettext_lazy("e-mail", "delivered to the mailbox")
    DELAYED = "delayed", pgettext_lazy("e-mail", "delayed, and tried again")
    SOFT = "soft", pgettext_lazy("e-mail", "came back: the mailbox cannot take it now")
    HARD = "hard", pgettext_lazy("e-mail", "came back: the address does not take it")
    COMPLAINED = "complaint", pgettext_lazy("e-mail", "reported as unwanted by the reader")
    UNSURE = "unsure", pgettext_lazy("e-mail", "the line broke while it was handed over")


BOUNCES = (EventKind.SOFT, EventKind.HARD)
_REACHED = (EventKind.ACCEPTED, EventKind.DELIVERED)


class EventSource(models.TextChoices):
    """Where an event is known from."""

    SMTP = "smtp", _("our mail server, while sending")
    MAILBOX = "mailbox", _("a report in the mailbox for bounces")
    SERVICE = "service", _("the delivery service")
    PERSON = "person", _("a person")


class MailOutcomeEvent(models.Model):
    """One thing that became of one e-mail, with the server's own words."""

    kind = models.CharField(_("event"), max_length=9, choices=EventKind.choices)
    source = models.CharField(_("known from"), max_length=7, choices=EventSource.choices)
    # The address that it is about.
    address = models.EmailField(_("address"))
    # The enhanced status code of RFC 3463 (5.1.1), or the reply code of SMTP (550), where known.
    status = models.CharField(_("code"), max_length=12, blank=True)
    words = models.TextField(_("the server's words"), blank=True)
    happened_at = models.DateTimeField(_("happened"))
    noted_at = models.DateTimeField(_("noted"), default=timezone.now)
    # The same event told twice has the same key.
    key = models.CharField(max_length=100)

    class Meta:
        abstract = True
        ordering = ["happened_at", "pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.address}"


class DeliveryEvent(MailOutcomeEvent):
    """One thing that became of one message, with the server's own words."""

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="delivery_events")

    class Meta(MailOutcomeEvent.Meta):
        verbose_name = _("event of delivery")
        verbose_name_plural = _("events of delivery")
        indexes = [
            models.Index(
                fields=["address"],
                condition=Q(kind__in=["soft", "hard", "complaint"]),
                name="what_came_back_of_an_address",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["notice", "key"], name="an_event_of_delivery_counts_once"
            ),
        ]
        triggers = [
            append_only(),
            refuses(
                "only_what_left_is_reported_on",
                pgtrigger.Insert,
                "NEW.source IN ('mailbox', 'service') AND NOT EXISTS (SELECT FROM notices_notice"
                " found WHERE found.id = NEW.notice_id AND found.state IN ('sent', 'unsure'))",
                "Servers report on messages that were sent.",
            ),
        ]

    @property
    def tone(self) -> Tone:
        """How it looks: see `Tone`."""
        if self.kind == EventKind.DELAYED:
            return Tone.WAITING
        return Tone.GOOD if self.kind in _REACHED else Tone.BAD


class MailEvent(MailOutcomeEvent):
    """One thing that became of an e-mail to somebody without an account, as servers tell it.

    The mail is a row of another room, known by what its Message-ID calls it (see `notices.mails`).
    """

    name = models.CharField(_("kind of e-mail"), max_length=40)
    row = models.CharField(_("number"), max_length=36)

    class Meta(MailOutcomeEvent.Meta):
        verbose_name = _("event of an e-mail without an account")
        verbose_name_plural = _("events of e-mails without an account")
        indexes = [
            # What became of mails to the addresses on a page.
            models.Index(fields=["address", "happened_at"], name="events_of_an_address"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["name", "row", "key"], name="an_event_of_an_email_counts_once"
            ),
        ]
        triggers = [append_only()]


class Unmatched(models.TextChoices):
    """Why a report counts for no message of ours."""

    UNREADABLE = "unreadable", _("It is no report of delivery that can be read.")
    NAMELESS = "nameless", _("It does not say which message it is about.")
    FOREIGN = "foreign", _("It is about a message that the portal did not send.")
    OTHER_KIND = "other", _("It is about an e-mail of a kind of which the portal keeps no reports.")
    UNKNOWN = "unknown", _("It names a message that the portal does not know.")
    ELSEWHERE = "elsewhere", _("It is about an address to which the message was not sent.")
    NOT_SENT = "not_sent", _("It is about a message that was not sent yet.")


class SetAsideReport(models.Model):
    """A report that was read, and counts for nothing: kept with the reason, and never guessed at.

    Of somebody else's message nothing is kept but the identifier that it names. Of what is no report,
    sender and subject are kept as its words, so that a person finds it in the mailbox.
    """

    why = models.CharField(_("why"), max_length=10, choices=Unmatched.choices)
    source = models.CharField(_("known from"), max_length=7, choices=EventSource.choices)
    message_id = models.CharField(_("message named"), max_length=250, blank=True)
    reported_by = models.CharField(_("reported by"), max_length=250, blank=True)
    # What it says of which address, of messages of ours alone.
    address = models.CharField(_("address"), max_length=254, blank=True)
    status = models.CharField(_("code"), max_length=12, blank=True)
    words = models.TextField(_("what it says"), blank=True)
    # SHA-256 of the report: read twice, it is kept once.
    digest = models.CharField(max_length=64, unique=True)
    noted_at = models.DateTimeField(_("noted"), default=timezone.now)

    class Meta:
        verbose_name = _("report that was set aside")
        verbose_name_plural = _("reports that were set aside")
        ordering = ["-noted_at", "-pk"]
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.get_why_display()} {self.message_id}".strip()


class ReportSeen(models.Model):
    """That somebody has looked at a report that was set aside, so that it waits for nobody any more."""

    report = models.OneToOneField(SetAsideReport, on_delete=models.PROTECT, related_name="seen")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("seen by"),
    )
    at = models.DateTimeField(_("seen"), default=timezone.now)

    class Meta:
        verbose_name = _("look at a report")
        verbose_name_plural = _("looks at reports")
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.report}: {self.by}"
