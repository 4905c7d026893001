"""The lists of what waits for somebody, of calls, rounds, invitations and results."""

import csv
import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.actions import invite_person
from demonstration.clock import on
from lists.views import ListPage
from tests.making import LB, LB_SECOND, MA, awarded, closed_story, noon, open_story
from tests.people import log_in, person
from vouchers.awards.models import SelectionRound
from vouchers.correspondence.actions import send_message

pytestmark = pytest.mark.django_db


def lines_of(answer):
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def waiting_for_a_check():
    story = open_story()
    for facts in (LB, LB_SECOND):
        story.apply(facts)
    return "eligibility:waiting", story.cast.officer("LB")


def being_scored():
    story, _sent = closed_story(LB, MA)
    return "scoring:list", story.cast.coordinators[0]


def to_be_scored():
    story, sent = closed_story(LB, LB_SECOND, scores=[("4", "4", "4"), ("3", "3", "3")])
    assessor = sent[0].assignments.first().assessor
    assert assessor.assignments.count() == 2
    assert story.call.is_past_deadline
    return "scoring:mine", assessor


def written_to():
    story = open_story()
    for facts in (LB, MA):
        application = story.apply(facts)
        send_message(application, "Hello.", by=application.submitted_by)
    return "correspondence:threads", story.cast.coordinators[0]


def invited():
    administrator = person(role="administrator")
    for number in range(2):
        invite_person(f"somebody{number}@example.org", "auditor", by=administrator)
    return "accounts:invite", administrator


def supported():
    story, awards = awarded(LB, MA)
    for award in awards:
        story.accept(award.application)
    return "dashboards:results", None


def watched():
    story, awards = awarded(LB, MA)
    with on(noon(-14)):
        for award in awards:
            story.accept(award.application)
    return "dashboards:vouchers", story.cast.coordinators[0]


WITH_TWO = [
    watched,
    waiting_for_a_check,
    being_scored,
    to_be_scored,
    written_to,
    invited,
    supported,
]


def visitor(user):
    return Client() if user is None else log_in(Client(), user)


def cost(client, address, **asked):
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address, asked)
    assert answer.status_code == 200
    return len(queries), answer


@pytest.mark.parametrize("tell", WITH_TWO, ids=lambda tell: tell.__name__)
def test_a_list_costs_the_same_however_long_it_is_and_goes_on_where_it_ended(tell, monkeypatch):
    name, user = tell()
    client, address = visitor(user), reverse(name)
    client.get(address)
    both, answer = cost(client, address)
    assert len(answer.context["rows"]) == 2
    monkeypatch.setattr(ListPage, "size", 1)
    one, answer = cost(client, address)
    assert one == both
    first = answer.context["page"].rows[0]
    # The record at the edge is looked up.
    further, answer = cost(client, address, after=first.pk)
    assert further <= both + 1
    (second,) = answer.context["page"].rows
    assert second.pk != first.pk
    assert [one.pk for one in client.get(address, {"page": "2"}).context["page"]] == [second.pk]
    back = client.get(address, {"before": second.pk}).context["page"]
    assert [one.pk for one in back] == [first.pk]


@pytest.mark.parametrize("tell", WITH_TWO, ids=lambda tell: tell.__name__)
def test_an_address_that_cannot_be_read_narrows_nothing(tell):
    name, user = tell()
    answer = visitor(user).get(
        reverse(name), {"text": "x" * 101, "call": "lost", "after": "²", "what": "x", "sort": "x"}
    )
    assert answer.status_code == 200
    assert len(answer.context["rows"]) == 2


def test_what_waits_for_a_check_is_searched_and_taken_out():
    name, officer = waiting_for_a_check()
    client, address = visitor(officer), reverse(name)
    oldest, newest = client.get(address).context["page"].rows
    assert client.get(address, {"sort": "newest"}).context["page"].rows == [newest, oldest]
    assert client.get(address, {"text": newest.reference}).context["page"].rows == [newest]
    nothing = client.get(address, {"text": "zzz"}).content.decode()
    assert "Nothing matches" in nothing
    lines = lines_of(client.get(address, {"export": "csv"}))
    assert [line["reference"] for line in lines] == [oldest.reference, newest.reference]


