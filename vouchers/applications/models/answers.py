"""What a cluster answers to the questions of a call."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from inputs.queries import trigrams
from vouchers.calls.models import Question

from .applications import Application

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
    with commas between; `rows` the lines of a table, each a dict of texts (see `queries.answers`).
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
        indexes = [
            # What is written is searched in the form in which two people write it alike.
            trigrams("text", name="answer_searched"),
        ]
        triggers = [frozen_once_submitted("UPDATE")]

    def __str__(self) -> str:
        return self.text[:60]
