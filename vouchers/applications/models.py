"""An application: what a cluster asks for, in which state it stands, and who checked it."""

from __future__ import annotations

import uuid

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from clusters.models import Cluster, Country
from records.guards import append_only, fixed, never_deleted, written_once
from records.states import Flow, follows_its_flow
from vouchers.calls.models import Call, Question

# What staff may know of: an application that was sent and not re-opened.
SENT = Q(reference__isnull=False) & ~Q(state="draft")

# Lists and searches read one table, however many applications there are. The other half, a cluster
# that gets another name or alias, is a trigger of the migration `list_by_aliases`: clusters know
# nothing of applications.
_NAMED_AFTER_ITS_CLUSTER = """
    SELECT name, folded(CONCAT_WS(' ', NEW.reference, name, aliases))
        INTO NEW.cluster_name, NEW.searched
        FROM clusters_cluster WHERE id = NEW.cluster_id;
    RETURN NEW;
"""


@follows_its_flow
@pghistory.track(exclude=["cluster_name", "searched"])
class Application(models.Model):
    """One cluster's application to one call."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("submitted")
        ELIGIBLE = "eligible", _("eligible")
        INELIGIBLE = "ineligible", _("ineligible")
        SELECTED = "selected", _("selected")
        RESERVE = "reserve", _("on the reserve list")
        REFUSED = "refused", _("refused")
        WITHDRAWN = "withdrawn", _("withdrawn")

    FLOW = Flow(
        {
            State.DRAFT: [State.SUBMITTED, State.WITHDRAWN],
            # Back to a draft while the call accepts applications: re-opened by its cluster.
            State.SUBMITTED: [
                State.DRAFT,
                State.ELIGIBLE,
                State.INELIGIBLE,
                State.WITHDRAWN,
            ],
            # Back to submitted while nobody was asked to score: the check is opened again.
            State.ELIGIBLE: [
                State.SUBMITTED,
                State.SELECTED,
                State.RESERVE,
                State.REFUSED,
                State.WITHDRAWN,
            ],
            State.INELIGIBLE: [State.SUBMITTED],
            # Offered a voucher after all, or the reserve list is over.
            State.RESERVE: [State.SELECTED, State.REFUSED],
            # A request for review was upheld.
            State.REFUSED: [State.RESERVE, State.SELECTED],
        }
    )

    state = models.CharField(
        _("state"),
        max_length=12,
        choices=State.choices,
        default=State.DRAFT,
        editable=False,
    )
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="applications")
    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, related_name="applications")
    # The cluster's country when it applied: officers are scoped by it, and references bear it.
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="applications")
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    # Empty until it is submitted; then SUV-2026-LB-0007, without gaps per call and country.
    reference = models.CharField(_("reference"), max_length=30, null=True, unique=True)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="applications_started",
    )
    started_at = models.DateTimeField(_("started"), auto_now_add=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="applications_submitted",
    )
    submitted_at = models.DateTimeField(_("submitted"), null=True)
    # Kept by triggers, never written here: the cluster's name of today, and what a list is searched
    # by, in upper case.
    cluster_name = models.CharField(_("cluster"), max_length=200, editable=False, default="")
    searched = models.TextField(editable=False, default="")

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        ordering = ["-started_at"]
        indexes = [
            # The list of staff, newest submission first: all of them, and by each of its filters.
            models.Index(fields=["-submitted_at", "-id"], condition=SENT, name="sent_newest"),
            models.Index(
                fields=["country", "-submitted_at", "-id"], condition=SENT, name="sent_by_country"
            ),
            models.Index(
                fields=["call", "-submitted_at", "-id"], condition=SENT, name="sent_by_call"
            ),
            models.Index(
                fields=["state", "-submitted_at", "-id"], condition=SENT, name="sent_by_state"
            ),
            models.Index(
                fields=["language", "-submitted_at", "-id"], condition=SENT, name="sent_by_language"
            ),
            # The same list in the order of the clusters' names.
            models.Index(fields=["cluster_name", "id"], condition=SENT, name="sent_by_name"),
            # Any part of a reference or a name.
            GinIndex(fields=["searched"], opclasses=["gin_trgm_ops"], name="application_searched"),
            # The list of one call in one state (ranking, dashboards).
            models.Index(fields=["call", "state", "country"], name="application_by_call"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "cluster"],
                condition=~Q(state="withdrawn"),
                name="one_application_per_cluster_and_call",
                violation_error_message=_("The cluster has an application to this call already."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "withdrawn"])
                | (Q(reference__isnull=False) & Q(submitted_at__isnull=False)),
                name="what_is_submitted_has_a_reference",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="named_after_its_cluster",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=_NAMED_AFTER_ITS_CLUSTER,
            ),
            fixed("call", "cluster", "country", "started_by"),
            written_once("reference"),
            never_deleted(),
        ]

    def __str__(self) -> str:
        return f"{self.reference or _('Draft')} · {self.cluster}"

    def get_absolute_url(self) -> str:
        return reverse("applications:detail", args=[self.pk])

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT

    @property
    def has_arrived(self) -> bool:
        """Whether it was sent and stands: neither a draft (again) nor withdrawn."""
        return self.state not in (self.State.DRAFT, self.State.WITHDRAWN)

    @property
    def is_reopened(self) -> bool:
        """Whether it was sent once and taken back to be changed."""
        return self.is_draft and self.reference is not None


# A clarification that is asked opens the questions that it names, and no other.
_FROZEN_ONCE_SUBMITTED = """
    PERFORM 1 FROM vouchers_application
        WHERE id IN (NEW.application_id, OLD.application_id) AND state <> 'draft';
    IF FOUND THEN
        IF TG_OP = 'INSERT' OR (
            TG_OP = '{clarified}'
            AND OLD.application_id = NEW.application_id AND OLD.question_id = NEW.question_id
        ) THEN
            PERFORM 1 FROM vouchers_clarification c
                JOIN vouchers_clarificationitem i ON i.clarification_id = c.id
                JOIN vouchers_application a ON a.id = c.application_id
                WHERE c.application_id = NEW.application_id AND c.state = 'asked'
                AND i.question_id = NEW.question_id AND a.state = 'submitted';
            IF FOUND THEN
                RETURN NEW;
            END IF;
        END IF;
        RAISE EXCEPTION 'The application is submitted: its content is fixed.'
            USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
