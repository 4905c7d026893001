"""Sharing applications out: everybody is asked for, nobody beyond what they can, the fitting first."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from vouchers.scoring.rules.optimiser import (
    Assessor,
    Pair,
    Unstaffed,
    balance,
    cost_of,
    missing_after,
)

ALL = range(1, 7)
LETTERS = st.frozensets(st.sampled_from("abc"))
ASSESSORS = st.lists(
    st.builds(
        Assessor,
        id=st.sampled_from(ALL),
        country=st.sampled_from(["LB", "MA"]),
        languages=LETTERS,
        sectors=LETTERS,
        load=st.integers(0, 3),
        capacity=st.none() | st.integers(1, 4),
    ),
    unique_by=lambda assessor: assessor.id,
)
NEEDS = st.lists(
    st.builds(
        Unstaffed,
        application=st.integers(1, 20),
        missing=st.integers(1, 3),
        country=st.sampled_from(["LB", "MA"]),
        language=st.sampled_from("abc"),
        sectors=LETTERS,
        partner_recused=st.booleans(),
        possible=st.frozensets(st.sampled_from(ALL)),
        hinted=st.frozensets(st.sampled_from(ALL)),
    ),
    unique_by=lambda need: need.application,
    max_size=8,
)


@settings(max_examples=60)
@given(NEEDS, ASSESSORS)
def test_no_pair_is_impossible_or_twice_and_nobody_gets_too_many(needs, assessors):
    pairs = balance(needs, assessors)
    possible = {need.application: need for need in needs}
    people = {assessor.id: assessor for assessor in assessors}
    assert len(set(pairs)) == len(pairs)
    for pair in pairs:
        assert pair.assessor in possible[pair.application].possible
    for person, number in Counter(pair.assessor for pair in pairs).items():
        capacity = people[person].capacity
        assert capacity is None or people[person].load + number <= capacity
    for application, number in Counter(pair.application for pair in pairs).items():
        assert number <= possible[application].missing


@settings(max_examples=60)
@given(NEEDS, ASSESSORS)
def test_an_application_stays_short_only_where_nobody_who_is_free_is_left(needs, assessors):
    pairs = balance(needs, assessors)
    given_ = Counter(pair.assessor for pair in pairs)
    free = {
        assessor.id
        for assessor in assessors
        if assessor.capacity is None or assessor.load + given_[assessor.id] < assessor.capacity
    }
    short = missing_after(needs, pairs)
    for need in needs:
        asked = {pair.assessor for pair in pairs if pair.application == need.application}
        if need.application in short:
            assert not (free & set(need.possible)) - asked


@settings(max_examples=30)
@given(NEEDS, ASSESSORS, st.randoms(use_true_random=False))
def test_the_order_of_what_is_given_changes_nothing(needs, assessors, random):
    again = balance(random.sample(needs, len(needs)), random.sample(assessors, len(assessors)))
    assert again == balance(needs, assessors)


def test_the_load_is_shared():
    needs = [Unstaffed(number, 1, possible=[1, 2]) for number in range(10)]
    pairs = balance(needs, [Assessor(1, load=2), Assessor(2)])
    assert Counter(pair.assessor for pair in pairs) == {1: 4, 2: 6}


def test_whoever_reads_the_language_and_knows_the_sector_comes_first():
    need = Unstaffed(1, 1, language="ar", sectors=frozenset({"10"}), possible=[1, 2, 3])
    people = [
        Assessor(1, languages=frozenset({"fr"}), sectors=frozenset({"10"})),
        Assessor(2, languages=frozenset({"ar"}), sectors=frozenset({"10"}), load=2),
        Assessor(3, languages=frozenset({"ar"})),
    ]
    assert balance([need], people) == [Pair(1, 2)]


def test_where_the_partner_is_close_to_a_cluster_somebody_from_another_country_is_asked():
    people = [Assessor(1, country="LB"), Assessor(2, country="MA", load=9)]
    close = Unstaffed(1, 1, country="LB", partner_recused=True, possible=[1, 2])
    assert balance([close], people) == [Pair(1, 2)]
    apart = Unstaffed(1, 1, country="LB", possible=[1, 2])
    assert balance([apart], people) == [Pair(1, 1)]


def test_a_hint_of_a_conflict_is_the_last_resort():
    need = Unstaffed(1, 1, possible=[1, 2], hinted=[1])
    assert balance([need], [Assessor(1), Assessor(2, load=50)]) == [Pair(1, 2)]
    assert balance([need], [Assessor(1), Assessor(2, load=5, capacity=5)]) == [Pair(1, 1)]
    assert cost_of(need, Assessor(1)) > cost_of(need, Assessor(2))
