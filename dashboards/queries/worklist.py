"""What waits for whom: the work that each role finds on its home page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import is_assessor, is_coordinator, is_finance_officer, is_officer
from clusters.models import PublicPage
from clusters.queries import pages_to_decide
from dashboards.permissions import may_try_again
from notices.permissions import may_send_again
from vouchers.assistance.deliverables.models import Deliverable
from vouchers.assistance.deliverables.panels import listed_as
from vouchers.assistance.deliverables.queries import deliverables_to_accept
from vouchers.assistance.needs.models import Meeting, NeedsRecord
from vouchers.assistance.needs.queries import (
    meetings_to_answer,
    meetings_to_hold,
    records_to_confirm,
)
from vouchers.assistance.plans.models import PlanVersion
from vouchers.assistance.plans.queries import versions_to_approve, versions_to_decide
from vouchers.assistance.reports.models import FinalReport
from vouchers.assistance.reports.queries import reports_to_accept, reports_to_approve
from vouchers.awards.models import Appeal, SelectionRound
from vouchers.awards.queries import (
    appeals_to_decide,
    calls_to_decide,
    reserve_to_decide,
    rounds_to_publish,
    rounds_visible_to,
)
from vouchers.correspondence.models import About, Thread
from vouchers.correspondence.permissions import may_answer_questions
from vouchers.correspondence.queries import questions_to_answer, threads_to_answer
from vouchers.eligibility.queries import waiting_for
from vouchers.scoring.assessing.models import Assignment, Consensus
from vouchers.scoring.assessing.queries import (
    assignments_of,
    lacking_assessors,
    late_assignments,
)
from vouchers.scoring.consensus.queries import consensuses_to_settle

from .endings import ended_by_coordinator, ended_by_officer
from .late import late_work
from .outbox import undelivered
from .payments import approval_work, control_work, payments_work
from .providers import accounts_work, updates_work
from .rates import rates_work
from .screening import screening_work
from .upkeep import LETTERS, MESSAGES, letters_and_other_work, named_letters
from .vouchers import vouchers_without_needs
from .waiting import Kind, WaitingRecord, WaitingWork, WorkItem, looked_up


def worklist_of(user: User) -> list[WorkItem]:
    """All the work that waits for the person as staff, kinds with nothing left out."""
    return [work for work in looked_up(_every_kind(user)) if work.number]


def _every_kind(user: User) -> Iterator[Kind]:
    if is_officer.test(user):
        yield from _work_of_officer(user)
    if is_assessor.test(user) or is_officer.test(user):
        yield from _work_of_assessor(user)
    if (is_assessor | is_officer | is_coordinator).test(user):
        yield WaitingWork(
            _("Agree on scores that differ"),
            consensuses_to_settle(user),
            reverse("scoring:consensuses"),
            Consensus.get_absolute_url,
            label=lambda found: str(found.application),
        )
    if is_coordinator.test(user):
        yield from _work_of_coordinator(user)
    if (is_officer | is_coordinator).test(user):
        yield late_work(user)
    if (is_finance_officer | is_coordinator).test(user):
        yield from payments_work(user)
        yield rates_work(user)
    yield from screening_work(user)
    if may_answer_questions.test(user):
        yield WaitingWork(
            _("Answer questions about calls"),
            questions_to_answer(),
            f"{reverse('correspondence:everything')}?state=asked",
            lambda found: reverse("correspondence:answer", args=[found.pk]),
        )
    if may_send_again.test(user):
        yield _undelivered(user)
    if may_try_again.test(user):
        yield from _set_aside(user)


def _work_of_officer(user: User) -> Iterator[Kind]:
    yield WaitingWork(
        _("Check whether applications are eligible"),
        waiting_for(user),
        reverse("eligibility:waiting"),
        lambda found: reverse("eligibility:check", args=[found.pk]),
    )
    yield WaitingWork(
        _("Answer messages of clusters"),
        threads_to_answer(user),
        f"{reverse('correspondence:threads')}?waiting=1",
        lambda found: Thread(found).reply_address,
    )
    yield WaitingWork(
        _("Answer messages of clusters about vouchers"),
        threads_to_answer(user, About.VOUCHER).select_related("award__voucher"),
        f"{reverse('correspondence:voucher_threads')}?waiting=1",
        lambda found: Thread(found, About.VOUCHER).reply_address,
        label=lambda found: str(found.award.voucher),
    )
    yield WaitingWork(
        _("Publish pages of clusters, or return them"),
        pages_to_decide(user),
        reverse("clusters:waiting_pages"),
        PublicPage.get_absolute_url,
    )
    yield WaitingWork(
        _("Ask assessors to score applications"),
        lacking_assessors(user),
        reverse("scoring:list"),
        lambda found: reverse("scoring:application", args=[found.pk]),
    )
    yield WaitingWork(
        _("Give assessors who are late more time, or ask somebody else"),
        late_assignments(user),
        reverse("scoring:list"),
        lambda found: reverse("scoring:application", args=[found.application_id]),
    )
    vouchers = reverse("dashboards:vouchers")
    yield WaitingWork(
        _("Meet clusters and write down what they need"),
        vouchers_without_needs(user),
        vouchers,
        lambda found: f"{found.get_absolute_url()}#needs",
    )
    yield WaitingWork(
        _("Confirm records of needs, or answer remarks on them"),
        records_to_confirm(user),
        vouchers,
        NeedsRecord.get_absolute_url,
    )
    yield WaitingWork(
        _("Choose times for meetings"),
        meetings_to_answer(user),
        reverse("needs:calendar"),
        Meeting.get_absolute_url,
    )
    yield WaitingWork(
        _("Write down meetings that were held"),
        meetings_to_hold(user),
        reverse("needs:calendar"),
        lambda found: reverse("needs:hold", args=[found.pk]),
    )
    yield WaitingWork(
        _("Approve plans, or return them"),
        versions_to_decide(user),
        vouchers,
        PlanVersion.get_absolute_url,
    )
    yield WaitingWork(
        _("Accept deliverables"),
        deliverables_to_accept(user),
        vouchers,
        Deliverable.get_absolute_url,
        label=listed_as,
    )
    yield from ended_by_officer(user)
    yield accounts_work(user)
    yield updates_work(user)
    yield from control_work(user)
    yield WaitingWork(
        _("Read final reports"), reports_to_accept(user), vouchers, FinalReport.get_absolute_url
    )


def _work_of_assessor(user: User) -> Iterator[Kind]:
    mine = assignments_of(user)
    url = reverse("scoring:mine")
    for text, state in (
        (_("Declare whether you have a conflict of interest"), Assignment.State.ASSIGNED),
        (_("Score applications"), Assignment.State.CLEARED),
    ):
        yield WaitingWork(
            text,
            mine.filter(state=state),
            url,
            Assignment.get_absolute_url,
            label=lambda found: str(found.application),
        )


def _work_of_coordinator(user: User) -> Iterator[Kind]:
    rounds = reverse("awards:rounds")
    yield WaitingWork(
        _("Propose a selection"),
        calls_to_decide(user),
        rounds,
        lambda found: reverse("awards:propose", args=[found.slug]),
    )
    proposed = rounds_visible_to(user).filter(state=SelectionRound.State.PROPOSED)
    yield WaitingWork(
        _("Decide on a proposed selection"),
        proposed.exclude(proposed_by=user),
        rounds,
        SelectionRound.get_absolute_url,
    )
    yield WaitingWork(
        _("Approved, not published yet: look over what clusters will read"),
        rounds_to_publish(user),
        rounds,
        SelectionRound.get_absolute_url,
    )
    yield WaitingWork(
        _("Approve plans of technical assistance"),
        versions_to_approve(user),
        reverse("dashboards:vouchers"),
        PlanVersion.get_absolute_url,
    )
    yield WaitingWork(
        _("Read final reports"),
        reports_to_approve(user),
        reverse("dashboards:vouchers"),
        FinalReport.get_absolute_url,
    )
    yield WaitingWork(
        _("Decide on requests for review"),
        appeals_to_decide(user),
        rounds,
        Appeal.get_absolute_url,
    )
    yield WaitingWork(
        _("Offer a free voucher: the first on the reserve list are equal"),
        reserve_to_decide(user),
        rounds,
        SelectionRound.get_absolute_url,
    )
    yield from ended_by_coordinator(user)
    yield from approval_work(user)
    # Officers verify one another; where a country has one officer, a coordinator is the second.
    yield accounts_work(user)


def _undelivered(user: User) -> WaitingWork:
    url = f"{reverse('dashboards:outbox')}?state=failed"
    work = WaitingWork(
        _("Look after messages that could not be sent"),
        undelivered(user),
        url,
        lambda found: reverse("dashboards:outbox", query={"text": found.recipient.email}),
        label=lambda found: f"{found.recipient} · {found.subject}",
    )
    if not may_try_again.test(user):
        return work
    return replace(work, all_at_once=reverse("dashboards:try_again", args=[MESSAGES]))


def _set_aside(user: User) -> Iterator[Kind]:
    """Letters that could not be made, and whatever else the portal gave up."""
    background = reverse("dashboards:background")
    letters, others = letters_and_other_work()
    yield WorkItem(
        _("Letters that could not be made: their messages went without them"),
        letters,
        background,
        [
            WaitingRecord(f"{each} ({each.language})", each.get_absolute_url())
            for each in named_letters(user)
        ],
        reverse("dashboards:try_again", args=[LETTERS]),
    )
    yield WorkItem(
        _("Look after work in the background that failed again and again"),
        others,
        background,
        [],
    )
