"""Uploading a list of sanctions, and putting it in force once it is read."""

from __future__ import annotations

import hashlib
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from conduct.actions import (
    OutOfOrder,
    Refused,
    action,
    constraints_of,
    judged,
    require,
)
from conduct.actions.queueing import queue_after_commit
from files.rules.names import safe_name
from vouchers.screening.models import SanctionsList
from vouchers.screening.models.lists import fault_told
from vouchers.screening.permissions import may_screen
from vouchers.screening.rules.lists import HEAD
from vouchers.screening.rules.reading import NotAList, beginning
from vouchers.screening.tasks import read_list, screen_payees

ONLY_KEEPERS = gettext_lazy("Coordinators and finance officers keep the lists of sanctions.")
_TYPES = {"xml": "text/xml", "csv": "text/csv"}


@action(gettext_lazy("List of sanctions uploaded"))
def upload_list(upload: UploadedFile, *, by: User) -> SanctionsList:
    """Keep a file of the EU consolidated list; a worker reads it, then a person puts it in force.

    Raises Refused (beside the field) for what its first kilobytes show to be none: empty, too large,
    a page of the web, a packed file, a DOCTYPE; and for a file that is uploaded already.
    """
    require(may_screen, by, otherwise=ONLY_KEEPERS)
    form = _form_of(upload)
    with constraints_of(SanctionsList):
        uploaded = SanctionsList.objects.create(
            file=upload,
            name=safe_name(upload.name or ""),
            content_type=_TYPES[form],
            size=upload.size or 0,
            sha256=hashlib.file_digest(_from_start(upload), "sha256").hexdigest(),
            form=form,
            uploaded_by=by,
            next_attempt_at=SanctionsList.first_turn(),
        )
    queue_after_commit(read_list, uploaded.pk)
    return uploaded


@action(gettext_lazy("List of sanctions put in force"))
def put_in_force(sanctions_list: SanctionsList, *, by: User) -> SanctionsList:
    """Let a list that was read be the one by which payees are screened; all are screened anew.

    Whoever approves at the same instant is judged by the list before, or waits and finds the payee
    unscreened. Raises OutOfOrder for one that is not read or in force already, Refused for a list
    that is older than the one in force.
    """
    sanctions_list = judged(sanctions_list, may_screen, by=by, otherwise=ONLY_KEEPERS)
    if not sanctions_list.may_be_put_in_force:
        raise OutOfOrder(_("Only a list that was read, and is not in force yet, is put in force."))
    sanctions_list.in_force_by, sanctions_list.in_force_at = by, timezone.now()
    with constraints_of(SanctionsList):
        sanctions_list.save()
    queue_after_commit(screen_payees)
    return sanctions_list


def _form_of(upload: UploadedFile) -> str:
    if (upload.size or 0) > settings.MAX_UPLOAD_SIZE:
        raise Refused(
            _("The file has %(size)s; a list of sanctions has at most %(limit)s.")
            % {
                "size": filesizeformat(upload.size or 0),
                "limit": filesizeformat(settings.MAX_UPLOAD_SIZE),
            },
            field="file",
        )
    try:
        return beginning(_from_start(upload).read(HEAD)).form
    except NotAList as error:
        raise Refused(fault_told(error.fault, error.detail), field="file") from error


def _from_start(upload: UploadedFile) -> Any:
    """The file, to be read from its beginning."""
    upload.seek(0)
    return upload
