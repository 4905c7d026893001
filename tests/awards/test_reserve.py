"""The reserve list: places, promotion, lapse, expiry."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from conduct.actions import Refused
from demonstration.clock import noon, on
from documents.models import Document
from notices.models import Notice
from tests.awards.deciding import published
from tests.making import LB, LB_SECOND, LB_THIRD
from tests.people import log_in
from vouchers.applications.models import Recusal
from vouchers.awards import actions
from vouchers.awards.actions import Choice
from vouchers.awards.models import Award, ReservePlace
from vouchers.awards.tasks import close_reserve_lists, fill_vacancies, lapse_awards
from vouchers.calls.models import Call, CountryQuota

pytestmark = pytest.mark.django_db

FALLING = [("4.5", "4", "4"), ("4", "4", "4"), ("3.5", "4", "4")]
EQUAL = [("4.5", "4", "4"), ("4", "4", "4"), ("4", "4", "4")]


def decline(award):
    """Decline an award; then the beat looks for free vouchers."""
    actions.decline_award(award, reason="We merge.", by=award.application.submitted_by)
    fill_vacancies()
    assert fill_vacancies() == 0


def kinds_for(application, *kinds):
    told = Notice.objects.filter(recipient=application.submitted_by, kind__in=kinds)
    return list(told.order_by("created_at").values_list("kind", flat=True))


def test_places_follow_the_ranks_and_stand_as_long_as_the_call_says():
    _story, proposal, sent = published(FALLING)
    places = ReservePlace.objects.order_by("position")
    assert [(place.decision.application, place.position) for place in places] == [
        (sent[1], 1),
        (sent[2], 2),
    ]
    first = places[0].until
    assert first.date() - proposal.published_at.date() == timedelta(days=180)
    letter = Document.objects.get(
        kind="reserve", language="en", object_id=str(places[1].decision_id)
    )
    assert letter.facts["reserve_place"] == 2


def test_a_declined_award_goes_to_the_next_in_line_with_letter_and_notice():
    _story, _proposal, sent = published(FALLING)
    with on(noon(-14)):
        decline(Award.objects.get())
    vacated, promoted = Award.objects.order_by("pk")
    assert (vacated.state, promoted.state) == ("declined", "offered")
    assert (promoted.application, promoted.in_place_of) == (sent[1], vacated)
    sent[1].refresh_from_db()
    assert sent[1].state == "selected"
    assert kinds_for(sent[1], "reserve-list", "award-offered") == ["reserve-list", "award-offered"]
    assert Document.objects.filter(kind="award", object_id=str(promoted.pk)).count() == 3
    assert [place.state for place in ReservePlace.objects.order_by("position")] == [
        "offered",
        "waiting",
    ]
    quota = CountryQuota.objects.get(country="LB")
    assert (quota.awarded, Call.objects.get().committed) == (1, promoted.amount)
    with on(noon(-13)):
        decline(promoted)
    assert Award.objects.filter(state="offered").get().application == sent[2]


def test_an_unanswered_award_lapses_after_its_last_day_and_is_offered_on_once():
    _story, _proposal, sent = published(FALLING)
    award = Award.objects.get()
    with on(noon(15)):
        assert lapse_awards() == 0
    with on(noon(16)):
        assert lapse_awards() == 1
        assert lapse_awards() == 0
        assert fill_vacancies() == 1
    award.refresh_from_db()
    assert award.state == "lapsed"
    assert Award.objects.filter(state="offered").get().application == sent[1]
    assert kinds_for(sent[0], "award-lapsed") == ["award-lapsed"]


def test_the_next_in_line_reads_nothing_of_who_declined(client):
    _story, _proposal, sent = published(FALLING)
    with on(noon(-14)):
        decline(Award.objects.get())
    log_in(client, sent[1].submitted_by)
    promoted = Award.objects.get(state="offered")
    for address in (sent[1].get_absolute_url(), promoted.get_absolute_url()):
        page = client.get(address).content.decode()
        assert "Voucher offered from the reserve list" in page
        assert "We merge." not in page
        assert str(sent[0].submitted_by) not in page
        assert sent[0].reference not in page


def test_a_vacancy_is_filled_once_whoever_tries():
    _story, _proposal, sent = published(FALLING)
    award = Award.objects.get()
    with on(noon(-14)):
        decline(award)
    with pytest.raises(IntegrityError), transaction.atomic():
        Award.objects.create(
            application=sent[2],
            decision=sent[2].decisions.get(),
            amount=1,
            accept_by=noon(3),
            in_place_of=award,
        )


def test_equal_places_are_left_to_people_who_say_why():
    story, _proposal, sent = published(EQUAL)
    one, other = story.cast.coordinators
    Recusal.objects.create(application=sent[0], person=other, reason="My sister.")
    first, second = ReservePlace.objects.order_by("pk")
    assert (first.position, second.position) == (1, 1)
    with on(noon(-14)):
        decline(Award.objects.get())
    assert not Award.objects.filter(state="offered").exists()
    told = Notice.objects.filter(kind="reserve-tied")
    assert [notice.recipient for notice in told] == [one]
    with pytest.raises(Refused, match="Say why"):
        actions.offer_from_reserve(second, because=" ", by=one)
    award = actions.offer_from_reserve(second, because="Five votes to none.", by=one)
    assert award.in_place_of.state == "declined"
    with pytest.raises(Refused, match="Every voucher of this country is awarded"):
        actions.offer_from_reserve(first, because="Both.", by=one)
    first.refresh_from_db()
    assert first.state == "waiting"


def test_the_round_offers_only_what_can_be_offered(client):
    story, proposal, _sent = published(EQUAL)
    log_in(client, story.cast.coordinators[0])
    first, second = ReservePlace.objects.order_by("pk")
    offers = [reverse("awards:offer_reserve", args=[place.pk]) for place in (first, second)]

    def offered():
        page = client.get(proposal.get_absolute_url()).content.decode()
        assert "Reserve list" in page
        return [address in page for address in offers]

    assert offered() == [False, False]
    with on(noon(-14)):
        decline(Award.objects.get())
    assert offered() == [True, True]
    ReservePlace.objects.filter(pk=first.pk).update(until=noon(-1))
    assert offered() == [False, True]


def test_nobody_jumps_the_line(client):
    story, _proposal, _sent = published(FALLING)
    last = ReservePlace.objects.order_by("position").last()
    log_in(client, story.cast.coordinators[0])
    page = client.post(reverse("awards:offer_reserve", args=[last.pk]), {"reason": "A friend."})
    assert "Others come before it" in page.content.decode()
    assert "A friend." in page.content.decode()


def test_an_expired_list_closes_with_a_notice_and_gives_nothing_any_more():
    _story, _proposal, sent = published(FALLING)
    until = ReservePlace.objects.first().until
    with on(until - timedelta(seconds=30)):
        assert close_reserve_lists() == 0
    with on(until + timedelta(seconds=1)):
        assert close_reserve_lists() == 2
        assert close_reserve_lists() == 0
        decline(Award.objects.get())
    assert set(ReservePlace.objects.values_list("state", flat=True)) == {"expired"}
    for application in sent[1:]:
        application.refresh_from_db()
        assert application.state == "refused"
        assert kinds_for(application, "reserve-expired") == ["reserve-expired"]
    assert Award.objects.count() == 1


def test_vouchers_that_a_country_cannot_fill_go_elsewhere_only_where_the_call_says_so():
    story, _proposal, sent = published(FALLING, quotas={"LB": 1, "MA": 1}, rule="next")
    assert [application.state for application in sent] == ["selected", "selected", "reserve"]
    moved = dict(CountryQuota.objects.values_list("country_id", "moved"))
    assert moved == {"LB": 1, "MA": -1}
    assert sum(moved.values()) == 0
    assert story.call.vouchers_offered == 2


def test_coordinators_give_unfilled_vouchers_with_a_reason_where_the_call_lets_them():
    def swap(sent):
        return {sent[1].pk: Choice("award", "Morocco has nobody who passes.")}

    _story, _proposal, sent = published(
        FALLING, quotas={"LB": 1, "MA": 1}, rule="decide", swap=swap
    )
    assert [application.state for application in sent] == ["selected", "selected", "reserve"]
    assert CountryQuota.objects.get(country="LB").moved == 1


def test_unfilled_vouchers_stay_unused_where_the_call_leaves_them():
    def swap(sent):
        return {sent[1].pk: Choice("award", "Morocco has nobody who passes.")}

    with pytest.raises(Refused, match="1 vouchers: you propose 2 awards"):
        published(
            FALLING,
            clusters=(LB, LB_SECOND, LB_THIRD),
            quotas={"LB": 1, "MA": 1},
            swap=swap,
        )
