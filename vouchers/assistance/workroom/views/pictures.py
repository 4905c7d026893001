"""The pictures of a session, added by the provider through its link."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from conduct.views import refusal_beside
from vouchers.assistance.delivery import actions
from vouchers.assistance.delivery.forms.pictures import SessionPictureForm
from vouchers.assistance.delivery.models import Session, SessionPicture
from vouchers.assistance.delivery.panels import pictures_context
from vouchers.assistance.delivery.views.pictures import picture_given_out
from vouchers.assistance.workroom.panels import may_work
from vouchers.assistance.workroom.queries import pictures_at_work, sessions_at_work

from .pages import WorkPage


class WorkPictures(WorkPage):
    """Adding pictures to a session that is not confirmed yet."""

    def get(self, request: HttpRequest, **record: int) -> HttpResponse:
        return self._answered(request, record["pk"])

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._answered(request, pk)

    def _answered(self, request: HttpRequest, pk: int) -> HttpResponse:
        session = get_object_or_404(sessions_at_work(self.link), pk=pk)
        if request.method == "GET" and session.state not in Session.OPEN_TO_PICTURES:
            return redirect("workroom:home", self.secret)
        form = SessionPictureForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            with refusal_beside(form):
                added = actions.add_session_picture(
                    session,
                    form.cleaned_data["file"],
                    alternative=form.cleaned_data["alternative"],
                    by=self.link,
                )
                messages.success(request, _("“%(name)s” is added.") % {"name": added.name})
                return redirect(request.path)
        context = pictures_context(
            session,
            form,
            shown_at=lambda one: reverse("workroom:picture", args=[self.secret, one.pk]),
            removed_at=lambda one: reverse("workroom:remove_picture", args=[self.secret, one.pk]),
        )
        return self.shown(request, "workroom/pictures.html", context)


class WorkPicture(WorkPage):
    """A picture of a session that was logged by, or for, the provider."""

    def found(self, pk: int) -> SessionPicture:
        """The picture. Raises Http404 for another voucher's, and once the work is over."""
        if not may_work(self.link):
            raise Http404
        return get_object_or_404(pictures_at_work(self.link), pk=pk)

    def get(self, request: HttpRequest, **record: int) -> HttpResponseBase:
        return picture_given_out(request, self.found(record["pk"]))


class WorkPictureRemoval(WorkPicture):
    """Taking such a picture out; who only asks for the address sees which one it would be."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        found = self.found(pk)
        actions.remove_session_picture(found, by=self.link)
        messages.success(request, _("“%(name)s” is taken out.") % {"name": found.name})
        return redirect("workroom:pictures", self.secret, found.session_id)
