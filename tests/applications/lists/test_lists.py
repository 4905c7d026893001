"""The list of applications: what staff find in it, in which order, and what that costs."""

import csv
import io
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.actions import grant_role
from clusters.models import Cluster, Representative
from demonstration.clock import on
from demonstration.many.years import make_intake
from lists import queries as paging
from tests.making import LB, LB_SECOND, LB_THIRD, MA, open_story
from tests.people import log_in, person
from vouchers.applications.models import SENT, Application, Recusal
from vouchers.applications.views.lists import SentList

pytestmark = pytest.mark.django_db

LIST = reverse("applications:list")
EXPORT = reverse("applications:export")
MINE = reverse("applications:mine")


@pytest.fixture
def story():
    return open_story()


@pytest.fixture
def coordinator(story, client):
    return log_in(client, story.cast.coordinators[0])


def address(path=LIST, **chosen):
    return f"{path}?{urlencode(chosen)}"


def listed(client, path=LIST, **chosen):
    """The references that a list shows, from top to bottom."""
    page = client.get(address(path, **chosen))
    assert page.status_code == 200
    return [row.reference for row in page.context["rows"]]


def exported(client, path=EXPORT, **chosen):
    """The lines of a list's CSV, as dicts."""
    answer = client.get(address(path, **chosen))
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def sent(story, *clusters):
    """The references of applications that these send, each an hour after the one before."""
    references = []
    for hours, facts in enumerate(clusters):
        with on(timezone.now() - timedelta(hours=10 - hours)):
            references.append(story.apply(facts).reference)
    return references


def test_the_newest_stand_on_top_and_drafts_are_nowhere(story, coordinator):
    first, second = sent(story, LB, MA)
    story.apply(LB_SECOND, send=False)
    assert listed(coordinator) == [second, first]


def test_any_part_of_a_reference_or_of_a_name_is_found(story, coordinator):
    lebanese, moroccan = sent(story, LB, MA)
    name = Cluster.objects.get(applications__reference=moroccan).name
    words = name.split()
    assert listed(coordinator, text="-ma-") == [moroccan]
    assert listed(coordinator, text=lebanese.lower()) == [lebanese]
    assert listed(coordinator, text=name[2:-2].upper()) == [moroccan]
    assert listed(coordinator, text=f"{words[-1]} MA-0001 {words[0]}") == [moroccan]
    assert listed(coordinator, text="%") == []
    assert listed(coordinator, text=f"{lebanese} nobody") == []


def test_a_cluster_is_found_by_the_name_that_it_has_now(story, coordinator):
    reference, _other = sent(story, LB, MA)
    cluster = Cluster.objects.get(applications__reference=reference)
    before = cluster.name
    cluster.name = "Pôle des énergies"
    cluster.save()
    assert listed(coordinator, text="pôle énergies") == [reference]
    assert before not in coordinator.get(LIST).content.decode()
    application = Application.objects.get(reference=reference)
    application.cluster_name = "What a stale record holds"
    application.save()
    assert listed(coordinator, text="pôle énergies") == [reference]


def test_a_cluster_is_found_by_an_alias(story, coordinator):
    reference, _other = sent(story, LB, MA)
    cluster = Cluster.objects.get(applications__reference=reference)
    cluster.aliases = "Cèdre 3M"
    cluster.save()
    assert listed(coordinator, text="cèdre") == [reference]


def test_filters_join(story, coordinator):
    first, second, moroccan = sent(story, LB, LB_SECOND, MA)
    story.check(Application.objects.get(reference=second))
    language = Application.objects.get(reference=moroccan).language
    Application.objects.filter(reference=first).update(language="ar")
    today = timezone.now().date()
    assert listed(coordinator, country="LB") == [second, first]
    assert listed(coordinator, state="submitted", country="LB") == [first]
    assert listed(coordinator, state="eligible") == [second]
    assert listed(coordinator, language="ar") == [first]
    assert listed(coordinator, language=language, country="MA") == [moroccan]
    assert listed(coordinator, call=story.call.pk, country="MA") == [moroccan]
    assert listed(coordinator, sent_from=today + timedelta(days=2)) == []
    assert listed(coordinator, sent_until=today - timedelta(days=2)) == []


