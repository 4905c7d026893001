"""The profiles of banks."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.middleware import PersonRequest
from conduct.actions import require
from conduct.queries.history import timeline
from conduct.views import refusal_beside
from vouchers.payments.batches import actions
from vouchers.payments.batches.forms.profiles import BankProfileForm
from vouchers.payments.batches.models import BankProfile
from vouchers.payments.batches.permissions import may_enter_profile, may_verify_profile

from .finding import found_profile, require_reader
from .lists import ProfileList


@login_required
@require_safe
def listing(request: PersonRequest) -> HttpResponseBase:
    """The accounts that the programme pays from."""
    return ProfileList(request).answer()


@login_required
@require_safe
@never_cache
def profile(request: PersonRequest, pk: int) -> HttpResponse:
    """What a bank asks, and who verified that it does."""
    found = found_profile(request, pk)
    waits = found.verified_at is None and found.replaced_at is None
    context = {
        "profile": found,
        "may_verify": waits and may_verify_profile.test(request.user, found),
        "waits": waits,
        "may_change": found.replaced_at is None and may_enter_profile.test(request.user),
        "entries": timeline(found),
    }
    return render(request, "payments/batches/profile.html", context)


@login_required
@never_cache
def enter(request: PersonRequest) -> HttpResponse:
    """Enter a profile: another bank is a form."""
    require_reader(request.user)
    require(may_enter_profile, request.user)
    return _entered(request, BankProfileForm(request.POST or None), None)


@login_required
@never_cache
def change(request: PersonRequest, pk: int) -> HttpResponse:
    """Enter a profile that takes the place of another once it is verified."""
    found = found_profile(request, pk)
    require(may_enter_profile, request.user)
    return _entered(request, BankProfileForm(request.POST or None, standing=found), found)


@login_required
@require_POST
def verify(request: PersonRequest, pk: int) -> HttpResponse:
    """Note that a second person compared a profile with what the bank wrote."""
    found = actions.verify_profile(found_profile(request, pk), by=request.user)
    messages.success(request, _("Verified: batches can be paid from it."))
    return redirect(found)


def _entered(
    request: PersonRequest, form: BankProfileForm, standing: BankProfile | None
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            found = actions.enter_profile(by=request.user, **form.cleaned_data)
            messages.success(request, _("Entered. A second person verifies it next."))
            return redirect(found)
    context = {"form": form, "standing": standing}
    return render(request, "payments/batches/enter_profile.html", context)
