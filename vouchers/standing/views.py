"""Setting the light of a voucher by hand, and lifting it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.middleware import PersonRequest
from conduct.actions import require
from conduct.views import refusal_beside
from vouchers.awards.models import Voucher
from vouchers.awards.queries import vouchers_visible_to
from vouchers.standing import actions
from vouchers.standing.forms import LightForm
from vouchers.standing.permissions import may_set_light


@login_required
def light(request: PersonRequest, pk: int) -> HttpResponse:
    """Set the light of a voucher by hand, until a day and for a reason."""
    voucher = _found(request, pk)
    require(may_set_light, request.user, voucher)
    form = LightForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            actions.set_light(voucher, by=request.user, **form.cleaned_data)
            messages.success(request, _("The light is set."))
            return redirect(voucher)
    return render(request, "standing/light.html", {"form": form, "voucher": voucher})


@login_required
@require_POST
def lift(request: PersonRequest, pk: int) -> HttpResponse:
    """Leave the light to the facts again."""
    voucher = _found(request, pk)
    actions.lift_light(voucher, by=request.user)
    messages.success(request, _("The facts alone decide on the light again."))
    return redirect(voucher)


def _found(request: PersonRequest, pk: int) -> Voucher:
    return get_object_or_404(vouchers_visible_to(request.user), pk=pk)