@pytest.mark.parametrize("reader", ["officer", "auditor"])
def test_a_day_is_meant_with_all_its_hours_in_the_country_of_the_cluster(story, client, reader):
    with on(timezone.now().replace(hour=22, minute=30) - timedelta(days=2)):
        application = story.apply(LB)
    utc_day = application.submitted_at.date()
    people = {"officer": story.cast.officer("LB"), "auditor": person(role="auditor")}
    log_in(client, people[reader])
    assert people["auditor"].time_zone == "Europe/Brussels"
    assert listed(client, sent_until=utc_day) == []
    assert listed(client, sent_from=utc_day + timedelta(days=1)) == [application.reference]
    assert listed(client, sent_until=utc_day + timedelta(days=1)) == [application.reference]


@pytest.mark.parametrize(
    ("chosen", "sentence"),
    [
        ({"sent_from": "yesterday"}, "Enter a valid date"),
        ({"sent_from": "2026-02-02", "sent_until": "2026-01-01"}, "before the first one"),
        ({"state": "lost"}, "not one of the available choices"),
        ({"call": "99999999999999999999"}, "not one of the available choices"),
        ({"text": "x" * 101}, "at most 100 characters"),
    ],
)
def test_what_cannot_be_read_is_said_beside_the_field_and_the_rest_holds(
    story, coordinator, chosen, sentence
):
    lebanese, _moroccan = sent(story, LB, MA)
    page = coordinator.get(address(country="LB", **chosen))
    assert sentence in page.content.decode()
    assert [row.reference for row in page.context["rows"]] == [lebanese]


def test_it_stands_in_the_order_that_was_asked_for(story, coordinator):
    references = sent(story, MA, LB, LB_SECOND)
    by_name = Application.objects.order_by("cluster__name").values_list("reference", flat=True)
    assert listed(coordinator, sort="oldest") == references
    assert listed(coordinator, sort="reference") == sorted(references)
    assert listed(coordinator, sort="cluster") == list(by_name)


@pytest.mark.parametrize("sort", ["newest", "oldest", "reference", "cluster"])
def test_pages_follow_one_another_without_gap_and_back(story, coordinator, monkeypatch, sort):
    monkeypatch.setattr(SentList, "size", 1)
    sent(story, LB, LB_SECOND, LB_THIRD, MA)
    Application.objects.update(submitted_at=timezone.now())
    expected = [line["reference"] for line in exported(coordinator, sort=sort)]
    assert sorted(expected) == sorted(set(expected))
    forwards, chosen = [], {}
    while True:
        page = coordinator.get(address(sort=sort, **chosen)).context["page"]
        forwards.append(page.rows[0].reference)
        if page.after is None:
            break
        chosen = {"after": page.after}
    assert forwards == expected
    backwards = [forwards[-1]]
    while page.before is not None:
        page = coordinator.get(address(sort=sort, before=page.before)).context["page"]
        backwards.append(page.rows[0].reference)
    assert backwards == expected[::-1]


@pytest.mark.parametrize("edge", ["0", "999999999", "-1", "x", "9" * 30, "١٢", ""])
def test_an_edge_that_is_none_leads_to_the_first_page(story, coordinator, edge):
    references = sent(story, LB, MA)
    assert listed(coordinator, after=edge) == references[::-1]
    assert listed(coordinator, before=edge) == references[::-1]


def test_links_between_pages_keep_the_filters(story, coordinator, monkeypatch):
    monkeypatch.setattr(SentList, "size", 1)
    sent(story, LB, LB_SECOND, MA)
    html = coordinator.get(address(country="LB", sort="oldest")).content.decode()
    edge = Application.objects.get(reference__endswith="LB-0001").pk
    assert f"?country=LB&amp;sort=oldest&amp;after={edge}" in html


