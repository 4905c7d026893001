"""Every read about people that is more than one filter."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from allauth.account.authentication import get_authentication_records
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest

from conduct.queries.days import now

from .models import (
    CONFIRMED,
    AnyOffer,
    FactorReset,
    Invitation,
    Role,
    RoleExclusion,
    RoleGrant,
    User,
)
from .permissions import is_administrator, is_coordinator, may_see_grants

# Long enough for the task that was queued with an offer to have had its turn.
LOST_AFTER = timedelta(minutes=1)


def people_holding(role: Role, country_code: str = "") -> QuerySet[User]:
    """Active people who hold `role` (in `country_code`, for country-partner officers)."""
    grants = RoleGrant.objects.filter(role=role, country_code=country_code, revoked_at=None)
    return User.objects.filter(is_active=True, pk__in=grants.values("user")).order_by("full_name")


def watchers() -> QuerySet[User]:
    """Who is told of every role that is given: active administrators and coordinators."""
    grants = RoleGrant.objects.filter(
        role__in=[Role.ADMINISTRATOR, Role.COORDINATOR], revoked_at=None
    )
    return User.objects.filter(is_active=True, pk__in=grants.values("user")).order_by("pk")


def owner_of(email: str) -> User | None:
    """Who has proven that messages to `email` reach them; None where nobody has."""
    address = EmailAddress.objects.filter(email__iexact=email, verified=True).first()
    return address.user if address else User.objects.filter(email__iexact=email).first()


def has_proven(person: User, email: str) -> bool:
    """Whether the person has proven that messages to `email` reach them."""
    return EmailAddress.objects.filter(user=person, email__iexact=email, verified=True).exists()


def has_second_factor(person: User) -> bool:
    """Whether an authenticator app or a passkey stands; recovery codes alone do not count."""
    return Authenticator.objects.filter(
        user=person, type__in=[Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    ).exists()


def has_proven_second_factor(request: HttpRequest) -> bool:
    """Whether this very session was given a second factor, not only the account."""
    records = get_authentication_records(request, request.user)
    return any(record["method"] == "mfa" for record in records)


def page_to_prove(person: User) -> str:
    """The name of the page on which the person gives a second factor that they have."""
    typed = [Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES]
    has_code = Authenticator.objects.filter(user=person, type__in=typed).exists()
    return "mfa_reauthenticate" if has_code else "mfa_reauthenticate_webauthn"


def factors_of(person: User) -> QuerySet[Authenticator]:
    """What the person logs in with besides the password."""
    return Authenticator.objects.filter(user=person).order_by("created_at")


def sessions_of(person: User) -> list[UserSession]:
    """Where the person is logged in, the latest log-in first."""
    living = UserSession.objects.purge_and_list(person)
    return sorted(living, key=lambda session: session.created_at, reverse=True)


def resets_of(person: User) -> QuerySet[FactorReset]:
    """The reset of second factors that waits for another administrator: none or one."""
    return FactorReset.objects.filter(
        person=person, confirmed_at=None, withdrawn_at=None
    ).select_related("asked_by")


def standing_reset(person: User) -> FactorReset | None:
    return resets_of(person).first()


def resets_to_confirm(user: User) -> QuerySet[FactorReset]:
    """The resets that wait for another administrator, oldest first; nothing for anyone else."""
    if not is_administrator(user):
        return FactorReset.objects.none()
    open_ = FactorReset.objects.filter(confirmed_at=None, withdrawn_at=None)
    return open_.select_related("person", "asked_by").order_by("asked_at", "pk")


def people_visible_to(user: User) -> QuerySet[User]:
    """Every account, with its current roles, for administrators; nobody for anyone else."""
    if not is_administrator(user):
        return User.objects.none()
    return with_current_grants(User.objects.order_by("full_name", "pk"))


def with_current_grants(people: QuerySet[User]) -> QuerySet[User]:
    """The people with the roles that they hold now (`current_grants`)."""
    current = RoleGrant.objects.filter(revoked_at=None).order_by("role", "country_code")
    return people.prefetch_related(
        Prefetch("role_grants", queryset=current, to_attr="current_grants")
    )


def grants_visible_to(user: User) -> QuerySet[RoleGrant]:
    """Every role ever given, newest first: for administrators, coordinators and auditors."""
    if not may_see_grants.test(user):
        return RoleGrant.objects.none()
    people = ("user", "granted_by", "confirmed_by")
    return RoleGrant.objects.select_related(*people).order_by("-granted_at", "-pk")


def invitations_to_confirm(user: User) -> QuerySet[Invitation]:
    """The invitations that wait for a second word, which the person may give; oldest first."""
    if not (is_administrator | is_coordinator).test(user):
        return Invitation.objects.none()
    return (
        standing(Invitation.objects.select_related("invited_by"))
        .filter(role__in=CONFIRMED, confirmed_at=None)
        .exclude(invited_by=None)
        .exclude(invited_by=user)
        .order_by("invited_at", "pk")
    )


def exclusions_standing() -> QuerySet[RoleExclusion]:
    """The pairs of roles that exclude one another by the programme's policy."""
    return RoleExclusion.objects.filter(lifted_at=None).select_related("decided_by")


def invitations_visible_to(user: User) -> QuerySet[Invitation]:
    """All invitations for administrators, one's own for everybody else; newest first."""
    invitations = Invitation.objects.select_related("invited_by").order_by("-invited_at", "-pk")
    if is_administrator(user):
        return invitations
    return invitations.filter(invited_by=user)


def standing(invitations: QuerySet[Invitation]) -> QuerySet[Invitation]:
    """Those that can still be taken up."""
    return invitations.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=now())


def never_mailed(model: type[AnyOffer]) -> QuerySet[AnyOffer]:
    """The standing offers of a kind that should have been mailed and were not: lost, or refused.

    Those that the mail server refused come again when their time has come, until they have failed.
    """
    instant = now()
    return model._default_manager.filter(
        model.WAITING,
        next_attempt_at__lte=instant,
        invited_at__lt=instant - LOST_AFTER,
        expires_at__gt=instant,
    )


def invitations_never_mailed() -> QuerySet[Invitation]:
    """Of the invitations: those that wait for nobody's second word."""
    return never_mailed(Invitation).exclude(
        role__in=CONFIRMED, invited_by__isnull=False, confirmed_at=None
    )


def read_roles(people: Iterable[User]) -> None:
    """Read which roles the people hold now, for all of them in one query: each knows it from then on."""
    found = {person.pk: person for person in people}
    held: dict[int, set[tuple[str, str]]] = {pk: set() for pk in found}
    grants = RoleGrant.objects.filter(user__in=found, revoked_at=None)
    for pk, role, country_code in grants.values_list("user_id", "role", "country_code"):
        held[pk].add((role, country_code))
    for pk, person in found.items():
        person.held_roles = frozenset(held[pk])
