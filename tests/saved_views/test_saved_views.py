"""Views of lists under a name: kept, opened, shared, changed, and what they never do."""

from urllib.parse import urlencode

import pytest
from django.core import signing
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.actions import grant_role, revoke_role
from accounts.models import RoleGrant
from conduct.actions import NotAllowed
from saved_views import actions
from saved_views.models import FirstView, SavedView, SavedViewEvent
from saved_views.permissions import ALL_OFFICERS, Audience
from tests.people import log_in, person
from tests.saved_views.keeping import OF, VOUCHERS, kept, references, save, save_address

pytestmark = pytest.mark.django_db


def test_what_a_list_shows_is_saved_and_opened_by_its_own_address(client, two, coordinator):
    _story, (lebanese, _moroccan) = two
    log_in(client, coordinator)
    asked = {"country": "LB", "sort": "oldest"}
    page = client.get("/views/save/" + save_address(client, **asked)).content.decode()
    assert "<dd><bdi>Lebanon</bdi></dd>" in page
    answer = save(client, "Lebanese ones", asked=asked)
    view = SavedView.objects.get()
    assert (view.owner, view.of, view.query) == (coordinator, OF, "country=LB&sort=oldest")
    assert answer.redirect_chain == [
        (f"/views/{view.pk}/", 302),
        (f"{VOUCHERS}?country=LB&sort=oldest&view={view.pk}", 302),
    ]
    assert references(answer) == [lebanese.reference]
    page = answer.content.decode()
    assert "The view is saved." in page
    assert "<strong><bdi>Lebanese ones</bdi></strong>" in page
    event = SavedViewEvent.objects.get()
    assert event.pgh_context.metadata["action"] == "save_view"
    assert event.pgh_context.metadata["user"] == coordinator.pk


def test_a_list_without_filters_in_its_address_has_nothing_to_save(client, coordinator):
    log_in(client, coordinator)
    assert save_address(client) == ""
    assert save_address(client, country="XX", text="", state="lost") == ""
    assert "/views/" not in client.get(VOUCHERS).content.decode()


def test_an_officer_opens_a_coordinators_view_and_sees_no_more_than_before(client, two):
    story, (lebanese, moroccan) = two
    shared = kept(story.cast.coordinators[0], "All", "sort=oldest", audience=ALL_OFFICERS)
    abroad = kept(story.cast.coordinators[0], "Morocco", "country=MA", audience=ALL_OFFICERS)
    log_in(client, story.cast.officer("LB"))
    answer = client.get(reverse("saved_views:open", args=[shared.pk]), follow=True)
    assert references(answer) == [lebanese.reference]
    # What narrows to another country is left out, and said so.
    answer = client.get(reverse("saved_views:open", args=[abroad.pk]), follow=True)
    assert references(answer) == [lebanese.reference]
    page = answer.content.decode()
    assert "Left out:" in page
    assert "<bdi>Country</bdi>" in page
    assert moroccan.reference not in page
    page = client.get(VOUCHERS).content.decode()
    assert "2 saved views" in page
    assert str(story.cast.coordinators[0]) in page


@pytest.mark.parametrize(
    ("query", "label"),
    [("colour=late&country=LB", "colour"), ("call=999&country=LB", "Call"), ("sort=lost", "Order")],
)
def test_what_a_list_does_not_know_any_more_is_left_out_and_named(
    client, two, coordinator, query, label
):
    view = kept(coordinator, query=query)
    log_in(client, coordinator)
    answer = client.get(reverse("saved_views:open", args=[view.pk]), follow=True)
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "Left out:" in page
    assert f"<bdi>{label}</bdi>" in page
    assert two[1][0].reference in references(answer)


def test_a_view_of_a_list_that_is_gone_leads_home_and_says_so(client, coordinator):
    view = actions.save_view("gone:list", "a=b", "Gone", by=coordinator, is_first=True)
    log_in(client, coordinator)
    answer = client.get(reverse("saved_views:open", args=[view.pk]), follow=True)
    assert answer.redirect_chain == [("/", 302)]
    assert "The list of this view is not there any more." in answer.content.decode()
    assert client.post(reverse("saved_views:delete", args=[view.pk])).url == "/"


def test_nobody_reaches_what_is_not_theirs(client, two, coordinator):
    story, _vouchers = two
    private = kept(coordinator)
    officers = kept(
        story.cast.officer("LB"), "Ours", "sort=oldest", audience=Audience("officer", "LB")
    )
    elsewhere = actions.save_view("payments:claim_list", "text=x", "Claims", by=coordinator)

    def answers(user, view):
        visitor = log_in(Client(), user)
        return {
            page: getattr(visitor, method)(
                reverse(f"saved_views:{page}", args=[view.pk])
            ).status_code
            for page, method in (
                ("open", "get"),
                ("change", "get"),
                ("delete", "post"),
                ("first", "post"),
                ("not_first", "post"),
            )
        } | {"list": visitor.get(VOUCHERS, {"view": view.pk}).status_code}

    nothing = dict.fromkeys(("open", "change", "delete", "first", "not_first", "list"), 404)
    for stranger in (story.cast.officer("LB"), story.cast.coordinators[1]):
        assert answers(stranger, private) == nothing
    assert answers(story.cast.officer("MA"), officers) == nothing
    # Whoever holds the role opens it and begins with it, and leaves it as it is.
    colleague = person(role="officer", country="LB")
    opened = {"open": 302, "first": 302, "not_first": 302, "list": 200}
    assert answers(colleague, officers) == nothing | opened
    revoke_role(RoleGrant.objects.get(user=colleague), by=person(role="administrator"))
    grant_role(colleague, "auditor", by=None)
    assert answers(colleague, officers) == nothing
    # Another list's view, what is none, and a visitor.
    log_in(client, coordinator)
    for asked in (elsewhere.pk, "lost", "²", "9" * 40):
        assert client.get(VOUCHERS, {"view": asked}).status_code == 404
    results = reverse("dashboards:results")
    assert Client().get(results, {"view": private.pk}).status_code == 404
    assert Client().get(results, {"view": "all"}).status_code == 200
    assert "/login/" in Client().get(reverse("saved_views:open", args=[private.pk])).url


