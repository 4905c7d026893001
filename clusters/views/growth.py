"""How a cluster grows, year by year."""

from __future__ import annotations

from copy import copy

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from accounts.middleware import PersonRequest
from clusters import actions
from clusters.forms.growth import FiguresForm
from clusters.permissions import may_edit_for
from clusters.wording.growth import charts, figures_of, headings, table_of
from conduct.actions import require
from conduct.views import refusal_beside

from .sections import own_cluster, section_page


@login_required
def growth(request: PersonRequest, slug: str) -> HttpResponse:
    """The figures of every year, as bars and as a table."""
    cluster = own_cluster(request, slug)
    years = list(cluster.growth.all())
    plain = figures_of(years)
    context = {
        "charts": charts(plain),
        "headings": headings(),
        "years": [
            (figures.pk, year, values)
            for figures, (year, values) in zip(years, table_of(plain), strict=True)
        ],
        "may_edit": may_edit_for.test(request.user, cluster),
    }
    return section_page(request, cluster, "clusters/growth.html", context)


@login_required
def add_figures(request: PersonRequest, slug: str) -> HttpResponse:
    """Enter the figures of a year."""
    cluster = own_cluster(request, slug)
    require(may_edit_for, request.user, cluster)
    form = FiguresForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            actions.enter_figures(cluster, **form.cleaned_data, by=request.user)
            messages.success(request, _("The figures are saved."))
            return redirect("clusters:growth", slug=slug)
    return section_page(request, cluster, "clusters/figures.html", {"form": form})


@login_required
def edit_figures(request: PersonRequest, slug: str, pk: int) -> HttpResponse:
    """Correct the figures of a year."""
    cluster = own_cluster(request, slug)
    require(may_edit_for, request.user, cluster)
    figures = get_object_or_404(cluster.growth, pk=pk)
    form = FiguresForm(request.POST or None, instance=copy(figures))
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            actions.correct_figures(figures, **form.cleaned_data, by=request.user)
            messages.success(request, _("The figures are saved."))
            return redirect("clusters:growth", slug=slug)
    context = {"form": form, "figures": figures}
    return section_page(request, cluster, "clusters/figures.html", context)