def test_it_counts_as_far_as_that_is_cheap(story, coordinator, monkeypatch):
    monkeypatch.setattr(SentList, "size", 1)
    sent(story, LB, LB_SECOND, MA)
    assert "3 applications" in coordinator.get(LIST).content.decode()
    monkeypatch.setattr(paging, "COUNTED", 2)
    assert "More than 2 applications" in coordinator.get(LIST).content.decode()


def test_an_officer_finds_their_country_and_an_auditor_everything(story, client):
    lebanese, moroccan = sent(story, LB, MA)
    log_in(client, story.cast.officer("LB"))
    assert listed(client) == [lebanese]
    assert listed(client, country="MA") == [lebanese]
    assert [line["reference"] for line in exported(client)] == [lebanese]
    log_in(client, person(role="auditor"))
    assert listed(client) == [moroccan, lebanese]


def test_an_officer_of_two_countries_chooses_between_them(story, client):
    lebanese, moroccan = sent(story, LB, MA)
    officer = person(role="officer", country="LB")
    grant_role(officer, "officer", country_code="MA", by=None)
    log_in(client, officer)
    assert listed(client) == [moroccan, lebanese]
    assert listed(client, country="LB") == [lebanese]


def test_a_conflict_of_interest_shuts_out_of_the_list_too(story, client):
    lebanese, moroccan = sent(story, LB, MA)
    auditor = log_in(client, person("auditor2@example.org", role="auditor"))
    application = Application.objects.get(reference=lebanese)
    Recusal.objects.create(
        application=application, person_id=client.session["_auth_user_id"], reason="My sister's."
    )
    assert listed(auditor) == [moroccan]
    assert [line["reference"] for line in exported(auditor)] == [moroccan]
    assert listed(auditor, text=lebanese) == []


@pytest.mark.parametrize("path", [LIST, EXPORT])
def test_who_represents_a_cluster_has_no_list_of_others(story, client, path):
    application = story.apply(LB)
    assert log_in(client, application.submitted_by).get(path).status_code == 404


def test_no_one_with_a_role_has_clusters_of_their_own(story):
    application = story.apply(MA)
    officer = story.cast.officer("LB")
    with pytest.raises(IntegrityError, match="represents no cluster"), transaction.atomic():
        Representative.objects.create(cluster=application.cluster, user=officer, level="reader")


def test_an_empty_list_says_why(story, coordinator):
    assert "as soon as clusters send them" in coordinator.get(LIST).content.decode()
    story.apply(LB)
    html = coordinator.get(address(text="nobody")).content.decode()
    assert "No application matches" in html
    assert f'href="{LIST}"' in html


def queries_of(client, **chosen):
    with CaptureQueriesContext(connection) as asked:
        page = client.get(address(**chosen))
    assert page.status_code == 200
    return len(asked)


def test_the_list_costs_the_same_however_many_there_are(client):
    call = make_intake(400)
    log_in(client, person(role="auditor"))
    client.get(LIST)
    edge = Application.objects.filter(SENT).order_by("pk")[200].pk
    # Session, person, roles, second factor, countries, calls, rows, how many, notices.
    assert queries_of(client) == 10
    for chosen in (
        {"text": "cluster"},
        {"text": "pôle tunis"},
        {"country": "MA"},
        {"state": "refused"},
        {"language": "fr"},
        {"call": call.pk},
        {"sent_from": "2020-01-01", "sent_until": "2030-01-01"},
        {"sort": "cluster"},
    ):
        # What fits one page need not be counted.
        assert queries_of(client, **chosen) in (9, 10), chosen
    # The record at the edge is looked up.
    assert queries_of(client, after=edge) == 11
    assert queries_of(client, before=edge, state="refused", sort="cluster") == 11
