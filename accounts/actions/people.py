"""Writes about accounts and preferences."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from conduct.actions import NotAllowed, action


@action(_("Account made"))
def add_person(
    email: str,
    full_name: str,
    *,
    language: str = "en",
    time_zone: str = "Europe/Brussels",
    password: str | None = None,
) -> User:
    """Make an account whose address needs no further proof (demonstration data, command line).

    Everybody else signs up and proves the address by a link.
    """
    person = User.objects.create_user(
        email, password, full_name=full_name, language=language, time_zone=time_zone
    )
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


@action(_("Personal data changed"))
def change_profile(
    person: User, *, full_name: str, language: str, time_zone: str, by: User
) -> User:
    """Change how a person is called and in which language and time zone they read.

    Raises NotAllowed unless it is one's own profile.
    """
    if person != by:
        raise NotAllowed(_("You can change your own profile only."))
    person.full_name, person.language, person.time_zone = full_name, language, time_zone
    person.save(update_fields=["full_name", "language", "time_zone"])
    return person


@action(_("Language chosen"))
def choose_language(person: User, language: str, *, by: User) -> User:
    """Keep the language that a person chose, for pages, messages and letters alike."""
    if person != by:
        raise NotAllowed(_("You can change your own language only."))
    person.language = language
    person.save(update_fields=["language"])
    return person