"""


def frozen_once_submitted(clarified: str) -> pgtrigger.Trigger:
    """The trigger that refuses any change to the content of a submitted application.

    A clarification may add what belongs to its questions, and do what `clarified` says besides.
    """
    return pgtrigger.Trigger(
        name="frozen_once_submitted",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func=_FROZEN_ONCE_SUBMITTED.format(clarified=clarified),
    )


class Answer(models.Model):
    """What the cluster answers to one question, as it was typed: drafts may be wrong.

    `text` holds a text, a number, an amount, a date (ISO 8601), the number of an option or several
    with commas between; `rows` the lines of a table, each a dict of texts (see `answering`).
    """

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    text = models.TextField(_("answer"), blank=True)
    rows = models.JSONField(_("lines"), default=list, blank=True)
    # Grows with every change, so that two people on one draft are warned, never overwritten.
    version = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [
            models.UniqueConstraint(
                fields=["application", "question"], name="one_answer_per_question"
            ),
        ]
        triggers = [frozen_once_submitted("UPDATE")]

    def __str__(self) -> str:
        return self.text[:60]


def attachment_path(_attachment: Attachment, _filename: str) -> str:
    """A random name, so that nothing can be guessed from it."""
    return f"attachments/{uuid.uuid4().hex}"


@pghistory.track()
class Attachment(models.Model):
    """A file that belongs to an application; private, its type taken from its content."""

    LOCKED_AFTER = ("application",)

    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="attachments"
    )
    # The question that it answers.
    question = models.ForeignKey(
        Question, on_delete=models.PROTECT, related_name="attachments", verbose_name=_("question")
    )
    file = models.FileField(_("file"), upload_to=attachment_path, max_length=120)
    name = models.CharField(_("name"), max_length=200)
    content_type = models.CharField(_("type"), max_length=100)
    size = models.PositiveIntegerField(_("size (bytes)"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    uploaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["uploaded_at"]
        triggers = [frozen_once_submitted("INSERT")]

    def __str__(self) -> str:
        return self.name


class SignedDeclaration(models.Model):
    """The declaration on honour as one person signed it: every clause, in the words they read."""

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="declarations"
    )
    call_version = models.PositiveSmallIntegerField(_("version of the call"))
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    clauses = models.JSONField(_("statements"))
    signatory_name = models.CharField(_("name of the signatory"), max_length=150)
    signatory_function = models.CharField(_("function of the signatory"), max_length=150)
    # Over clauses, language, signatory and instant: what was signed can be shown unchanged.
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    signed_at = models.DateTimeField(_("signed"))

    class Meta:
        verbose_name = _("declaration on honour")
        verbose_name_plural = _("declarations on honour")
        ordering = ["-signed_at"]
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.signatory_name} · {self.application}"

    @property
    def holds(self) -> bool:
        """Whether the call still stands as it did when this was signed."""
        return self.call_version == self.application.call.version


@pghistory.track()
class Recusal(models.Model):
    """A person shut out of an application by a conflict of interest, its files included."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="recusals")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="recusals"
    )
    reason = models.TextField(_("conflict of interest"))
    declared_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("recusal")
        verbose_name_plural = _("recusals")
        constraints = [
            models.UniqueConstraint(
                fields=["application", "person"], name="one_recusal_per_person"
            ),
        ]
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.person} · {self.application}"
