"""The codes by which a browser shows that it is the holder's, and no stranger's with the link."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Protocol

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conduct.models.guards import fixed
from jobs.models import Attempted

CODE_LIFETIME = timedelta(minutes=20)
MOST_WRONG_CODES = 5


def code_expiry() -> datetime:
    """The instant (UTC) after which a code sent now opens nothing."""
    return timezone.now() + CODE_LIFETIME


class Proven(Protocol):
    """What a code proves something for: a personal link, or what somebody signs."""

    @property
    def reference(self) -> str: ...

    @property
    def email(self) -> str: ...


class LinkCode(Attempted):
    """One code, for one browser and one link; it works once."""

    PATIENCE = timedelta(seconds=20)
    MAX_ATTEMPTS = 4
    WAITING = Q(mailed_at=None, failed_at=None, used_at=None)
    GIVEN_UP = Q(failed_at__isnull=False)
    ENDS_IN = ("failed_at",)

    # `Proven.reference`.
    link = models.CharField(max_length=80)
    email = models.EmailField()
    # `<mail>.subject.txt` and `<mail>.body.txt`.
    mail = models.CharField(max_length=80, default="links/mails/code")
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    # Makes the code, with the portal's own key.
    seed = models.CharField(max_length=64)
    asked_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(default=code_expiry)
    wrong = models.PositiveSmallIntegerField(default=0)
    mailed_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("code of a personal link")
        verbose_name_plural = _("codes of personal links")
        constraints = [
            models.CheckConstraint(
                condition=Q(wrong__lte=MOST_WRONG_CODES),
                name="a_code_of_a_link_is_tried_a_few_times",
                violation_error_message=_("This code was tried too often."),
            ),
        ]
        indexes = [
            models.Index(fields=["link", "asked_at"], name="codes_of_a_link"),
            models.Index(
                fields=["next_attempt_at"], condition=Q(mailed_at=None), name="codes_to_mail"
            ),
        ]
        triggers = [fixed("link", "email", "mail", "seed", "asked_at", "expires_at")]

    def __str__(self) -> str:
        return self.email

    @property
    def may_be_tried(self) -> bool:
        """Whether it still opens the link for who types it."""
        return (
            self.used_at is None
            and self.wrong < MOST_WRONG_CODES
            and timezone.now() < self.expires_at
        )
