"""The public page of a cluster: what it shows, who approves it, and its logo."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.middleware import PersonRequest
from clusters import actions, queries
from clusters.forms.pages import LogoForm, PartsForm
from clusters.models import PagePart, PublicPage
from clusters.permissions import is_officer_of, may_edit_for
from clusters.queries.public import public_facts, searchable, told
from conduct.actions import require
from conduct.views import ask_why, refusal_beside

from .lists import WaitingPages
from .sections import own_cluster, section_page

# What a cluster that has never asked finds ticked.
_AT_FIRST = [PagePart.LOGO, PagePart.MISSION, PagePart.SERVICES, PagePart.WEBSITE]


@login_required
def page(request: PersonRequest, slug: str) -> HttpResponse:
    """Which parts everybody may see, how that looks, and where the last request stands."""
    cluster = own_cluster(request, slug)
    latest = queries.latest_page(cluster)
    parts = latest.parts if latest else _AT_FIRST
    form = PartsForm(request.POST or None, initial={"parts": parts})
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            actions.request_publication(cluster, form.cleaned_data["parts"], by=request.user)
            messages.success(request, _("Your country partner looks at the page and publishes it."))
            return redirect("clusters:page", slug=slug)
    shown = form.cleaned_data.get("parts", parts) if form.is_bound and form.is_valid() else parts
    now = PublicPage(cluster=cluster, facts=public_facts(cluster, shown), **searchable(cluster))
    context = {
        "form": form,
        "latest": latest,
        "published": queries.published_page(cluster),
        "now": now,
        "told": told(now),
        "may_edit": may_edit_for.test(request.user, cluster),
    }
    return section_page(request, cluster, "clusters/page.html", context)


@login_required
@require_POST
def take_page_down(request: PersonRequest, slug: str) -> HttpResponse:
    """Show nothing any more."""
    actions.take_page_down(own_cluster(request, slug), by=request.user)
    messages.success(request, _("The public page is taken down."))
    return redirect("clusters:page", slug=slug)


@login_required
def logo(request: PersonRequest, slug: str) -> HttpResponse:
    """Choose another logo, or have none."""
    cluster = own_cluster(request, slug)
    require(may_edit_for, request.user, cluster)
    if request.method == "POST" and "remove" in request.POST:
        actions.remove_logo(cluster, by=request.user)
        messages.success(request, _("The logo is taken away."))
        return redirect("clusters:logo", slug=slug)
    form = LogoForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with refusal_beside(form):
            actions.change_logo(cluster, form.cleaned_data["file"], by=request.user)
            messages.success(
                request, _("The logo is saved. Ask for publication to show it to everybody.")
            )
            return redirect("clusters:logo", slug=slug)
    return section_page(request, cluster, "clusters/logo.html", {"form": form})


@require_GET
def public_logo(_request: HttpRequest, slug: str) -> FileResponse:
    """The logo of the published page, for everybody."""
    pages = queries.published_pages().filter(cluster__slug=slug)
    name = get_object_or_404(pages).facts.get("logo", "")
    return picture_response(name, cache="public, max-age=3600")


@login_required
@require_GET
def private_logo(request: PersonRequest, slug: str) -> FileResponse:
    """The logo as it is now, for whoever may read the private profile."""
    return picture_response(own_cluster(request, slug).logo.name or "", cache="private, no-store")


@login_required
@require_GET
def page_logo(request: PersonRequest, pk: int) -> FileResponse:
    """The logo of one version of a page, for whoever may read it."""
    found = get_object_or_404(queries.pages_visible_to(request.user), pk=pk)
    return picture_response(found.facts.get("logo", ""), cache="private, no-store")


@login_required
@require_GET
def waiting_pages(request: PersonRequest) -> HttpResponseBase:
    """The pages on which the country partner has to decide; 404 for anybody else."""
    return WaitingPages(request).answer()


@login_required
@require_GET
def review_page(request: PersonRequest, pk: int) -> HttpResponse:
    """One version of a page beside the one that is published, to be approved or returned."""
    found = get_object_or_404(queries.pages_visible_to(request.user), pk=pk)
    published = queries.published_page(found.cluster)
    context = {
        "page": found,
        "told": told(found),
        "published": published if published != found else None,
        "published_told": told(published) if published else {},
        "may_decide": found.state == PublicPage.State.REQUESTED
        and is_officer_of.test(request.user, found.cluster),
    }
    return render(request, "clusters/review_page.html", context)


@login_required
@require_POST
def approve_page(request: PersonRequest, pk: int) -> HttpResponse:
    """Publish a page."""
    found = get_object_or_404(queries.pages_visible_to(request.user), pk=pk)
    actions.approve_page(found, by=request.user)
    messages.success(request, _("The page is published."))
    return redirect(found.cluster)


@login_required
def return_page(request: PersonRequest, pk: int) -> HttpResponse:
    """Give a page back with a reason."""
    found = get_object_or_404(queries.pages_visible_to(request.user), pk=pk)
    require(is_officer_of, request.user, found.cluster)
    return ask_why(
        request,
        lambda reason: actions.return_page(found, reason=reason, by=request.user),
        about=found,
        heading=_("Give the public page back"),
        label=_("Return it"),
        told=_("The cluster is told why."),
        back=found,
    )


def picture_response(name: str, *, cache: str) -> FileResponse:
    """A logo, which we made ourselves; Http404 where there is none."""
    if not name or not default_storage.exists(name):
        raise Http404
    response = FileResponse(default_storage.open(name), content_type="image/webp")
    response["Cache-Control"] = cache
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
