"""A person's language and time zone go with them."""

from datetime import UTC, datetime

import pytest
from django.conf import settings as portal
from django.http import HttpResponse
from django.template import Context, Template
from django.urls import reverse
from django.utils.translation import gettext, override

from accounts.actions import change_profile
from accounts.forms import ProfileForm
from accounts.middleware import PreferenceMiddleware
from accounts.models import User
from conduct.actions import NotAllowed
from tests.people import PASSWORD, log_in, person

pytestmark = pytest.mark.django_db

PROFILE = "/profile/"


def test_a_language_chosen_while_logged_in_is_kept_with_the_account(client):
    user = person(language="en")
    log_in(client, user).post(reverse("set_language"), {"language": "ar", "next": PROFILE})
    user.refresh_from_db()
    assert user.language == "ar"
    assert client.cookies[portal.LANGUAGE_COOKIE_NAME].value == "ar"


def test_whoever_changes_the_language_of_pages_is_told_that_their_mail_follows(client):
    user = person(language="en")
    log_in(client, user)
    told = "E-mails now come to you in this language, too."
    page = client.post(reverse("set_language"), {"language": "fr", "next": PROFILE}, follow=True)
    with override("fr"):
        assert gettext(told) != told
        assert gettext(told) in page.content.decode()
    page = client.post(reverse("set_language"), {"language": "fr", "next": PROFILE}, follow=True)
    with override("fr"):
        assert gettext(told) not in page.content.decode()


def test_logging_in_brings_the_language_along_to_a_new_device(client):
    user = person(language="fr")
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    assert client.cookies[portal.LANGUAGE_COOKIE_NAME].value == "fr"
    assert client.get(PROFILE).headers["Content-Language"] == "fr"


def test_the_language_stays_after_logging_out(client):
    log_in(client, person(language="fr")).get(PROFILE)
    client.post(reverse("account_logout"))
    assert client.get(reverse("account_login")).headers["Content-Language"] == "fr"


def test_a_visitor_chooses_a_language_for_the_browser(client):
    client.post(reverse("set_language"), {"language": "ar"})
    assert client.get(reverse("account_login")).headers["Content-Language"] == "ar"


def test_a_language_that_the_portal_does_not_speak_changes_nothing(client):
    user = person(language="fr")
    log_in(client, user).post(reverse("set_language"), {"language": "de"})
    user.refresh_from_db()
    assert user.language == "fr"


def test_the_language_is_not_switched_by_a_mere_link(client):
    assert client.get(reverse("set_language"), {"language": "ar"}).status_code == 405


def test_signing_up_proposes_the_language_of_the_page(client):
    client.post(reverse("set_language"), {"language": "ar"})
    form = client.get(reverse("account_signup")).context["form"]
    assert form["language"].value() == "ar"


def test_the_profile_is_saved(client):
    user = person()
    log_in(client, user).post(
        PROFILE, {"full_name": "Amina Haddad", "language": "fr", "time_zone": "Africa/Tunis"}
    )
    user.refresh_from_db()
    assert (user.full_name, user.language, user.time_zone) == (
        "Amina Haddad",
        "fr",
        "Africa/Tunis",
    )


def test_a_profile_with_an_unknown_zone_is_refused_and_stays(client):
    user = person(name="Before")
    response = log_in(client, user).post(
        PROFILE, {"full_name": "After", "language": "fr", "time_zone": "Moon/Tranquility"}
    )
    assert list(response.context["form"].errors) == ["time_zone"]
    user.refresh_from_db()
    assert (user.full_name, user.language) == ("Before", "en")


def test_nobody_changes_the_profile_of_another():
    user = person(name="Before")
    with pytest.raises(NotAllowed):
        change_profile(user, full_name="x", language="en", time_zone="Asia/Beirut", by=person())
    assert User.objects.get(pk=user.pk).full_name == "Before"


def test_the_programmes_own_zones_come_first():
    choices = list(ProfileForm().fields["time_zone"].choices)
    assert [name for name, _city in choices[:4]] == [
        "Asia/Beirut",
        "Africa/Tunis",
        "Africa/Casablanca",
        "Europe/Brussels",
    ]


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("en", ["Egypt (Cairo)", "India (Kolkata)", "United States (New York)"]),
        ("fr", ["Égypte (Le Caire)", "Inde (Calcutta)", "États-Unis (New York)"]),
        ("ar", ["مصر (القاهرة)", "الهند (كالكتا)", "الولايات المتحدة (نيويورك)"]),
    ],
)
def test_other_zones_are_named_once_by_country_and_city(language, names):
    with override(language):
        _label, others = list(ProfileForm().fields["time_zone"].choices)[4]
    assert [
        dict(others).get(name) for name in ("Africa/Cairo", "Asia/Kolkata", "America/New_York")
    ] == names
    # Each clock of a country once, and no name twice.
    assert not {"Asia/Calcutta", "America/Detroit", "UTC"} & set(dict(others))
    assert len({name for _zone, name in others}) == len(others) < 320
    assert not [name for _zone, name in others if "/" in name or "_" in name]


def test_a_zone_that_the_list_leaves_out_stays_chosen(client):
    user = person()
    user.time_zone = "America/Detroit"
    user.save()
    log_in(client, user)
    assert (
        '<option value="America/Detroit" selected>United States (Detroit)'
        in client.get(PROFILE).content.decode()
    )
    client.post(PROFILE, {"full_name": "After", "language": "en", "time_zone": "America/Detroit"})
    user.refresh_from_db()
    assert (user.full_name, user.time_zone) == ("After", "America/Detroit")


@pytest.mark.parametrize(
    ("zone", "shown"), [("Asia/Beirut", "12:30"), ("Africa/Tunis", "10:30"), ("No/Such", "11:30")]
)
def test_instants_are_shown_in_the_persons_zone(rf, zone, shown):
    request = rf.get("/")
    request.user = person()
    request.user.time_zone = zone
    # In July: Beirut is at UTC+3, Tunis at UTC+1, and Brussels (for an unknown zone) at UTC+2.
    instant = datetime(2026, 7, 1, 9, 30, tzinfo=UTC)

    def view(request):
        return HttpResponse(Template("{{ at|date:'H:i' }}").render(Context({"at": instant})))

    assert PreferenceMiddleware(view)(request).content.decode() == shown
