"""What a provider finds by its link: its sessions, what it handed in, and the forms for both."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from conduct.queries.days import today
from conduct.views import refusal_beside
from files.views.serving import kept_file, preview_picture
from links.views import LinkPage
from vouchers.assistance.deliverables import actions as deliverables
from vouchers.assistance.deliverables.forms.versions import VersionForm
from vouchers.assistance.deliverables.models import DeliverableFile
from vouchers.assistance.deliverables.panels import hand_in_context, read_context
from vouchers.assistance.deliverables.queries import newest_of, open_points
from vouchers.assistance.delivery import actions, queries
from vouchers.assistance.delivery.forms.sessions import SessionForm
from vouchers.assistance.delivery.models import Session
from vouchers.assistance.delivery.panels import log_context
from vouchers.assistance.plans.models import Milestone
from vouchers.assistance.workroom.models import WorkLink
from vouchers.assistance.workroom.panels import home_context, may_work
from vouchers.assistance.workroom.queries import (
    files_at_work,
    milestones_at_work,
    sessions_at_work,
    versions_at_work,
)
from vouchers.awards.models import Voucher

LOG_ANOTHER = "another"


class WorkPage(LinkPage[WorkLink]):
    """A page of the provider; once nothing more is taken, it says so instead."""

    model = WorkLink

    @property
    def secret(self) -> str:
        return str(self.kwargs["secret"])

    @cached_property
    def voucher(self) -> Voucher:
        """The voucher of the link's contract."""
        return self.link.contract.voucher

    @property
    def milestones(self) -> Any:
        """The milestones in force, as the voucher's pages know them."""
        return queries.milestones_to_log(self.voucher)

    def milestone(self, pk: int) -> Milestone:
        """A milestone of the voucher, also one that an amendment removed; else 404."""
        return get_object_or_404(milestones_at_work(self.link), pk=pk)

    def shown(self, request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
        """A page, or that the work is over."""
        base = {"link": self.link, "secret": self.secret, "voucher": self.voucher}
        if not may_work(self.link):
            return render(request, "workroom/over.html", base, status=410)
        return render(request, template, {**context, **base})


class WorkHome(WorkPage):
    """What is logged and handed in, and what the provider does next."""

    def get(self, request: HttpRequest, **_record: int) -> HttpResponse:
        return self.shown(request, "workroom/home.html", home_context(self.link))

    def post(self, request: HttpRequest) -> HttpResponse:
        return self.get(request)


class WorkLog(WorkPage):
    """Logging a session."""

    def get(self, request: HttpRequest, **_record: int) -> HttpResponse:
        return self._answered(request)

    def post(self, request: HttpRequest) -> HttpResponse:
        return self._answered(request)

    def _answered(self, request: HttpRequest) -> HttpResponse:
        now = today(self.voucher.country.zone)
        form = SessionForm(
            request.POST or None,
            call=self.voucher.award.application.call,
            milestones=self.milestones,
            latest=now,
            initial={"day": now, **queries.said_last(self.voucher, self.link)},
        )
        if request.method == "POST" and form.is_valid():
            with refusal_beside(form):
                actions.log_session(form.cleaned_data["milestone"], form.said(), by=self.link)
                messages.success(request, _("Logged. A manager of the cluster confirms it."))
                page = "workroom:log" if LOG_ANOTHER in request.POST else "workroom:home"
                return redirect(page, self.secret)
        return self.shown(request, "workroom/log.html", log_context(self.voucher, form))


class WorkLogAnew(WorkPage):
    """Mending a session that the cluster returned."""

    def get(self, request: HttpRequest, **record: int) -> HttpResponse:
        return self._answered(request, record["pk"])

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._answered(request, pk)

    def _answered(self, request: HttpRequest, pk: int) -> HttpResponse:
        session = get_object_or_404(sessions_at_work(self.link), pk=pk)
        if request.method == "GET" and session.state != Session.State.RETURNED:
            return redirect("workroom:home", self.secret)
        form = SessionForm(
            request.POST or None,
            instance=session,
            call=self.voucher.award.application.call,
            milestones=self.milestones,
            latest=today(self.voucher.country.zone),
        )
        if request.method == "POST" and form.is_valid():
            with refusal_beside(form):
                milestone = form.cleaned_data["milestone"]
                actions.log_session_anew(session, milestone, form.said(), by=self.link)
                messages.success(request, _("Logged anew. A manager of the cluster confirms it."))
                return redirect("workroom:home", self.secret)
        context = {**log_context(self.voucher, form), "session": session}
        return self.shown(request, "workroom/log.html", context)


class WorkHandIn(WorkPage):
    """Handing in a version for a milestone."""

    def get(self, request: HttpRequest, **record: int) -> HttpResponse:
        return self._answered(request, record["pk"])

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._answered(request, pk)

    def _answered(self, request: HttpRequest, pk: int) -> HttpResponse:
        milestone = self.milestone(pk)
        earlier = newest_of(milestone)
        form = VersionForm(
            request.POST or None,
            request.FILES or None,
            earlier=earlier,
            points=open_points(earlier) if earlier else (),
        )
        if request.method == "POST" and form.is_valid():
            with refusal_beside(form):
                deliverables.hand_in_deliverable(milestone, by=self.link, **form.said())
                messages.success(request, _("Handed in. A manager of the cluster accepts it next."))
                return redirect("workroom:home", self.secret)
        context = hand_in_context(milestone, earlier, form)
        return self.shown(request, "workroom/hand_in.html", context)


class WorkVersion(WorkPage):
    """One version, with the points that were sent and their answers."""

    def get(self, request: HttpRequest, **record: int) -> HttpResponse:
        found = get_object_or_404(versions_at_work(self.link), pk=record["pk"])
        return self.shown(request, "workroom/version.html", read_context(found, None))


class WorkFile(WorkPage):
    """A file of a version of this voucher."""

    def found(self, pk: int) -> DeliverableFile:
        """The file. Raises Http404 for another voucher's, and once the work is over."""
        if not may_work(self.link):
            raise Http404
        return get_object_or_404(files_at_work(self.link), pk=pk)

    def get(self, request: HttpRequest, **record: int) -> HttpResponseBase:
        found = self.found(record["pk"])
        return kept_file(request, found)


class WorkPreview(WorkFile):
    """The picture of a page of such a file (0 for the thumbnail)."""

    def get(self, request: HttpRequest, **record: int) -> HttpResponseBase:
        found = self.found(record["pk"])
        return preview_picture(request, found.file, record["number"], sha256=found.sha256)
