"""The demonstration's outbox: every e-mail as it would have arrived, for who shows it."""

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import include, path

from accounts.actions import invite_person
from accounts.actions.mailing import INVITATIONS
from dashboards.queries.outbox import returned, unsettled
from demonstration.mails import newest_mails
from demonstration.plot.messages import ADDED, look_after_messages
from nextsociety.urls import urlpatterns as portal
from notices.actions import notify
from notices.actions.sending import send_notice
from notices.models import Notice, NoticeRevision
from tests.making import LB, LB_SECOND, MA, awarded
from tests.notices.making import FACTS
from tests.people import log_in, person

pytestmark = pytest.mark.django_db

urlpatterns = [*portal, path("demonstration/", include("demonstration.urls"))]


@pytest.fixture(autouse=True)
def _kept_as_files(settings, tmp_path):
    settings.ROOT_URLCONF = __name__
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path


def told(language):
    reader = person(f"{language}@example.org", language=language)
    send_notice(notify(reader, "plan-approved", facts=FACTS, url="/").pk)


@pytest.fixture
def client():
    return log_in(Client(), person(role="coordinator"))


def test_every_e_mail_is_read_as_it_arrived_in_text_and_html(client):
    told("en")
    told("ar")
    invitation = invite_person("new@example.org", "assessor", by=person(role="coordinator"))
    INVITATIONS.conduct(invitation.pk)
    page = client.get("/demonstration/mails/").content.decode()
    for address in ("en@example.org", "ar@example.org", "new@example.org"):
        assert address in page
    (arabic,) = newest_mails("ar@example.org")
    page = client.get(f"/demonstration/mails/{arabic.name}/").content.decode()
    assert 'class="mail-text" lang="ar" dir="rtl"' in page
    html = client.get(f"/demonstration/mails/{arabic.name}/html/")
    assert '<html lang="ar" dir="rtl">' in html.content.decode()
    assert html["Content-Security-Policy"].startswith("sandbox")
    (invited,) = newest_mails("new@example.org")
    page = client.get(f"/demonstration/mails/{invited.name}/").content.decode()
    assert '<a href="http://' in page


def test_the_list_is_searched(client):
    told("en")
    told("fr")
    found = client.get("/demonstration/mails/", {"text": "fr@example.org"}).content.decode()
    assert "en@example.org" not in found


@pytest.mark.parametrize("name", ["nothing.0", "..%2F..%2Fsecret.0", "x"])
def test_there_is_no_other_file(client, name):
    assert client.get(f"/demonstration/mails/{name}/").status_code == 404


@pytest.mark.parametrize("role", ["assessor", "auditor", None])
def test_nobody_else_reads_them(role):
    told("en")
    (mail,) = newest_mails()
    client = log_in(Client(), person(role=role))
    for address in ("/demonstration/mails/", f"/demonstration/mails/{mail.name}/"):
        assert client.get(address).status_code == 404


def test_the_bar_leads_there_in_the_demonstration_alone(settings, rf):
    request = rf.get("/")
    request.user = person(role="coordinator")
    assert "/demonstration/mails/" not in render_to_string("404.html", request=request)
    settings.DEMO = True
    assert "/demonstration/mails/" in render_to_string("404.html", request=request)


def test_the_story_looks_after_messages():
    story, _awards = awarded(LB, LB_SECOND, MA)
    for notice in Notice.objects.exclude(state="sent"):
        notice.documents.clear()
    coordinator = story.cast.coordinators[0]
    look_after_messages(coordinator)
    assert unsettled(coordinator).count() == 1
    changed = NoticeRevision.objects.get(number=1)
    assert changed.body.endswith(ADDED[changed.notice.language])
    assert returned(coordinator).count() <= 1
