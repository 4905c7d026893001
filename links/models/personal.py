"""A link for one person without an account."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conduct.models.guards import fixed, never_deleted, written_once
from conduct.models.one_line import one_line
from jobs.models import Attempted

# The worker's business and the browser's, and what must stand in no history.
UNTRACKED = [
    *("digest", "seed", "last_opened_at"),
    *("attempts", "next_attempt_at", "last_error", "no_space_since"),
]


class PersonalLink(Attempted):
    """A link that opens one page for one person; a model of a room adds what it is about.

    A link that is sent anew is a new row, and the one before is replaced: it opens nothing any more,
    and says so. `seed` makes the secret until it is mailed, together with the portal's own key; then
    nothing but the digest is left.
    """

    # Mail servers are away for hours: the last attempt comes about a day after the first.
    PATIENCE = timedelta(minutes=2)
    MAX_ATTEMPTS = 11
    WAITING = Q(mailed_at=None, failed_at=None, withdrawn_at=None, replaced_at=None)
    GIVEN_UP = Q(failed_at__isnull=False, withdrawn_at=None, replaced_at=None)
    ENDS_IN = ("failed_at",)

    # Of the model of a room: the fields that name what it is about; one link stands for each.
    SUBJECT: ClassVar[tuple[str, ...]]
    LIFETIME: ClassVar[timedelta] = timedelta(days=30)
    # Whether a browser that opens it the first time needs a code that is mailed to the address.
    ASKS_FOR_CODE: ClassVar[bool] = True
    # For how long a browser that gave it is remembered.
    REMEMBERED_FOR: ClassVar[timedelta] = timedelta(hours=8)
    # The named address of its page, which takes the secret.
    PAGE: ClassVar[str]
    # `<MAIL>.subject.txt` and `<MAIL>.body.txt` see `holder` (this row), `address`, and its facts.
    MAIL: ClassVar[str]

    name = models.CharField(gettext_lazy("name"), max_length=200, validators=[one_line])
    email = models.EmailField(gettext_lazy("e-mail address"))
    language = models.CharField(
        gettext_lazy("language"), max_length=2, choices=settings.LANGUAGES, default="en"
    )
    digest = models.CharField(
        gettext_lazy("fingerprint"), max_length=64, unique=True, editable=False
    )
    seed = models.CharField(gettext_lazy("seed"), max_length=64, blank=True, editable=False)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
    )
    issued_at = models.DateTimeField(gettext_lazy("written"), default=timezone.now, editable=False)
    expires_at = models.DateTimeField(gettext_lazy("expires"))
    mailed_at = models.DateTimeField(gettext_lazy("mailed"), null=True, editable=False)
    # When the mail server was asked for the last time.
    failed_at = models.DateTimeField(gettext_lazy("not delivered"), null=True, editable=False)
    opened_at = models.DateTimeField(gettext_lazy("first opened"), null=True, editable=False)
    last_opened_at = models.DateTimeField(gettext_lazy("last opened"), null=True, editable=False)
    replaced_at = models.DateTimeField(gettext_lazy("sent anew"), null=True, editable=False)
    withdrawn_at = models.DateTimeField(gettext_lazy("withdrawn"), null=True, editable=False)

    class Meta:
        abstract = True
        ordering = ["-issued_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(digest__regex=r"^[0-9a-f]{64}$"),
                name="%(class)s_keeps_a_digest",
                violation_error_message=gettext_lazy("This link has no secret."),
            ),
            models.CheckConstraint(
                condition=Q(mailed_at=None) | Q(seed=""),
                name="%(class)s_forgets_its_secret",
                violation_error_message=gettext_lazy(
                    "Once a link is mailed, its secret is not kept."
                ),
            ),
        ]
        indexes = [
            # What the sweeper looks for each minute.
            models.Index(
                fields=["next_attempt_at"],
                condition=Q(mailed_at=None, withdrawn_at=None, replaced_at=None),
                name="%(class)s_to_mail",
            ),
        ]
        triggers = [
            fixed("name", "email", "digest", "issued_by", "issued_at"),
            written_once("mailed_at", "opened_at", "replaced_at", "withdrawn_at"),
            never_deleted(),
        ]

    def __str__(self) -> str:
        return _("%(name)s, by a personal link") % {"name": self.name}

    def mail_facts(self) -> dict[str, Any]:
        """What its e-mail says besides the address: names and days, never what is confidential."""
        return {}

    def address_with(self, secret: str) -> str:
        """The whole address of the link, for its holder alone."""
        return f"{settings.SITE_URL}{reverse(self.PAGE, args=[secret])}"

    def give_up(self) -> None:
        self.failed_at = timezone.now()

    def take_up(self) -> None:
        self.failed_at = None

    @property
    def reference(self) -> str:
        """What history and a browser's session call it; tells nobody the secret."""
        return f"{self._meta.label_lower}:{self.pk}"

    @property
    def is_still_theirs(self) -> bool:
        """Whether its holder is still who it is for. A room says when not: a link lives for weeks, and
        people leave and addresses change meanwhile."""
        return True

    @property
    def ended(self) -> str:
        """Why it opens nothing any more: withdrawn, replaced or expired; empty while it is open."""
        if self.withdrawn_at is not None:
            return "withdrawn"
        if self.replaced_at is not None:
            return "replaced"
        if not self.is_still_theirs:
            return "withdrawn"
        return "expired" if timezone.now() >= self.expires_at else ""

    @property
    def is_open(self) -> bool:
        """Whether it opens its page now."""
        return not self.ended
