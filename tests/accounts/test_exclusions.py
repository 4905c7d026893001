"""Roles that exclude one another: a floor that the database holds, and the programme's policy."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from accounts.actions import (
    accept_invitation,
    exclude_roles,
    grant_role,
    invite_person,
    lift_exclusion,
    revoke_role,
)
from accounts.models import FLOOR, Role, RoleExclusion, RoleGrant
from conduct.actions import NotAllowed, OutOfOrder, Refused
from notices.models import Notice
from tests.people import log_in, person

pytestmark = pytest.mark.django_db

PAIRS = [*sorted(tuple(sorted(pair)) for pair in FLOOR), ("coordinator", "finance")]


def country_of(role):
    return "LB" if role == Role.OFFICER else ""


@pytest.mark.parametrize(("first", "second"), PAIRS + [pair[::-1] for pair in PAIRS])
def test_nobody_holds_both_whatever_comes_first(first, second):
    holder = person(role=first, country=country_of(first))
    with pytest.raises(Refused, match="at once"):
        grant_role(holder, second, country_code=country_of(second), by=None)
    with pytest.raises(IntegrityError, match="at once"), transaction.atomic():
        RoleGrant.objects.create(user=holder, role=second, country_code=country_of(second))


def test_an_administrator_is_apart_from_every_role_that_decides_or_pays():
    assert {
        frozenset({Role.ADMINISTRATOR, role})
        for role in (Role.OFFICER, Role.COORDINATOR, Role.FINANCE)
    } == FLOOR


def test_a_revoked_role_excludes_nothing_and_does_not_come_back():
    administrator = person(role=Role.ADMINISTRATOR)
    person(role=Role.ADMINISTRATOR)
    grant = RoleGrant.objects.get(user=administrator)
    revoke_role(grant, by=administrator, reason="I pay now.")
    grant_role(administrator, Role.FINANCE, by=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleGrant.objects.filter(pk=grant.pk).update(revoked_at=None)


def test_an_invitation_is_refused_at_once_and_again_when_it_is_taken_up():
    administrator = person(role=Role.ADMINISTRATOR)
    exclude_roles(Role.ASSESSOR, Role.AUDITOR, by=administrator, reason="Policy")
    rana = person("rana@example.org", role=Role.AUDITOR)
    with pytest.raises(Refused, match="at once"):
        invite_person(rana.email, Role.ASSESSOR, by=administrator)
    sami = person("sami@example.org")
    offer = invite_person(sami.email, Role.ASSESSOR, by=administrator)
    grant_role(sami, Role.AUDITOR, by=None)
    with pytest.raises(Refused, match="at once"):
        accept_invitation(offer, by=sami)
    assert not sami.holds(Role.ASSESSOR)


def test_one_may_be_officer_of_several_countries_and_score():
    officer = person(role=Role.OFFICER, country="LB")
    grant_role(officer, Role.OFFICER, country_code="MA", by=None)
    grant_role(officer, Role.ASSESSOR, by=None)
    assert officer.role_grants.count() == 3


# --- The policy -----------------------------------------------------------------------------------
def test_the_policy_can_be_widened_and_lifted_with_a_reason():
    coordinator = person(role=Role.COORDINATOR)
    pair = exclude_roles(Role.FINANCE, Role.AUDITOR, by=coordinator, reason="Our manual, 4.2")
    assert (pair.first, pair.second) == ("auditor", "finance")
    auditor = person(role=Role.AUDITOR)
    with pytest.raises(Refused):
        grant_role(auditor, Role.FINANCE, by=None)
    with pytest.raises(Refused, match="Say why"):
        lift_exclusion(pair, by=coordinator, reason=" ")
    lift_exclusion(pair, by=coordinator, reason="A small team")
    with pytest.raises(OutOfOrder):
        lift_exclusion(pair, by=coordinator, reason="Again")
    assert grant_role(auditor, Role.FINANCE, by=None).pk
    told = Notice.objects.filter(recipient=coordinator).values_list("kind", flat=True)
    assert sorted(told) == ["roles-excluded", "roles-together"]


def test_a_pair_that_somebody_holds_is_not_excluded_before_that_ends():
    coordinator = person(role=Role.COORDINATOR)
    holder = person(role=Role.AUDITOR, name="Sami Trabelsi")
    grant_role(holder, Role.ASSESSOR, by=None)
    with pytest.raises(Refused, match="Sami Trabelsi"):
        exclude_roles(Role.AUDITOR, Role.ASSESSOR, by=coordinator, reason="x")
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleExclusion.objects.create(first="assessor", second="auditor")


@pytest.mark.parametrize(
    "pair",
    [("auditor", "auditor"), ("administrator", "finance"), ("coordinator", "finance"), ("x", "y")],
)
def test_a_pair_that_makes_no_sense_or_stands_is_refused(pair):
    with pytest.raises(Refused):
        exclude_roles(*pair, by=person(role=Role.COORDINATOR), reason="x")


@pytest.mark.parametrize("role", [Role.OFFICER, Role.FINANCE, Role.AUDITOR])
def test_the_policy_is_for_administrators_and_coordinators(role):
    somebody = person(role=role, country=country_of(role))
    with pytest.raises(NotAllowed):
        exclude_roles(Role.AUDITOR, Role.ASSESSOR, by=somebody, reason="x")
    with pytest.raises(NotAllowed):
        lift_exclusion(RoleExclusion.objects.get(), by=somebody, reason="x")


def test_the_page_adds_and_lifts_a_pair(client):
    log_in(client, person(role=Role.ADMINISTRATOR))
    page = reverse("accounts:roles")
    typed = {"first": "auditor", "second": "assessor", "reason": "Our manual"}
    assert client.post(page, typed).url == page
    assert "Our manual" in client.get(page).content.decode()
    again = client.post(page, typed)
    assert "exclude one another already" in again.content.decode()
    assert 'value="Our manual"' in again.content.decode()
    pair = RoleExclusion.objects.get(first="assessor")
    client.post(reverse("accounts:lift", args=[pair.pk]), {"reason": "A small team"})
    pair.refresh_from_db()
    assert pair.lifted_at is not None


@pytest.mark.django_db(transaction=True)
def test_of_two_roles_given_at_the_same_instant_one_is_refused():
    holder = person()

    def give(role):
        try:
            grant_role(holder, role, by=None)
            return role
        except (Refused, IntegrityError):
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        given = list(pool.map(give, ["administrator", "coordinator"]))
    assert given.count(None) == 1
    assert RoleGrant.objects.filter(user=holder).count() == 1
