"""Who you are: a person with an e-mail address, the roles they hold, and how they were invited."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import ClassVar, TypeVar

import pghistory
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

INVITATION_LIFETIME = timedelta(days=14)


class Role(models.TextChoices):
    """What a person does here. Who represents a cluster is kept with the cluster."""

    ASSESSOR = "assessor", _("assessor")
    OFFICER = "officer", _("country-partner officer")
    COORDINATOR = "coordinator", _("coordinator")
    FINANCE = "finance", _("finance officer")
    AUDITOR = "auditor", _("auditor")
    ADMINISTRATOR = "administrator", _("administrator")


class UserManager(BaseUserManager["User"]):
    """Makes users from an e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: object) -> User:
        """Make a person who logs in with `email`; without a password they cannot log in yet."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, email: str | None) -> User:
        return self.get(email=(email or "").lower())


@pghistory.track(exclude=["password", "last_login"])
class User(AbstractBaseUser, PermissionsMixin):
    """A person who logs in by e-mail."""

    email = models.EmailField(_("e-mail address"), unique=True)
    full_name = models.CharField(_("full name"), max_length=150)
    language = models.CharField(
        _("language"), max_length=2, choices=settings.LANGUAGES, default="en"
    )
    time_zone = models.CharField(_("time zone"), max_length=40, default="Europe/Brussels")
    is_active = models.BooleanField(_("active"), default=True)
    date_joined = models.DateTimeField(_("date joined"), default=timezone.now)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]

    objects = UserManager()

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            models.UniqueConstraint(Lower("email"), name="one_account_per_email"),
        ]

    def __str__(self) -> str:
        return self.full_name or self.email

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        return self.full_name.split(" ")[0]

    @cached_property
    def held_roles(self) -> frozenset[tuple[str, str]]:
        """Pairs of role and ISO country code ('' where the role has no country); one query."""
        return frozenset(
            self.role_grants.filter(revoked_at=None).values_list("role", "country_code")
        )

    def forget_roles(self) -> None:
        """Read the roles again at the next question; for actions that change them."""
        self.__dict__.pop("held_roles", None)

    def holds(self, role: str, country_code: str | None = None) -> bool:
        """Whether the person holds `role`, in `country_code` where one is given."""
        if country_code is not None:
            return (str(role), country_code) in self.held_roles
        return any(held == role for held, _country in self.held_roles)

    @property
    def officer_countries(self) -> frozenset[str]:
        """ISO codes of the countries in which the person is a country-partner officer."""
        return frozenset(country for role, country in self.held_roles if role == Role.OFFICER)

    @property
    def is_staff_member(self) -> bool:
        """Whether the person holds any role here, so that a second factor is required."""
        return bool(self.held_roles)


@pghistory.track()
class RoleGrant(models.Model):
    """One role given to one person, until it is revoked."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="role_grants")
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    country_code = models.CharField(
        _("country"), max_length=2, blank=True, help_text=_("Only for country-partner officers.")
    )
    granted_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="roles_granted"
    )
    granted_at = models.DateTimeField(default=timezone.now)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "country_code"],
                condition=Q(revoked_at=None),
                name="one_current_grant_per_role",
            ),
            models.CheckConstraint(
                condition=(Q(role=Role.OFFICER) & Q(country_code__regex=r"^[A-Z]{2}$"))
                | (~Q(role=Role.OFFICER) & Q(country_code="")),
                name="officers_alone_have_a_country",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()} {self.country_code}".strip()


def invitation_token() -> str:
    """A secret that nobody guesses: 256 random bits."""
    return secrets.token_urlsafe(32)


def invitation_expiry() -> datetime:
    """The instant after which an invitation made now can no longer be taken up."""
    return timezone.now() + INVITATION_LIFETIME


class Offer(models.Model):
    """An offer to an e-mail address, taken up by a secret link until it expires."""

    email = models.EmailField(_("e-mail address"))
    language = models.CharField(
        _("language"), max_length=2, choices=settings.LANGUAGES, default="en"
    )
    token = models.CharField(max_length=64, unique=True, default=invitation_token)
    invited_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(default=invitation_expiry)
    mailed_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def is_open(self) -> bool:
        """Whether it can still be taken up."""
        return (
            self.accepted_at is None
            and self.withdrawn_at is None
            and timezone.now() < self.expires_at
        )


AnyOffer = TypeVar("AnyOffer", bound=Offer)


@pghistory.track(exclude=["token"])
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
        ]
        indexes = [
            # What the sweeper looks for each minute.
            models.Index(
                fields=["invited_at"],
                condition=Q(mailed_at=None, accepted_at=None, withdrawn_at=None),
                name="invitations_to_mail",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} · {self.get_role_display()}"
