"""Who represents a cluster holds no role, and the other way round."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.actions import accept_invitation, confirm_invitation, grant_role, invite_person
from accounts.models import Role, RoleGrant
from clusters.actions import accept_representation, invite_representative, register_cluster
from clusters.models import Representative
from conduct.actions import NotAllowed, Refused
from demonstration.content.clusters import made_up
from tests.making import LB, open_story
from tests.people import person

pytestmark = pytest.mark.django_db

ROLES = [(role, "LB" if role == Role.OFFICER else "") for role in Role]


@pytest.fixture
def application():
    return open_story().apply(LB)


@pytest.mark.parametrize(("role", "country"), [*ROLES, (Role.OFFICER, "MA")])
def test_a_representative_takes_up_no_role(application, role, country):
    manager = application.started_by
    administrator = person(role=Role.ADMINISTRATOR)
    with pytest.raises(Refused, match="represents a cluster"):
        invite_person(manager.email, role, country_code=country, by=administrator)
    offer = invite_person("alias@example.org", role, country_code=country, by=administrator)
    if offer.waits_for_a_second_word:
        confirm_invitation(offer, by=person(role=Role.COORDINATOR))
    manager.emailaddress_set.create(email="alias@example.org", verified=True)
    with pytest.raises(Refused, match="represents a cluster"):
        accept_invitation(offer, by=manager)
    with pytest.raises(Refused, match="represents a cluster"):
        grant_role(manager, role, country_code=country, by=None)
    with pytest.raises(IntegrityError, match="holds no role"), transaction.atomic():
        RoleGrant.objects.create(user=manager, role=role, country_code=country)
    assert not manager.is_staff_member


@pytest.mark.parametrize(("role", "country"), ROLES)
def test_who_holds_a_role_joins_no_cluster(application, role, country):
    offer = invite_representative(
        application.cluster, email="staff@example.org", level="reader", by=application.started_by
    )
    staff = person("staff@example.org", role=role, country=country)
    with pytest.raises(NotAllowed, match="Staff"):
        accept_representation(offer, by=staff)
    facts = made_up("LB", 9)
    with pytest.raises(NotAllowed, match="Staff"):
        register_cluster(country=application.country, by=staff, **facts.profile)
    with pytest.raises(IntegrityError, match="represents no cluster"), transaction.atomic():
        Representative.objects.create(cluster=application.cluster, user=staff, level="reader")


def test_a_seat_is_not_passed_on_to_staff(application):
    seat = application.cluster.representatives.get()
    staff = person(role=Role.AUDITOR)
    with pytest.raises(IntegrityError), transaction.atomic():
        Representative.objects.filter(pk=seat.pk).update(user=staff)


def test_who_left_the_role_may_join_and_who_left_the_cluster_may_take_one_up(application):
    seat = Representative.objects.create(cluster=application.cluster, user=person(), level="reader")
    someone = seat.user
    seat.delete()
    grant = grant_role(someone, Role.AUDITOR, by=None)
    RoleGrant.objects.filter(pk=grant.pk).update(revoked_at="2026-01-01T00:00Z")
    assert Representative.objects.create(
        cluster=application.cluster, user=someone, level="reader"
    ).pk


@pytest.mark.django_db(transaction=True)
def test_of_a_role_and_a_cluster_at_the_same_instant_one_is_refused():
    application = open_story().apply(LB)
    someone = person()

    def join():
        Representative.objects.create(cluster=application.cluster, user=someone, level="reader")

    def take_up():
        RoleGrant.objects.create(user=someone, role=Role.AUDITOR)

    def attempt(step):
        try:
            step()
            return True
        except IntegrityError:
            return False
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(attempt, [join, take_up])) == [False, True]
