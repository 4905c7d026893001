"""Checking an application, sending it, taking it back."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.middleware import PersonRequest
from conduct.actions import require
from conduct.views import refusal_beside
from vouchers.applications import actions, queries
from vouchers.applications.forms.sending import ReopeningForm, SendingForm, WithdrawalForm
from vouchers.applications.models import Application
from vouchers.applications.permissions import may_edit_application, may_submit_application
from vouchers.applications.queries.copying import earlier_applications


@login_required
@never_cache
def review(request: PersonRequest, pk: int) -> HttpResponse:
    """A last look at a draft, with what is still missing; what was sent is shown as it is."""
    application = _readable(request, pk)
    if not application.is_draft:
        return redirect(application)
    require(may_edit_application, request.user, application)
    return _review_page(request, application, _sending_form(request, application))


@login_required
@never_cache
def submit(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Sign and send. What was sent already leads to itself: nothing is sent twice.

    A script asks for JSON: the address of the application once it is sent (`url`), and whether it is
    (`sent`). A GET only tells, or leads on: to what was sent, or to the last look at the draft.
    """
    application = _readable(request, pk)
    if request.method != "POST":
        return _where_it_stands(request, application)
    if application.has_arrived:
        require(may_submit_application, request.user, application)
        return _arrived(request, application)
    require(may_edit_application, request.user, application)
    form = _sending_form(request, application)
    if form.is_valid():
        with refusal_beside(form):
            application = actions.submit_application(
                application, signing=form.signing(get_language() or "en"), by=request.user
            )
            return _arrived(request, application)
    return _review_page(request, application, form)


@login_required
def withdraw(request: PersonRequest, pk: int) -> HttpResponse:
    """Take an application back."""
    application = _readable(request, pk)
    require(may_submit_application, request.user, application)
    form = WithdrawalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            actions.withdraw_application(application, by=request.user, **form.cleaned_data)
            messages.success(request, _("The application is withdrawn."))
            return redirect(application)
    return render(request, "applications/withdraw.html", {"application": application, "form": form})


@login_required
def reopen(request: PersonRequest, pk: int) -> HttpResponse:
    """Take a sent application back to change it."""
    application = _readable(request, pk)
    require(may_submit_application, request.user, application)
    form = ReopeningForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            actions.reopen_application(application, by=request.user, **form.cleaned_data)
            messages.warning(
                request,
                _("The application is a draft again. It takes part only if you send it once more."),
            )
            return redirect("applications:edit", application.pk)
    return render(request, "applications/reopen.html", {"application": application, "form": form})


def _readable(request: PersonRequest, pk: int) -> Application:
    return get_object_or_404(queries.applications_visible_to(request.user), pk=pk)


def _sending_form(request: HttpRequest, application: Application) -> SendingForm:
    return SendingForm(request.POST or None, call=application.call, cluster=application.cluster)


def _review_page(request: HttpRequest, application: Application, form: SendingForm) -> HttpResponse:
    filled = queries.filled_form(application)
    missing = queries.missing_in_profile(application)
    return render(
        request,
        "applications/review.html",
        {
            "application": application,
            "filled": filled,
            "missing": missing,
            "is_complete": not missing and all(part.is_complete for part in filled.sections),
            "may_send": may_submit_application.test(request.user, application),
            "form": form,
            "may_copy": earlier_applications(application).exists(),
            "place": 0,
        },
        # A script reads from this that nothing was sent.
        status=422 if _wants_json(request) and form.errors else 200,
    )


def _arrived(request: HttpRequest, application: Application) -> HttpResponseBase:
    messages.success(
        request,
        _("Your application arrived. Its reference is %(reference)s.")
        % {"reference": application.reference},
    )
    if _wants_json(request):
        return JsonResponse({"sent": True, "url": application.get_absolute_url()})
    return redirect(application)


def _where_it_stands(request: HttpRequest, application: Application) -> HttpResponseBase:
    if _wants_json(request):
        return JsonResponse(
            {"sent": application.has_arrived, "url": application.get_absolute_url()}
        )
    if application.is_draft:
        return redirect("applications:review", application.pk)
    return redirect(application)


def _wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept") == "application/json"
