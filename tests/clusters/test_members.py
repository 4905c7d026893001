"""The members of a cluster: entered, changed, left, filtered."""

import pytest

from clusters.actions import enter_member, mark_as_left
from clusters.models import Member, Representative
from conduct.actions import NotAllowed, OutOfOrder
from tests.clusters.listing import page
from tests.people import log_in, person

pytestmark = pytest.mark.django_db


# --- One by one ----------------------------------------------------------------------------------
def test_a_member_is_entered_changed_and_marked_as_left(client, manager, cluster):
    log_in(client, manager)
    client.post(
        page(cluster, "add_member"),
        {"name": "Olive Press", "kind": "sme", "size": "small", "town": "Sfax", "joined": "2020"},
    )
    member = Member.objects.get()
    client.post(
        page(cluster, "edit_member", member.pk),
        {"name": "Olive Mill", "kind": "sme", "size": "micro"},
    )
    client.post(page(cluster, "member_left", member.pk), {"year": "2024"})
    member.refresh_from_db()
    assert (member.name, member.size, member.joined, member.left) == (
        "Olive Mill",
        "micro",
        None,
        2024,
    )
    assert list(client.get(page(cluster)).context["page"]) == []
    assert list(client.get(page(cluster), {"standing": "left"}).context["page"]) == [member]


def test_nobody_leaves_before_joining_or_twice(client, manager, cluster):
    member = enter_member(cluster, name="Mill", kind="sme", joined=2022, by=manager)
    answer = log_in(client, manager).post(page(cluster, "member_left", member.pk), {"year": "2020"})
    assert "before the year of joining" in answer.content.decode()
    mark_as_left(member, year=2023, by=manager)
    with pytest.raises(OutOfOrder):
        mark_as_left(member, year=2024, by=manager)


def test_a_current_name_is_entered_once_and_whoever_left_may_come_again(client, manager, cluster):
    member = enter_member(cluster, name="Mill", kind="sme", by=manager)
    typed = {"name": "MILL", "kind": "sme", "size": "none"}
    answer = log_in(client, manager).post(page(cluster, "add_member"), typed)
    assert "entered already" in answer.content.decode()
    assert 'value="MILL"' in answer.content.decode()
    mark_as_left(member, year=2023, by=manager)
    client.post(page(cluster, "add_member"), typed)
    assert cluster.members.count() == 2


def test_the_list_is_filtered_paginated_and_costs_the_same_however_long(
    client, manager, cluster, django_assert_num_queries
):
    log_in(client, manager)
    enter_member(cluster, name="Mill", kind="sme", by=manager)
    enter_member(cluster, name="University", kind="university", town="Sfax", by=manager)
    assert [m.name for m in client.get(page(cluster), {"kind": "university"}).context["page"]] == [
        "University"
    ]
    assert [m.name for m in client.get(page(cluster), {"text": "sfax"}).context["page"]] == [
        "University"
    ]
    with django_assert_num_queries(10):
        client.get(page(cluster))
    Member.objects.bulk_create(
        Member(cluster=cluster, name=f"Firm {n}", kind="sme") for n in range(200)
    )
    with django_assert_num_queries(10):
        shown = client.get(page(cluster), {"page": 2}).context["page"]
    assert (len(shown), shown.count) == (50, 202)


def test_the_number_of_members_can_be_taken_from_the_list(client, manager, cluster):
    enter_member(cluster, name="Mill", kind="sme", by=manager)
    left = enter_member(cluster, name="Gone", kind="other", by=manager)
    mark_as_left(left, year=2020, by=manager)
    cluster.member_kinds = "small workshops"
    cluster.save()
    log_in(client, manager).post(page(cluster, "derive_members"))
    cluster.refresh_from_db()
    assert (cluster.member_count, cluster.member_kinds) == (1, "small workshops")
    cluster.member_kinds = ""
    cluster.save()
    client.post(page(cluster, "derive_members"))
    cluster.refresh_from_db()
    assert cluster.member_kinds == "SME"


# --- Who may -------------------------------------------------------------------------------------
def test_readers_read_members_and_change_none(client, cast, manager, cluster):
    member = enter_member(cluster, name="Mill", kind="sme", by=manager)
    reader = person()
    Representative.objects.create(cluster=cluster, user=reader, level="reader")
    for someone in (reader, cast.officer("LB"), cast.coordinators[0]):
        log_in(client, someone)
        assert "Mill" in client.get(page(cluster)).content.decode()
        assert client.get(page(cluster, "edit_member", member.pk)).status_code == 403
        assert client.get(page(cluster, "upload_list")).status_code == 403
        assert client.post(page(cluster, "derive_members")).status_code == 403
    for stranger in (person(), cast.officer("MA")):
        assert log_in(client, stranger).get(page(cluster)).status_code == 404
    with pytest.raises(NotAllowed):
        enter_member(cluster, name="Other", kind="sme", by=reader)
