"""Roles, who sees them and who takes them away."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.actions import grant_role, revoke_role
from accounts.models import Invitation, Role, RoleGrant, User
from accounts.queries import people_holding
from conduct.actions import NotAllowed, OutOfOrder, Refused
from conduct.queries.history import timeline
from tests.people import log_in, person

pytestmark = pytest.mark.django_db

PEOPLE = "/people/"


@pytest.fixture
def administrator():
    return person(role=Role.ADMINISTRATOR, name="Ada Min")


def test_a_revoked_role_is_lost_with_the_next_click(client, administrator):
    other = person(role=Role.ADMINISTRATOR)
    log_in(client, other)
    assert client.get(PEOPLE).status_code == 200
    revoke_role(RoleGrant.objects.get(user=other), by=administrator, reason="left")
    assert client.get(PEOPLE).status_code == 404


def test_only_an_administrator_revokes():
    grant = RoleGrant.objects.get(user=person(role=Role.ASSESSOR))
    with pytest.raises(NotAllowed):
        revoke_role(grant, by=person(role=Role.COORDINATOR), reason="x")


def test_the_last_administrator_stays(administrator):
    grant = RoleGrant.objects.get(user=administrator)
    with pytest.raises(Refused, match="last administrator"):
        revoke_role(grant, by=administrator, reason="x")
    person(role=Role.ADMINISTRATOR)
    assert revoke_role(grant, by=administrator, reason="x").revoked_at


def test_a_role_is_revoked_once(administrator):
    grant = RoleGrant.objects.get(user=person(role=Role.ASSESSOR))
    revoke_role(grant, by=administrator, reason="x")
    with pytest.raises(OutOfOrder):
        revoke_role(grant, by=administrator, reason="x")


def test_a_role_can_be_given_again_after_it_was_revoked(administrator):
    assessor = person(role=Role.ASSESSOR)
    revoke_role(RoleGrant.objects.get(user=assessor), by=administrator, reason="x")
    grant_role(assessor, Role.ASSESSOR, by=administrator)
    assert assessor.holds(Role.ASSESSOR)
    assert RoleGrant.objects.filter(user=assessor).count() == 2


def test_the_database_keeps_one_current_grant_per_role():
    assessor = person(role=Role.ASSESSOR)
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleGrant.objects.create(user=assessor, role=Role.ASSESSOR)


def test_who_revoked_a_role_and_why_stands_in_its_history(client, administrator):
    grant = RoleGrant.objects.get(user=person(role=Role.ASSESSOR))
    log_in(client, administrator).post(
        reverse("accounts:revoke", args=[grant.pk]), {"reason": "moved to another firm"}
    )
    latest = timeline(grant)[0]
    assert (latest.who, latest.why) == (administrator, "moved to another firm")


def test_a_role_is_not_revoked_without_a_reason(client, administrator):
    grant = RoleGrant.objects.get(user=person(role=Role.ASSESSOR))
    response = log_in(client, administrator).post(
        reverse("accounts:revoke", args=[grant.pk]), {"reason": ""}
    )
    assert "reason" in response.context["form"].errors
    grant.refresh_from_db()
    assert grant.revoked_at is None


def test_officers_of_one_country_are_not_those_of_another():
    lebanon, tunisia = (
        person(role=Role.OFFICER, country="LB"),
        person(role=Role.OFFICER, country="TN"),
    )
    assert list(people_holding(Role.OFFICER, "LB")) == [lebanon]
    assert (tunisia.officer_countries, tunisia.holds(Role.OFFICER, "LB")) == ({"TN"}, False)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR] + [None])
def test_people_are_shown_to_administrators_only(client, role, administrator):
    grant = RoleGrant.objects.get(user=administrator)
    log_in(client, person(role=role, country="LB" if role == Role.OFFICER else ""))
    assert client.get(PEOPLE).status_code == 404
    assert (
        client.post(reverse("accounts:revoke", args=[grant.pk]), {"reason": "x"}).status_code == 404
    )
    grant.refresh_from_db()
    assert grant.revoked_at is None


def test_visitors_are_led_to_log_in(client):
    assert client.get(PEOPLE).url == f"{reverse('account_login')}?next={PEOPLE}"


def test_the_list_of_people_costs_the_same_however_many_there_are(client, administrator):
    log_in(client, administrator)
    client.get(PEOPLE)
    with CaptureQueriesContext(connection) as few:
        client.get(PEOPLE)
    for number in range(15):
        grant_role(person(role=Role.AUDITOR), Role.ASSESSOR, by=None)
        person(role=Role.OFFICER, country="LB") if number % 2 else person()
    with CaptureQueriesContext(connection) as many:
        page = client.get(PEOPLE)
    assert len(page.context["page"]) == 20
    assert len(many) == len(few)
    assert len(many) <= 9


def test_people_are_found_by_name_address_and_role(client, administrator):
    auditor = person("sami@example.org", role=Role.AUDITOR, name="Sami Trabelsi")
    person("sara@example.org", name="Sara Haddad")
    log_in(client, administrator)

    def found(**filters):
        return {user.email for user in client.get(PEOPLE, filters).context["page"]}

    assert found(text="trabel") == {auditor.email}
    assert found(text="example.org", role=Role.AUDITOR) == {auditor.email}
    assert found(text="sa", role=Role.FINANCE) == set()


def test_a_coordinator_invites_an_assessor_but_is_not_offered_administrators(client):
    log_in(client, person(role=Role.COORDINATOR))
    page = client.get(reverse("accounts:invite"))
    assert [value for value, _label in page.context["form"].fields["role"].choices] == [
        Role.ASSESSOR,
        Role.OFFICER,
    ]
    sent = {"email": "new@example.org", "language": "en", "country_code": ""}
    client.post(reverse("accounts:invite"), {**sent, "role": Role.ADMINISTRATOR})
    assert Invitation.objects.count() == 0
    client.post(reverse("accounts:invite"), {**sent, "role": Role.ASSESSOR})
    assert Invitation.objects.get().role == Role.ASSESSOR


def test_an_invitation_that_the_rules_refuse_keeps_what_was_typed(client, administrator):
    log_in(client, administrator)
    response = client.post(
        reverse("accounts:invite"),
        {"email": "new@example.org", "language": "en", "role": Role.OFFICER, "country_code": ""},
    )
    assert response.context["form"].errors == {
        "__all__": ["Choose the country of the country-partner officer."]
    }
    assert 'value="new@example.org"' in response.content.decode()


@pytest.mark.parametrize("role", [None, Role.ASSESSOR, Role.AUDITOR, Role.FINANCE])
def test_whoever_may_invite_nobody_finds_no_page_for_it(client, role):
    assert log_in(client, person(role=role)).get(reverse("accounts:invite")).status_code == 404


def test_two_accounts_cannot_share_an_address_in_other_letters():
    person("amina@example.org")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(email="Amina@example.org", full_name="Other")
