"""Pages of saved views: saving and changing one; the list itself is where one opens."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.middleware import PersonRequest
from conduct.views import refusal_beside

from . import actions
from .forms import ChangeForm, SaveForm, audience_of
from .models import ALL, VIEW, FirstView, SavedView
from .panels import to_save
from .queries import own_views_visible_to, views_visible_to


@login_required
def save(request: PersonRequest) -> HttpResponse:
    """Ask for the name of a view, and keep it."""
    kept = to_save(request.GET.get("of", ""))
    has_views = own_views_visible_to(request.user).filter(of=kept.of).exists()
    form = SaveForm(request.POST or None, by=request.user, has_views=has_views)
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            view = actions.save_view(kept.of, kept.query, by=request.user, **form.cleaned_data)
            messages.success(request, _("The view is saved."))
            return redirect(view)
    return render(request, "saved_views/save.html", {"form": form, "kept": kept})


@require_GET
@login_required
def open_view(request: PersonRequest, pk: int) -> HttpResponse:
    """The list as a view narrows it."""
    view = get_object_or_404(views_visible_to(request.user), pk=pk)
    try:
        return redirect(view.address)
    except NoReverseMatch:
        messages.warning(request, _("The list of this view is not there any more."))
        return redirect("/")


@login_required
def change(request: PersonRequest, pk: int) -> HttpResponse:
    """Rename a view of one's own, say who sees it, or delete it."""
    view = get_object_or_404(own_views_visible_to(request.user), pk=pk)
    is_first = FirstView.objects.filter(person=request.user, view=view).exists()
    form = ChangeForm(
        request.POST or None,
        by=request.user,
        kept=audience_of(view),
        initial={"name": view.name, "is_first": is_first},
    )
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            actions.change_view(view, by=request.user, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect(view)
    return render(request, "saved_views/change.html", {"form": form, "view": view})


@require_POST
@login_required
def delete(request: PersonRequest, pk: int) -> HttpResponse:
    """Delete a view of one's own; leads to the whole list."""
    view = get_object_or_404(own_views_visible_to(request.user), pk=pk)
    whole = _whole_list(view)
    actions.delete_view(view, by=request.user)
    messages.success(request, _("The view is deleted."))
    return redirect(whole)


@require_POST
@login_required
def first(request: PersonRequest, pk: int) -> HttpResponse:
    """Begin the list with this view."""
    view = get_object_or_404(views_visible_to(request.user), pk=pk)
    actions.begin_with(view, by=request.user)
    messages.success(request, _("The list begins with this view from now on."))
    return redirect(view)


@require_POST
@login_required
def not_first(request: PersonRequest, pk: int) -> HttpResponse:
    """Begin the list with this view no longer."""
    view = get_object_or_404(views_visible_to(request.user), pk=pk)
    actions.begin_without(view, by=request.user)
    messages.success(request, _("The list begins as a whole again."))
    return redirect(view)


def _whole_list(view: SavedView) -> str:
    try:
        return f"{view.address.partition('?')[0]}?{VIEW}={ALL}"
    except NoReverseMatch:
        return "/"
