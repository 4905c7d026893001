"""How one person wants the notices of each topic."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from notices.wording.topics import DIGESTIBLE, Delivery, Topic


@pghistory.track()
class Preference(models.Model):
    """How one person wants the notices of one topic; without a row they come at once."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notice_preferences"
    )
    topic = models.CharField(_("topic"), max_length=12, choices=Topic.choices)
    delivery = models.CharField(_("delivery"), max_length=6, choices=Delivery.choices)

    class Meta:
        verbose_name = _("preference for notices")
        verbose_name_plural = _("preferences for notices")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "topic"], name="one_preference_per_person_and_topic"
            ),
            models.CheckConstraint(
                condition=Q(topic__in=[topic.value for topic in DIGESTIBLE]),
                name="mandatory_notices_leave_no_choice",
                violation_error_message=_("These notices always come at once."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_topic_display()}: {self.get_delivery_display()}"
