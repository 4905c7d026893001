"""A file of a view that cannot be read would hold more than was meant: the list says so instead."""

import pytest
from django.http import QueryDict
from django.urls import reverse

from notices.forms import InboxFilters
from notices.models import Notice
from tests.making import voucher_story
from tests.people import log_in

pytestmark = pytest.mark.django_db
REFUSED = "The file would hold more than you meant. What cannot be read: "
ENDINGS = ["csv", "xlsx", "pdf"]


@pytest.fixture
def reader(client):
    return log_in(client, voucher_story("plan approved").cast.coordinators[0])


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize(
    ("query", "named"),
    [
        ({"country": "nonsense"}, "Country"),
        ({"no-such-filter": "1"}, "no-such-filter"),
        ({"sort": "nonsense"}, "Order"),
        ({"country": "nonsense", "no-such-filter": "1"}, "Country · no-such-filter"),
    ],
)
def test_no_file_holds_more_than_was_meant(reader, ending, query, named):
    address = reverse("dashboards:vouchers")
    answer = reader.get(address, {**query, "export": ending}, follow=True)
    ((page, status),) = answer.redirect_chain
    assert (page.partition("?")[0], status) == (address, 302)
    assert "export" not in page
    text = answer.content.decode()
    assert f"{REFUSED}{named}." in text
    # What the list knows, and cannot read, is told beside the filter as well.
    if "country" in query:
        assert 'aria-invalid="true"' in text
        assert "invalid-feedback" in text


@pytest.mark.parametrize("ending", ["", *ENDINGS])
@pytest.mark.parametrize(
    ("files", "page"),
    [
        ("scoring:register_export", "scoring:register"),
        ("applications:export", "applications:list"),
    ],
)
def test_files_with_an_address_of_their_own_lead_to_their_list(reader, files, page, ending):
    query = {"country": "nonsense", **({"export": ending} if ending else {})}
    answer = reader.get(reverse(files), query, follow=True)
    assert answer.redirect_chain == [(f"{reverse(page)}?country=nonsense&view=all", 302)]
    assert REFUSED in answer.content.decode()


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("query", [{}, {"country": ""}, {"country": "LB"}, {"search": "  "}])
def test_what_can_be_read_is_taken_out(reader, ending, query):
    address = reverse("dashboards:vouchers")
    answer = reader.get(address, {**query, "view": "all", "export": ending})
    assert answer.status_code == 200
    assert not answer["Content-Type"].startswith("text/html")


@pytest.mark.parametrize("ticked", ["false", "False"])
def test_a_box_that_is_given_and_not_ticked_is_read(ticked):
    filters = InboxFilters(QueryDict(f"unread={ticked}"), Notice.objects.all())
    assert filters.left_out == []
    assert not filters.is_narrowing
