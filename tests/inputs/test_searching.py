"""Every list finds what is searched, however the two people wrote it."""

import pytest
from django.urls import reverse

from accounts.models import User
from clusters.actions import enter_member
from clusters.forms.lists import DirectoryFilters, MemberFilters
from clusters.models import Cluster, Country, PublicPage
from demonstration.clock import noon, on
from inputs.queries import with_words
from notices.models import Notice
from tests.clusters.conftest import cast, cluster, manager
from tests.making import LB, MA, awarded
from tests.people import log_in, person
from vouchers.applications.models import Application
from vouchers.eligibility.queries import perhaps_same_legal_entity, same_legal_entity

__all__ = ["cast", "cluster", "manager"]

pytestmark = pytest.mark.django_db

NAME = "Fédération de l’Oléiculture · جمعيّة الأُمّهات"
WRITTEN = [
    "federation",
    "L'OLEICULTURE",
    "oleiculture fédération",
    "جمعيه الامهات",
    "جمعية",
    "الأمهات",
]


@pytest.fixture
def told():
    """An award in Lebanon, whose cluster, people and notices bear the name; another in Morocco."""
    story, awards = awarded(LB, MA)
    with on(noon(-14)):
        for award in awards:
            story.accept(award.application)
    cluster = awards[0].application.cluster
    Cluster.objects.filter(pk=cluster.pk).update(name=NAME)
    return story, awards[0].application, cluster


def listed(client, address, **filters):
    answer = client.get(address, filters)
    assert answer.status_code == 200
    page = answer.context["page"]
    return list(getattr(page, "rows", page))


def test_each_list_of_the_staff_finds_it(client, told):
    story, application, _cluster = told
    log_in(client, story.cast.coordinators[0])
    notice = Notice.objects.filter(
        recipient=application.started_by, object_id=application.pk
    ).first()
    Notice.objects.filter(pk=notice.pk).update(subject=NAME)
    # There is more to find.
    assert len(listed(client, reverse("applications:list"))) == 2
    for text in WRITTEN:
        assert listed(client, reverse("applications:list"), text=text) == [application], text
        [voucher] = listed(client, reverse("dashboards:vouchers"), text=text)
        assert voucher.award.application == application
        found = listed(client, reverse("dashboards:outbox"), text=text)
        assert [one.pk for one in found] == [notice.pk], text


def test_each_list_of_a_cluster_and_of_the_public_finds_it(client, manager, cluster):
    facts = {"cluster": cluster, "sector": "olives", "requested_by": manager}
    other = PublicPage.objects.create(name="Mill", **facts)
    PublicPage.objects.filter(pk=other.pk).update(state="withdrawn")
    mine = PublicPage.objects.create(name=NAME, **facts)
    pages = PublicPage.objects.filter(pk__in=[mine.pk, other.pk])
    member = enter_member(cluster, name=NAME, kind="sme", by=manager)
    enter_member(cluster, name="Mill", kind="sme", by=manager)
    told = [
        Notice.objects.create(
            recipient=manager, kind="plan-approved", language="en", subject=subject, body="…"
        )
        for subject in (NAME, "Mill")
    ]
    log_in(client, manager)
    for text in WRITTEN:
        assert list(MemberFilters({"text": text}, cluster.members.all()).qs) == [member], text
        assert list(DirectoryFilters({"text": text}, pages).qs) == [mine], text
        assert listed(client, reverse("notices:inbox"), text=text) == [told[0]], text


def test_people_are_found_without_their_accents(client):
    wanted = person(name="Zoë Bélaïd")
    person(name="Zed Belad")
    log_in(client, person(role="administrator"))
    assert listed(client, reverse("accounts:people"), text="zoe BELAID") == [wanted]


def test_a_search_for_nothing_narrows_nothing_and_for_signs_is_taken_literally():
    one = person(name="100% Sûr")
    person(name="1000 Sur")
    people = User.objects.filter(full_name__startswith="100")
    assert with_words(people, " \u200f ", "full_name").count() == 2
    assert list(with_words(people, "100% sur", "full_name")) == [one]
    assert not with_words(people, "_", "full_name").exists()


def test_a_reference_is_found_in_arabic_digits_and_as_it_was_pasted(client, told):
    story, application, _cluster = told
    log_in(client, story.cast.coordinators[0])
    digits = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
    for text in (
        application.reference.translate(digits),
        f"\u202a{application.reference}\u202c",
        application.reference.replace("-", "\u2011").lower(),
    ):
        assert listed(client, reverse("applications:list"), text=text) == [application]


def test_an_application_follows_its_clusters_name(told):
    _story, application, cluster = told
    Cluster.objects.filter(pk=cluster.pk).update(name="Ébène", aliases="شركة")
    application.refresh_from_db()
    assert "ebene" in Application.objects.get(pk=application.pk).searched
    assert "شركه" in application.searched


# --- Legal entities ------------------------------------------------------------------------------
def cluster_with(number, country="LB"):
    count = Cluster.objects.count()
    return Cluster.objects.create(
        country=Country.objects.get(code=country),
        name=f"Cluster {count}",
        slug=f"cluster-{count}",
        sector="olives",
        registration_number=number,
    )


def test_a_registration_is_one_however_it_is_written(cast):
    first, others = cluster_with("RC 12345"), {cluster_with("rc-١٢٣٤٥"), cluster_with("R.C.۱۲۳۴۵")}
    abroad = cluster_with("RC ١٢٣٤٥", country="MA")
    assert set(same_legal_entity(first)) == {first, *others}
    assert set(same_legal_entity(abroad)) == {abroad}


def test_leading_zeros_are_a_hint_and_no_more(cast):
    first, zeros, other = (
        cluster_with("RC 12345"),
        cluster_with("RC-0012345"),
        cluster_with("RC 123450"),
    )
    assert set(same_legal_entity(first)) == {first}
    assert set(perhaps_same_legal_entity(first)) == {first, zeros}
    assert set(perhaps_same_legal_entity(zeros)) == {first, zeros}
    assert set(perhaps_same_legal_entity(other)) == {other}
