"""The scores for research: nobody can be told from another."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from demonstration.many.scored import make_applications
from demonstration.story import Story
from tests.making import cast_of_all
from tests.people import log_in, person
from tests.remembering import remembered
from tests.scoring.exports.reading import live, post, tables_of, texts_of
from vouchers.scoring.assessing import actions
from vouchers.scoring.assessing.models import Score
from vouchers.scoring.exports.letters.anonymised import (
    FEWEST,
    SEVERAL,
    CountryCounts,
    groups_of,
    together,
)
from vouchers.scoring.exports.models import ScoreExport


def found(applications, assessors, vouchers=9, *, of=""):
    return CountryCounts(
        frozenset(hash((of, number)) for number in range(applications)),
        frozenset(hash(("assessor", of, number)) for number in range(assessors)),
        vouchers,
    )


# The rule of groups


def test_a_country_is_named_where_there_are_enough_of_everything():
    countries = {"LB": found(5, 5, 5, of="LB"), "MA": found(9, 9, of="MA")}
    assert groups_of(countries) == {"LB": "LB", "MA": "MA"}


@pytest.mark.parametrize("few", [(4, 5, 5), (5, 4, 5), (5, 5, 4)])
def test_a_country_with_too_few_applications_assessors_or_vouchers_is_not_named(few):
    countries = {
        "LB": found(*few, of="LB"),
        "MA": found(20, 9, of="MA"),
        "TN": found(*few, of="TN"),
    }
    assert groups_of(countries) == {"LB": SEVERAL, "MA": "MA", "TN": SEVERAL}


def test_what_is_left_alone_is_joined_by_the_smallest_that_could_be_named():
    countries = {
        "LB": found(30, 9, of="LB"),
        "MA": found(20, 9, of="MA"),
        "TN": found(4, 9, of="TN"),
    }
    assert groups_of(countries) == {"LB": "LB", "MA": SEVERAL, "TN": SEVERAL}


def test_an_assessor_of_two_small_countries_counts_once_in_their_group():
    both = frozenset({1, 2, 3, 4})
    countries = {
        "LB": CountryCounts(frozenset(range(10, 13)), both, 3),
        "MA": CountryCounts(frozenset(range(20, 40)), frozenset(range(5, 15)), 9),
        "TN": CountryCounts(frozenset(range(50, 53)), both, 3),
    }
    # Four assessors in all: too few for the two together.
    assert groups_of(countries) == dict.fromkeys(countries, SEVERAL)


@given(
    st.lists(
        st.tuples(st.integers(0, 12), st.frozensets(st.integers(1, 14)), st.integers(0, 9)),
        max_size=6,
    )
)
def test_no_group_of_countries_is_too_small_while_another_is_named(drawn):
    countries = {
        f"C{at}": CountryCounts(frozenset((at, one) for one in range(many)), assessors, vouchers)
        for at, (many, assessors, vouchers) in enumerate(drawn)
    }
    groups = groups_of(countries)
    assert set(groups) == set(countries)
    for group in set(groups.values()):
        assert group == SEVERAL or groups[group] == group
        members = [found for code, found in countries.items() if groups[code] == group]
        assert together(members).hides or set(groups.values()) == {SEVERAL}


# The file


@pytest.fixture
def scored(db):
    return eighteen_scored()


@remembered
def eighteen_scored():
    """Eighteen applications of three countries, by six assessors, two of them for each."""
    cast = cast_of_all()
    call = make_applications(18, quotas={"LB": 5, "MA": 5, "TN": 2}, assessments=0)
    story = Story(cast, call)
    crowd = [person(role="assessor", name=f"Rima {number} Haddad") for number in range(6)]
    for at, application in enumerate(call.applications.order_by("reference")):
        officer = cast.officer(application.country_id)
        for step in (0, 1):
            assessor = crowd[(at + step) % 6]
            assignment = actions.assign_assessor(application, assessor, by=officer)
            story.score(assignment, (("4", "4.5", "3.5"), ("3.5", "4", "4"))[at % 2])
    return story


def test_it_says_nothing_that_names_anybody(client, scored):
    log_in(client, scored.cast.coordinators[0])
    texts = texts_of(post(client, scored.call, "research"))
    assert sorted(texts) == [
        "README.txt",
        "applications.csv",
        "criteria.csv",
        "rules.csv",
        "scores.csv",
    ]
    everything = "\n".join(texts.values())
    secrets = {
        *User.objects.values_list("full_name", flat=True),
        *User.objects.values_list("email", flat=True),
        *scored.call.applications.values_list("reference", flat=True),
        *scored.call.applications.values_list("cluster__name", flat=True),
        *Score.objects.exclude(strengths="").values_list("strengths", flat=True),
        scored.call.reference,
    }
    assert len(secrets) > 40
    assert {one for one in secrets if one in everything} == set()
    # Nor who was awarded.
    assert "award" not in texts["applications.csv"] + texts["scores.csv"]
    assert not re.search(r"\d{4}-\d\d-\d\d", everything)


def test_its_criteria_are_named_alike_whoever_asks(client, scored):
    coordinator = scored.cast.coordinators[0]
    log_in(client, coordinator)
    english = texts_of(post(client, scored.call, "research"))["criteria.csv"]
    assert str(scored.call.criteria.first().name) in english
    User.objects.filter(pk=coordinator.pk).update(language="ar")
    assert texts_of(post(client, scored.call, "research"))["criteria.csv"] == english


def test_it_holds_each_score_that_the_ranking_rests_on(client, scored):
    log_in(client, scored.cast.coordinators[0])
    tables = tables_of(post(client, scored.call, "research"))
    assert Counter(row["score"] for row in tables["scores"]) == Counter(
        f"{value:.2f}" for value in Score.objects.values_list("value", flat=True)
    )
    assert Counter(row["total"] for row in tables["applications"]) == Counter(
        str(row[3]) for row in live(scored.call)
    )
    # One sheet is one assessor's scores of one application, each criterion once.
    sheets = Counter(
        (row["application"], row["sheet"], row["assessor"]) for row in tables["scores"]
    )
    assert len(sheets) == 36
    assert set(sheets.values()) == {3}
    assert len({row["application"] for row in tables["scores"]}) == 18


def test_countries_are_put_together_as_the_rule_says(client, scored):
    log_in(client, scored.cast.coordinators[0])
    tables = tables_of(post(client, scored.call, "research"))
    # Tunisia gives two vouchers: its best two would be known. One of the others hides it.
    assert Counter(row["country"] for row in tables["applications"]) == {"LB": 6, SEVERAL: 12}
    # Whoever scored in both groups has a number in each.
    assessors = {(row["country"], row["assessor"]) for row in tables["scores"]}
    assert Counter(country for country, _number in assessors) == {"LB": 6, SEVERAL: 6}
    assert len({number for _country, number in assessors}) == 12


def test_numbers_are_drawn_anew_each_time(client, scored):
    log_in(client, scored.cast.coordinators[0])

    def drawn():
        rows = tables_of(post(client, scored.call, "research"))["scores"]
        return [(row["application"], row["sheet"], row["assessor"], row["score"]) for row in rows]

    first, second = drawn(), drawn()
    assert first != second
    assert sorted({row[0] for row in first}) == sorted({row[0] for row in second})


def test_where_few_assessors_scored_they_have_no_numbers(client, db):
    cast = cast_of_all()
    call = make_applications(9, quotas={"LB": 2, "MA": 2, "TN": 2})
    log_in(client, cast.coordinators[0])
    rows = tables_of(post(client, call, "research"))["scores"]
    assert {row["assessor"] for row in rows} == {""}
    assert {row["sheet"] for row in rows} == {"1", "2"}
    assert {row["country"] for row in rows} == {SEVERAL}


@pytest.mark.parametrize(
    ("number", "quotas"), [(3, {"LB": 2, "MA": 2, "TN": 2}), (9, {"LB": 1, "MA": 2, "TN": 1})]
)
def test_nothing_is_given_where_nobody_could_be_hidden(client, db, number, quotas):
    cast = cast_of_all()
    call = make_applications(number, quotas=quotas)
    log_in(client, cast.coordinators[0])
    answer = post(client, call, "research")
    assert answer.status_code == 303
    page = client.get(answer["Location"]).content.decode()
    assert f"fewer than {FEWEST} ranked applications or vouchers" in page
    assert not ScoreExport.objects.exists()


def test_the_dictionary_tells_the_rule_and_every_column(client, scored):
    log_in(client, person(role="auditor"))
    texts = texts_of(post(client, scored.call, "research"))
    assert f"at least {FEWEST} ranked applications, {FEWEST} assessors" in texts["README.txt"]
    for name, text in texts.items():
        if name != "README.txt":
            assert f"\n{name}\n" in texts["README.txt"]
            for column in text.splitlines()[0].split(","):
                assert f"\n  {column}: " in texts["README.txt"]
