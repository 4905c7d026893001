"""Roles come by invitation, to whoever has proven the invited address."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from accounts.actions import (
    accept_invitation,
    confirm_invitation,
    grant_role,
    invite_person,
    revoke_role,
    withdraw_invitation,
)
from accounts.actions import mailing as mails
from accounts.models import Invitation, Role, RoleGrant, User
from conduct.actions import NotAllowed, OutOfOrder, Refused
from jobs.tasks import sweep_jobs
from tests.people import PASSWORD, log_in, person

pytestmark = pytest.mark.django_db

INVITED = "rana@example.org"


@pytest.fixture
def administrator():
    return person(role=Role.ADMINISTRATOR, name="Ada Min")


@pytest.fixture
def invitation(administrator):
    """To a role that needs a second word, which was given."""
    asked = invite_person(INVITED, Role.FINANCE, by=administrator)
    return confirm_invitation(asked, by=person(role=Role.COORDINATOR))


def page_of(invitation):
    return reverse("accounts:invitation", args=[invitation.token])


# --- Who may invite ----------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("inviter", "country", "offered"),
    [
        (Role.ADMINISTRATOR, "", set(Role)),
        (Role.COORDINATOR, "", {Role.ASSESSOR, Role.OFFICER}),
        (Role.OFFICER, "LB", {Role.ASSESSOR}),
        (Role.ASSESSOR, "", set()),
        (Role.FINANCE, "", set()),
        (Role.AUDITOR, "", set()),
        (None, "", set()),
    ],
)
def test_each_role_invites_to_its_own_list_of_roles(inviter, country, offered):
    by = person(role=inviter, country=country)
    accepted = set()
    for role in Role:
        try:
            invite_person(INVITED, role, country_code="TN" if role == Role.OFFICER else "", by=by)
            accepted.add(role)
        except NotAllowed:
            pass
    assert accepted == offered


def test_nobody_invites_themselves(administrator):
    with pytest.raises(Refused, match="yourself"):
        invite_person(administrator.email, Role.FINANCE, by=administrator)


def test_nobody_gives_a_role_to_themselves(administrator):
    with pytest.raises(NotAllowed):
        grant_role(administrator, Role.COORDINATOR, by=administrator)


def test_an_administrator_does_not_coordinate_or_pay_by_that(administrator):
    assert administrator.held_roles == {(Role.ADMINISTRATOR, "")}


@pytest.mark.parametrize(("role", "country"), [(Role.OFFICER, ""), (Role.AUDITOR, "LB")])
def test_only_officers_have_a_country(administrator, role, country):
    with pytest.raises(Refused, match="country"):
        invite_person(INVITED, role, country_code=country, by=administrator)
    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.create(email=INVITED, role=role, country_code=country)


def test_inviting_again_replaces_the_earlier_invitation(administrator, invitation):
    again = invite_person(INVITED.upper(), Role.FINANCE, by=administrator)
    invitation.refresh_from_db()
    assert (invitation.is_open, again.is_open) == (False, True)


def test_somebody_who_holds_the_role_is_not_invited_to_it(administrator):
    holder = person(role=Role.FINANCE)
    with pytest.raises(Refused, match="holds the role already"):
        invite_person(holder.email, Role.FINANCE, by=administrator)


# --- Taking it up ------------------------------------------------------------------------------
def test_the_right_person_accepts_and_holds_the_role(invitation, client, administrator):
    rana = person(INVITED)
    response = log_in(client, rana).post(page_of(invitation))
    assert response.url == "/"
    grant = RoleGrant.objects.get(user=rana)
    assert (grant.role, grant.granted_by) == (Role.FINANCE, administrator)
    invitation.refresh_from_db()
    assert invitation.accepted_by == rana


def test_another_person_cannot_accept(invitation):
    stranger = person()
    with pytest.raises(NotAllowed):
        accept_invitation(invitation, by=stranger)
    assert not stranger.is_staff_member


def test_an_address_that_is_not_proven_does_not_count(invitation):
    stranger = person()
    EmailAddress.objects.create(user=stranger, email=INVITED, verified=False)
    with pytest.raises(NotAllowed):
        accept_invitation(invitation, by=stranger)


def test_another_person_is_told_whom_it_is_for(invitation, client):
    page = log_in(client, person("other@example.org")).get(page_of(invitation))
    text = page.content.decode()
    assert INVITED in text
    assert "other@example.org" in text
    assert ">Accept<" not in text.replace("\n", "").replace("  ", "")


def test_a_newcomer_signs_up_with_the_invited_address_and_lands_on_the_invitation(invitation):
    newcomer = Client()
    page = newcomer.get(page_of(invitation))
    signup = f"{reverse('account_signup')}?next={page_of(invitation)}"
    assert signup in page.content.decode()

    form = newcomer.get(signup)
    assert form.context["form"].fields["email"].initial == INVITED
    response = newcomer.post(
        signup,
        {
            "full_name": "Rana Khoury",
            "email": INVITED,
            "language": "ar",
            "password1": "seven-green-olive-trees",
            "next": page_of(invitation),
        },
    )
    # The link came to that address, so it is proven without another mail.
    assert response.url == page_of(invitation)
    assert EmailAddress.objects.get(email=INVITED).verified
    newcomer.post(page_of(invitation))
    assert User.objects.get(email=INVITED).holds(Role.FINANCE)


def test_signing_up_with_another_address_does_not_pass_for_the_invited_one(invitation):
    newcomer = Client()
    newcomer.get(page_of(invitation))
    newcomer.post(
        reverse("account_signup"),
        {
            "full_name": "Somebody Else",
            "email": "else@example.org",
            "language": "en",
            "password1": "seven-green-olive-trees",
        },
    )
    assert [
        (a.email, a.verified) for a in EmailAddress.objects.filter(user__full_name="Somebody Else")
    ] == [("else@example.org", False)]


def test_somebody_with_an_account_logs_in_and_lands_on_the_invitation(invitation):
    person(INVITED)
    visitor = Client()
    login = f"{reverse('account_login')}?next={page_of(invitation)}"
    assert login in visitor.get(page_of(invitation)).content.decode()
    response = visitor.post(
        login, {"login": INVITED, "password": PASSWORD, "next": page_of(invitation)}
    )
    assert response.url == page_of(invitation)


def expire(invitation, administrator):
    invitation.expires_at = timezone.now() - timedelta(seconds=1)
    invitation.save()


def withdraw(invitation, administrator):
    withdraw_invitation(invitation, by=administrator)


def use(invitation, administrator):
    rana = User.objects.get(email=INVITED)
    accept_invitation(invitation, by=rana)
    # Whoever holds a role and has no second factor sees no other page than its set-up.
    TOTP.activate(rana, generate_totp_secret())


@pytest.mark.parametrize(
    ("close", "sentence"),
    [(expire, "has expired"), (withdraw, "was withdrawn"), (use, "was accepted already")],
)
def test_a_closed_invitation_says_why_and_gives_nothing(
    invitation, administrator, client, close, sentence
):
    rana = person(INVITED)
    close(invitation, administrator)
    before = RoleGrant.objects.filter(user=rana).count()
    page = log_in(client, rana).get(page_of(invitation))
    assert page.status_code == 410
    assert sentence in page.content.decode()
    with pytest.raises(OutOfOrder):
        accept_invitation(invitation, by=rana)
    assert RoleGrant.objects.filter(user=rana).count() == before


def test_an_invitation_dies_with_the_right_to_send_it(administrator):
    coordinator = person(role=Role.COORDINATOR)
    invitation = invite_person(INVITED, Role.ASSESSOR, by=coordinator)
    revoke_role(RoleGrant.objects.get(user=coordinator), by=administrator, reason="left")
    with pytest.raises(OutOfOrder, match="no longer"):
        accept_invitation(invitation, by=person(INVITED))


def test_a_wrong_token_is_not_found(client):
    assert client.get(reverse("accounts:invitation", args=["x" * 43])).status_code == 404


def test_only_the_sender_or_an_administrator_withdraws(administrator):
    invitation = invite_person(INVITED, Role.ASSESSOR, by=person(role=Role.COORDINATOR))
    with pytest.raises(NotAllowed):
        withdraw_invitation(invitation, by=person(role=Role.COORDINATOR))
    assert not withdraw_invitation(invitation, by=administrator).is_open


def test_somebody_elses_invitation_is_not_found(client):
    invitation = invite_person(INVITED, Role.ASSESSOR, by=person(role=Role.COORDINATOR))
    log_in(client, person(role=Role.OFFICER, country="LB"))
    assert client.post(reverse("accounts:withdraw", args=[invitation.pk])).status_code == 404
    invitation.refresh_from_db()
    assert invitation.is_open


# --- Its message -------------------------------------------------------------------------------
def test_the_message_goes_out_once_with_the_link(invitation, settings):
    assert mails.send_invitation(invitation.pk)
    assert not mails.send_invitation(invitation.pk)
    [message] = mail.outbox
    assert message.to == [INVITED]
    assert f"{settings.SITE_URL}{page_of(invitation)}" in message.body


def test_the_message_speaks_the_language_of_the_invitation(administrator):
    invitation = invite_person(INVITED, Role.FINANCE, language="fr", by=administrator)
    with translation.override("fr"):
        role = str(Role.FINANCE.label)
    assert role in mails.invitation_message(invitation).subject


def test_the_sweeper_picks_up_what_was_never_mailed(invitation, settings):
    settings.CELERY_TASK_ALWAYS_EAGER = True
    assert sweep_jobs() == 0, "a fresh one is left to its own task"
    Invitation.objects.update(invited_at=timezone.now() - timedelta(minutes=5))
    assert sweep_jobs() == 1


def test_a_withdrawn_invitation_is_not_mailed(invitation, administrator):
    withdraw_invitation(invitation, by=administrator)
    assert not mails.send_invitation(invitation.pk)
    assert mail.outbox == []


@pytest.mark.django_db(transaction=True)
def test_a_second_worker_passes_by_while_the_first_sends(invitation):
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute(
                "SELECT 1 FROM accounts_invitation WHERE id = %s FOR UPDATE", [invitation.pk]
            )
            assert not mails.send_invitation(invitation.pk)
            # The first worker dies: its lock falls, and the message goes out.
            cursor.execute("ROLLBACK")
        assert mails.send_invitation(invitation.pk)
    finally:
        other.close()
    assert len(mail.outbox) == 1
