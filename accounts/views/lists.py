"""The lists of people, and of the roles that they were given."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from accounts import queries
from accounts.forms.lists import GrantFilters, InvitationFilters, PeopleFilters
from accounts.middleware import PersonRequest
from accounts.models import Invitation, Role, RoleGrant, User
from accounts.permissions import may_see_grants, may_see_people
from exports.rules.columns import Column, Kind
from lists.views import ListPage, Order

_ROLES = dict(Role.choices)


def _roles(person: User) -> list[str]:
    return [
        f"{grant.role} ({grant.country_code})" if grant.country_code else grant.role
        for grant in person.current_grants  # type: ignore[attr-defined]
    ]


class InvitationList(ListPage):
    """The invitations that can still be taken up, below the form that writes another."""

    request: PersonRequest

    template = "accounts/invite.html"
    filter_class = InvitationFilters
    orders: Mapping[str, Order] = {
        "newest": Order(_("Newest first"), ("-invited_at",)),
        "expiring": Order(_("Soonest out of date first"), ("expires_at",)),
    }

    def records(self) -> QuerySet[Invitation]:
        return queries.standing(queries.invitations_visible_to(self.request.user))

    def with_facts(self, records: QuerySet[Invitation]) -> QuerySet[Invitation]:
        return records.select_related("invited_by")


class People(ListPage):
    """Everybody with an account, for administrators."""

    request: PersonRequest

    name = "people"
    title = _("People and roles")
    template = "accounts/people.html"
    filter_class = PeopleFilters
    orders: Mapping[str, Order] = {
        "name": Order(_("Name"), ("full_name",)),
        "login": Order(_("Longest without a log-in first"), ("last_login",)),
    }
    columns = (
        Column("name", _("Name"), kind=Kind.TEXT, value=lambda one: one.full_name),
        Column("email", _("E-mail address"), kind=Kind.TEXT, value=lambda one: one.email),
        Column("roles", _("Roles"), value=_roles, width=36),
        Column("active", _("Active account"), kind=Kind.YES_NO, value=lambda one: one.is_active),
        Column(
            "last_login",
            _("Last log-in (UTC)"),
            kind=Kind.MOMENT,
            value=lambda one: one.last_login,
        ),
    )

    def records(self) -> QuerySet[User]:
        if not may_see_people(self.request.user):
            raise Http404
        return queries.people_visible_to(self.request.user)

    def with_facts(self, records: QuerySet[User]) -> QuerySet[User]:
        return queries.with_current_grants(records)


class Grants(ListPage):
    """Every role that was given, by whom and with whose word."""

    request: PersonRequest

    name = "roles"
    title = _("Who was given which role")
    template = "accounts/roles.html"
    filter_class = GrantFilters
    orders: Mapping[str, Order] = {"newest": Order(_("Newest first"), ("-granted_at",))}
    columns = (
        Column("name", _("Name"), kind=Kind.TEXT, value=lambda one: one.user.full_name),
        Column("email", _("E-mail address"), kind=Kind.TEXT, value=lambda one: one.user.email),
        Column("role", _("Role"), kind=Kind.STATE, value=lambda one: one.role, words=_ROLES),
        Column("country", _("Country"), value=lambda one: one.country_code),
        Column(
            "given_by", _("Given by"), kind=Kind.TEXT, value=lambda one: str(one.granted_by or "")
        ),
        Column(
            "confirmed_by",
            _("Confirmed by"),
            kind=Kind.TEXT,
            value=lambda one: str(one.confirmed_by or ""),
        ),
        Column("given_at", _("Given (UTC)"), kind=Kind.MOMENT, value=lambda one: one.granted_at),
        Column(
            "taken_away_at",
            _("Taken away (UTC)"),
            kind=Kind.MOMENT,
            value=lambda one: one.revoked_at,
        ),
    )

    def records(self) -> QuerySet[RoleGrant]:
        if not may_see_grants.test(self.request.user):
            raise Http404
        return queries.grants_visible_to(self.request.user)

    def with_facts(self, records: QuerySet[RoleGrant]) -> QuerySet[RoleGrant]:
        return records.select_related("user", "granted_by", "confirmed_by")
