"""What waits for officers: from the check of an application to the final report."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from clusters.models import PublicPage
from clusters.queries import pages_to_decide
from dashboards.queries.vouchers import vouchers_without_needs
from dashboards.queries.waiting import Kind, WaitingWork
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
from vouchers.assistance.plans.queries import versions_to_decide
from vouchers.assistance.reports.models import FinalReport
from vouchers.assistance.reports.queries import reports_to_accept
from vouchers.correspondence.models import About, Thread
from vouchers.correspondence.queries import threads_to_answer
from vouchers.eligibility.queries import waiting_for
from vouchers.scoring.assessing.queries import lacking_assessors, late_assignments

from .endings import ended_by_officer
from .payments import control_work
from .providers import accounts_work, updates_work


def work_of_officer() -> Iterator[Kind]:
    """What waits for an officer in their countries."""
    yield WaitingWork(
        "checks",
        _("Check whether applications are eligible"),
        waiting_for,
        reverse("eligibility:waiting"),
        lambda found: reverse("eligibility:check", args=[found.pk]),
    )
    yield WaitingWork(
        "messages",
        _("Answer messages of clusters"),
        lambda user: threads_to_answer(user, About.APPLICATION),
        f"{reverse('correspondence:threads')}?waiting=1",
        lambda found: Thread(found).reply_address,
    )
    yield WaitingWork(
        "messages-about-vouchers",
        _("Answer messages of clusters about vouchers"),
        lambda user: threads_to_answer(user, About.VOUCHER).select_related("award__voucher"),
        f"{reverse('correspondence:voucher_threads')}?waiting=1",
        lambda found: Thread(found, About.VOUCHER).reply_address,
        label=lambda found: str(found.award.voucher),
    )
    yield WaitingWork(
        "pages-of-clusters",
        _("Publish pages of clusters, or return them"),
        pages_to_decide,
        reverse("clusters:waiting_pages"),
        PublicPage.get_absolute_url,
    )
    yield WaitingWork(
        "assessors-lacking",
        _("Ask assessors to score applications"),
        lacking_assessors,
        reverse("scoring:list"),
        lambda found: reverse("scoring:application", args=[found.pk]),
    )
    yield WaitingWork(
        "assessors-late",
        _("Give assessors who are late more time, or ask somebody else"),
        late_assignments,
        reverse("scoring:list"),
        lambda found: reverse("scoring:application", args=[found.application_id]),
    )
    vouchers = reverse("dashboards:vouchers")
    yield WaitingWork(
        "needs",
        _("Meet clusters and write down what they need"),
        vouchers_without_needs,
        vouchers,
        lambda found: f"{found.get_absolute_url()}#needs",
    )
    yield WaitingWork(
        "records-of-needs",
        _("Confirm records of needs, or answer remarks on them"),
        records_to_confirm,
        vouchers,
        NeedsRecord.get_absolute_url,
    )
    yield WaitingWork(
        "times-for-meetings",
        _("Choose times for meetings"),
        meetings_to_answer,
        reverse("needs:calendar"),
        Meeting.get_absolute_url,
    )
    yield WaitingWork(
        "meetings-held",
        _("Write down meetings that were held"),
        meetings_to_hold,
        reverse("needs:calendar"),
        lambda found: reverse("needs:hold", args=[found.pk]),
    )
    yield WaitingWork(
        "plans",
        _("Approve plans, or return them"),
        versions_to_decide,
        vouchers,
        PlanVersion.get_absolute_url,
    )
    yield WaitingWork(
        "deliverables",
        _("Accept deliverables"),
        deliverables_to_accept,
        vouchers,
        Deliverable.get_absolute_url,
        label=listed_as,
    )
    yield from ended_by_officer()
    yield accounts_work()
    yield updates_work()
    yield from control_work()
    yield WaitingWork(
        "reports",
        _("Read final reports"),
        reports_to_accept,
        vouchers,
        FinalReport.get_absolute_url,
    )
