"""Files of the bank: the list, uploading, what one says before it is taken in and after."""

from __future__ import annotations

from contextlib import nullcontext
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.middleware import PersonRequest
from conduct.actions import require
from conduct.views import refusal_beside
from vouchers.payments.bank import actions, queries
from vouchers.payments.bank.forms.files import ColumnsForm, UploadForm
from vouchers.payments.bank.models import BankFile
from vouchers.payments.bank.panels import preview_panel
from vouchers.payments.bank.permissions import may_take_in
from vouchers.payments.bank.rules.answers import NotAnAnswer
from vouchers.payments.bank.rules.csv_form import guessed, headers_of
from vouchers.payments.bank.wording import fault_told

from .finding import found_file, require_reader
from .lists import FileList

# More words than that are for the list of the batch.
_WORDS_SHOWN = 200


@login_required
@require_safe
def listing(request: PersonRequest) -> HttpResponseBase:
    """Every file of the bank, with what it is and who took it in."""
    return FileList(request).answer()


@login_required
def upload(request: PersonRequest) -> HttpResponse:
    """Read a file of the bank; the page that follows shows what it says."""
    require_reader(request)
    require(may_take_in, request.user)
    profiles = queries.profiles_with_account(request.user)
    form = UploadForm(request.POST or None, request.FILES or None, profiles=profiles)
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            chosen, profile = form.cleaned_data["upload"], form.cleaned_data["profile"]
            account = profile.debtor_account if profile else ""
            file = actions.read_bank_file(
                chosen, name=chosen.name, account=account, by=request.user
            )
            return redirect(file)
    return render(request, "payments/bank/upload.html", {"form": form})


@login_required
@never_cache
def file(request: PersonRequest, pk: int) -> HttpResponse:
    """What a file says and would do, with the button that takes it in; or what it did."""
    found = found_file(request, pk)
    context: dict[str, Any] = {"file": found, "may_take_in": may_take_in.test(request.user)}
    if found.taken_at is not None:
        context |= {
            "statements": queries.statements_visible_to(request.user).filter(file=found),
            "words": found.words.select_related("payment", "batch").order_by("pk")[:_WORDS_SHOWN],
        }
        return render(request, "payments/bank/file.html", context)
    form = _columns_form(request, found)
    columns = _columns(form, found)
    if request.method == "POST" and "take" in request.POST and (form is None or columns):
        require(may_take_in, request.user)
        with refusal_beside(form) if form is not None else nullcontext():
            actions.take_in(found, by=request.user, columns=columns)
            messages.success(request, _("The file is taken in."))
            return redirect(found)
    context["form"] = form
    try:
        if form is None or columns:
            context["panel"] = preview_panel(queries.preview_of(found, columns))
    except NotAnAnswer as fault:
        context["fault"] = fault_told(fault)
    return render(request, "payments/bank/file.html", context)


def _columns_form(request: PersonRequest, found: BankFile) -> ColumnsForm | None:
    """The columns of a table: as they were sent, as its account keeps them, or as they seem to be."""
    if found.kind != BankFile.Kind.TABLE:
        return None
    headers = headers_of(bytes(found.content))
    kept = queries.columns_of(found.account) or guessed(headers)
    return ColumnsForm(request.POST or None, headers=headers, chosen=kept)


def _columns(form: ColumnsForm | None, found: BankFile) -> dict[str, str] | None:
    if form is None:
        return None
    if form.is_bound:
        return form.columns() if form.is_valid() else None
    return queries.columns_of(found.account)


@login_required
@require_safe
@never_cache
def content(request: PersonRequest, pk: int) -> HttpResponse:
    """The bytes of a file, as they were uploaded."""
    found = found_file(request, pk)
    return HttpResponse(
        bytes(found.content),
        content_type="application/octet-stream",
        headers={
            "Content-Disposition": f'attachment; filename="bank-{found.pk}.{_ending(found)}"',
            "X-Content-Type-Options": "nosniff",
        },
    )


def _ending(found: BankFile) -> str:
    return "csv" if found.kind == BankFile.Kind.TABLE else "xml"
