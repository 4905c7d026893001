"""A clarification: named questions of a sent application that are open again until an instant."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from conduct.models.states import Flow, States, Tone, follows_its_flow
from files.models import KeptFile
from vouchers.applications.models import Application
from vouchers.calls.models import Question


@follows_its_flow
@pghistory.track()
class Clarification(models.Model):
    """The partner asks about questions of an application; the cluster answers until `until`.

    The application stays submitted. What the cluster writes is stored in the items until it sends it;
    only then the answers change, and only those (see the trigger on Answer and Attachment).
    """

    class State(States):
        ASKED = "asked", Tone.WAITING, pgettext_lazy("clarification", "asked")
        ANSWERED = "answered", Tone.QUIET, pgettext_lazy("clarification", "answered")
        LAPSED = "lapsed", Tone.BAD, pgettext_lazy("clarification", "not answered in time")
        ENDED = "ended", Tone.QUIET, pgettext_lazy("clarification", "no longer needed")

    FLOW = Flow({State.ASKED: [State.ANSWERED, State.LAPSED, State.ENDED]})
    LOCKED_AFTER = ("application",)

    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.ASKED, editable=False
    )
    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="clarifications"
    )
    number = models.PositiveSmallIntegerField(_("number"))
    text = models.TextField(_("what is asked"))
    until = models.DateTimeField(_("to be answered by"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    # One loop is the rule; why there is another.
    again_reason = models.TextField(_("reason for asking once more"), blank=True)
    reply = models.TextField(_("reply"), blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    closed_at = models.DateTimeField(_("closed"), null=True)

    class Meta:
        verbose_name = _("clarification")
        verbose_name_plural = _("clarifications")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(state="asked"),
                name="one_clarification_at_a_time",
                violation_error_message=_("The cluster is being asked already."),
            ),
            models.UniqueConstraint(
                fields=["application", "number"], name="clarifications_are_numbered"
            ),
            models.CheckConstraint(
                condition=Q(number=1) | ~Q(again_reason=""),
                name="another_clarification_has_a_reason",
                violation_error_message=_("Say why the cluster must be asked once more."),
            ),
            models.CheckConstraint(
                condition=Q(state="asked", closed_at=None)
                | (~Q(state="asked") & Q(closed_at__isnull=False)),
                name="a_closed_clarification_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(state="answered") | Q(answered_by__isnull=False),
                name="an_answered_clarification_says_by_whom",
            ),
        ]
        indexes = [
            # What lapses next.
            models.Index(fields=["until"], condition=Q(state="asked"), name="clarifications_open"),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="asked_once",
                fields=["application", "number", "text", "until", "asked_by", "asked_at"],
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.application} · {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("eligibility:clarification", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """Whether the cluster may still answer at this instant."""
        return self.state == self.State.ASKED and timezone.now() <= self.until

    @property
    def is_overtaken(self) -> bool:
        """Whether the application was re-opened, sent anew or withdrawn since it was asked."""
        application = self.application
        return (
            application.state != Application.State.SUBMITTED
            or application.submitted_at is None
            or application.submitted_at > self.asked_at
        )


_ONLY_WHILE_ASKED = """
    PERFORM 1 FROM vouchers_clarification c {join}
        WHERE {of} AND c.state = 'asked';
    IF NOT FOUND THEN
        RAISE EXCEPTION 'The clarification is closed: what was answered is fixed.'
            USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
"""


def only_while_asked(operation: pgtrigger.Operations, *, join: str, of: str) -> pgtrigger.Trigger:
    """The trigger that refuses changes once a clarification is closed."""
    return pgtrigger.Trigger(
        name="only_while_asked",
        when=pgtrigger.Before,
        operation=operation,
        func=_ONLY_WHILE_ASKED.format(join=join, of=of),
    )


class ClarificationItem(models.Model):
    """One question that is asked about: what was there before, and what the cluster writes now."""

    LOCKED_AFTER = ("clarification",)

    clarification = models.ForeignKey(Clarification, on_delete=models.PROTECT, related_name="items")
    question = models.ForeignKey(
        Question, on_delete=models.PROTECT, related_name="clarification_items"
    )
    before_text = models.TextField(blank=True)
    before_rows = models.JSONField(default=list, blank=True)
    # Name, size and SHA-256 of each file that was there.
    before_files = models.JSONField(default=list, blank=True)
    text = models.TextField(_("answer"), blank=True)
    rows = models.JSONField(_("lines"), default=list, blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    changed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("question that is asked about")
        verbose_name_plural = _("questions that are asked about")
        ordering = ["question__section__position", "question__position"]
        constraints = [
            models.UniqueConstraint(
                fields=["clarification", "question"], name="one_item_per_question"
            ),
        ]
        triggers = [
            only_while_asked(
                pgtrigger.Insert | pgtrigger.Update, join="", of="c.id = NEW.clarification_id"
            ),
            pgtrigger.ReadOnly(
                name="before_is_kept",
                fields=[
                    "clarification",
                    "question",
                    "before_text",
                    "before_rows",
                    "before_files",
                ],
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return str(self.question)

    @property
    def is_changed(self) -> bool:
        """Whether the cluster wrote anything else than what was there before."""
        return self.text != self.before_text or self.rows != self.before_rows


class ClarificationFile(KeptFile):
    """A file that the cluster adds to a question it is asked about; an attachment once it is sent."""

    FOLDER = "attachments"
    LOCKED_AFTER = ("item",)

    item = models.ForeignKey(ClarificationItem, on_delete=models.PROTECT, related_name="files")
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    uploaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("file of a clarification")
        verbose_name_plural = _("files of clarifications")
        ordering = ["uploaded_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "sha256"],
                name="one_file_once_per_item",
                violation_error_message=_("This file is attached already."),
            ),
        ]
        triggers = [
            only_while_asked(
                pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                join="JOIN vouchers_clarificationitem i ON i.clarification_id = c.id",
                of="i.id = COALESCE(NEW.item_id, OLD.item_id)",
            ),
        ]

    def __str__(self) -> str:
        return self.name
