"""Adding, approving and taking out what a consultant can do, on paper."""

from __future__ import annotations

from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from conduct.actions import NotAllowed, OutOfOrder, Refused, action, locked, require
from files.actions.inspection import inspect_upload
from vouchers.providers.models import Provider, ProviderFile, ProviderLink
from vouchers.providers.permissions import may_keep_files, may_register_provider

MOST_FILES = 10
MAX_SIZE = 10 * 1024 * 1024


@action(gettext_lazy("File of a provider added"))
def add_provider_file(
    provider: Provider, *, upload: UploadedFile, by: User | ProviderLink
) -> ProviderFile:
    """Add a profile or a curriculum vitae; one that comes by the provider's link waits for approval.

    Raises Refused for a file of another type or size (10 MB), or where there are ten already.
    """
    provider = locked(provider)
    link = by if isinstance(by, ProviderLink) else None
    require(may_keep_files, by, provider)
    standing = provider.files.filter(removed_at=None)
    if standing.count() >= MOST_FILES:
        raise Refused(_("There are ten files already: take one out first."), field="upload")
    inspected = inspect_upload(upload, max_size=MAX_SIZE, field="upload")
    if standing.filter(sha256=inspected.sha256).exists():
        raise Refused(_("This file is there already."), field="upload")
    now = timezone.now()
    by_officer = {"added_by": by, "approved_by": by, "approved_at": now} if link is None else {}
    return ProviderFile.objects.create(
        provider=provider,
        file=upload,
        **vars(inspected),
        link=link,
        added_at=now,
        **by_officer,
    )


@action(gettext_lazy("File of a provider approved"))
def approve_provider_file(file: ProviderFile, *, by: User) -> ProviderFile:
    """Approve what came by the provider's link: whoever chooses a provider may read it now."""
    file = locked(file)
    require(may_register_provider, by, file.provider.country_id)
    _require_standing(file)
    if file.approved_at is not None:
        raise OutOfOrder(_("This file is approved already."))
    file.approved_by, file.approved_at = by, timezone.now()
    file.save()
    return file


@action(gettext_lazy("File of a provider taken out"))
def remove_provider_file(file: ProviderFile, *, by: User | ProviderLink) -> ProviderFile:
    """Take a file out of the register: nobody reads it any more. By a link, only one of its own."""
    file = locked(file)
    require(may_keep_files, by, file.provider)
    if isinstance(by, ProviderLink) and file.link_id is None:
        raise NotAllowed(_("Your country partner added this file: ask there to have it taken out."))
    _require_standing(file)
    file.removed_at = timezone.now()
    file.save()
    return file


def _require_standing(file: ProviderFile) -> None:
    if file.removed_at is not None:
        raise OutOfOrder(_("This file was taken out."))
