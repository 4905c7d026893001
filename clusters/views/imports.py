"""Lists of members: uploading one, looking at every row, and taking the valid ones over."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from accounts.middleware import PersonRequest
from clusters import actions
from clusters.forms.members import ListForm
from clusters.models import Cluster, MemberImport, MemberKind, MemberSize
from clusters.permissions import may_edit_for
from clusters.queries.imports import COLUMNS, checked, rows_of
from clusters.queries.tables import file_name_of, read_table
from conduct.actions import require
from conduct.views import refusal_beside
from exports.letters.lines import csv_lines, delimiter_for_reader
from exports.rules.columns import table_of_keys
from exports.views import CSV

from .sections import own_cluster, section_page

ROWS = 50
_EXAMPLE = ("Olive Press Sfax", MemberKind.SME, MemberSize.SMALL, "Sfax", "2021", "")


@login_required
def upload_list(request: PersonRequest, slug: str) -> HttpResponse:
    """Choose a list of members; nothing is saved before its rows were looked at."""
    cluster = own_cluster(request, slug)
    require(may_edit_for, request.user, cluster)
    form = ListForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            file = form.cleaned_data["file"]
            rows = rows_of(read_table(file, form.cleaned_data["letters"]))
            waiting = actions.keep_list(
                cluster, file_name=file_name_of(file), rows=rows, by=request.user
            )
            return redirect("clusters:list_preview", slug=slug, pk=waiting.pk)
    context = {
        "form": form,
        "columns": COLUMNS.values(),
        "kinds": MemberKind.labels,
        "sizes": MemberSize.labels,
    }
    return section_page(request, cluster, "clusters/upload_list.html", context)


@login_required
@require_GET
def list_preview(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Every row with what is wrong with it, those with a problem first."""
    cluster, waiting = _own_list(request, slug, pk)
    rows = sorted(checked(waiting), key=lambda row: row.is_valid)
    context = {
        "waiting": waiting,
        "page": Paginator(rows, ROWS).get_page(request.GET.get("page")),
        "valid": sum(row.is_valid for row in rows),
        "faulty": sum(not row.is_valid and not row.is_duplicate for row in rows),
        "duplicates": sum(row.is_duplicate for row in rows),
    }
    return section_page(request, cluster, "clusters/list_preview.html", context)


@login_required
@require_POST
def take_list_over(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Make members of the valid rows."""
    _cluster, waiting = _own_list(request, slug, pk)
    number = actions.take_over_list(waiting, by=request.user)
    messages.success(
        request,
        ngettext("%(number)s member is entered.", "%(number)s members are entered.", number)
        % {"number": number},
    )
    return redirect("clusters:members", slug=slug)


@login_required
@require_POST
def discard_list(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Forget the list."""
    _cluster, waiting = _own_list(request, slug, pk)
    actions.discard_list(waiting, by=request.user)
    messages.success(request, _("The list is discarded; no member was changed."))
    return redirect("clusters:members", slug=slug)


@login_required
@require_GET
def list_template(request: PersonRequest, slug: str) -> HttpResponse:
    """A CSV file with the headings and one example, as Excel opens it in the reader's language."""
    own_cluster(request, slug)
    name, kind, size, *rest = _EXAMPLE
    headings = [str(heading) for heading in COLUMNS.values()]
    example = table_of_keys("members", headings, [(name, kind.label, size.label, *rest)])
    response = HttpResponse(csv_lines(example, delimiter=delimiter_for_reader()), content_type=CSV)
    response["Content-Disposition"] = 'attachment; filename="members.csv"'
    return response


def _own_list(request: PersonRequest, slug: str, pk: int) -> tuple[Cluster, MemberImport]:
    """A list that the person uploaded; what others uploaded is theirs to look at."""
    cluster = own_cluster(request, slug)
    require(may_edit_for, request.user, cluster)
    own = cluster.member_imports.filter(uploaded_by=request.user)
    return cluster, get_object_or_404(own, pk=pk)
