"""Roles given to people, and which of them exclude one another."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conduct.models.guards import fixed, never_deleted, written_once

from .people import Role, User

# Who holds one of these decides on applications or money.
DECIDING = frozenset({Role.OFFICER, Role.COORDINATOR, Role.FINANCE})
# These need the word of a second person: who gives roles would otherwise decide and pay through
# accounts of their own making, or give the second word through one.
CONFIRMED = DECIDING | {Role.ADMINISTRATOR}
# Pairs that nobody may hold at once, whatever the programme's policy (RoleExclusion) says besides.
FLOOR = frozenset(frozenset({Role.ADMINISTRATOR, role}) for role in DECIDING)
# What the policy begins with; it can be lifted, with a reason.
FIRST_POLICY = frozenset({frozenset({Role.COORDINATOR, Role.FINANCE})})

_FLOOR_PAIRS = ", ".join(
    f"('{one}', '{other}')"
    for pair in sorted(sorted(pair) for pair in FLOOR)
    for one, other in (pair, reversed(pair))
)
# Grants of one person wait for one another, and all of them for a change of the policy.
_EXCLUDED_BY = f"""
    SELECT held.role INTO other FROM accounts_rolegrant held
        WHERE held.user_id = NEW.user_id AND held.revoked_at IS NULL AND held.id <> NEW.id AND (
            (held.role, NEW.role) IN ({_FLOOR_PAIRS})
            OR EXISTS (
                SELECT 1 FROM accounts_roleexclusion policy WHERE policy.lifted_at IS NULL
                AND policy.first = LEAST(held.role, NEW.role)
                AND policy.second = GREATEST(held.role, NEW.role)
            )
        ) LIMIT 1;
"""


@pghistory.track()
class RoleGrant(models.Model):
    """One role given to one person, until it is revoked."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="role_grants")
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    country_code = models.CharField(
        _("country"), max_length=2, blank=True, help_text=_("Only for country-partner officers.")
    )
    # Null for the command line: somebody who has the machine in their hands.
    granted_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        related_name="roles_granted",
        verbose_name=_("given by"),
    )
    granted_at = models.DateTimeField(_("given"), default=timezone.now)
    # The second word, for the roles of CONFIRMED; without a person it was the command line's.
    confirmed_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="roles_confirmed",
        verbose_name=_("confirmed by"),
    )
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("taken away"), null=True, blank=True)

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
            models.CheckConstraint(
                condition=Q(granted_by=None) | ~Q(granted_by=F("user")),
                name="nobody_gives_themselves_a_role",
                violation_error_message=_("Nobody gives a role to themselves."),
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None)
                | (
                    ~Q(confirmed_by=F("user"))
                    & (Q(granted_by=None) | ~Q(confirmed_by=F("granted_by")))
                ),
                name="a_third_person_confirms_a_role",
                violation_error_message=_("Somebody else must confirm the role."),
            ),
            models.CheckConstraint(
                condition=~Q(role__in=sorted(CONFIRMED))
                | Q(granted_by=None)
                | Q(confirmed_at__isnull=False),
                name="weighty_roles_are_confirmed",
                violation_error_message=_("A second person must confirm this role."),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="roles_exclude_one_another",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Q(new__revoked_at=None),
                declare=[("other", "text")],
                func=f"""
    PERFORM pg_advisory_xact_lock_shared(hashtext('accounts_roleexclusion'));
    PERFORM 1 FROM accounts_user WHERE id = NEW.user_id FOR NO KEY UPDATE;
    {_EXCLUDED_BY}
    IF FOUND THEN
        RAISE EXCEPTION 'Nobody may be % and % at once.', other, NEW.role
            USING ERRCODE = 'check_violation', CONSTRAINT = 'roles_exclude_one_another';
    END IF;
    RETURN NEW;
""",
            ),
            fixed(
                "user",
                "role",
                "country_code",
                "granted_by",
                "granted_at",
                "confirmed_by",
                "confirmed_at",
            ),
            written_once("revoked_at"),
            never_deleted(),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()} {self.country_code}".strip()


@pghistory.track()
class RoleExclusion(models.Model):
    """Two roles that nobody may hold at once by the programme's policy, until that is lifted."""

    # In alphabetical order, so that a pair has one form.
    first = models.CharField(_("role"), max_length=20, choices=Role.choices)
    second = models.CharField(_("role"), max_length=20, choices=Role.choices)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(default=timezone.now)
    lifted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("pair of roles that exclude one another")
        verbose_name_plural = _("pairs of roles that exclude one another")
        ordering = ["first", "second", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(first__lt=F("second")), name="a_pair_of_roles_has_one_form"
            ),
            models.UniqueConstraint(
                fields=["first", "second"],
                condition=Q(lifted_at=None),
                name="a_pair_is_excluded_once",
                violation_error_message=_("These roles exclude one another already."),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="nobody_holds_both",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Q(new__lifted_at=None),
                func="""
    PERFORM pg_advisory_xact_lock(hashtext('accounts_roleexclusion'));
    PERFORM 1 FROM accounts_rolegrant one JOIN accounts_rolegrant other USING (user_id)
        WHERE one.role = NEW.first AND other.role = NEW.second
        AND one.revoked_at IS NULL AND other.revoked_at IS NULL;
    IF FOUND THEN
        RAISE EXCEPTION 'Somebody is % and % now.', NEW.first, NEW.second
            USING ERRCODE = 'check_violation', CONSTRAINT = 'nobody_holds_both';
    END IF;
    RETURN NEW;
""",
            ),
            fixed("first", "second", "reason", "decided_by", "decided_at"),
            written_once("lifted_by", "lifted_at"),
            never_deleted(),
        ]

    def __str__(self) -> str:
        return f"{self.get_first_display()} · {self.get_second_display()}"
