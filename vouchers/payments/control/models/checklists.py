"""What a call wants looked at in each claim, in versions."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from conduct.models.guards import append_only, refuses
from vouchers.calls.models import Call

MOST_QUESTIONS = 40


class ControlChecklist(models.Model):
    """The questions of one version: each a text by language code. A control keeps which it answered."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="checklists")
    number = models.PositiveIntegerField(_("version"))
    questions = models.JSONField(_("questions"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(_("made"), auto_now_add=True)

    class Meta:
        verbose_name = _("checklist")
        verbose_name_plural = _("checklists")
        ordering = ["call", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "number"],
                name="one_checklist_per_version",
                violation_error_message=_(
                    "Somebody has just written another version: please look at it first."
                ),
            ),
        ]
        triggers = [
            append_only(),
            refuses(
                "is_a_list_of_questions",
                pgtrigger.Insert,
                "jsonb_typeof(NEW.questions) <> 'array'"
                f" OR jsonb_array_length(NEW.questions) NOT BETWEEN 0 AND {MOST_QUESTIONS}",
                "A checklist is a list of questions.",
            ),
        ]

    @property
    def asked(self) -> list[str]:
        """Its questions in the active language."""
        code = get_language() or "en"
        return [question.get(code) or question["en"] for question in self.questions]

    def __str__(self) -> str:
        return str(_("Checklist, version %(number)s") % {"number": self.number})
