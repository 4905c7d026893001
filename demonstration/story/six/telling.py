"""One of the six vouchers while it is told: who acts, what they say, and when."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from accounts.models import User
from conduct.queries.days import today
from demonstration.clock import on
from demonstration.content.six import VoucherWords
from demonstration.story.vouchers import VoucherStory
from vouchers.assistance.plans.models import Milestone
from vouchers.assistance.plans.queries import milestones_in_force, plan_of
from vouchers.assistance.workroom.models import WorkLink
from vouchers.awards.models import Voucher
from vouchers.providers.models import Provider


@dataclass
class Telling:
    """A voucher, its words, and its days: each as long as `stretch` of the story's."""

    story: VoucherStory
    words: VoucherWords
    # Those of its country, by name.
    providers: dict[str, Provider]
    starts: datetime
    stretch: float = 1
    # The link by which the provider works, once there is a contract.
    link: WorkLink | None = field(default=None)

    @property
    def voucher(self) -> Voucher:
        return self.story.voucher

    @property
    def manager(self) -> User:
        return self.story.manager

    @property
    def officer(self) -> User:
        return self.story.officer

    @contextmanager
    def day(self, number: float, *, hours: float = 0) -> Iterator[None]:
        """Let it be this day of the voucher (0 is that of the first meeting)."""
        with on(self.instant(number) + timedelta(hours=hours)):
            yield

    def instant(self, number: float) -> datetime:
        """Noon (UTC) of a day of the voucher."""
        return self.starts + timedelta(days=round(number * self.stretch))

    def milestone(self, place: int) -> Milestone:
        """The milestone in force at this place."""
        plan = plan_of(self.voucher)
        if plan is None:
            raise ValueError(f"{self.voucher} has no plan.")
        return milestones_in_force(plan)[place]

    def today(self) -> date:
        return today(self.voucher.country.zone)
