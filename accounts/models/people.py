"""A person with an e-mail address, and what they may hold."""

from __future__ import annotations

from typing import ClassVar

import pghistory
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from conduct.models.one_line import CONTROL_CHARACTERS, one_line


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
    full_name = models.CharField(_("full name"), max_length=150, validators=[one_line])
    language = models.CharField(
        _("language"), max_length=2, choices=settings.LANGUAGES, default="en"
    )
    time_zone = models.CharField(_("time zone"), max_length=40, default="Europe/Brussels")
    is_active = models.BooleanField(_("active"), default=True)
    date_joined = models.DateTimeField(_("date joined"), default=timezone.now)
    # Every session is checked against it: counting up ends all sessions that began before.
    session_round = models.PositiveIntegerField(
        _("how often all sessions were ended"), default=0, editable=False
    )

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]

    objects = UserManager()

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            models.UniqueConstraint(Lower("email"), name="one_account_per_email"),
            # A name is in subjects and texts of e-mails, where a second line would be ours.
            models.CheckConstraint(
                condition=~Q(full_name__regex=CONTROL_CHARACTERS), name="a_name_is_one_line"
            ),
        ]

    def __str__(self) -> str:
        return self.full_name or self.email

    def get_absolute_url(self) -> str:
        """The account as administrators look after it."""
        return reverse("accounts:account", args=[self.pk])

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        return self.full_name.split(" ")[0]

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        # Django's own, which ends sessions when the password changes, and the round besides.
        return salted_hmac(
            "accounts.models.User.get_session_auth_hash",
            f"{self.password}|{self.session_round}",
            secret=secret,
            algorithm="sha256",
        ).hexdigest()

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
