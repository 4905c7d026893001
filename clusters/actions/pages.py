"""Writes about what the public sees of a cluster."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from clusters.actions.logos import logo_of
from clusters.models import Cluster, PagePart, PublicPage
from clusters.permissions import is_officer_of, may_edit_for
from clusters.queries import officers_for, published_page, waiting_page, writers_for
from clusters.queries.public import public_facts, searchable
from conduct.actions import OutOfOrder, Refused, action, judged, locked, move, require
from notices.actions import notify_each

State = PublicPage.State


@action(_("Logo changed"))
def change_logo(cluster: Cluster, upload: UploadedFile, *, by: User) -> Cluster:
    """Keep a new logo, made anew from the upload; the public sees it once a page with it is approved."""
    picture = logo_of(upload)
    cluster = judged(cluster, may_edit_for, by=by)
    # Always a new file: the one before may stand on the page that is published.
    cluster.logo.save("logo.webp", picture, save=False)
    cluster.save(update_fields=["logo"])
    return cluster


@action(_("Logo taken away"))
def remove_logo(cluster: Cluster, *, by: User) -> Cluster:
    """Have no logo any more; what is published stays until another page is approved."""
    cluster = judged(cluster, may_edit_for, by=by)
    cluster.logo = ""
    cluster.save(update_fields=["logo"])
    return cluster


@action(_("Publication asked for"))
def request_publication(cluster: Cluster, parts: Iterable[str], *, by: User) -> PublicPage:
    """Ask the country partner to publish these parts as they are now.

    A page that still waits is taken back for it; the one that is published stays until the partner
    has decided. Raises Refused where the public would see no difference.
    """
    cluster = judged(cluster, may_edit_for, by=by)
    chosen = [part.value for part in PagePart if part in set(parts)]
    page = PublicPage(
        cluster=cluster,
        parts=chosen,
        facts=public_facts(cluster, chosen),
        **searchable(cluster),
        requested_by=by,
        requested_at=timezone.now(),
    )
    for other, sentence in (
        (published_page(cluster), _("The public sees exactly this already.")),
        (waiting_page(cluster), _("Exactly this waits for your country partner already.")),
    ):
        if other is not None and tells_the_same(other, page):
            raise Refused(sentence)
    _withdraw(waiting_page(cluster))
    page.save()
    notify_each(
        officers_for(cluster.country_id),
        "page-requested",
        facts={"cluster": cluster.name},
        about=page,
    )
    return page


@action(_("Public page approved"))
def approve_page(page: PublicPage, *, by: User) -> PublicPage:
    """Publish a page; the version before it is replaced."""
    page = _to_decide(page, by=by)
    before = published_page(page.cluster)
    if before is not None:
        move(before, State.REPLACED)
        before.save(update_fields=["state"])
    return _decide(page, State.APPROVED, by=by)


@action(_("Public page returned"))
def return_page(page: PublicPage, *, reason: str, by: User) -> PublicPage:
    """Give a page back with a reason; the version that is published stays."""
    page = _to_decide(page, by=by)
    page.reason = reason
    return _decide(page, State.RETURNED, by=by)


@action(_("Public page taken down"))
def take_page_down(cluster: Cluster, *, by: User) -> Cluster:
    """Show nothing of the cluster any more, from now on, and ask for nothing."""
    cluster = judged(cluster, may_edit_for, by=by)
    pages = [published_page(cluster), waiting_page(cluster)]
    if not any(pages):
        raise OutOfOrder(_("No page is published."))
    for page in pages:
        _withdraw(page)
    return cluster


def tells_the_same(page: PublicPage, other: PublicPage) -> bool:
    """Whether the public would see no difference between two versions."""
    told = ("name", "aliases", "sector", "nace_codes", "facts")
    return all(getattr(page, name) == getattr(other, name) for name in told)


def _to_decide(page: PublicPage, *, by: User) -> PublicPage:
    # The cluster's row comes with it: whoever asks for another version waits for this decision.
    page = locked(page)
    require(is_officer_of, by, page.cluster)
    if page.state != State.REQUESTED:
        raise OutOfOrder(_("This page was decided already, or the cluster took it back."))
    return page


def _decide(page: PublicPage, state: str, *, by: User) -> PublicPage:
    move(page, state)
    page.decided_by, page.decided_at = by, timezone.now()
    page.save(update_fields=["state", "decided_by", "decided_at", "reason"])
    kind = "page-approved" if state == State.APPROVED else "page-returned"
    notify_each(
        writers_for(page.cluster),
        kind,
        facts={"cluster": page.cluster.name, "reason": page.reason},
        about=page.cluster,
    )
    return page


def _withdraw(page: PublicPage | None) -> None:
    if page is not None:
        move(page, State.WITHDRAWN)
        page.save(update_fields=["state"])
