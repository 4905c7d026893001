"""One step of the machine: somebody tries something, and is heard or refused in the house's words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant

from accounts.models import User
from conduct.actions import Refused
from demonstration.clock import on
from vouchers.assistance.workroom.models import WorkLink
from vouchers.awards.models import Voucher

from .invariants import broken_rules
from .world import OTHERS, RIGHT, VOUCHERS, World

names = st.sampled_from(VOUCHERS)
# Those who may come four times as often as those who may not.
people = st.sampled_from([*RIGHT * 4, *OTHERS])
# Which one of several, the newest first; old ones are as what was left open in a browser.
which = st.sampled_from([0, 0, 0, 0, 1, 2])
words = st.sampled_from(["", "   ", "The fair was moved.", "سبب آخر", "x" * 300])
said = st.sampled_from(["The fair was moved.", "سبب آخر"])
# Months pass in an example. They all lie behind, so that the database, which judges the deadlines of
# quotes by its own clock, has seen them pass too.
LONG_AGO = timedelta(days=3 * 365)


class Acting(RuleBasedStateMachine):
    """What all moves need: the world, the day that it is, and what was done and refused so far."""

    world: World
    steps = 0
    done: Counter[str] = Counter()
    refused: Counter[str] = Counter()

    @initialize()
    def begin(self) -> None:
        """Everything of an example is undone at its end."""
        self.now = timezone.now() - LONG_AGO
        self._example = transaction.atomic()
        self._example.__enter__()

    def teardown(self) -> None:
        if hasattr(self, "_example"):
            transaction.set_rollback(True)
            self._example.__exit__(None, None, None)

    def attempt(self, what: str, act: Callable[[], Any]) -> Any:
        """Do it now, and commit what waits for a commit; a refusal says why, in words.

        Any other error is a fault: it goes through, and the example fails.
        """
        self.now += timedelta(minutes=7)
        with on(self.now):
            try:
                with transaction.atomic():
                    made = act()
                    # What is judged at the end of a transaction is judged here.
                    connection.check_constraints()
            except (Refused, ValidationError) as refusal:
                sentences = getattr(refusal, "messages", None) or [str(refusal)]
                assert all(sentence.strip() for sentence in sentences), what
                self.refused[what] += 1
                return None
        self.done[what] += 1
        return made

    def voucher(self, name: str) -> Voucher:
        return Voucher.objects.get(pk=self.world.told[name].voucher.pk)

    def person(self, who: str, name: str) -> User:
        return self.world.person(who, name)

    def worker(self, who: str, name: str) -> User | WorkLink:
        """As `person`; a stranger to the portal may be the provider, by its link or another's."""
        links = WorkLink.objects.filter(contract__voucher__pk=self.voucher(name).pk)
        if who in ("finance", "auditor"):
            links = WorkLink.objects.exclude(pk__in=links)
        elif who not in ("deputy", "assessor"):
            return self.person(who, name)
        return links.order_by("-pk").first() or self.person(who, name)

    @invariant()
    def no_rule_is_broken(self) -> None:
        """Recomputed from the tables after each step."""
        type(self).steps += 1
        broken = broken_rules()
        assert not broken, broken


def one_of(records: QuerySet, place: int) -> Any:
    """The record at this place, counted from the newest; None where there are not so many."""
    return records.order_by("-pk")[place : place + 1].first()
