"""Selections for tests: three Lebanese applications for one voucher: award, reserve, refusal."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

from django.db import connection

from conduct.actions import Refused
from demonstration.clock import noon, on
from tests.making import LB, LB_SECOND, LB_THIRD, closed_story, opening, unfilled_go
from tests.remembering import remembered
from vouchers.awards import actions
from vouchers.scoring.ranking.actions import close_scoring

THREE = [("4.5", "4", "4"), ("4", "4", "4"), ("2", "2", "2")]


def proposed(
    scores=None,
    *,
    quotas=None,
    clusters=(LB, LB_SECOND, LB_THIRD),
    rule="leave",
    swap=None,
):
    """A call with a proposed selection, and its applications.

    `rule` is what becomes of vouchers that a country cannot fill, `swap` gives the choices that
    depart from the ranking.
    """
    tell = _proposed.__wrapped__ if swap else _proposed
    return tell(scores or THREE, quotas or {"LB": 1}, clusters, rule, swap)


@remembered
def _proposed(scores, quotas, clusters, rule, swap):
    with opening(unfilled_go(rule)):
        story, sent = closed_story(*clusters, quotas=quotas, scores=scores)
    with on(noon(-16)):
        close_scoring(story.call, by=story.cast.coordinators[0])
        proposal = actions.propose_selection(
            story.call,
            swap(sent) if swap else {},
            participants="Maya Khoury\nKarim Nassar",
            votes={"LB": "Five for, none against."},
            by=story.cast.coordinators[0],
        )
    return story, proposal, sent


def published(*arguments, swap=None, **options):
    """The same, approved and published."""
    if swap:
        return _published.__wrapped__(*arguments, swap=swap, **options)
    return _published(*arguments, **options)


@remembered
def _published(*arguments, at=-15, **options):
    story, proposal, sent = proposed(*arguments, **options)
    with on(noon(at)):
        actions.approve_selection(proposal, by=story.cast.coordinators[1])
    proposal.refresh_from_db()
    for application in sent:
        application.refresh_from_db()
    return story, proposal, sent


def together(*calls):
    """Run the calls in threads of their own that start at one instant; what each came to."""
    barrier = threading.Barrier(len(calls))

    def run(call):
        try:
            barrier.wait()
            return call()
        except Refused as refusal:
            return str(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))
