"""What waits for whom: the work that each role finds on its home page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import is_assessor, is_coordinator, is_finance_officer, is_officer
from dashboards.permissions import may_try_again
from notices.models import Notice, SetAsideReport
from notices.permissions import may_send_again
from notices.queries import mail_reports_to_see
from vouchers.correspondence.permissions import may_answer_questions
from vouchers.correspondence.queries import questions_to_answer
from vouchers.payments.permissions import may_enter_rates
from vouchers.scoring.assessing.models import Assignment, Consensus
from vouchers.scoring.assessing.queries import assignments_of
from vouchers.scoring.consensus.queries import consensuses_to_settle

from .outbox import returned, undelivered, unsettled
from .upkeep import LETTERS, MESSAGES, named_letters, state_of_work
from .waiting import Kind, WaitingRecord, WaitingWork, WorkItem, looked_up
from .work.audit import audited
from .work.coordinators import work_of_coordinator
from .work.late import LATE, late_work
from .work.officers import work_of_officer
from .work.payments import payments_work
from .work.people import watched_people, work_on_people
from .work.rates import missing_rates_work, rates_work
from .work.screening import screening_work
from .work.week import days_ahead


def worklist_of(user: User) -> list[WorkItem]:
    """All the work that waits for the person as staff, oldest first, kinds with nothing left out."""
    return [work for work in looked_up(user, every_kind(user))[0] if work.number]


@dataclass(frozen=True)
class Desk:
    """What a person finds first: what waits for them, what is late, what comes, and what to watch.

    `late` is None for who looks after no voucher; `watched` are kinds that are told even where there
    is nothing.
    """

    waits: list[WorkItem]
    late: WorkItem | None
    ahead: list[WorkItem]
    watched: list[WorkItem]

    @property
    def is_in_two(self) -> bool:
        """Whether something stands beside what waits; who only watches has one column."""
        return bool((self.waits or not self.watched) and (self.late or self.ahead))


def desk_of(user: User) -> Desk:
    """What stands on the person's desk; one statement counts all of it."""
    ahead = list(days_ahead(user))
    found, beside = looked_up(user, every_kind(user), [*ahead, *watched_by(user)])
    late = next((one for one in found if one.name == LATE), None)
    return Desk(
        waits=[one for one in found if one.number and one is not late],
        late=late,
        ahead=[one for one in beside[: len(ahead)] if one.number],
        watched=beside[len(ahead) :],
    )


def watched_by(user: User) -> Iterator[WaitingWork]:
    """What a person keeps an eye on, though nothing of it waits for them."""
    yield from audited(user)
    yield from watched_people(user)


def kind_called(user: User, name: str) -> WaitingWork | None:
    """One kind of work of the person by its name; None where they have none of this name."""
    kinds = chain(every_kind(user), days_ahead(user), watched_by(user))
    found = (kind for kind in kinds if kind.name == name and isinstance(kind, WaitingWork))
    return next(found, None)


def every_kind(user: User) -> Iterator[Kind]:
    """Every kind of work that may wait for the person as staff, whether any does or not."""
    if is_officer.test(user):
        yield from work_of_officer()
    if is_assessor.test(user) or is_officer.test(user):
        yield from _work_of_assessor()
    if (is_assessor | is_officer | is_coordinator).test(user):
        yield WaitingWork(
            "scores-that-differ",
            _("Agree on scores that differ"),
            consensuses_to_settle,
            reverse("scoring:consensuses"),
            Consensus.get_absolute_url,
            label=lambda found: str(found.application),
        )
    if is_coordinator.test(user):
        yield from work_of_coordinator(user)
    if (is_officer | is_coordinator).test(user):
        yield late_work()
    if (is_finance_officer | is_coordinator).test(user):
        yield from payments_work(user)
        yield rates_work()
    if may_enter_rates.test(user):
        yield missing_rates_work()
    yield from screening_work(user)
    yield from work_on_people(user)
    if may_answer_questions.test(user):
        yield WaitingWork(
            "questions",
            _("Answer questions about calls"),
            lambda _user: questions_to_answer(),
            f"{reverse('correspondence:everything')}?state=asked",
            lambda found: reverse("correspondence:answer", args=[found.pk]),
        )
    if may_send_again.test(user):
        yield from _messages(user)
    if may_try_again.test(user):
        yield from _set_aside(user)


def _work_of_assessor() -> Iterator[Kind]:
    url = reverse("scoring:mine")
    for name, text, state in (
        (
            "declarations",
            _("Declare whether you have a conflict of interest"),
            Assignment.State.ASSIGNED,
        ),
        ("scores", _("Score applications"), Assignment.State.CLEARED),
    ):
        yield WaitingWork(
            name,
            text,
            partial(_assigned_in, state=state),
            url,
            Assignment.get_absolute_url,
            label=lambda found: str(found.application),
        )


def _assigned_in(user: User, *, state: str) -> QuerySet[Assignment]:
    return assignments_of(user).filter(state=state)


def _messages(user: User) -> Iterator[WaitingWork]:
    """Messages to clusters that did not arrive, or of which somebody must say what becomes of them."""
    yield _undelivered(user)
    outbox = reverse("dashboards:outbox")
    yield WaitingWork(
        "messages-that-came-back",
        _("Reach people whose messages came back"),
        returned,
        f"{outbox}?now=returned",
        _page_of_message,
        label=_named_message,
        since="sent_at",
    )
    yield WaitingWork(
        "messages-to-settle",
        _("Decide about messages that are held back, or were perhaps sent"),
        unsettled,
        f"{outbox}?now=unsettled",
        _page_of_message,
        label=_named_message,
        since="created_at",
    )


def _page_of_message(notice: Notice) -> str:
    return reverse("dashboards:message", args=[notice.pk])


def _named_message(notice: Notice) -> str:
    return f"{notice.recipient} · {notice.subject}"


def _undelivered(user: User) -> WaitingWork:
    url = f"{reverse('dashboards:outbox')}?state=failed"
    work = WaitingWork(
        "messages-not-sent",
        _("Look after messages that could not be sent"),
        undelivered,
        url,
        _page_of_message,
        label=_named_message,
    )
    if not may_try_again.test(user):
        return work
    return replace(work, all_at_once=reverse("dashboards:try_again", args=[MESSAGES]))


def _set_aside(user: User) -> Iterator[Kind]:
    """Letters that could not be made, and whatever else the portal gave up."""
    background = reverse("dashboards:background")
    state = state_of_work()
    named = named_letters(user) if state.letters else []
    yield WorkItem(
        "letters-not-made",
        _("Letters that could not be made: their messages went without them"),
        state.letters,
        background,
        [WaitingRecord(f"{each} ({each.language})", each.get_absolute_url()) for each in named],
        reverse("dashboards:try_again", args=[LETTERS]),
    )
    yield WaitingWork(
        "reports-that-fit-nothing",
        _("Look through reports of mail servers that fit no message"),
        mail_reports_to_see,
        f"{reverse('dashboards:reports')}?seen=no",
        lambda _found: f"{reverse('dashboards:reports')}?seen=no",
        label=SetAsideReport.get_why_display,
    )
    yield WorkItem(
        "background-work",
        _("Look after work in the background that failed again and again"),
        state.others,
        background,
        [],
    )
