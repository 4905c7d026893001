"""Writes about sessions: ending them."""

from __future__ import annotations

from allauth.usersessions.models import UserSession
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from conduct.actions import action


def locked_person(person: User) -> User:
    """The person's row as it is now, locked: whoever gives them a role waits for it.

    Takes `request.user` too, which only stands for a person.
    """
    return User.objects.select_for_update(no_key=True).get(pk=person.pk)


@action(_("Sessions ended"))
def end_sessions(person: User, *, by: User | None, keep: str = "", reason: str = "") -> User:
    """Log the person out everywhere, and return the account as it is now.

    A session that is to live on (its key in `keep`) must be told the new round of the account:
    `django.contrib.auth.update_session_auth_hash`.
    """
    person = locked_person(person)
    person.session_round += 1
    person.save(update_fields=["session_round"])
    # They have ended with the round; their rows go, so that nobody is shown them as living.
    for session in UserSession.objects.filter(user=person).exclude(session_key=keep):
        session.end()
    return person


def list_one_session(request: HttpRequest, person: User) -> None:
    """Let the session of this request, whose key has changed, be the only one that is listed."""
    UserSession.objects.filter(user=person).delete()
    UserSession.objects.create_from_request(request)
