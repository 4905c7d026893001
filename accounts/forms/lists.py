"""What the lists of people and of their roles are narrowed to."""

from __future__ import annotations

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Role, RoleGrant, User
from lists.forms import ListFilters, WordsFilter


class PeopleFilters(ListFilters):
    """Text in name or address, a role that is held, and whether the account may be used."""

    text = WordsFilter("full_name", "email", label=_("Name or e-mail address"))
    role = django_filters.ChoiceFilter(
        label=_("Role"),
        choices=Role.choices,
        empty_label=_("any role, or none"),
        method="who_hold",
    )
    account = django_filters.ChoiceFilter(
        label=_("Account"),
        choices=[
            ("active", pgettext_lazy("accounts of people", "active")),
            ("deactivated", pgettext_lazy("accounts of people", "deactivated")),
        ],
        empty_label=_("All accounts"),
        method="with_account",
    )

    def who_hold(self, people: QuerySet[User], _name: str, role: str) -> QuerySet[User]:
        holders = RoleGrant.objects.filter(role=role, revoked_at=None).values("user")
        return people.filter(pk__in=holders)

    def with_account(self, people: QuerySet[User], _name: str, account: str) -> QuerySet[User]:
        return people.filter(is_active=account == "active")


class InvitationFilters(ListFilters):
    """Text in the address, and the role that is offered."""

    text = WordsFilter("email", label=_("E-mail address"))
    role = django_filters.ChoiceFilter(
        label=_("Role"), choices=Role.choices, empty_label=_("All roles")
    )


class GrantFilters(ListFilters):
    """Text in name or address, and the role."""

    text = WordsFilter("user__full_name", "user__email", label=_("Name or e-mail address"))
    role = django_filters.ChoiceFilter(
        label=_("Role"), choices=Role.choices, empty_label=_("All roles")
    )