def test_what_is_scored_is_narrowed_to_a_country_and_taken_out():
    name, coordinator = being_scored()
    client, address = visitor(coordinator), reverse(name)
    (found,) = client.get(address, {"country": "MA"}).context["page"]
    assert found.country_id == "MA"
    (line,) = lines_of(client.get(address, {"country": "MA", "export": "csv"}))
    assert line["reference"] == found.reference
    assert int(line["required"]) == found.call.assessors_required


def test_an_assessor_sees_what_is_done_or_what_is_to_do():
    name, assessor = to_be_scored()
    client, address = visitor(assessor), reverse(name)
    assert len(client.get(address, {"what": "done"}).context["rows"]) == 2
    assert "Nothing left to score" in client.get(address, {"what": "to-do"}).content.decode()


def test_a_filter_that_leaves_nothing_to_choose_is_not_shown():
    name, coordinator = being_scored()
    html = visitor(coordinator).get(reverse(name)).content.decode()
    assert 'name="country"' in html
    assert 'name="call"' not in html
    assert 'name="text"' in html


def test_invitations_beyond_the_first_page_are_reached(monkeypatch):
    name, administrator = invited()
    monkeypatch.setattr(ListPage, "size", 1)
    client, address = visitor(administrator), reverse(name)
    html = client.get(address).content.decode()
    assert "somebody1@example.org" in html
    assert "after=" in html
    assert client.get(address, {"text": "somebody0"}).context["page"].rows[0].email == (
        "somebody0@example.org"
    )
    # What was typed into the form stays, with the list below.
    again = client.post(address, {"email": "no address", "role": "auditor"})
    assert "no address" in again.content.decode()
    assert "somebody1@example.org" in again.content.decode()


def test_results_are_narrowed_and_taken_out_by_everybody():
    name, _nobody = supported()
    client, address = Client(), reverse(name)
    (found,) = client.get(address, {"country": "MA"}).context["page"]
    lines = lines_of(client.get(address, {"export": "csv"}))
    assert [line["country"] for line in lines] == ["LB", "MA"]
    (line,) = lines_of(client.get(address, {"country": "MA", "export": "csv"}))
    assert line["cluster"] == found.award.application.cluster.name
    assert line["amount"] == "5000.00"


def test_calls_are_narrowed_and_taken_out_with_their_numbers():
    story = open_story()
    story.apply(LB)
    client, address = visitor(story.cast.coordinators[0]), reverse("calls:manage")
    assert client.get(address, {"state": "draft"}).context["page"].count == 0
    (line,) = lines_of(client.get(address, {"export": "csv"}))
    assert (line["applications"], line["vouchers"]) == ("1", "4")
    for sort in ("newest", "deadline"):
        assert client.get(address, {"sort": sort}).context["page"].rows == [story.call]
    # The list for everybody holds no numbers and is no file.
    assert Client().get(reverse("calls:list"), {"export": "csv"}).status_code == 404


def test_a_call_whose_deadline_has_passed_is_called_closed_as_everybody_reads_it():
    story, _sent = closed_story(LB)
    assert story.call.state == "open", "which it stays until its selection is decided"
    page = visitor(story.cast.coordinators[0]).get(reverse("calls:manage")).content.decode()
    assert ">Closed</span>" in page
    assert ">Closed</span>" in Client().get(reverse("calls:list")).content.decode()


def test_selections_are_listed_with_who_proposed_them():
    story, _awards = awarded(LB, MA)
    client = visitor(story.cast.coordinators[0])
    answer = client.get(reverse("awards:rounds"))
    assert list(answer.context["page"]) == [SelectionRound.objects.get()]
    assert str(story.cast.coordinators[0]) in answer.content.decode()
