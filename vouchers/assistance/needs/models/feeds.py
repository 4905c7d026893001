"""The private calendar of a person: an address that calendars fetch without a log-in."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.core import signing
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

_SIGNER = signing.Signer(sep=".", salt="assistance.calendar")


class CalendarFeed(models.Model):
    """Which address shows a person's meetings now; another key ends the one before.

    The address is the key with a signature, so that a copy of the table alone opens no calendar.
    """

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_feed"
    )
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    made_at = models.DateTimeField(_("made"), default=timezone.now)

    class Meta:
        verbose_name = _("calendar address")
        verbose_name_plural = _("calendar addresses")

    def __str__(self) -> str:
        return str(self.person)

    @property
    def secret(self) -> str:
        """What stands in the address."""
        return _SIGNER.sign(self.key.hex)

    @property
    def address(self) -> str:
        """The whole address, for a calendar program."""
        return f"{settings.SITE_URL}{reverse('needs:feed', args=[self.secret])}"


def key_in(secret: str) -> uuid.UUID | None:
    """The key that an address names; None for one that we did not sign."""
    try:
        return uuid.UUID(hex=_SIGNER.unsign(secret))
    except (signing.BadSignature, ValueError):
        return None
