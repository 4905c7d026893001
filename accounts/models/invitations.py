"""Offers to e-mail addresses, and the one of a role."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import TypeVar

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conduct.models.guards import fixed, never_deleted, written_once
from jobs.models import Attempted

from .people import Role, User
from .roles import CONFIRMED

INVITATION_LIFETIME = timedelta(days=14)


def invitation_token() -> str:
    """A secret that nobody guesses: 256 random bits."""
    return secrets.token_urlsafe(32)


def invitation_expiry() -> datetime:
    """The instant after which an invitation made now can no longer be taken up."""
    return timezone.now() + INVITATION_LIFETIME


class Offer(Attempted):
    """An offer to an e-mail address, taken up by a secret link until it expires."""

    # Mail servers are away for hours: the last attempt comes about a day after the first.
    PATIENCE = timedelta(minutes=2)
    MAX_ATTEMPTS = 11
    WAITING = Q(mailed_at=None, failed_at=None, accepted_at=None, withdrawn_at=None)
    GIVEN_UP = Q(failed_at__isnull=False, accepted_at=None, withdrawn_at=None)
    ENDS_IN = ("failed_at",)

    email = models.EmailField(_("e-mail address"))
    language = models.CharField(
        _("language"), max_length=2, choices=settings.LANGUAGES, default="en"
    )
    token = models.CharField(max_length=64, unique=True, default=invitation_token)
    invited_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(default=invitation_expiry)
    mailed_at = models.DateTimeField(null=True, blank=True)
    # When the mail server was asked for the last time.
    failed_at = models.DateTimeField(null=True, blank=True)
    # When its sender heard that nobody took it up in time.
    expiry_told_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    def give_up(self) -> None:
        self.failed_at = timezone.now()

    def take_up(self) -> None:
        self.failed_at = None

    @property
    def is_open(self) -> bool:
        """Whether it can still be taken up."""
        return (
            self.accepted_at is None
            and self.withdrawn_at is None
            and timezone.now() < self.expires_at
        )

    @property
    def may_be_mailed(self) -> bool:
        """Whether nothing keeps its message back."""
        return self.is_open and self.failed_at is None

    @property
    def page_of_sender(self) -> str:
        """The page on which its sender finds it."""
        raise NotImplementedError


AnyOffer = TypeVar("AnyOffer", bound=Offer)


# The worker's business, which is not history.
UNTRACKED = [
    "token",
    "attempts",
    "next_attempt_at",
    "last_error",
    "no_space_since",
    "expiry_told_at",
]


@pghistory.track(exclude=UNTRACKED)
class Invitation(Offer):
    """An offer of a role to an e-mail address; whoever proves the address takes it up."""

    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    country_code = models.CharField(_("country"), max_length=2, blank=True)
    # Nobody invites the first administrator but the command line, hence null.
    invited_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="invitations_sent"
    )
    accepted_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="invitations_accepted"
    )
    # The second word, for the roles of CONFIRMED; without a person it was the command line's.
    confirmed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="invitations_confirmed"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.CheckConstraint(
                condition=(Q(role=Role.OFFICER) & Q(country_code__regex=r"^[A-Z]{2}$"))
                | (~Q(role=Role.OFFICER) & Q(country_code="")),
                name="officers_alone_are_invited_to_a_country",
            ),
            models.UniqueConstraint(
                Lower("email"),
                "role",
                "country_code",
                condition=Q(accepted_at=None, withdrawn_at=None),
                name="one_standing_invitation_per_role",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None, accepted_by=None)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False, withdrawn_at=None),
                name="invitation_is_accepted_by_someone_or_withdrawn",
            ),
            models.CheckConstraint(
                condition=Q(accepted_by=None)
                | (
                    (Q(invited_by=None) | ~Q(accepted_by=F("invited_by")))
                    & (Q(confirmed_by=None) | ~Q(accepted_by=F("confirmed_by")))
                ),
                name="nobody_takes_up_what_they_offered",
                violation_error_message=_("Nobody takes up a role that they gave themselves."),
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None)
                | Q(invited_by=None)
                | ~Q(confirmed_by=F("invited_by")),
                name="somebody_else_confirms_an_invitation",
                violation_error_message=_("Somebody else must confirm the role."),
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None)
                | ~Q(role__in=sorted(CONFIRMED))
                | Q(invited_by=None)
                | Q(confirmed_at__isnull=False),
                name="weighty_invitations_are_confirmed_first",
                violation_error_message=_("A second person must confirm this role."),
            ),
        ]
        indexes = [
            # What the sweeper looks for each minute.
            models.Index(
                fields=["invited_at"],
                condition=Q(mailed_at=None, accepted_at=None, withdrawn_at=None),
                name="invitations_to_mail",
            ),
        ]
        triggers = [
            fixed("email", "role", "country_code", "invited_by"),
            written_once(
                "accepted_at", "accepted_by", "confirmed_at", "confirmed_by", "withdrawn_at"
            ),
            never_deleted(),
        ]

    def __str__(self) -> str:
        return f"{self.email} · {self.get_role_display()}"

    @property
    def waits_for_a_second_word(self) -> bool:
        """Whether the role is such that somebody else must agree first, and nobody has."""
        return (
            self.role in CONFIRMED and self.invited_by_id is not None and self.confirmed_at is None
        )

    @property
    def may_be_mailed(self) -> bool:
        return super().may_be_mailed and not self.waits_for_a_second_word

    @property
    def page_of_sender(self) -> str:
        return reverse("accounts:invite")
