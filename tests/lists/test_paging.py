"""Pages by the record at their edge: without gaps, in any order, also where a fact is missing."""

import uuid
from datetime import timedelta

import pytest
from django.http import QueryDict
from django.utils import timezone

from accounts.models import User
from lists.queries import Edge, Numbered, edge_in, window
from notices.models import Notice
from tests.people import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    """Seven people, of whom two never logged in, two did at the same instant, and two have one name."""
    now = timezone.now()
    logins = [None, now, now - timedelta(days=1), None, now, now - timedelta(days=2), now]
    found = [person(f"p{number}@example.org", name=f"Name {number // 2}") for number in range(7)]
    for one, login in zip(found, logins, strict=True):
        User.objects.filter(pk=one.pk).update(last_login=login)
    return User.objects.filter(pk__in=[one.pk for one in found])


def walked(found, order, *, size, facts):
    """The keys of all pages, forwards and then backwards from the last one."""
    with_facts = (lambda records: records) if facts else None
    page = window(found, order, None, among=found, size=size, with_facts=with_facts)
    pages = [page]
    while page.after is not None:
        page = window(found, order, Edge(page.after), among=found, size=size, with_facts=with_facts)
        pages.append(page)
    forwards = [row.pk for page in pages for row in page]
    backwards = [[row.pk for row in page]]
    while page.before is not None:
        edge = Edge(page.before, backwards=True)
        page = window(found, order, edge, among=found, size=size, with_facts=with_facts)
        backwards.insert(0, [row.pk for row in page])
    return forwards, backwards


@pytest.mark.parametrize("facts", [False, True])
@pytest.mark.parametrize(
    "order",
    [
        ("last_login",),
        ("-last_login",),
        ("full_name",),
        ("-full_name", "last_login"),
        ("last_login", "-full_name"),
        ("full_name", "-last_login"),
    ],
)
def test_every_record_stands_on_one_page_and_in_its_place(people, order, facts):
    key = "-pk" if order[0].startswith("-") else "pk"
    expected = list(people.order_by(*order, key).values_list("pk", flat=True))
    for size in (1, 2, 3):
        forwards, backwards = walked(people, order, size=size, facts=facts)
        assert forwards == expected
        seen = [pk for page in backwards for pk in page]
        assert set(seen) == set(expected)
        assert seen[-1] == expected[-1]


def test_a_page_is_one_statement_and_its_count_another(people, django_assert_num_queries):
    with django_assert_num_queries(2) as asked:
        window(people, ("full_name",), None, among=people, size=3, with_facts=lambda found: found)
    assert "LIMIT 4" in asked[0]["sql"]


def test_keys_that_are_no_numbers_lead_on_as_well():
    rana = person()
    for number in range(3):
        Notice.objects.create(recipient=rana, kind="x", language="en", subject=f"{number}")
    found = Notice.objects.filter(recipient=rana)
    first = window(found, ("-created_at",), None, among=found, size=2)
    (last,) = window(found, ("-created_at",), Edge(str(first.after)), among=found, size=2)
    assert last.subject == "0"
    for nonsense in ("x", "1", str(uuid.uuid4()), "9" * 5000):
        page = window(found, ("-created_at",), Edge(nonsense), among=found, size=2)
        assert [row.pk for row in page] == [row.pk for row in first]


def test_a_record_that_left_the_filter_still_says_where_the_page_goes_on(people):
    order = ("full_name",)
    expected = list(people.order_by("full_name", "pk"))
    left = people.exclude(pk=expected[1].pk)
    page = window(left, order, Edge(expected[1].pk), among=people, size=2)
    assert list(page) == expected[2:4]
    # Nor does a record that the person may not see.
    page = window(left, order, Edge(expected[1].pk), among=left, size=2)
    assert list(page) == [expected[0], expected[2]]


@pytest.mark.parametrize(
    ("address", "edge"),
    [
        ("", None),
        ("after=7", Edge("7")),
        ("before=7", Edge("7", backwards=True)),
        ("page=3", Numbered(3)),
        *[(f"page={text}", None) for text in ("0", "1", "-2", "x", "9" * 30, "٢")],
    ],
)
def test_addresses_name_an_edge_or_a_page(address, edge):
    assert edge_in(QueryDict(address)) == edge


def test_a_page_by_its_number_goes_on_by_edges(people):
    expected = list(people.order_by("full_name", "pk"))
    page = window(people, ("full_name",), Numbered(2), among=people, size=3)
    assert list(page) == expected[3:6]
    assert (page.before, page.after) == (expected[3].pk, expected[5].pk)
    beyond = window(people, ("full_name",), Numbered(99_999), among=people, size=3)
    assert list(beyond) == expected[:3]
