"""Recomputing a ranking from an export without the portal."""

import re
import sys
from collections import Counter

import pytest

from demonstration.many.scored import make_applications
from tests.making import cast_of_all, opening, unfilled_go
from tests.scoring.exports.reading import SCRIPT, live, post, recomputed, tables_of, varied_story
from tests.scoring.exports.story import SCORES, story
from vouchers.scoring.assessing import actions

__all__ = ["story"]

pytestmark = pytest.mark.django_db


# Recomputing
def test_the_script_has_forty_lines_and_imports_nothing_of_the_portal():
    script = SCRIPT.read_text()
    assert len(script.splitlines()) <= 40
    imported = re.findall(r"^\s*(?:from|import) (.+)$", script, re.M)
    modules = {name.strip() for line in imported for name in line.split(",")}
    assert len(modules) > 3
    assert modules <= sys.stdlib_module_names


def test_the_script_recomputes_a_ranking_with_ties_thresholds_a_consensus_and_a_third_opinion(
    client, story, tmp_path
):
    told, _sent = story
    expected = live(told.call)
    assert recomputed(client, told.call, told.cast.coordinators[0], tmp_path) == expected
    # There is something to find: every proposal, a shared place, a tie across the edge.
    assert Counter(row[4] for row in expected) == {"award": 4, "reserve": 3, "refuse": 1}
    assert [row[1] for row in expected if row[5]] == [4, 4]


@pytest.mark.parametrize(
    ("quotas", "awarded", "tied"),
    [
        # One voucher is left, and two equals are first in turn.
        ({"LB": 3, "MA": 2}, 3, 2),
        # Enough is left for both.
        ({"LB": 3, "MA": 3}, 5, 0),
        # A country whose own edge is tied has none to give, and stands in the way of none.
        ({"LB": 4, "MA": 3}, 3, 2),
    ],
)
def test_the_script_gives_on_what_a_country_leaves(client, tmp_path, quotas, awarded, tied):
    with opening(unfilled_go("next")):
        told, _sent = varied_story(SCORES, quotas=quotas)
    expected = live(told.call)
    assert recomputed(client, told.call, told.cast.coordinators[0], tmp_path) == expected
    lebanese = [row for row in expected if row[0] == "LB"]
    assert sum(row[4] == "award" for row in lebanese) == awarded
    assert sum(row[5] for row in lebanese) == tied


def test_the_script_recomputes_many_applications(client, tmp_path):
    cast = cast_of_all()
    with opening(unfilled_go("next")):
        call = make_applications(150)
    assert recomputed(client, call, cast.coordinators[0], tmp_path) == live(call)


def test_scores_that_a_conflict_undid_change_nothing_in_the_script(client, story, tmp_path):
    told, (first, *_others) = story
    assignment = first.assignments.first()
    actions.declare_conflict(
        assignment, kind="family", conflict="My cousin.", by=assignment.assessor
    )
    coordinator = told.cast.coordinators[0]
    # The application waits for another assessor, and is not ranked.
    expected = live(told.call)
    assert first.reference not in {row[2] for row in expected}
    assert recomputed(client, told.call, coordinator, tmp_path) == expected
    rows = tables_of(post(client, told.call, "csv"))["assessments"]
    own = [row for row in rows if row["application"] == first.reference]
    assert Counter((row["state"], row["counts"]) for row in own) == {
        ("conflicted", "no"): 3,
        ("scored", "no"): 3,
    }