def test_only_a_list_says_what_its_view_is(client, coordinator):
    log_in(client, coordinator)
    for token in ("", "made-up", signing.dumps([OF, "country=LB", []])):
        address = f"/views/save/?{urlencode({'of': token})}"
        assert client.get(address).status_code == 404
        assert client.post(address, {"name": "x", "audience": ":"}).status_code == 404
    assert not SavedView.objects.exists()


def test_a_view_is_renamed_shared_and_deleted_by_its_owner(client, two, coordinator):
    view = kept(coordinator, is_first=True)
    log_in(client, coordinator)
    address = reverse("saved_views:change", args=[view.pk])
    form = client.get(address).context["form"]
    assert form.initial == {"name": "Lebanon", "is_first": True}
    assert [value for value, _words in form.fields["audience"].choices] == [
        *(":", "coordinator:", "officer:", "finance:", "auditor:", "assessor:")
    ]
    client.post(address, {"name": "لبنان", "audience": "coordinator:"})
    view.refresh_from_db()
    assert (view.name, view.role, view.country_code) == ("لبنان", "coordinator", "")
    assert not FirstView.objects.exists()
    answer = client.post(reverse("saved_views:delete", args=[view.pk]), follow=True)
    assert answer.redirect_chain == [(f"{VOUCHERS}?view=all", 302)]
    assert not SavedView.objects.exists()
    last = SavedViewEvent.objects.order_by("pgh_id").last()
    assert (last.pgh_label, last.pgh_context.metadata["action"]) == ("delete", "delete_view")


def test_officers_share_within_their_country_and_people_without_a_role_with_nobody(two):
    story, _vouchers = two
    officer = story.cast.officer("LB")
    assert kept(officer, audience=Audience("officer", "LB")).is_shared
    for audience in (ALL_OFFICERS, Audience("officer", "MA"), Audience("coordinator")):
        with pytest.raises(NotAllowed):
            kept(officer, "Wider", audience=audience)
    representative = person()
    assert not kept(representative).is_shared
    with pytest.raises(NotAllowed):
        kept(representative, "Shared", audience=Audience("assessor"))


def test_a_view_stays_shared_as_it_was_when_its_owner_changes_roles(client, coordinator):
    view = kept(coordinator, audience=Audience("finance"))
    revoke_role(RoleGrant.objects.get(user=coordinator), by=person(role="administrator"))
    grant_role(coordinator, "auditor", by=None)
    log_in(client, coordinator)
    address = reverse("saved_views:change", args=[view.pk])
    client.post(address, {"name": "Renamed", "audience": "finance:"})
    view.refresh_from_db()
    assert (view.name, view.role) == ("Renamed", "finance")


def test_a_list_begins_with_ones_first_view_and_shows_all_when_asked(client, two, coordinator):
    _story, (lebanese, moroccan) = two
    first, second = kept(coordinator), kept(coordinator, "Morocco", "country=MA")
    log_in(client, coordinator)
    assert len(references(client.get(VOUCHERS))) == 2
    for view, reference in ((first, lebanese.reference), (second, moroccan.reference)):
        client.post(reverse("saved_views:first", args=[view.pk]))
        answer = client.get(VOUCHERS, follow=True)
        assert answer.redirect_chain == [(view.address, 302)]
        assert references(answer) == [reference]
    assert FirstView.objects.count() == 1
    page = answer.content.decode()
    assert f'href="{VOUCHERS}?view=all"' in page
    assert len(references(client.get(VOUCHERS, {"view": "all"}))) == 2
    assert references(client.get(VOUCHERS, {"country": "LB"})) == [lebanese.reference]
    # A file of the whole list is the whole list.
    lines = b"".join(client.get(VOUCHERS, {"export": "csv"}).streaming_content).splitlines()
    assert len(lines) == 3
    client.post(reverse("saved_views:not_first", args=[second.pk]))
    assert len(references(client.get(VOUCHERS))) == 2


def test_what_a_view_narrows_to_nothing_still_says_which_view_it_is(client, coordinator):
    view = kept(coordinator, "Nothing yet", "text=nowhere")
    log_in(client, coordinator)
    page = client.get(view.address).content.decode()
    assert "Nothing matches" in page
    assert "<strong><bdi>Nothing yet</bdi></strong>" in page


def test_views_cost_a_list_one_query_however_many_there_are(client, two, coordinator):
    log_in(client, coordinator)

    def cost(**asked):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(VOUCHERS, asked).status_code == 200
        return len(queries)

    cost(country="LB")
    without = cost(country="LB")
    views = [
        kept(owner, name, audience=Audience("coordinator"))
        for owner in two[0].cast.coordinators[:2]
        for name in "abc"
    ]
    assert cost(country="LB") == without
    assert cost(country="LB", view=views[-1].pk) == without
    assert cost() == cost(view="all")
