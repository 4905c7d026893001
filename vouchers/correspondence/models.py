"""What clusters and country partners write to each other, and what everybody may ask about a call."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from i18nfield.fields import I18nTextField

from conduct.models.states import Flow, States, Tone, follows_its_flow
from vouchers.applications.models import Application
from vouchers.calls.models import Call

# About two pages: whoever needs more attaches a file to the application.
LONGEST_MESSAGE = 6000
LONGEST_QUESTION = 2000


class About(models.TextChoices):
    """What a thread is about: the application, or the voucher that came of it."""

    APPLICATION = "application", pgettext_lazy("messages about", "application")
    VOUCHER = "voucher", pgettext_lazy("messages about", "voucher")


class Message(models.Model):
    """One message about an application or its voucher, from one side to the others."""

    class Side(models.TextChoices):
        CLUSTER = "cluster", _("cluster")
        PARTNER = "partner", _("country partner")
        # Coordinators write about vouchers only: an application is the partner's to answer for.
        PROGRAMME = "programme", _("programme coordination")

    about = models.CharField(
        _("about"), max_length=11, choices=About.choices, default=About.APPLICATION
    )
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="messages")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="messages_written"
    )
    side = models.CharField(_("side"), max_length=9, choices=Side.choices)
    text = models.TextField(_("message"), max_length=LONGEST_MESSAGE)
    sent_at = models.DateTimeField(_("sent"), default=timezone.now)
    # Comes with the form, so that a double click on 'Send' is one message.
    key = models.UUIDField(default=uuid.uuid4, editable=False)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["pk"]
        indexes = [
            # A thread in its order, and what is new in it.
            models.Index(fields=["application", "about", "id"], name="messages_of_a_thread"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "author", "key"], name="one_message_per_form"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="a_message_says_something"),
            models.CheckConstraint(
                condition=~Q(side="programme") | Q(about="voucher"),
                name="coordinators_write_about_vouchers",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            # The conflict of interest is looked up here too: it may be declared in the same
            # instant in which somebody presses 'Send'.
            pgtrigger.Trigger(
                name="who_is_shut_out_writes_nothing",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                condition=pgtrigger.Q(new__side__df="cluster"),
                func=(
                    "IF EXISTS (SELECT 1 FROM vouchers_recusal recusal"
                    " WHERE recusal.application_id = NEW.application_id"
                    " AND recusal.person_id = NEW.author_id)"
                    " THEN RAISE EXCEPTION 'a conflict of interest shuts the author out'"
                    " USING ERRCODE = 'check_violation',"
                    " CONSTRAINT = 'who_is_shut_out_writes_nothing'; END IF; RETURN NEW;"
                ),
            ),
            pgtrigger.Trigger(
                name="a_voucher_is_there_to_write_about",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                condition=pgtrigger.Q(new__about="voucher"),
                func=(
                    "IF NOT EXISTS (SELECT 1 FROM vouchers_voucher voucher"
                    " JOIN vouchers_award award ON award.id = voucher.award_id"
                    " WHERE award.application_id = NEW.application_id)"
                    " THEN RAISE EXCEPTION 'no voucher was issued for the application'"
                    " USING ERRCODE = 'check_violation',"
                    " CONSTRAINT = 'a_voucher_is_there_to_write_about'; END IF; RETURN NEW;"
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def is_from_cluster(self) -> bool:
        return self.side == self.Side.CLUSTER


class ReadMark(models.Model):
    """How far one person has read one thread."""

    about = models.CharField(
        _("about"), max_length=11, choices=About.choices, default=About.APPLICATION
    )
    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="read_marks"
    )
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    last_read = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="+")
    # An officer found that what was read last needs no answer; the next message asks anew.
    settled = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("read mark")
        verbose_name_plural = _("read marks")
        constraints = [
            models.UniqueConstraint(
                fields=["application", "about", "person"], name="one_read_mark_per_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.application}"


@dataclass(frozen=True)
class Thread:
    """The messages about one application, or about the voucher that came of it.

    An award, and so a voucher, is of one application: it names both threads.
    """

    application: Application
    about: About = About.APPLICATION

    @property
    def messages(self) -> models.QuerySet[Message]:
        """Its messages, the oldest first."""
        return Message.objects.filter(application=self.application, about=self.about)

    @property
    def read_marks(self) -> models.QuerySet[ReadMark]:
        return ReadMark.objects.filter(application=self.application, about=self.about)

    @property
    def is_about_voucher(self) -> bool:
        return self.about == About.VOUCHER

    @property
    def address(self) -> str:
        """Where it is read and answered."""
        name = "voucher_thread" if self.is_about_voucher else "thread"
        return reverse(f"correspondence:{name}", args=[self._key])

    @property
    def reply_address(self) -> str:
        """The box in which to answer."""
        return f"{self.address}#reply"

    @property
    def settle_address(self) -> str:
        name = "settle_voucher" if self.is_about_voucher else "settle"
        return reverse(f"correspondence:{name}", args=[self._key])

    @property
    def _key(self) -> int:
        """The key of what it is about, as addresses name it."""
        return self.application.award.voucher.pk if self.is_about_voucher else self.application.pk


@follows_its_flow
@pghistory.track(exclude=["searchable"])
class PublicQuestion(models.Model):
    """A question about a call, and the answer that everybody reads; who asked is never shown."""

    class State(States):
        ASKED = "asked", Tone.WAITING, _("waits for an answer")
        PUBLISHED = "published", Tone.GOOD, _("published")
        SET_ASIDE = "set_aside", Tone.QUIET, _("set aside")

    FLOW = Flow(
        {
            State.ASKED: [State.PUBLISHED, State.SET_ASIDE],
            State.SET_ASIDE: [State.PUBLISHED],
        }
    )

    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.ASKED, editable=False
    )
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="public_questions")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="questions_asked"
    )
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    # As it was asked: only staff and the asker read it, since it may tell who asks.
    asked = models.TextField(_("question as it was asked"), max_length=LONGEST_QUESTION)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    question = I18nTextField(
        _("question"),
        blank=True,
        help_text=_("As everybody reads it: leave out whatever tells who asked."),
    )
    answer = I18nTextField(_("answer"), blank=True)
    # Why it was set aside; the asker reads it.
    reason = models.TextField(_("reason"), blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    published_at = models.DateTimeField(_("published"), null=True)
    # Question and answer in every language, for the search.
    searchable = models.TextField(blank=True, editable=False)

    class Meta:
        verbose_name = _("question about a call")
        verbose_name_plural = _("questions about calls")
        ordering = ["-asked_at"]
        indexes = [
            models.Index(fields=["call", "-published_at"], name="answers_of_a_call"),
            # What waits for an answer.
            models.Index(
                fields=["asked_at"], condition=Q(state="asked"), name="questions_to_answer"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="published")
                | (
                    ~Q(question="")
                    & ~Q(answer="")
                    & Q(published_at__isnull=False, answered_by__isnull=False)
                ),
                name="what_is_published_is_answered",
                violation_error_message=_("Write the question and its answer."),
            ),
            models.CheckConstraint(
                condition=~Q(state="set_aside") | ~Q(reason=""),
                name="what_is_set_aside_has_a_reason",
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="asked_once", fields=["call", "asked_by", "asked_at", "asked", "language"]
            ),
        ]

    def __str__(self) -> str:
        return self.asked[:80]

    def get_absolute_url(self) -> str:
        """Where everybody reads it, once it is published."""
        return f"{reverse('correspondence:questions', args=[self.call.slug])}#question-{self.pk}"
