"""A cluster keeps its facts: page by page, nothing typed lost, and an application asks for them."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from accounts.models import User
from clusters.actions import (
    Achievement,
    approve_page,
    register_cluster,
    request_publication,
    save_track_record,
    update_profile,
)
from clusters.models import NEEDED_FOR_APPLICATION, Cluster, Country, Representative, nace
from conduct.actions import NotAllowed
from conduct.queries.history import timeline
from tests.making import LB, MA, today_there
from tests.people import log_in, person

pytestmark = pytest.mark.django_db


def with_level(cluster, level):
    someone = person()
    Representative.objects.create(cluster=cluster, user=someone, level=level)
    return someone


def facts(**changed):
    """What the page of the legal facts sends."""
    return {
        "name": "QOOT Cluster",
        "legal_name": "QOOT Cluster Association",
        "legal_form": "Association",
        "registration_number": "1234",
        "street": "Mar Roukoz",
        "town": "Beirut",
        "legal_representative": "Dalia Harb",
        "legal_representative_function": "President",
        "email": "office@example.org",
        **changed,
    }


# --- NACE ----------------------------------------------------------------------------------------
def test_nace_has_its_sections_and_divisions_in_three_languages():
    divisions = [division for section in nace.SECTIONS for division in section["divisions"]]
    assert (len(nace.SECTIONS), len(divisions)) == (22, 87)
    assert [section["code"] for section in nace.SECTIONS] == list("ABCDEFGHIJKLMNOPQRSTUV")
    codes = [division["code"] for division in divisions]
    assert codes == sorted(set(codes))
    for entry in [*nace.SECTIONS, *divisions]:
        assert all(entry[language].strip() for language in ("en", "fr", "ar")), entry


def test_a_title_is_told_in_the_language_of_the_page():
    assert nace.title("10") == "10 · Manufacture of food products"
    with translation.override("fr"):
        assert nace.title("10") == "10 · Industries alimentaires"
    with translation.override("ar"):
        assert nace.title("10") == "10 · صناعة المنتجات الغذائية"


# --- Registering ---------------------------------------------------------------------------------
def test_whoever_registers_a_cluster_manages_it(client, cast):
    someone = person()
    answer = log_in(client, someone).post(
        reverse("clusters:register"), {"country": "LB", "name": "Mine", "sector": "Olive oil"}
    )
    cluster = Cluster.objects.get()
    assert answer.url == cluster.get_absolute_url()
    assert cluster.slug == "mine-2", "an address of the portal is not given to a cluster"
    assert cluster.representatives.get().user == someone
    assert cluster.representatives.get().level == "manager"


@pytest.mark.parametrize("country", ["", "XX"])
def test_a_registration_without_a_country_is_asked_for_it_and_loses_nothing(client, cast, country):
    """A browser may fill a form by itself and send it without the choice that it demands."""
    answer = log_in(client, person()).post(
        reverse("clusters:register"),
        {"country": country, "name": "Mine", "sector": "Olive oil", "established": "2019"},
    )
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == ["country"]
    assert answer.context["form"]["established"].value() == "2019"
    assert not Cluster.objects.exists()


def test_the_clock_of_the_first_cluster_is_its_managers_too(client, cast):
    """Who signs up is asked for no time zone: deadlines are told on the clock of the cluster."""
    someone = person()
    typed = {"country": "LB", "name": "Mine", "sector": "Olive oil"}
    log_in(client, someone).post(reverse("clusters:register"), typed)
    someone.refresh_from_db()
    assert someone.time_zone == "Asia/Beirut"
    client.post(reverse("clusters:register"), typed | {"country": "MA", "name": "Another"})
    someone.refresh_from_db()
    assert someone.time_zone == "Asia/Beirut", "a further cluster moves no clock"


def test_a_clock_that_somebody_chose_stays(client, cast):
    someone = person()
    User.objects.filter(pk=someone.pk).update(time_zone="Africa/Tunis")
    typed = {"country": "LB", "name": "Mine", "sector": "Olive oil"}
    log_in(client, someone).post(reverse("clusters:register"), typed)
    someone.refresh_from_db()
    assert someone.time_zone == "Africa/Tunis"


def test_staff_of_the_programme_cannot_register_a_cluster(client, cast):
    answer = log_in(client, cast.officer("LB")).post(
        reverse("clusters:register"), {"country": "LB", "name": "Own", "sector": "Olive oil"}
    )
    assert answer.status_code == 403
    assert not Cluster.objects.exists()


# --- The pages of the profile --------------------------------------------------------------------
def test_each_page_is_saved_alone(client, manager, cluster):
    log_in(client, manager)
    answer = client.post(reverse("clusters:edit", args=[cluster.slug]), facts())
    assert answer.url == reverse("clusters:edit", args=[cluster.slug])
    cluster.refresh_from_db()
    assert cluster.legal_name == "QOOT Cluster Association"
    assert cluster.mission == LB.mission, "the other page stays as it was"
    client.post(
        reverse("clusters:mission", args=[cluster.slug]),
        {"sector": "Food", "nace_1": "10", "nace_2": "C", "mission": "We grow."},
    )
    cluster.refresh_from_db()
    assert (cluster.mission, cluster.nace_codes) == ("We grow.", ["10", "C"])
    assert cluster.legal_name == "QOOT Cluster Association"


def test_the_year_follows_from_the_day(client, manager, cluster):
    log_in(client, manager).post(
        reverse("clusters:edit", args=[cluster.slug]), facts(established_on="2019-05-04")
    )
    cluster.refresh_from_db()
    assert (cluster.established_on.isoformat(), cluster.established) == ("2019-05-04", 2019)


@pytest.mark.parametrize(
    ("page", "typed", "field", "sentence"),
    [
        ("edit", {"email": "nobody"}, "email", "valid email"),
        ("edit", {"phone": "call me"}, "phone", "phone number"),
        ("edit", {"established": "2199"}, "established", "still to come"),
        ("edit", {"website": "not a page"}, "website", "valid URL"),
        ("mission", {"nace_1": "45"}, "nace_1", "valid choice"),
        ("mission", {"nace_1": "10", "nace_2": "10"}, "nace_2", "chosen this activity already"),
        ("mission", {"member_count": "-3"}, "member_count", "greater than or equal to 0"),
    ],
)
def test_a_slip_stands_beside_its_field_and_nothing_typed_is_lost(
    client, manager, cluster, page, typed, field, sentence
):
    log_in(client, manager)
    sent = (
        facts(legal_name="Kept while mending")
        if page == "edit"
        else {"sector": "Food", "mission": "Kept while mending"}
    )
    answer = client.post(reverse(f"clusters:{page}", args=[cluster.slug]), {**sent, **typed})
    html = answer.content.decode()
    assert answer.status_code == 200
    assert sentence in str(answer.context["form"].errors[field])
    assert "Kept while mending" in html
    cluster.refresh_from_db()
    assert "Kept while mending" not in (cluster.legal_name, cluster.mission)


def test_a_day_to_come_is_no_day_of_establishment(client, manager, cluster):
    # Two days: the person may live in a zone where tomorrow has begun.
    later = today_there() + timedelta(days=2)
    answer = log_in(client, manager).post(
        reverse("clusters:edit", args=[cluster.slug]), facts(established_on=later.isoformat())
    )
    assert "still to come" in str(answer.context["form"].errors["established_on"])


def test_the_track_record_grows_by_a_row_and_keeps_what_is_typed(client, manager, cluster):
    log_in(client, manager)
    url = reverse("clusters:track_record", args=[cluster.slug])
    row = {
        "form-INITIAL_FORMS": "0",
        "form-TOTAL_FORMS": "1",
        "form-0-year": "2023",
        "form-0-text": "117 members",
    }
    grown = client.post(url, {**row, "add_row": "1"}).content.decode()
    assert "117 members" in grown
    assert not cluster.track_record.exists()
    client.post(url, row)
    assert [str(entry) for entry in cluster.track_record.all()] == ["2023 · 117 members"]


def test_an_achievement_that_stays_keeps_its_history(manager, cluster):
    save_track_record(
        cluster, [Achievement(2020, "Founded"), Achievement(2021, "Grew")], by=manager
    )
    kept = cluster.track_record.get(text="Founded")
    save_track_record(cluster, [Achievement(2020, "Founded"), Achievement(2022, "Won")], by=manager)
    assert [entry.text for entry in cluster.track_record.all()] == ["Won", "Founded"]
    assert cluster.track_record.get(text="Founded").pk == kept.pk


# --- Who may -------------------------------------------------------------------------------------
@pytest.mark.parametrize("page", ["edit", "mission", "track_record"])
def test_readers_and_staff_read_but_do_not_write(client, cast, cluster, page):
    url = reverse(f"clusters:{page}", args=[cluster.slug])
    for someone in (with_level(cluster, "reader"), cast.officer("LB"), cast.coordinators[0]):
        assert log_in(client, someone).get(url).status_code == 403
    for stranger in (person(), cast.officer("MA")):
        assert log_in(client, stranger).get(url).status_code == 404
    assert log_in(client, with_level(cluster, "editor")).get(url).status_code == 200


def test_an_action_asks_for_the_permission_itself(cluster):
    with pytest.raises(NotAllowed):
        update_profile(cluster, by=with_level(cluster, "reader"), name="Other")


def test_history_tells_who_changed_what(manager, cluster):
    update_profile(cluster, by=manager, town="Tripoli")
    newest = timeline(cluster)[0]
    assert (newest.who, newest.action) == (manager, "Profile changed")
    assert ("town", "Beirut", "Tripoli") in [
        (change.label, change.before, change.after) for change in newest.changes
    ]


# --- What an application needs -------------------------------------------------------------------
def test_an_application_needs_the_legal_facts(cluster):
    assert cluster.missing_for_application == []
    for name in NEEDED_FOR_APPLICATION:
        setattr(cluster, name, type(getattr(cluster, name))())
    assert "legal name" in cluster.missing_for_application
    assert "activities by NACE" in cluster.missing_for_application
    assert len(cluster.missing_for_application) == len(NEEDED_FOR_APPLICATION)
    assert cluster.missing_places[0][1] == f"/clusters/{cluster.slug}/edit/#id_legal_name"
    assert {where.partition("#")[0] for _label, where in cluster.missing_places} == {
        reverse("clusters:edit", args=[cluster.slug]),
        reverse("clusters:mission", args=[cluster.slug]),
    }


def test_the_directory_finds_by_name_alias_sector_activity_and_country(
    client, cast, manager, cluster
):
    update_profile(cluster, by=manager, aliases="FWC\nأثاث")
    other = register_cluster(country=Country.objects.get(code="MA"), by=person(), **MA.profile)
    for published, country in ((cluster, "LB"), (other, "MA")):
        by = published.representatives.get().user
        approve_page(request_publication(published, ["mission"], by=by), by=cast.officer(country))

    def found(**asked):
        page = client.get(reverse("clusters:directory"), asked)
        return [entry.name for entry in page.context["page"]]

    assert len(found()) == 2
    for asked in (
        {"text": LB.name[:8]},
        {"text": "fwc"},
        {"text": "أثاث"},
        {"section": nace_section(LB.nace_codes[0])},
        {"country": "LB"},
    ):
        assert found(**asked) == [LB.name], asked
    assert found(text="nothing like it") == []


def nace_section(division):
    return next(
        section["code"]
        for section in nace.SECTIONS
        if division in {entry["code"] for entry in section["divisions"]}
    )
